import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { idFromBytes } from '@holdfast/core/values/ids.ts'
import { type Grant, grantFromText, grantLength, grantText, openGrant, signGrant } from './grant.ts'
import { createNodeSeals } from './node.ts'
import { createStandInSeals } from './stand-in.ts'

const seals = createNodeSeals()
const cloud = seals.generate('ed25519')
const keys = new Map([[3, cloud.publicKey]])
const sixteen = (value: number): Uint8Array => new Uint8Array(16).fill(value)
const challenge = { keyId: 3, cabinet: idFromBytes('cabinet', sixteen(1)), nonce: sixteen(2), number: 42 }
const pickup: Grant = {
  ...challenge,
  action: 'pickup',
  deposit: idFromBytes('deposit', sixteen(3)),
  compartment: idFromBytes('compartment', sixteen(4)),
  epoch: 0xfffffffe,
}
const unlock: Grant = { ...challenge, action: 'unlock', compartment: idFromBytes('compartment', sixteen(4)), epoch: 0 }
const signIn: Grant = {
  ...challenge,
  action: 'sign-in',
  person: idFromBytes('person', sixteen(5)),
  carrier: idFromBytes('carrier', sixteen(6)),
}

describe('grant', () => {
  it.each([
    ['pickup', pickup],
    ['unlock', unlock],
    ['sign-in', signIn],
  ])('%s comes back as it was signed', (_, grant) => {
    const bytes = signGrant(seals, cloud.privateKey, grant)
    expect(bytes).toHaveLength(grantLength)
    expect(openGrant(seals, keys, bytes)).toEqual({ ok: true, grant })
  })

  it('has the fixed layout of wire.md', () => {
    const bytes = signGrant(seals, cloud.privateKey, pickup)
    const row = (value: number): string => String(value).padStart(2, '0').repeat(16)
    expect(Buffer.from(bytes.subarray(0, 72)).toString('hex')).toBe(
      `0103${row(1)}${row(2)}2a${row(3)}${row(4)}fffffffe01`,
    )
  })

  it.each([
    ['pickup', pickup],
    ['unlock', unlock],
    ['sign-in', signIn],
  ])('is refused with any bit of a %s flipped', (_, grant) => {
    const bytes = signGrant(seals, cloud.privateKey, grant)
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = bytes.map((byte, i) => (i === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte))
      expect(openGrant(seals, keys, changed).ok).toBe(false)
    }
  })

  it('is refused at any other length', () => {
    const bytes = signGrant(seals, cloud.privateKey, pickup)
    for (let length = 0; length < bytes.length; length += 1) {
      expect(openGrant(seals, keys, bytes.subarray(0, length))).toEqual({ ok: false, refusal: 'grant-malformed' })
    }
    expect(openGrant(seals, keys, Uint8Array.of(...bytes, 0))).toEqual({ ok: false, refusal: 'grant-malformed' })
  })

  it('names a key that is not pinned, and a signature by another key', () => {
    const bytes = signGrant(seals, cloud.privateKey, pickup)
    expect(openGrant(seals, new Map(), bytes)).toEqual({ ok: false, refusal: 'grant-key-unknown' })
    const forged = signGrant(seals, seals.generate('ed25519').privateKey, pickup)
    expect(openGrant(seals, keys, forged)).toEqual({ ok: false, refusal: 'grant-forged' })
  })

  it('does not pass a signature of another kind', () => {
    const bytes = signGrant(seals, cloud.privateKey, pickup)
    const body = bytes.subarray(0, 72)
    const other = Uint8Array.of(...body, ...seals.sign(cloud.privateKey, { kind: 'order', bytes: body }))
    expect(openGrant(seals, keys, other)).toEqual({ ok: false, refusal: 'grant-forged' })
  })

  it('travels as QR text in the alphanumeric set', () => {
    const bytes = signGrant(seals, cloud.privateKey, signIn)
    const text = grantText(bytes)
    expect(text).toMatch(/^HF1:[0-9A-Z $%*+\-./:]{204}$/)
    expect(grantFromText(text)).toEqual(bytes)
  })

  it.each(['', 'HF1:', 'HF2:BB8', 'hf1:BB8', 'SF1234567890', `HF1:${':'.repeat(204)}`, `HF1:${'0'.repeat(207)}`])(
    'is not read out of %j',
    (text) => expect(grantFromText(text)).toBeUndefined(),
  )

  it.each([
    { ...pickup, number: 100 },
    { ...pickup, keyId: 256 },
    { ...pickup, epoch: 2 ** 32 },
    { ...pickup, epoch: 1.5 },
    { ...pickup, nonce: new Uint8Array(15) },
  ])('cannot be made with a field out of its range (%#)', (grant) => {
    expect(() => signGrant(seals, cloud.privateKey, grant)).toThrow(RangeError)
  })

  it('refuses noise without throwing, also where the signature would hold', () => {
    const standIn = createStandInSeals(1)
    const pair = standIn.generate('ed25519')
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 72, maxLength: 72 }), (body) => {
        body[1] = 3
        const signed = Uint8Array.of(...body, ...standIn.sign(pair.privateKey, { kind: 'grant', bytes: body }))
        const read = openGrant(standIn, new Map([[3, pair.publicKey]]), signed)
        if (read.ok) expect(signGrant(standIn, pair.privateKey, read.grant)).toEqual(signed)
      }),
    )
  })
})
