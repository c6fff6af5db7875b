import { enrolReply, type EnrolReply, type EnrolRequest } from '@holdfast/wire/http/cabinets.ts'
import type { KeyPair } from '@holdfast/wire/seals/keys.ts'
import { Compile } from 'typebox/compile'

/** `enrol-refused`: the cloud said no, as it does for a token that was used. `enrol-unreachable`: ask again later. */
export type EnrolFault = 'enrol-refused' | 'enrol-unreachable' | 'enrol-malformed'
export type EnrolFailure = Error & { readonly code: EnrolFault; readonly reason?: string }

export interface EnrolPorts {
  readonly fetch: typeof fetch
  /** Origin of the cloud's API. */
  readonly cloud: string
  readonly claimToken: string
  readonly keys: KeyPair
}

const replies = Compile(enrolReply)
const withinMs = 20_000

/** Hands the cabinet's fresh public key in, once per claim token; throws an EnrolFailure. */
export async function enrol({ fetch, cloud, claimToken, keys }: EnrolPorts): Promise<EnrolReply> {
  const request: EnrolRequest = { claimToken, publicKey: keys.publicKey }
  const response = await ask(fetch, new URL('/v1/cabinets/enrol', cloud), request)
  const body: unknown = await response.json().catch(() => undefined)
  if (!response.ok) {
    const code = response.status >= 500 ? 'enrol-unreachable' : 'enrol-refused'
    throw failure(code, codeIn(body) ?? String(response.status))
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

const failure = (code: EnrolFault, reason?: string): EnrolFailure =>
  Object.assign(new Error(reason === undefined ? code : `${code}: ${reason}`), {
    code,
    ...(reason === undefined ? {} : { reason }),
  })
