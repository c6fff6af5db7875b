import type { Pause } from '@holdfast/core/tariff/keep-time.ts'
import { openFor } from '@holdfast/core/tariff/opening.ts'
import { type DurationMs, hours, type Instant } from '@holdfast/core/values/instants.ts'
import type { Place } from '../../../cabinets/cabinets.ts'

/** Where a cabinet has lost its place: three days are the least that rules ask for anywhere. */
const withoutPlace = hours(72)

/** How long a parcel put in at `start` is kept by the wall: what passes while nobody gets in does not count. */
export function retentionAt(place: Place | undefined, start: Instant, outages: readonly Pause[] = []): DurationMs {
  if (place === undefined) return withoutPlace
  const { opening, zone, retentionHours } = place
  return openFor(start, hours(retentionHours), { opening, offsetAt: offsetOf(zone) }, outages)
}

/** As many as there are zones: making one costs as much as a hundred readings. */
const clocks = new Map<string, Intl.DateTimeFormat>()

/** The clock of a place, as the calendar that the platform knows has it. */
export function offsetOf(timeZone: string): (at: Instant) => number {
  const clock = clocks.get(timeZone) ?? new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
  clocks.set(timeZone, clock)
  return (at) => {
    const name = clock.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT'
    const [, sign = '+', hour = '0', minute = '0'] = /GMT(?:([+-])(\d{2}):(\d{2}))?/.exec(name) ?? []
    return (sign === '-' ? -1 : 1) * (Number(hour) * 60 + Number(minute)) * 60_000
  }
}
