import { concatBytes } from '../bytes/concat.ts'
import {
  type KeyPair,
  type KeyScheme,
  keyParts,
  type PrivateKey,
  privateKeyOf,
  type PublicKey,
  publicKeyOf,
} from './keys.ts'
import { mixBytes } from './stand-in.mix.ts'
import { sealBinding, type SealContext, sealInfo, type Seals, signedBytes } from './seals.ts'

const nonceLength = 32
const tagLength = 16

/**
 * The twin for tests and the simulator: cheap, the same for the same seed (law 15), true to the port's
 * shapes, and without any secrecy: whoever knows a public key can sign for it. Never in a real process.
 */
export function createStandInSeals(seed: number): Seals {
  let drawn = 0
  const random = (length: number): Uint8Array => {
    drawn += 1
    return mixBytes(length, words(seed, drawn))
  }
  return {
    hash: (bytes) => mixBytes(32, bytes),
    hmac: (key, bytes) => mixBytes(32, mixBytes(32, key), bytes),
    slowHash: async (secret, salt, cost) => mixBytes(32, mixBytes(32, salt), words(cost), secret),
    sign: (key, statement) => mixBytes(64, keyParts(publicOf(key)).bytes, signedBytes(statement)),
    verify: (key, statement, signature) => equal(mixBytes(64, keyParts(key).bytes, signedBytes(statement)), signature),
    seal: async (to, context, plain) => {
      const nonce = random(nonceLength)
      return concatBytes(nonce, ...locked(padSeed(to, context, nonce), plain))
    },
    open: async (key, context, sealed) => opened(publicOf(key), context, sealed),
    lock: (key, bound, plain) => {
      const nonce = random(nonceLength)
      return concatBytes(nonce, ...locked(concatBytes(mixBytes(32, key), nonce, bound), plain))
    },
    unlock: (key, bound, text) => unlocked((nonce) => concatBytes(mixBytes(32, key), nonce, bound), text),
    random,
    equal,
    generate: (scheme) => pairOf(privateKeyOf(scheme, random(32))),
  }
}

const opened = (to: PublicKey, context: SealContext, sealed: Uint8Array): Uint8Array | undefined =>
  unlocked((nonce) => padSeed(to, context, nonce), sealed)

function unlocked(padOf: (nonce: Uint8Array) => Uint8Array, sealed: Uint8Array): Uint8Array | undefined {
  if (sealed.length < nonceLength + tagLength) return undefined
  const pad = padOf(sealed.subarray(0, nonceLength))
  const [plain] = locked(pad, sealed.subarray(nonceLength, -tagLength))
  const [, tag] = locked(pad, plain)
  return equal(tag, sealed.subarray(-tagLength)) ? plain : undefined
}

/** The text under its pad, and the tag that the plain side has. */
function locked(pad: Uint8Array, plain: Uint8Array): readonly [Uint8Array, Uint8Array] {
  const stream = mixBytes(plain.length, pad)
  return [plain.map((byte, i) => byte ^ (stream[i] ?? 0)), mixBytes(tagLength, pad, plain)]
}

function padSeed(to: PublicKey, context: SealContext, nonce: Uint8Array): Uint8Array {
  return concatBytes(keyParts(to).bytes, nonce, sealInfo(context), sealBinding(context))
}

const pairOf = (privateKey: PrivateKey): KeyPair => ({ publicKey: publicOf(privateKey), privateKey })

function publicOf(key: PrivateKey): PublicKey {
  const { scheme, bytes } = keyParts(key)
  return publicKeyOf(scheme, mixBytes(publicLength(scheme), bytes))
}

const publicLength = (scheme: KeyScheme): number => (scheme === 'p256' ? 65 : 32)

const equal = (left: Uint8Array, right: Uint8Array): boolean =>
  left.length === right.length && left.every((byte, i) => byte === right[i])

const words = (...values: readonly number[]): Uint8Array => new Uint8Array(Float64Array.from(values).buffer)
