import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto'
import { base64FromBytes, bytesFromBase64 } from '../bytes/base64.ts'
import { concatBytes } from '../bytes/concat.ts'

/*
 * HPKE (RFC 9180), base mode, one message for each key: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. Names in
 * quotes are the RFC's.
 */

/** What a sealed message is for, and what it is bound to. */
export interface HpkeContext {
  readonly info: Uint8Array
  readonly aad: Uint8Array
}

/** A private key made ready: importing costs as much as opening. */
export interface HpkeKey {
  readonly privateKey: KeyObject
  readonly publicBytes: Uint8Array
}

const keyLength = 32
const nonceLength = 12
const tagLength = 16
const utf8 = new TextEncoder()
const version = utf8.encode('HPKE-v1')
const kemSuite = concatBytes(utf8.encode('KEM'), Uint8Array.of(0, 0x20))
const suite = concatBytes(utf8.encode('HPKE'), Uint8Array.of(0, 0x20, 0, 1, 0, 2))
const nothing = new Uint8Array(0)
const pkcs8 = Uint8Array.of(0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x6e, 4, 0x22, 4, 0x20)

/** From the raw 32 bytes. */
export function importHpkeKey(raw: Uint8Array): HpkeKey {
  const key = Buffer.from(concatBytes(pkcs8, raw))
  const privateKey = createPrivateKey({ key, format: 'der', type: 'pkcs8' })
  return { privateKey, publicBytes: rawOf(createPublicKey(privateKey)) }
}

/** 32 bytes of encapsulated key, the ciphertext, its tag of 16 bytes. */
export function hpkeSeal(to: Uint8Array, { info, aad }: HpkeContext, text: Uint8Array): Uint8Array {
  const { privateKey, publicKey } = generateKeyPairSync('x25519')
  const enc = rawOf(publicKey)
  const { key, nonce } = schedule(sharedSecret(privateKey, to, concatBytes(enc, to)), info)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(aad)
  return concatBytes(enc, cipher.update(text), cipher.final(), cipher.getAuthTag())
}

/** Undefined where anything was changed; a point of small order is refused by the agreement itself. */
export function hpkeOpen(to: HpkeKey, { info, aad }: HpkeContext, sealed: Uint8Array): Uint8Array | undefined {
  if (sealed.length < keyLength + tagLength) return undefined
  const enc = sealed.subarray(0, keyLength)
  try {
    const { key, nonce } = schedule(sharedSecret(to.privateKey, enc, concatBytes(enc, to.publicBytes)), info)
    const decipher = createDecipheriv('aes-256-gcm', key, nonce)
    decipher.setAAD(aad)
    decipher.setAuthTag(sealed.subarray(-tagLength))
    return concatBytes(decipher.update(sealed.subarray(keyLength, -tagLength)), decipher.final())
  } catch {
    return undefined
  }
}

/** "ExtractAndExpand" over "DH". */
function sharedSecret(own: KeyObject, other: Uint8Array, kemContext: Uint8Array): Uint8Array {
  const dh = diffieHellman({ privateKey: own, publicKey: publicFrom(other) })
  const prk = labeledExtract(kemSuite, nothing, 'eae_prk', dh)
  return labeledExpand(kemSuite, prk, 'shared_secret', kemContext, keyLength)
}

/** "KeySchedule" in base mode, for the first and only message under its key. */
function schedule(shared: Uint8Array, info: Uint8Array): { readonly key: Uint8Array; readonly nonce: Uint8Array } {
  const infoHash = labeledExtract(suite, nothing, 'info_hash', info)
  const context = concatBytes(Uint8Array.of(0), noPskHash, infoHash)
  const secret = labeledExtract(suite, shared, 'secret', nothing)
  return {
    key: labeledExpand(suite, secret, 'key', context, keyLength),
    nonce: labeledExpand(suite, secret, 'base_nonce', context, nonceLength),
  }
}

const noPskHash = labeledExtract(suite, nothing, 'psk_id_hash', nothing)

function labeledExtract(id: Uint8Array, salt: Uint8Array, label: string, ikm: Uint8Array): Uint8Array {
  // An empty salt is 32 zeros (RFC 5869), and HMAC fills its key up with zeros by itself.
  return hmac(salt, version, id, utf8.encode(label), ikm)
}

/** One round of HKDF's expansion: nothing here is longer than a hash. */
function labeledExpand(id: Uint8Array, prk: Uint8Array, label: string, info: Uint8Array, length: number): Uint8Array {
  return hmac(prk, Uint8Array.of(0, length), version, id, utf8.encode(label), info, Uint8Array.of(1)).subarray(
    0,
    length,
  )
}

function hmac(key: Uint8Array, ...parts: readonly Uint8Array[]): Uint8Array {
  const mac = createHmac('sha256', key)
  for (const part of parts) mac.update(part)
  return mac.digest()
}

/** By JWK: OpenSSL reads its DER forms seven times as slowly. */
const publicFrom = (raw: Uint8Array): KeyObject =>
  createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'X25519', x: base64FromBytes(raw) } })

const rawOf = (key: KeyObject): Uint8Array => bytesFromBase64(key.export({ format: 'jwk' }).x ?? '') ?? nothing
