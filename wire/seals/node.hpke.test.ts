import { createHmac, generateKeyPairSync, randomBytes } from 'node:crypto'
import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core'
import { describe, expect, it } from 'vitest'
import { type HpkeContext, type HpkeKey, hpkeOpen, hpkeSeal, importHpkeKey } from './node.hpke.ts'

/** A kept library, another reading of RFC 9180, sits in judgement. */
const judge = new CipherSuite({ kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() })

const fromHex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'))
const drawn = (length: number): Uint8Array => new Uint8Array(randomBytes(length))
const draw = (): { readonly raw: Uint8Array; readonly key: HpkeKey } => {
  const { d } = generateKeyPairSync('x25519').privateKey.export({ format: 'jwk' })
  const raw = new Uint8Array(Buffer.from(d ?? '', 'base64url'))
  return { raw, key: importHpkeKey(raw) }
}

async function sealByJudge(to: Uint8Array, { info, aad }: HpkeContext, text: Uint8Array): Promise<Uint8Array> {
  const recipientPublicKey = await judge.kem.deserializePublicKey(to)
  const { enc, ct } = await judge.seal({ recipientPublicKey, info }, text, aad)
  return new Uint8Array(Buffer.concat([Buffer.from(enc), Buffer.from(ct)]))
}

async function openByJudge(raw: Uint8Array, { info, aad }: HpkeContext, sealed: Uint8Array): Promise<Uint8Array> {
  const recipientKey = await judge.kem.deserializePrivateKey(raw)
  return new Uint8Array(await judge.open({ recipientKey, enc: sealed.slice(0, 32), info }, sealed.slice(32), aad))
}

/** Sizes of text, info and associated data: empty, about one hash block, and longer than several. */
const sizes = [
  [0, 0, 0],
  [1, 12, 32],
  [15, 0, 32],
  [16, 63, 1],
  [17, 64, 0],
  [100, 65, 32],
  [4_096, 200, 500],
] as const

describe('HPKE', () => {
  it.each(sizes)('opens what the library sealed: %i bytes, info %i, bound %i', async (text, info, aad) => {
    const { key } = draw()
    const context = { info: drawn(info), aad: drawn(aad) }
    const plain = drawn(text)
    expect(hpkeOpen(key, context, await sealByJudge(key.publicBytes, context, plain))).toEqual(plain)
  })

  it.each(sizes)('seals what the library opens: %i bytes, info %i, bound %i', async (text, info, aad) => {
    const { raw, key } = draw()
    const context = { info: drawn(info), aad: drawn(aad) }
    const plain = drawn(text)
    expect(await openByJudge(raw, context, hpkeSeal(key.publicBytes, context, plain))).toEqual(plain)
  })

  it('opens what was sealed by the library before there was anything else', () => {
    const key = importHpkeKey(fromHex('08786afd38651326349faf5435c24fc3ad436559ff5495949eae0bceb54ca06e'))
    const context = { info: new TextEncoder().encode('holdfast/deposit-private/1'), aad: new Uint8Array(32).fill(7) }
    const sealed = fromHex(
      '89a95ccd37b2a748d44a4e9872d6b3bf4c39c159d84adac8787be10b6995fe0d9bdee7ea567131a98ff08c80e74f67dd0ddb71576d55572d8b80fa9607ec4a4acf64ebcf83',
    )
    expect(new TextDecoder().decode(hpkeOpen(key, context, sealed))).toBe('the code is 123456782')
  })

  it('knows the public key of a private one', () => {
    const { x, d } = generateKeyPairSync('x25519').privateKey.export({ format: 'jwk' })
    const { publicBytes } = importHpkeKey(new Uint8Array(Buffer.from(d ?? '', 'base64url')))
    expect(Buffer.from(publicBytes).toString('base64url')).toBe(x)
  })

  it.each([
    ['zero', '00'.repeat(32)],
    ['one', `01${'00'.repeat(31)}`],
    ['of order eight', 'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800'],
    ['the field’s prime', `ed${'ff'.repeat(30)}7f`],
  ])('opens nothing under an encapsulated point that is %s, whose secret anybody knows', (_name, point) => {
    const { key } = draw()
    expect(hpkeOpen(key, { info: drawn(4), aad: drawn(4) }, fromHex(`${point}${'00'.repeat(40)}`))).toBeUndefined()
    expect(() => hpkeSeal(fromHex(point), { info: drawn(4), aad: drawn(4) }, drawn(8))).toThrow(Error)
  })

  it('opens nothing shorter than a key and a tag', () => {
    const { key } = draw()
    const context = { info: drawn(4), aad: drawn(4) }
    const sealed = hpkeSeal(key.publicBytes, context, drawn(0))
    expect(sealed).toHaveLength(48)
    for (let length = 0; length < 48; length += 1)
      expect(hpkeOpen(key, context, sealed.subarray(0, length))).toBeUndefined()
  })

  it('draws an encapsulated key of its own for each message', () => {
    const { key } = draw()
    const context = { info: drawn(4), aad: drawn(4) }
    const sealed = Array.from({ length: 20 }, () => hpkeSeal(key.publicBytes, context, Uint8Array.of(1)))
    expect(new Set(sealed.map((each) => Buffer.from(each.subarray(0, 32)).toString('hex'))).size).toBe(20)
  })

  it('stands on an HMAC that takes an empty key for zeros', () => {
    const of = (key: Uint8Array): string => createHmac('sha256', key).update('x').digest('hex')
    expect(of(new Uint8Array(0))).toBe(of(new Uint8Array(32)))
  })
})
