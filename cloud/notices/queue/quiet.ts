import { after, hours, type Instant, minutes, durationMs } from '@holdfast/core/values/instants.ts'
import type { Content } from '../notices.ts'
import type { ChannelKind } from '../channels/channel.ts'

/** Whole hours by the site's clock; `from` above `to` goes through the night, equal ones mean never. */
export type QuietHours = { readonly from: number; readonly to: number }

/** What can wait till morning. A code is told at once: a text rings nobody out of bed, and the parcel may be wanted. */
const canWait: ReadonlySet<Content['template']> = new Set<Content['template']>([
  'due-soon',
  'please-collect',
  'overdue',
  'recalled',
  'kept-shorter',
  'outage-planned',
  'outage-cancelled',
])

/** When this may go, if not now. */
export function quietUntil(
  now: Instant,
  { from, to }: QuietHours,
  about: { readonly channel: ChannelKind; readonly template: string; readonly zone: string | null },
): Instant | undefined {
  const waits = about.channel === 'voice' || [...canWait].some((template) => template === about.template)
  if (!waits || from === to || about.zone === null) return undefined
  const { hour, minute, rest } = clockAt(now, about.zone)
  const isQuiet = from < to ? hour >= from && hour < to : hour >= from || hour < to
  if (!isQuiet) return undefined
  const left = hours((to - hour + 24) % 24)
  return after(now, durationMs(left - minutes(minute) - rest))
}

function clockAt(now: Instant, timeZone: string) {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
    .formatToParts(now)
    .map(({ type, value }) => [type, Number(value)] as const)
  const { hour = 0, minute = 0 } = Object.fromEntries(parts)
  return { hour, minute, rest: now % minutes(1) }
}
