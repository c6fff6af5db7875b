import Type from 'typebox'
import { base64FromBytes, bytesFromBase64 } from '../bytes/base64.ts'
import { parseCanonical, toCanonical } from '../bytes/canonical.ts'
import { concatBytes } from '../bytes/concat.ts'
import { closed } from '../journal/fields.ts'
import type { PrivateKey, PublicKey } from '../seals/keys.ts'
import type { Seals } from '../seals/seals.ts'

/**
 * Every message between cabinet and cloud is lines of canonical JSON: first the seal, then what it covers.
 * The covered bytes are kept as made: nobody parses and writes them again before the signature is judged.
 */
export const sealLineSchema = Type.Object(
  {
    key: Type.Integer({ minimum: 0, maximum: 255, description: "which of the sender's keys signed" }),
    sig: Type.String({ description: '64 bytes, base64url' }),
  },
  closed,
)

/** One kind for each direction and channel, so that no message passes for another. */
export type MessageKind = 'facts' | 'answer' | 'ask' | 'health' | 'order' | 'ack' | 'desired'

/** Larger ones are dropped unread. A facts message of 64 entries with private parts stays far below. */
export const messageBytesMax = 256 * 1024

export interface Signer {
  readonly seals: Seals
  readonly keyId: number
  readonly key: PrivateKey
}

export type SignedRead =
  | { readonly ok: true; readonly body: Uint8Array }
  | { readonly ok: false; readonly refusal: 'message-malformed' | 'message-key-unknown' | 'message-forged' }

export function signMessage(signer: Signer, kind: MessageKind, body: Uint8Array): Uint8Array {
  const sig = base64FromBytes(signer.seals.sign(signer.key, { kind, bytes: body }))
  return concatBytes(toCanonical({ key: signer.keyId, sig }), newline, body)
}

export function openMessage(
  seals: Seals,
  keys: ReadonlyMap<number, PublicKey>,
  kind: MessageKind,
  message: Uint8Array,
): SignedRead {
  const cut = message.indexOf(10)
  if (message.length > messageBytesMax || cut < 0) return malformed
  const line = parseCanonical(message.subarray(0, cut))
  if (!line.ok || !isSealLine(line.value)) return malformed
  const signature = bytesFromBase64(line.value.sig)
  if (signature === undefined) return malformed
  const key = keys.get(line.value.key)
  if (key === undefined) return { ok: false, refusal: 'message-key-unknown' }
  const body = message.subarray(cut + 1)
  return seals.verify(key, { kind, bytes: body }, signature)
    ? { ok: true, body }
    : { ok: false, refusal: 'message-forged' }
}

const newline = Uint8Array.of(10)
const malformed: SignedRead = { ok: false, refusal: 'message-malformed' }

function isSealLine(value: unknown): value is { readonly key: number; readonly sig: string } {
  if (typeof value !== 'object' || value === null) return false
  const line = value as { key?: unknown; sig?: unknown }
  return Number.isInteger(line.key) && typeof line.sig === 'string' && Object.keys(value).length === 2
}
