import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { base45FromBytes, bytesFromBase45 } from './base45.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

describe('Base45', () => {
  it.each([
    ['AB', 'BB8'],
    ['Hello!!', '%69 VD92EX0'],
    ['base-45', 'UJCLQE7W581'],
    ['ietf!', 'QED8WEX0'],
    ['', ''],
  ])('writes %j as RFC 9285 does', (plain, text) => {
    expect(base45FromBytes(bytes(plain))).toBe(text)
    expect(bytesFromBase45(text)).toEqual(bytes(plain))
  })

  it('reads back whatever it wrote', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (plain) => {
        expect(bytesFromBase45(base45FromBytes(plain))).toEqual(plain)
      }),
    )
  })

  it.each(['GGW', ':::', '::', '0', 'BB80', 'bb8', 'BB\n'])('refuses %j', (text) => {
    expect(bytesFromBase45(text)).toBeUndefined()
  })

  it('has one text per bytes', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom(...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'.split('')),
          maxLength: 12,
        }),
        (text) => {
          const read = bytesFromBase45(text)
          if (read !== undefined) expect(base45FromBytes(read)).toBe(text)
        },
      ),
    )
  })
})
