import { type CabinetId, type DepositId, idToBytes } from '@holdfast/core/values/ids.ts'
import { concatBytes } from '../bytes/concat.ts'
import type { KeyPair, KeyScheme, PrivateKey, PublicKey } from './keys.ts'

/** What is signed: the kind keeps a signature of one purpose from passing for another. */
export interface Statement {
  /** `order`, `grant`, `journal-head` …: lower case words joined by dashes. */
  readonly kind: string
  readonly bytes: Uint8Array
}

/** What a sealed blob is bound to: opened under any other context it stays shut. */
export interface SealContext {
  readonly kind: string
  readonly cabinet: CabinetId
  readonly deposit: DepositId
}

/** All cryptography of Holdfast (wire.md: one home for crypto). `node.ts` is the real one, `stand-in.ts` its twin. */
export interface Seals {
  /** SHA-256: 32 bytes. */
  hash(bytes: Uint8Array): Uint8Array
  /** HMAC-SHA-256: 32 bytes. */
  hmac(key: Uint8Array, bytes: Uint8Array): Uint8Array
  /** scrypt, r 8, p 1, 32 bytes out, off the main thread. `cost` is N, a power of two up to 2^15. */
  slowHash(secret: Uint8Array, salt: Uint8Array, cost: number): Promise<Uint8Array>
  /** 64 bytes; by the key's scheme Ed25519, or ECDSA P-256 over SHA-256 in IEEE P1363 form. */
  sign(key: PrivateKey, statement: Statement): Uint8Array
  /** False for anything but a true signature; never throws for bytes from outside. */
  verify(key: PublicKey, statement: Statement, signature: Uint8Array): boolean
  /** HPKE base mode: 32 bytes of encapsulated key, then the ciphertext with its 16-byte tag. */
  seal(to: PublicKey, context: SealContext, plain: Uint8Array): Promise<Uint8Array>
  /** Undefined where key, context or bytes do not fit. */
  open(key: PrivateKey, context: SealContext, sealed: Uint8Array): Promise<Uint8Array | undefined>
  /** At rest, under a key of our own (32 bytes): nonce, ciphertext, tag. Opens only with the same `bound` bytes. */
  lock(key: Uint8Array, bound: Uint8Array, plain: Uint8Array): Uint8Array
  /** Undefined where key, `bound` or bytes do not fit. */
  unlock(key: Uint8Array, bound: Uint8Array, locked: Uint8Array): Uint8Array | undefined
  random(length: number): Uint8Array
  /** In constant time for equal lengths. */
  equal(left: Uint8Array, right: Uint8Array): boolean
  generate(scheme: KeyScheme): KeyPair
}

const utf8 = new TextEncoder()

/** wire.md: a signature covers `holdfast/<kind>/1`, a NUL, then the bytes. Phones sign the same with WebCrypto. */
export function signedBytes(statement: Statement): Uint8Array {
  return concatBytes(utf8.encode(`${labelOf(statement.kind)}\0`), statement.bytes)
}

/** HPKE's info: kind and version. */
export const sealInfo = (context: SealContext): Uint8Array => utf8.encode(labelOf(context.kind))

/** HPKE's associated data: cabinet ‖ deposit, 16 bytes each. */
export const sealBinding = (context: SealContext): Uint8Array =>
  concatBytes(idToBytes(context.cabinet), idToBytes(context.deposit))

function labelOf(kind: string): string {
  if (!/^[a-z]+(-[a-z]+)*$/.test(kind)) throw new TypeError(`not a kind: ${kind}`)
  return `holdfast/${kind}/1`
}
