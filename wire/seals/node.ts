import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  scrypt,
  sign,
  timingSafeEqual,
  verify,
} from 'node:crypto'
import { base64FromBytes, bytesFromBase64 } from '../bytes/base64.ts'
import { concatBytes } from '../bytes/concat.ts'
import {
  type KeyPair,
  type KeyScheme,
  keyParts,
  privateKeyOf,
  type PrivateKey,
  publicKeyOf,
  type PublicKey,
} from './keys.ts'
import { type HpkeContext, type HpkeKey, hpkeOpen, hpkeSeal, importHpkeKey } from './node.hpke.ts'
import { sealBinding, type SealContext, sealInfo, type Seals, signedBytes } from './seals.ts'

/** scrypt needs 128 · N · r bytes and a little: 32 MiB at 2^15, which is Node's default limit and refused by it. */
const scryptMemory = 64 * 1024 * 1024
/** AES-256-GCM: 96 bits drawn at random are safe for 2^32 values under one key. */
const lockNonceLength = 12
const lockTagLength = 16
/** Imported keys, by their text: importing costs more than verifying. Bounded, as the cloud sees a key per phone. */
const importedAtMost = 1_000

export function createNodeSeals(): Seals {
  const privateKeys = imported(importPrivate)
  const publicKeys = imported(importPublic)
  const openingKeys = imported((key: PrivateKey): HpkeKey => importHpkeKey(rawSealing(key)))
  return {
    hash: (bytes) => plain(createHash('sha256').update(bytes).digest()),
    hmac: (key, bytes) => plain(createHmac('sha256', key).update(bytes).digest()),
    slowHash,
    sign: (key, statement) =>
      plain(sign(digestOf(key), signedBytes(statement), { key: privateKeys(key), dsaEncoding: 'ieee-p1363' })),
    verify: (key, statement, signature) => {
      try {
        const options = { key: publicKeys(key), dsaEncoding: 'ieee-p1363' } as const
        return signature.length === 64 && verify(digestOf(key), signedBytes(statement), options, signature)
      } catch (error) {
        // A phone hands in its own key: a point off the curve fails at import and vouches for nothing.
        if (error instanceof TypeError && !('code' in error)) throw error
        return false
      }
    },
    seal,
    open: async (key, context, sealed) => hpkeOpen(openingKeys(key), hpkeContext(context), sealed),
    lock,
    unlock,
    random: (length) => plain(randomBytes(length)),
    equal: (left, right) => left.length === right.length && timingSafeEqual(left, right),
    generate,
  }
}

/** On libuv's pool: about 100 ms of a pool thread at N = 2^15, none of the main one. */
function slowHash(secret: Uint8Array, salt: Uint8Array, cost: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    scrypt(secret, salt, 32, { N: cost, r: 8, p: 1, maxmem: scryptMemory }, (error, derived) => {
      if (error === null) resolve(plain(derived))
      else reject(error)
    })
  })
}

/** Too little work to leave the main thread for: a seal takes about 0.3 ms, an opening 0.15 ms. */
async function seal(to: PublicKey, context: SealContext, text: Uint8Array): Promise<Uint8Array> {
  return hpkeSeal(rawSealing(to), hpkeContext(context), text)
}

const hpkeContext = (context: SealContext): HpkeContext => ({ info: sealInfo(context), aad: sealBinding(context) })

function lock(key: Uint8Array, bound: Uint8Array, text: Uint8Array): Uint8Array {
  const nonce = randomBytes(lockNonceLength)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(bound)
  return concatBytes(nonce, cipher.update(text), cipher.final(), cipher.getAuthTag())
}

function unlock(key: Uint8Array, bound: Uint8Array, locked: Uint8Array): Uint8Array | undefined {
  if (locked.length < lockNonceLength + lockTagLength) return undefined
  const decipher = createDecipheriv('aes-256-gcm', key, locked.subarray(0, lockNonceLength))
  decipher.setAAD(bound)
  decipher.setAuthTag(locked.subarray(-lockTagLength))
  const text = decipher.update(locked.subarray(lockNonceLength, -lockTagLength))
  try {
    return concatBytes(text, decipher.final())
  } catch {
    return undefined
  }
}

function rawSealing(key: PublicKey | PrivateKey): Uint8Array {
  const { scheme, bytes } = keyParts(key)
  if (scheme !== 'x25519') throw new TypeError('sealing takes an x25519 key')
  return bytes
}

/** Ed25519 hashes by itself and takes no digest name. */
const digestOf = (key: PublicKey | PrivateKey): 'sha256' | undefined => (key.startsWith('p256:') ? 'sha256' : undefined)

/** Out of Node's pooled Buffer: callers may keep, compare and transfer the bytes. */
const plain = (buffer: Uint8Array): Uint8Array => new Uint8Array(buffer)

function generate(scheme: KeyScheme): KeyPair {
  const pair = generatePair(scheme)
  const jwk = pair.privateKey.export({ format: 'jwk' })
  const [x, y, d] = [fromJwk(jwk.x), fromJwk(jwk.y), fromJwk(jwk.d)]
  const secret = scheme === 'x25519' ? d : plain(pair.privateKey.export({ format: 'der', type: 'pkcs8' }))
  const point = scheme === 'p256' ? concatBytes(Uint8Array.of(4), x, y) : x
  return { publicKey: publicKeyOf(scheme, point), privateKey: privateKeyOf(scheme, secret) }
}

function generatePair(scheme: KeyScheme): { readonly privateKey: KeyObject } {
  switch (scheme) {
    case 'ed25519':
      return generateKeyPairSync('ed25519')
    case 'p256':
      return generateKeyPairSync('ec', { namedCurve: 'P-256' })
    case 'x25519':
      return generateKeyPairSync('x25519')
  }
}

const fromJwk = (part: string | undefined): Uint8Array => bytesFromBase64(part ?? '') ?? new Uint8Array()

function importPrivate(text: PrivateKey): KeyObject {
  const { scheme, bytes } = keyParts(text)
  if (scheme === 'x25519') throw new TypeError('signing takes an ed25519 or p256 key')
  return createPrivateKey({ key: Buffer.from(bytes), format: 'der', type: 'pkcs8' })
}

function importPublic(text: PublicKey): KeyObject {
  const { scheme, bytes } = keyParts(text)
  switch (scheme) {
    case 'ed25519':
      return createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: base64FromBytes(bytes) } })
    case 'p256': {
      const [x, y] = [base64FromBytes(bytes.subarray(1, 33)), base64FromBytes(bytes.subarray(33))]
      return createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x, y } })
    }
    case 'x25519':
      throw new TypeError('verifying takes an ed25519 or p256 key')
  }
}

function imported<Text extends string, Key>(load: (text: Text) => Key): (text: Text) => Key {
  const known = new Map<Text, Key>()
  return (text) => {
    const found = known.get(text)
    if (found !== undefined) return found
    const key = load(text)
    if (known.size >= importedAtMost) known.clear()
    known.set(text, key)
    return key
  }
}
