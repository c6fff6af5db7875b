import { enrolReply, type EnrolReply, type EnrolRequest } from '@holdfast/wire/http/cabinets.ts'
import type { KeyPair } from '@holdfast/wire/seals/keys.ts'
import { Compile } from 'typebox/compile'
import type { Clock } from '../boards/line/clock.ts'

/** `enrol-refused`: the cloud said no, as it does for a token that was used. `enrol-unreachable`: not now; ask again later. */
export type EnrolFault = 'enrol-refused' | 'enrol-unreachable' | 'enrol-malformed'
export type EnrolFailure = Error & { readonly code: EnrolFault; readonly reason?: string }

export interface EnrolPorts {
  readonly fetch: typeof fetch
  /** Origin of the cloud's API. */
  readonly cloud: string
  readonly claimToken: string
  readonly keys: KeyPair
  readonly clock: Pick<Clock, 'after'>
}

const replies = Compile(enrolReply)
const withinMs = 20_000

/** How long after each try the next one follows; after the last the supervisor's turn has come. */
export const enrolWaitsMs: readonly number[] = [1_000, 2_000, 4_000, 8_000, 16_000, 32_000]

/** Hands the cabinet's fresh public key in, once per claim token; throws an EnrolFailure. */
export async function enrol(ports: EnrolPorts): Promise<EnrolReply> {
  for (const waitMs of enrolWaitsMs) {
    try {
      return await handIn(ports)
    } catch (error) {
      if (!isEnrolFailure(error) || error.code !== 'enrol-unreachable') throw error
      await new Promise<void>((done) => void ports.clock.after(waitMs, done))
    }
  }
  return await handIn(ports)
}

async function handIn({ fetch, cloud, claimToken, keys }: EnrolPorts): Promise<EnrolReply> {
  const request: EnrolRequest = { claimToken, publicKey: keys.publicKey }
  const response = await ask(fetch, new URL('/v1/cabinets/enrol', cloud), request)
  const body: unknown = await response.json().catch(() => undefined)
  if (!response.ok) {
    const { status } = response
    // A busy cloud, or one that hears too many of us at once after a power cut, is no refusal of this cabinet.
    const mayPass = status >= 500 || status === 408 || status === 429
    throw failure(mayPass ? 'enrol-unreachable' : 'enrol-refused', codeIn(body) ?? String(status))
  }
  if (!replies.Check(body)) throw failure('enrol-malformed')
  return body
}

async function ask(send: typeof fetch, url: URL, request: EnrolRequest): Promise<Response> {
  try {
    return await send(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
      signal: AbortSignal.timeout(withinMs),
    })
  } catch (error) {
    throw failure('enrol-unreachable', error instanceof Error ? error.message : undefined)
  }
}

/** The cloud says no as `{ error: { code, … } }` (wire/http). */
function codeIn(body: unknown): string | undefined {
  const error = typeof body === 'object' && body !== null && 'error' in body ? body.error : undefined
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined
}

const isEnrolFailure = (error: unknown): error is EnrolFailure => error instanceof Error && 'code' in error

const failure = (code: EnrolFault, reason?: string): EnrolFailure =>
  Object.assign(new Error(reason === undefined ? code : `${code}: ${reason}`), {
    code,
    ...(reason === undefined ? {} : { reason }),
  })
