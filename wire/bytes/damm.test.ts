import { describe, expect, it } from 'vitest'
import { dammDigit, dammHolds } from './damm.ts'

describe('the Damm check digit', () => {
  it('is the published one', () => {
    expect(dammDigit('572')).toBe('4')
    expect(dammHolds('5724')).toBe(true)
  })

  it('refuses what is no row of digits', () => {
    expect(['', ' 5724', '57a4', '５７２４'].map(dammHolds)).toEqual([false, false, false, false])
  })

  it('catches every wrong digit and every swap, for each digit after each interim state', () => {
    const triples = Array.from({ length: 1_000 }, (_, n) => String(n).padStart(3, '0'))
    const damaged = triples.flatMap((made) => {
      const [start = '', first = '', second = ''] = made.split('')
      const wrong = Array.from({ length: 10 }, (_, digit) => `${start}${digit}${second}${dammDigit(made)}`)
      const swapped = `${start}${second}${first}${dammDigit(made)}`
      return [...wrong, swapped].filter((text) => !text.startsWith(made))
    })
    expect(damaged).toHaveLength(9_900)
    expect(damaged.filter(dammHolds)).toEqual([])
  })
})
