import { codeOf, failure } from '../failure.ts'
import type { DbFailure, DbFailureCode } from './db.ts'

const bySqlState: Readonly<Record<string, DbFailureCode>> = {
  '23505': 'db-unique-violation',
  '23503': 'db-foreign-key-violation',
  '23514': 'db-check-violation',
  '23502': 'db-not-null-violation',
  '40001': 'db-serialization',
  '40P01': 'db-serialization',
  // The server shuts down, crashed, or is still starting.
  '57P01': 'db-unavailable',
  '57P02': 'db-unavailable',
  '57P03': 'db-unavailable',
  '53300': 'db-unavailable',
  // The server gave up on an idle transaction or session of ours.
  '25P03': 'db-unavailable',
  '57P05': 'db-unavailable',
}

const networkCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'ENOENT'])
// `pg` gives these no code.
const lostConnection =
  /connection terminated|timeout exceeded when trying to connect|client has encountered a connection|query read timeout/i

/** Turns what an engine threw into a `DbFailure`; failures that already are ours pass through. */
export function toDbFailure(error: unknown): DbFailure {
  const code = codeOf(error)
  if (isOurs(error)) return error
  const message = error instanceof Error ? error.message : String(error)
  const constraint = constraintOf(error)
  return Object.assign(failure(classify(code, message), message, error), {
    ...(constraint === undefined ? {} : { constraint }),
    ...(code === undefined ? {} : { sqlState: code }),
  })
}

const isOurs = (error: unknown): error is DbFailure =>
  error instanceof Error && codeOf(error)?.startsWith('db-') === true

function classify(code: string | undefined, message: string): DbFailureCode {
  if (code === undefined) return lostConnection.test(message) ? 'db-unavailable' : 'db-statement'
  if (networkCodes.has(code) || code.startsWith('08')) return 'db-unavailable'
  return bySqlState[code] ?? 'db-statement'
}

function constraintOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('constraint' in error)) return undefined
  return typeof error.constraint === 'string' ? error.constraint : undefined
}

/** int8 as a number on both engines; one beyond 2^53 is a bug that must not round silently. */
export function int8(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw failure('db-number-too-large', `int8 beyond 2^53: ${text}`)
  return value
}
