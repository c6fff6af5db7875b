import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { minutesInDay, type Night, nightNow } from './night.ts'

const at = (hour: number, minute = 0): number => hour * 60 + minute
const night = (fromMinute: number, untilMinute: number): Night => ({ fromMinute, untilMinute, volumePercent: 30 })
const minute = fc.integer({ min: 0, max: minutesInDay - 1 })

it.each([
  ['over midnight, in the evening', night(at(22), at(6)), at(22), true],
  ['over midnight, the minute before', night(at(22), at(6)), at(21, 59), false],
  ['over midnight, at midnight', night(at(22), at(6)), at(0), true],
  ['over midnight, the last minute', night(at(22), at(6)), at(5, 59), true],
  ['over midnight, in the morning', night(at(22), at(6)), at(6), false],
  ['over midnight, at noon', night(at(22), at(6)), at(12), false],
  ['a rest by day, within', night(at(12), at(14)), at(13), true],
  ['a rest by day, before', night(at(12), at(14)), at(11, 59), false],
  ['a rest by day, after', night(at(12), at(14)), at(14), false],
  ['from midnight on', night(at(0), at(5)), at(0), true],
  ['to midnight', night(at(20), at(0)), at(23, 59), true],
  ['to midnight, after it', night(at(20), at(0)), at(0), false],
  ['the same minute twice is no night', night(at(8), at(8)), at(8), false],
  ['nothing set', undefined, at(3), false],
] as const)('%s', (_, set, now, dark) => {
  expect(nightNow(set, now)).toEqual(dark ? { volumePercent: 30 } : undefined)
})

it('tells how bright the screen is where that is set', () => {
  const dim: Night = { ...night(at(22), at(6)), brightnessPercent: 60 }
  expect(nightNow(dim, at(23))).toEqual({ volumePercent: 30, brightnessPercent: 60 })
  expect(nightNow(dim, at(12))).toBeUndefined()
})

it('lasts exactly from its first minute to its last, wherever midnight lies', () => {
  fc.assert(
    fc.property(minute, minute, (from, until) => {
      const dark = Array.from({ length: minutesInDay }, (_, now) => nightNow(night(from, until), now) !== undefined)
      expect(dark.filter(Boolean)).toHaveLength((until - from + minutesInDay) % minutesInDay)
    }),
    { numRuns: 40 },
  )
})

it('is either night or day, and its opposite fills the rest', () => {
  fc.assert(
    fc.property(minute, minute, minute, (from, until, now) => {
      fc.pre(from !== until)
      const dark = nightNow(night(from, until), now) !== undefined
      expect(nightNow(night(until, from), now) !== undefined).toBe(!dark)
    }),
  )
})
