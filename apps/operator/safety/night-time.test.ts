import fc from 'fast-check'
import { expect, it } from 'vitest'
import { formOf, minuteOf, nightFrom, timeOf } from './night-time.ts'

it.each([
  ['00:00', 0],
  ['06:05', 365],
  ['23:59', 1_439],
  ['24:00', undefined],
  ['7:00', undefined],
  ['12:60', undefined],
  ['', undefined],
  ['22:00:00', undefined],
] as const)('reads %s as %s', (text, minute) => {
  expect(minuteOf(text)).toBe(minute)
})

it('writes every minute so that it is read again', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1_439 }), (minute) => {
      expect(minuteOf(timeOf(minute))).toBe(minute)
    }),
  )
})

it('begins with what most houses would set, and with what is set', () => {
  expect(formOf(null)).toEqual({ from: '22:00', until: '06:00', volume: '30', brightness: '60' })
  const night = { fromMinute: 1_290, untilMinute: 425, volumePercent: 0, brightnessPercent: 75 }
  expect(formOf(night)).toEqual({ from: '21:30', until: '07:05', volume: '0', brightness: '75' })
  expect(nightFrom(formOf(night))).toEqual(night)
})

it.each([
  ['a time that is none', { from: '', until: '06:00', volume: '30', brightness: '60' }],
  ['the same time twice', { from: '06:00', until: '06:00', volume: '30', brightness: '60' }],
  ['more than all of the volume', { from: '22:00', until: '06:00', volume: '101', brightness: '60' }],
  ['less than none of it', { from: '22:00', until: '06:00', volume: '-1', brightness: '60' }],
  ['a volume in words', { from: '22:00', until: '06:00', volume: 'low', brightness: '60' }],
  ['a screen too faint to read', { from: '22:00', until: '06:00', volume: '30', brightness: '59' }],
  ['a screen brighter than it can be', { from: '22:00', until: '06:00', volume: '30', brightness: '101' }],
  ['half a percent', { from: '22:00', until: '06:00', volume: '0.5', brightness: '60' }],
])('takes no night from %s', (_, form) => {
  expect(nightFrom(form)).toBeUndefined()
})

it('is as bright as ever where a night was set before anybody could say', () => {
  expect(formOf({ fromMinute: 1_320, untilMinute: 360, volumePercent: 30 }).brightness).toBe('100')
})
