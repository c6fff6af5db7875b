import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { after, between, days, durationMs, earliest, hours, instant, minutes, runningMs, seconds } from './instants.ts'

const moments = fc.integer({ min: 0, max: 2 ** 48 }).map(runningMs)

describe('time', () => {
  it.each([0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('is a whole number of milliseconds, not %d', (ms) => {
    expect(() => instant(ms)).toThrow(RangeError)
    expect(() => runningMs(ms)).toThrow(RangeError)
    expect(() => durationMs(ms)).toThrow(RangeError)
  })

  it('counts seconds, minutes and hours in milliseconds', () => {
    expect([seconds(90), minutes(15), hours(24), days(2)]).toEqual([90_000, 900_000, 86_400_000, 172_800_000])
    expect(seconds(0.5)).toBe(500)
    expect(() => seconds(0.0001)).toThrow(RangeError)
  })

  it('comes back by the way it went', () => {
    fc.assert(
      fc.property(moments, moments, (from, to) => {
        expect(after(from, between(from, to))).toBe(to)
      }),
    )
  })
})

describe('the earliest of several deadlines', () => {
  it('is none where there is none', () => {
    expect(earliest([])).toBeUndefined()
    expect(earliest([undefined, undefined])).toBeUndefined()
  })

  it('may be the very first instant', () => {
    expect(earliest([runningMs(5), undefined, runningMs(0)])).toBe(0)
  })

  it('is one of them, and none is before it', () => {
    fc.assert(
      fc.property(fc.array(fc.option(moments, { nil: undefined })), fc.nat(), (deadlines, more) => {
        const all = [...deadlines, runningMs(more)]
        const first = earliest(all) ?? Number.NaN
        expect(all).toContain(first)
        expect(all.filter((deadline) => deadline !== undefined && deadline < first)).toEqual([])
      }),
    )
  })
})
