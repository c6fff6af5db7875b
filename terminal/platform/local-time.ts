import type { Instant } from '@holdfast/core/values/instants.ts'

/** Minutes of the day where the cabinet stands; undefined for a zone that this machine does not know. */
export function minuteOfDay(wall: Instant, zone: string): number | undefined {
  try {
    const parts = new Intl.DateTimeFormat('en', {
      timeZone: zone,
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    })
    const [hour = '', minute = ''] = parts
      .formatToParts(wall)
      .filter(({ type }) => type === 'hour' || type === 'minute')
      .map(({ value }) => value)
    return Number(hour) * 60 + Number(minute)
  } catch {
    return undefined
  }
}
