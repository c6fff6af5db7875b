import { describe, expect, it } from 'vitest'
import { readOpening } from '@holdfast/core/tariff/opening.ts'
import { hours, instant } from '@holdfast/core/values/instants.ts'
import { testId } from '../../../cabinets/cabinets.testing.ts'
import { offsetOf, retentionAt } from './retention.ts'

const utc = (text: string) => instant(Date.parse(text))

function placeWith(zone: string, text: string | null, retentionHours = 24) {
  const read = text === null ? undefined : readOpening(text)
  return {
    cabinet: testId('cabinet', 1),
    operator: testId('operator', 1),
    name: 'Gate 3',
    siteName: 'East',
    address: '1 Main Street',
    zone,
    retentionHours,
    complaintPhone: '400',
    opening: read?.accepted === true ? read.opening : null,
    outages: [],
    screenDead: false,
    scannerDead: false,
    way: {},
    salt: 'salt',
  }
}

describe('the clock of a place', () => {
  it.each([
    ['Asia/Shanghai', '2026-11-23T00:00:00Z', 8],
    ['Asia/Seoul', '2026-11-23T00:00:00Z', 9],
    ['Asia/Kolkata', '2026-11-23T00:00:00Z', 5.5],
    ['UTC', '2026-11-23T00:00:00Z', 0],
    ['Europe/Berlin', '2026-07-01T00:00:00Z', 2],
    ['Europe/Berlin', '2026-12-01T00:00:00Z', 1],
    ['America/New_York', '2026-12-01T00:00:00Z', -5],
    ['America/St_Johns', '2026-12-01T00:00:00Z', -3.5],
  ])('%s at %s is %d hours ahead', (zone, at, ahead) => {
    expect(offsetOf(zone)(utc(at))).toBe(ahead * 3_600_000)
  })
})

describe('how long a parcel is kept', () => {
  it.each([
    ['a place that never closes', 'Asia/Shanghai', null, '2026-11-23T12:00:00Z', 24],
    ['a place whose hours say so', 'Asia/Shanghai', '24/7', '2026-11-23T12:00:00Z', 24],
    // 20:00 in Shanghai; two hours today, then days of fourteen.
    ['a place that shuts at night', 'Asia/Shanghai', '08:00-22:00', '2026-11-23T12:00:00Z', 2 + 10 + 14 + 10 + 8],
    // Friday 18:00 in Seoul; the weekend does not count.
    ['an office', 'Asia/Seoul', '평일 09:00-18:00', '2026-11-27T09:00:00Z', 63 + 9 + 15 + 9 + 15 + 6],
    // The night of the change of clocks is an hour longer in Berlin.
    ['a place where the clocks go back', 'Europe/Berlin', 'daily 08:00-20:00', '2026-10-24T06:00:00Z', 12 + 13 + 12],
  ])('in %s', (_, zone, text, start, expected) => {
    expect(retentionAt(placeWith(zone, text), utc(start))).toBe(hours(expected))
  })

  it('three days where a cabinet has lost its place', () => {
    expect(retentionAt(undefined, utc('2026-11-23T00:00:00Z'))).toBe(hours(72))
  })
})
