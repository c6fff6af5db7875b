import { describe, expect, it } from 'vitest'
import { unstorable } from './unstorable.ts'

describe('what no database takes', () => {
  it.each([
    ['a NUL', '\0', ''],
    ['half of a character', { name: 'a\ud83d' }, '/name'],
    ['a NUL deep inside', { lines: ['fine', { of: '\0' }] }, '/lines/1/of'],
  ])('is found: %s', (_, value, place) => {
    expect(unstorable(value)).toBe(place)
  })

  it.each([null, 0, true, '', '\u0001', '𠮷', { a: ['', null, { b: 1 }] }])('is not %j', (value) => {
    expect(unstorable(value)).toBeUndefined()
  })
})
