import { minutes } from '@holdfast/core/values/instants.ts'
import { concatBytes } from '@holdfast/wire/bytes/concat.ts'
import type { Seals } from '@holdfast/wire/seals/seals.ts'

/** `t=<UTC ms>,v1=<hex>`: HMAC-SHA-256 under the shared secret over `<t>.` and the body's bytes. Both directions. */
export const signatureHeader = 'x-holdfast-signature'

const window = minutes(5)
const utf8 = new TextEncoder()
const shape = /^t=(\d{1,15}),v1=([0-9a-f]{64})$/

const hex = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')

type Signed = { readonly secret: string; readonly at: number; readonly body: Uint8Array }

export const signBody = (seals: Seals, { secret, at, body }: Signed): string =>
  `t=${at},v1=${hex(seals.hmac(utf8.encode(secret), concatBytes(utf8.encode(`${at}.`), body)))}`

/** False for a wrong, a missing and a stale signature alike. */
export function signatureHolds(seals: Seals, shown: string | undefined, { secret, at: now, body }: Signed): boolean {
  const at = Number(shape.exec(shown ?? '')?.[1])
  if (shown === undefined || !(Math.abs(now - at) <= window)) return false
  return seals.equal(utf8.encode(shown), utf8.encode(signBody(seals, { secret, at, body })))
}
