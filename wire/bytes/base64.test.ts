import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { base64FromBytes, bytesFromBase64 } from './base64.ts'

describe('base64url', () => {
  it('writes and reads what Node does', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (plain) => {
        const text = base64FromBytes(plain)
        expect(text).toBe(Buffer.from(plain).toString('base64url'))
        expect(bytesFromBase64(text)).toEqual(plain)
      }),
    )
  })

  it.each(['A', 'AB', 'AAB', 'AA==', 'A+AA', 'A/AA', 'AA A', 'AAAAA', '\u00e9AAA'])('refuses %j', (text) => {
    expect(bytesFromBase64(text)).toBeUndefined()
  })
})
