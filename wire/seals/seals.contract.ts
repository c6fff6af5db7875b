import { describe, expect, it } from 'vitest'
import { idFromBytes } from '@holdfast/core/values/ids.ts'
import { keyParts, readPrivateKey, readPublicKey } from './keys.ts'
import type { Seals } from './seals.ts'

const bytes = (...values: readonly number[]): Uint8Array => Uint8Array.from(values)
const cabinet = idFromBytes('cabinet', new Uint8Array(16).fill(1))
const deposit = idFromBytes('deposit', new Uint8Array(16).fill(2))
const context = { kind: 'deposit-private', cabinet, deposit }

const flipEach = (original: Uint8Array): readonly Uint8Array[] =>
  [...original].flatMap((_, at) =>
    Array.from({ length: 8 }, (__, bit) => original.map((b, i) => (i === at ? b ^ (1 << bit) : b))),
  )

/** What every implementation of the port keeps. */
export function sealsContract(name: string, create: () => Seals): void {
  describe(`seals: ${name}`, () => {
    const seals = create()

    it('hashes to 32 bytes, the same for the same bytes and another for others', () => {
      expect(seals.hash(bytes(1, 2))).toEqual(seals.hash(bytes(1, 2)))
      expect(seals.hash(bytes(1, 2))).toHaveLength(32)
      expect(new Set(flipEach(new Uint8Array(40)).map((changed) => String(seals.hash(changed)))).size).toBe(320)
    })

    it('keys the hash', () => {
      expect(seals.hmac(bytes(1), bytes(9))).toEqual(seals.hmac(bytes(1), bytes(9)))
      expect(seals.hmac(bytes(1), bytes(9))).not.toEqual(seals.hmac(bytes(2), bytes(9)))
    })

    it('makes the slow hash depend on secret, salt and cost', async () => {
      const hash = async (secret: number, salt: number, cost: number): Promise<string> =>
        String(await seals.slowHash(bytes(secret), bytes(salt), cost))
      const all = await Promise.all([hash(1, 1, 16), hash(2, 1, 16), hash(1, 2, 16), hash(1, 1, 32), hash(1, 1, 16)])
      expect(new Set(all.slice(0, 4)).size).toBe(4)
      expect(all[4]).toBe(all[0])
    })

    it.each(['ed25519', 'p256'] as const)('verifies a %s signature and no changed one', (scheme) => {
      const { publicKey, privateKey } = seals.generate(scheme)
      const statement = { kind: 'order', bytes: bytes(1, 2, 3) }
      const signature = seals.sign(privateKey, statement)
      expect(signature).toHaveLength(64)
      expect(seals.verify(publicKey, statement, signature)).toBe(true)
      expect(seals.verify(publicKey, { ...statement, kind: 'grant' }, signature)).toBe(false)
      expect(seals.verify(publicKey, { ...statement, bytes: bytes(1, 2, 3, 0) }, signature)).toBe(false)
      expect(seals.verify(seals.generate(scheme).publicKey, statement, signature)).toBe(false)
      expect(seals.verify(publicKey, statement, signature.subarray(1))).toBe(false)
      for (const changed of flipEach(signature)) expect(seals.verify(publicKey, statement, changed)).toBe(false)
    })

    it('gives keys whose text reads back, public ones in the raw length of WebCrypto', () => {
      const lengths = (['ed25519', 'p256', 'x25519'] as const).map((scheme) => {
        const pair = seals.generate(scheme)
        expect(readPrivateKey(pair.privateKey)).toBe(pair.privateKey)
        expect(readPublicKey(pair.publicKey)).toBe(pair.publicKey)
        return keyParts(pair.publicKey).bytes.length
      })
      expect(lengths).toEqual([32, 65, 32])
    })

    it('opens what was sealed, under its own context and key alone', async () => {
      const pair = seals.generate('x25519')
      const sealed = await seals.seal(pair.publicKey, context, bytes(7, 8, 9))
      expect(await seals.open(pair.privateKey, context, sealed)).toEqual(bytes(7, 8, 9))
      expect(await seals.open(seals.generate('x25519').privateKey, context, sealed)).toBeUndefined()
      const other = idFromBytes('deposit', new Uint8Array(16).fill(3))
      expect(await seals.open(pair.privateKey, { ...context, deposit: other }, sealed)).toBeUndefined()
      expect(await seals.open(pair.privateKey, { ...context, kind: 'courier-facts' }, sealed)).toBeUndefined()
    })

    it('seals 32 + 16 bytes longer, never twice the same, and opens nothing changed or cut', async () => {
      const pair = seals.generate('x25519')
      const sealed = await seals.seal(pair.publicKey, context, bytes(7))
      expect(sealed).toHaveLength(49)
      expect(await seals.seal(pair.publicKey, context, bytes(7))).not.toEqual(sealed)
      const broken = [...flipEach(sealed).filter((_, i) => i % 8 === 0), sealed.subarray(0, 40), bytes()]
      const opened = await Promise.all(broken.map((changed) => seals.open(pair.privateKey, context, changed)))
      expect(opened.every((plain) => plain === undefined)).toBe(true)
    })

    it('draws fresh random bytes of the asked length', () => {
      const drawn = Array.from({ length: 50 }, () => seals.random(16))
      expect(drawn.every((draw) => draw.length === 16)).toBe(true)
      expect(new Set(drawn.map(String)).size).toBe(50)
    })

    it('compares bytes', () => {
      expect(seals.equal(bytes(1, 2), bytes(1, 2))).toBe(true)
      expect(seals.equal(bytes(1, 2), bytes(1, 3))).toBe(false)
      expect(seals.equal(bytes(1, 2), bytes(1))).toBe(false)
    })

    it('refuses a kind that could run into the signed bytes', () => {
      const { privateKey } = seals.generate('p256')
      expect(() => seals.sign(privateKey, { kind: 'order/1\0', bytes: bytes() })).toThrow(TypeError)
    })

    it('locks at rest what opens again with the same key and binding, and not one bit changed', () => {
      const [key, bound, plain] = [bytes(7, ...new Uint8Array(31)), bytes(1), bytes(9, 8, 7)]
      const locked = seals.lock(key, bound, plain)
      expect(seals.unlock(key, bound, locked)).toEqual(plain)
      expect(seals.lock(key, bound, plain)).not.toEqual(locked)
      expect(seals.unlock(key, bytes(2), locked)).toBeUndefined()
      expect(seals.unlock(bytes(8, ...new Uint8Array(31)), bound, locked)).toBeUndefined()
      for (const changed of flipEach(locked)) expect(seals.unlock(key, bound, changed)).toBeUndefined()
      expect(seals.unlock(key, bound, locked.subarray(1))).toBeUndefined()
      expect(seals.unlock(key, bound, new Uint8Array(3))).toBeUndefined()
    })
  })
}
