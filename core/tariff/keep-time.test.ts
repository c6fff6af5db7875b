import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { durationMs, hours, instant } from '../values/instants.ts'
import { keptFor, keptUntil, type Pause } from './keep-time.ts'

const at = (hour: number) => instant(1_800_000_000_000 + hour * 3_600_000)
const pause = (from: number, to: number): Pause => ({ from: at(from), to: at(to) })

describe('a parcel is kept', () => {
  it.each([
    ['for the plain time where nothing stops it', [], 24],
    ['longer by a pause in the middle', [pause(4, 10)], 30],
    ['longer by what is left of a pause that had begun', [pause(-5, 3)], 27],
    ['no longer for a pause before it', [pause(-9, -2)], 24],
    ['no longer for a pause after its end', [pause(24, 90)], 24],
    ['longer for a pause that the first one brings into reach', [pause(20, 26), pause(28, 30)], 32],
    ['only once longer where pauses overlap', [pause(4, 10), pause(6, 8), pause(9, 12)], 32],
    ['the same in whatever order the pauses are told', [pause(12, 13), pause(1, 2)], 26],
    ['through a night and a day of closed doors', [pause(12, 24), pause(36, 48)], 36],
    ['no shorter for a pause that ends before it begins', [pause(10, 4)], 24],
  ] as const)('%s', (_, pauses, expected) => {
    expect(keptUntil(at(0), hours(24), pauses)).toBe(at(expected))
    expect(keptFor(at(0), hours(24), pauses)).toBe(hours(expected))
  })

  const anyPauses = fc.array(
    fc
      .tuple(fc.integer({ min: -500, max: 2_000 }), fc.integer({ min: 0, max: 300 }))
      .map(([from, long]) => ({ from: instant(from + 1_000), to: instant(from + long + 1_000) })),
    { maxLength: 12 },
  )

  it('never shorter than promised, and counts exactly what lies outside the pauses', () => {
    fc.assert(
      fc.property(anyPauses, fc.nat(500), (pauses, keep) => {
        const start = instant(1_000)
        const until = keptUntil(start, durationMs(keep), pauses)
        const isPaused = (moment: number) => pauses.some(({ from, to }) => moment >= from && moment < to)
        let counted = 0
        for (let moment: number = start; moment < until; moment += 1) if (!isPaused(moment)) counted += 1
        return counted === keep
      }),
    )
  })
})
