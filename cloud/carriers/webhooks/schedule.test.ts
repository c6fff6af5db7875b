import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hours, minutes, seconds } from '@holdfast/core/values/instants.ts'
import { pauseAfter, readRetryAfter } from './schedule.ts'

const none = Uint8Array.of(0)
const most = Uint8Array.of(255)

describe('the pauses between attempts (R-67)', () => {
  it.each([
    [1, seconds(5)],
    [2, minutes(5)],
    [3, minutes(30)],
    [4, hours(2)],
    [5, hours(5)],
    [6, hours(10)],
    [7, hours(14)],
    [8, hours(20)],
    [9, hours(24)],
    [10, undefined],
    [11, undefined],
    [0, undefined],
  ])('after attempt %i: %s ms', (attempts, pause) => {
    expect(pauseAfter(attempts, none)).toBe(pause)
  })

  it('are up to a tenth longer, never shorter, and never less after a later attempt', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 255 }), (attempts, byte) => {
        const [least, pause, longest] = [none, Uint8Array.of(byte), most].map((random) => pauseAfter(attempts, random))
        if (least === undefined || pause === undefined || longest === undefined) throw new Error('given up too early')
        expect(pause).toBeGreaterThanOrEqual(least)
        expect(pause).toBeLessThanOrEqual(longest)
        expect(longest).toBe(Math.round(least * 1.1))
        expect(pauseAfter(attempts + 1, none) ?? Infinity).toBeGreaterThan(longest)
      }),
      { seed: 67, numRuns: 100 },
    )
  })

  it('come to three days and more before anybody gives up', () => {
    const all = Array.from({ length: 9 }, (_, i) => Number(pauseAfter(i + 1, none)))
    expect(all.reduce((sum, pause) => sum + pause, 0)).toBeGreaterThan(hours(72))
  })
})

describe('what a receiver asks for by Retry-After', () => {
  const now = Date.parse('2026-11-23T10:00:00Z')
  it.each([
    ['nothing', undefined, undefined],
    ['seconds', '120', seconds(120)],
    ['none', '0', 0],
    ['a day', '86400', hours(24)],
    ['more than a day, which is a day', '86401', hours(24)],
    ['years, which are a day', '999999999', hours(24)],
    ['a date', 'Mon, 23 Nov 2026 10:05:00 GMT', minutes(5)],
    ['a date that has passed', 'Mon, 23 Nov 2026 09:00:00 GMT', 0],
    ['a date next year, which is a day', 'Tue, 23 Nov 2027 10:00:00 GMT', hours(24)],
    ['no time at all', 'soon', undefined],
    ['an empty text', '', undefined],
    ['too many digits', '12345678901', undefined],
    ['a minus', '-5', undefined],
    ['half seconds', '1.5', undefined],
    ['words with a year in them', 'after lunch 2100', undefined],
  ])('%s', (_, text, wait) => {
    expect(readRetryAfter(text, now)).toBe(wait)
  })

  it('is never longer than a day and never in the past, whatever it says', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), (text) => {
        const wait = readRetryAfter(text, now)
        if (wait === undefined) return
        expect(wait).toBeGreaterThanOrEqual(0)
        expect(wait).toBeLessThanOrEqual(hours(24))
      }),
      { seed: 68, numRuns: 300 },
    )
  })
})
