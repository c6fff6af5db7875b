import type { OutageRequest, PlannedOutage } from '@holdfast/wire/http/desk/outages.ts'

/** As two fields of the browser give them: '2026-11-24T09:00', by the clock of the place. */
export interface OutageForm {
  readonly from: string
  readonly to: string
  readonly reason: string
}

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const shortest = 30 * minute
const longest = 30 * day
const farthest = 90 * day

/** How far the clock of the place is ahead of UTC. */
function offsetAt(at: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
  const name = format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT'
  const [, sign = '+', hours = '0', minutes = '0'] = /GMT(?:([+-])(\d{2}):(\d{2}))?/.exec(name) ?? []
  return (sign === '-' ? -1 : 1) * (Number(hours) * hour + Number(minutes) * minute)
}

export const localOf = (at: number, zone: string): string =>
  new Date(at + offsetAt(at, zone)).toISOString().slice(0, 'yyyy-mm-ddThh:mm'.length)

/** Undefined for what is no time. Asked twice: the first answer may lie on the other side of a change of clocks. */
export function instantOf(text: string, zone: string): number | undefined {
  const local = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(text) ? Date.parse(`${text}:00Z`) : Number.NaN
  return Number.isNaN(local) ? undefined : local - offsetAt(local - offsetAt(local, zone), zone)
}

/** Tomorrow morning: most work on a house is done then. */
export function usualOutage(now: number, zone: string): OutageForm {
  const tomorrow = localOf(now + day, zone).slice(0, 'yyyy-mm-dd'.length)
  return { from: `${tomorrow}T09:00`, to: `${tomorrow}T12:00`, reason: '' }
}

/** What is wrong with the form, by field; the cloud judges by the same limits. */
export function wrongOutage(form: OutageForm, now: number, zone: string): ReadonlySet<keyof OutageForm> {
  const [from, to] = [instantOf(form.from, zone), instantOf(form.to, zone)]
  const wrong = new Set<keyof OutageForm>()
  if (from === undefined || from <= now || from - now > farthest) wrong.add('from')
  const long = (to ?? Number.NaN) - (from ?? now)
  if (!(long >= shortest && long <= longest)) wrong.add('to')
  if (form.reason.trim() === '') wrong.add('reason')
  return wrong
}

export const outageFrom = ({ reason, ...form }: OutageForm, zone: string): OutageRequest => ({
  from: instantOf(form.from, zone) ?? 0,
  to: instantOf(form.to, zone) ?? 0,
  reason: reason.trim(),
})

export type OutageState = 'ahead' | 'now' | 'over' | 'cancelled'

export function stateOf({ from, to, cancelledAt }: PlannedOutage, now: number): OutageState {
  if (cancelledAt !== null) return 'cancelled'
  if (now < from) return 'ahead'
  return now < to ? 'now' : 'over'
}

interface Times {
  readonly from: number
  readonly to: number
  readonly zone: string
  readonly locale: string
}

/** By the clock of the place; a day that is the same is said once. */
export const timesOf = ({ from, to, zone, locale }: Times): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: zone }).formatRange(from, to)
