import type { Brand } from '@holdfast/core/values/brand.ts'
import { base64FromBytes, bytesFromBase64 } from '../bytes/base64.ts'

/** ed25519: the cloud signs. p256: cabinets and phones sign. x25519: cabinets seal to the cloud. */
export const keySchemes = ['ed25519', 'p256', 'x25519'] as const
export type KeyScheme = (typeof keySchemes)[number]

/**
 * `scheme:base64url`, the form kept in configuration and databases. The scheme stands in the key and
 * never in a message, so no sender can choose the algorithm he is judged by.
 * Raw bytes: ed25519 and x25519 32, p256 65 (uncompressed point), all as WebCrypto's `raw`.
 */
export type PublicKey = Brand<string, 'PublicKey'>

/** `scheme:base64url`: PKCS #8 for ed25519 and p256, the raw 32 bytes for x25519. */
export type PrivateKey = Brand<string, 'PrivateKey'>

export interface KeyPair {
  readonly publicKey: PublicKey
  readonly privateKey: PrivateKey
}

const publicLengths = { ed25519: 32, p256: 65, x25519: 32 } as const

export const publicKeyOf = (scheme: KeyScheme, raw: Uint8Array): PublicKey => keyText(scheme, raw) as PublicKey
export const privateKeyOf = (scheme: KeyScheme, bytes: Uint8Array): PrivateKey => keyText(scheme, bytes) as PrivateKey

export function readPublicKey(text: string): PublicKey | undefined {
  const parts = splitKey(text)
  return parts !== undefined && parts.bytes.length === publicLengths[parts.scheme] ? (text as PublicKey) : undefined
}

export function readPrivateKey(text: string): PrivateKey | undefined {
  const parts = splitKey(text)
  return parts !== undefined && parts.bytes.length >= 32 ? (text as PrivateKey) : undefined
}

export function keyParts(key: PublicKey | PrivateKey): { readonly scheme: KeyScheme; readonly bytes: Uint8Array } {
  const parts = splitKey(key)
  if (parts === undefined) throw new TypeError('not a key')
  return parts
}

function splitKey(text: string): { readonly scheme: KeyScheme; readonly bytes: Uint8Array } | undefined {
  const colon = text.indexOf(':')
  const scheme = keySchemes.find((known) => known === text.slice(0, Math.max(0, colon)))
  const bytes = bytesFromBase64(text.slice(colon + 1))
  return scheme === undefined || bytes === undefined ? undefined : { scheme, bytes }
}

const keyText = (scheme: KeyScheme, bytes: Uint8Array): string => `${scheme}:${base64FromBytes(bytes)}`
