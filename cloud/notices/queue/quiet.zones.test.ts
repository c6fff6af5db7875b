import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { after, durationMs, hours, instant, minutes } from '@holdfast/core/values/instants.ts'
import { type QuietHours, quietUntil } from './quiet.ts'

const zones = [
  'UTC',
  'Asia/Shanghai',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Europe/Berlin',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
] as const
const late = { channel: 'sms', template: 'overdue' } as const
const hourIn = (at: number, timeZone: string): number =>
  Number(new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' }).format(at))
const isQuiet = (hour: number, { from, to }: QuietHours): boolean =>
  from < to ? hour >= from && hour < to : from > to && (hour >= from || hour < to)

const hour = fc.integer({ min: 0, max: 23 })
const moment = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 11, 31) })

describe('what can wait till morning, by the clock on the site’s wall', () => {
  it('waits in the quiet hours of its own zone and in no others', () => {
    fc.assert(
      fc.property(moment, fc.constantFrom(...zones), hour, hour, (now, zone, from, to) => {
        const until = quietUntil(instant(now), { from, to }, { ...late, zone })
        expect(until !== undefined).toBe(isQuiet(hourIn(now, zone), { from, to }))
      }),
      { seed: 22, numRuns: 400 },
    )
  })

  it('is told when they are over, in whatever zone and on whatever night the clocks are changed', () => {
    fc.assert(
      fc.property(moment, fc.constantFrom(...zones), hour, hour, (now, zone, from, to) => {
        let at = instant(now)
        for (let turn = 0; turn < 3; turn += 1) {
          const until = quietUntil(at, { from, to }, { ...late, zone })
          if (until === undefined) break
          expect(until).toBeGreaterThan(at)
          at = until
        }
        expect(isQuiet(hourIn(at, zone), { from, to })).toBe(false)
        // A day has at most 25 hours.
        expect(at - now).toBeLessThanOrEqual(hours(25))
      }),
      { seed: 23, numRuns: 400 },
    )
  })

  it.each([
    ['Asia/Kolkata', '2026-11-23T16:30:00Z', '2026-11-24T02:30:00.000Z'],
    ['Asia/Kathmandu', '2026-11-23T16:15:00Z', '2026-11-24T02:15:00.000Z'],
    ['Asia/Shanghai', '2026-11-23T14:00:00Z', '2026-11-24T00:00:00.000Z'],
    ['Asia/Shanghai', '2026-11-23T23:59:59.999Z', '2026-11-24T00:00:00.000Z'],
    ['America/St_Johns', '2026-11-24T01:30:00Z', '2026-11-24T11:30:00.000Z'],
  ])('from 22 to 8 in %s: at %s it waits until %s', (zone, now, until) => {
    const ends = quietUntil(instant(Date.parse(now)), { from: 22, to: 8 }, { ...late, zone })
    expect(ends === undefined ? 'not at all' : new Date(ends).toISOString()).toBe(until)
  })

  it.each([
    ['the last moment before', -1, false],
    ['the first moment of them', 0, true],
    ['the last moment of them', hours(10) - 1, true],
    ['the first moment after', hours(10), false],
  ])('begins and ends on the hour: %s', (_, past, waits) => {
    const begins = instant(Date.UTC(2026, 10, 23, 22))
    const until = quietUntil(after(begins, durationMs(past)), { from: 22, to: 8 }, { ...late, zone: 'UTC' })
    expect(until).toBe(waits ? after(begins, hours(10)) : undefined)
  })

  it('never holds back a code, and never where nobody knows whose clock counts', () => {
    const night = instant(Date.UTC(2026, 10, 23, 23))
    const quiet = { from: 22, to: 8 }
    expect(quietUntil(night, quiet, { channel: 'sms', template: 'deposited', zone: 'UTC' })).toBeUndefined()
    expect(quietUntil(night, quiet, { ...late, zone: null })).toBeUndefined()
    expect(quietUntil(night, { from: 8, to: 8 }, { ...late, zone: 'UTC' })).toBeUndefined()
    expect(quietUntil(night, quiet, { channel: 'voice', template: 'deposited', zone: 'UTC' })).toBe(
      after(night, minutes(540)),
    )
  })
})
