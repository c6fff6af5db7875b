import type { Seals } from '@holdfast/wire/seals/seals.ts'
import type { EndpointId } from '../carriers.ts'

const utf8 = new TextEncoder()
/** Standard Webhooks takes base64 with padding. */
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

/** 32 bytes, unique per endpoint; made anew from the cloud's key whenever needed, so that none is stored. */
export const secretOf = (seals: Seals, atRest: Uint8Array, endpoint: EndpointId): Uint8Array =>
  seals.hmac(atRest, utf8.encode(`holdfast/webhook-secret/1\0${endpoint}`))

export const secretText = (secret: Uint8Array): string => `whsec_${base64(secret)}`

export type Signed = {
  readonly 'webhook-id': string
  readonly 'webhook-timestamp': string
  readonly 'webhook-signature': string
}

/** the id stays over retries, the timestamp is of this attempt. */
export function signWebhook(
  seals: Seals,
  secret: Uint8Array,
  message: { readonly id: string; readonly atMs: number; readonly body: string },
): Signed {
  const timestamp = String(Math.floor(message.atMs / 1000))
  const signature = seals.hmac(secret, utf8.encode(`${message.id}.${timestamp}.${message.body}`))
  return {
    'webhook-id': message.id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${base64(signature)}`,
  }
}
