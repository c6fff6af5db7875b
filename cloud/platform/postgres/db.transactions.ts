import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { durationMs } from '@holdfast/core/values/instants.ts'
import { jittered } from '../clock.ts'
import { failure } from '../failure.ts'
import { type Session, type TransactionOptions, type Tx, isDbFailure } from './db.ts'

const running = new AsyncLocalStorage<{ open: boolean }>()
const firstDelayMs = 4
const lastDelayMs = 250

/** Fails where a transaction's own work would wait for another connection, and so for itself on PGlite. */
export function assertOutsideTransaction(): void {
  if (running.getStore()?.open === true) {
    throw failure('db-nested', 'inside a transaction only its tx may be used')
  }
}

/** One attempt: begin, work, commit; rolled back whatever goes wrong. */
export async function attempt<T>(
  session: Session,
  work: (tx: Tx) => Promise<T>,
  options: TransactionOptions,
): Promise<T> {
  await session.script(options.isolation === undefined ? 'begin' : `begin isolation level ${options.isolation}`)
  const mark = { open: true }
  const waiting: (() => void)[] = []
  const onCommit: Tx['onCommit'] = (told) => void waiting.push(told)
  try {
    const result = await running.run(mark, () => work({ ...session, onCommit }))
    await session.script('commit')
    mark.open = false
    for (const told of waiting) told()
    return result
  } catch (error) {
    // A lost connection has rolled back by itself; the first error is the one to tell.
    if (mark.open) await session.script('rollback').catch(() => undefined)
    throw error
  } finally {
    mark.open = false
  }
}

/** Repeats serialisation failures with a growing, jittered pause. */
export async function retrying<T>(once: () => Promise<T>, options: TransactionOptions): Promise<T> {
  const retries = options.retries ?? 5
  for (let tried = 0; ; tried += 1) {
    try {
      return await once()
    } catch (error) {
      if (tried >= retries || !isDbFailure(error, 'db-serialization')) throw error
      const delay = Math.min(lastDelayMs, firstDelayMs * 2 ** tried)
      await sleep(jittered(durationMs(delay)))
    }
  }
}
