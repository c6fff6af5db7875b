import { webcrypto } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { keyParts, publicKeyOf } from './keys.ts'
import { createNodeSeals } from './node.ts'
import { sealsContract } from './seals.contract.ts'
import { signedBytes } from './seals.ts'

sealsContract('node', createNodeSeals)

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
const text = (value: string): Uint8Array => new TextEncoder().encode(value)

describe('node seals', () => {
  const seals = createNodeSeals()

  it('agrees with the published vectors', async () => {
    expect(hex(seals.hash(text('abc')))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
    // RFC 4231, case 2
    expect(hex(seals.hmac(text('Jefe'), text('what do ya want for nothing?')))).toBe(
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    )
    // RFC 7914, the vector with r = 8 and p = 1, first 32 bytes
    expect(hex(await seals.slowHash(text('pleaseletmein'), text('SodiumChloride'), 16384))).toBe(
      '7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2',
    )
  })

  it('hashes slowly at the full cost without holding the main thread', async () => {
    let turns = 0
    const turn = setInterval(() => (turns += 1), 1)
    await seals.slowHash(text('12345678'), text('salt'), 2 ** 15)
    clearInterval(turn)
    expect(turns).toBeGreaterThan(3)
  })

  it('verifies what a phone signs with WebCrypto', async () => {
    const pair = await webcrypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify'])
    const publicKey = publicKeyOf('p256', new Uint8Array(await webcrypto.subtle.exportKey('raw', pair.publicKey)))
    const statement = { kind: 'certificate-answer', bytes: text('nonce') }
    const algorithm = { name: 'ECDSA', hash: 'SHA-256' }
    const signature = await webcrypto.subtle.sign(algorithm, pair.privateKey, signedBytes(statement))
    expect(seals.verify(publicKey, statement, new Uint8Array(signature))).toBe(true)
  })

  it('believes nothing from a key that is no point of the curve', () => {
    const bad = publicKeyOf('p256', new Uint8Array(65).fill(4))
    expect(seals.verify(bad, { kind: 'order', bytes: text('') }, new Uint8Array(64))).toBe(false)
  })

  it('refuses to sign with a sealing key and to seal to a signing key', async () => {
    const { privateKey } = seals.generate('x25519')
    const { publicKey } = seals.generate('ed25519')
    expect(() => seals.sign(privateKey, { kind: 'order', bytes: text('') })).toThrow(TypeError)
    const context = { kind: 'deposit-private', cabinet: 'cab_0', deposit: 'dep_0' } as never
    await expect(seals.seal(publicKey, context, text(''))).rejects.toThrow(TypeError)
  })

  it('forgets imported keys rather than growing without bound', () => {
    const statement = { kind: 'order', bytes: text('x') }
    for (let i = 0; i < 1_100; i += 1) {
      const raw = new Uint8Array(32)
      raw.set([i & 0xff, i >> 8])
      seals.verify(publicKeyOf('ed25519', raw), statement, new Uint8Array(64))
    }
    const pair = seals.generate('ed25519')
    expect(seals.verify(pair.publicKey, statement, seals.sign(pair.privateKey, statement))).toBe(true)
    expect(keyParts(pair.publicKey).scheme).toBe('ed25519')
  })
})
