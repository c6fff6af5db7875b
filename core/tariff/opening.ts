import { after, durationMs, type DurationMs, type Instant, instant, minutes } from '../values/instants.ts'
import { keptFor, type Pause } from './keep-time.ts'

/** Minutes of the day by the site's clock; `to` above a day goes on into the next one. */
export interface OpenSpan {
  readonly from: number
  readonly to: number
}

/** What is open on each day of the week, Monday first. */
export type Opening = readonly (readonly OpenSpan[])[]

export type ReadOpening =
  | { readonly accepted: true; readonly opening: Opening }
  | { readonly accepted: false; readonly refusal: 'hours-unreadable' }

const unreadable: ReadOpening = { accepted: false, refusal: 'hours-unreadable' }
const dayMinutes = 24 * 60
const names: readonly (readonly string[])[] = [
  ['mo', 'mon', 'monday', '周一', '星期一', '월', '월요일'],
  ['tu', 'tue', 'tuesday', '周二', '星期二', '화', '화요일'],
  ['we', 'wed', 'wednesday', '周三', '星期三', '수', '수요일'],
  ['th', 'thu', 'thursday', '周四', '星期四', '목', '목요일'],
  ['fr', 'fri', 'friday', '周五', '星期五', '금', '금요일'],
  ['sa', 'sat', 'saturday', '周六', '星期六', '토', '토요일'],
  ['su', 'sun', 'sunday', '周日', '星期日', '周天', '星期天', '일', '일요일'],
]
const sets: Readonly<Record<string, readonly number[]>> = {
  daily: [0, 1, 2, 3, 4, 5, 6],
  每天: [0, 1, 2, 3, 4, 5, 6],
  每日: [0, 1, 2, 3, 4, 5, 6],
  매일: [0, 1, 2, 3, 4, 5, 6],
  weekdays: [0, 1, 2, 3, 4],
  工作日: [0, 1, 2, 3, 4],
  평일: [0, 1, 2, 3, 4],
  weekend: [5, 6],
  周末: [5, 6],
  주말: [5, 6],
}
const everyDay = [0, 1, 2, 3, 4, 5, 6]
const shutWords = new Set(['closed', 'off', '休息', '关闭', '휴무'])
const aroundTheClock = new Set(['24/7', '24h', '24小时', '24시간'])

/** `Mon-Fri 08:00-22:00; Sat 9-12, 13-18; Sun closed`, in English, Chinese or Korean; what comes later wins for its days. */
export function readOpening(text: string): ReadOpening {
  const week: (readonly OpenSpan[])[] = everyDay.map(() => [])
  const parts = plain(text)
    .split(/[;\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
  for (const part of parts) {
    const cut = part.search(/\d|closed|off|休息|关闭|휴무/)
    const days = cut < 0 ? undefined : readDays(part.slice(0, cut))
    const spans = cut < 0 ? undefined : readSpans(part.slice(cut))
    if (days === undefined || spans === undefined) return unreadable
    for (const day of days) week[day] = spans
  }
  return week.some((spans) => spans.length > 0) ? { accepted: true, opening: week } : unreadable
}

/** One way to write a dash, a colon, a comma and a semicolon. */
const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[–—~至到]|\bto\b/g, '-')
    .replaceAll(/[、,]/g, ',')
    .replaceAll(/[。；]/g, ';')

function readDays(text: string): readonly number[] | undefined {
  const wanted = text.replaceAll(/\s*-\s*/g, '-').split(/[\s,:]+/)
  const days = wanted.filter((word) => word !== '').map(readDayRange)
  if (days.length === 0) return everyDay
  return days.some((each) => each === undefined) ? undefined : days.flatMap((each) => each ?? [])
}

function readDayRange(word: string): readonly number[] | undefined {
  const set = sets[word]
  if (set !== undefined) return set
  const [from = -1, to = from, ...more] = word
    .split('-')
    .map((name) => names.findIndex((known) => known.includes(name)))
  if (from < 0 || to < 0 || more.length > 0) return undefined
  return Array.from({ length: ((to - from + 7) % 7) + 1 }, (_, i) => (from + i) % 7)
}

function readSpans(text: string): readonly OpenSpan[] | undefined {
  const word = text.replaceAll(/\s/g, '')
  if (shutWords.has(word)) return []
  if (aroundTheClock.has(word)) return [{ from: 0, to: dayMinutes }]
  const spans = word.split(',').map(readSpan)
  return spans.some((span) => span === undefined) ? undefined : spans.flatMap((span) => span ?? [])
}

function readSpan(text: string): OpenSpan | undefined {
  const found = /^(\d{1,2})(?::(\d{2}))?-(\d{1,2})(?::(\d{2}))?$/.exec(text)
  if (found === null) return undefined
  const [, fromHour, fromMinute = '0', toHour, toMinute = '0'] = found
  const [from, to] = [Number(fromHour) * 60 + Number(fromMinute), Number(toHour) * 60 + Number(toMinute)]
  const isSound =
    Number(fromMinute) < 60 && Number(toMinute) < 60 && from < dayMinutes && to <= dayMinutes && from !== to
  return isSound ? { from, to: to > from ? to : to + dayMinutes } : undefined
}

/** How far the site's clock is ahead of UTC at an instant. */
export type OffsetAt = (at: Instant) => number

const dayMs = minutes(dayMinutes)
/** 1 January 1970 was a Thursday. */
const weekdayOf = (day: number): number => (((day + 3) % 7) + 7) % 7

/** When the site is closed between two instants, in order. */
export function closedBetween(opening: Opening, { from, to }: Pause, offsetAt: OffsetAt): readonly Pause[] {
  const first = Math.floor((from + offsetAt(from)) / dayMs) - 1
  const last = Math.floor((to + offsetAt(to)) / dayMs) + 1
  const closed: Pause[] = []
  let shutSince = from
  for (let day = first; day <= last; day += 1) {
    for (const span of [...(opening[weekdayOf(day)] ?? [])].sort((left, right) => left.from - right.from)) {
      const [opens, shuts] = [toInstant(day, span.from, offsetAt), toInstant(day, span.to, offsetAt)]
      if (shuts <= shutSince) continue
      if (opens >= to) break
      if (opens > shutSince) closed.push({ from: shutSince, to: opens })
      shutSince = shuts
    }
  }
  if (shutSince < to) closed.push({ from: shutSince, to })
  return closed
}

/** Asked twice: the first answer may lie on the other side of a change of clocks. */
function toInstant(day: number, minute: number, offsetAt: OffsetAt): Instant {
  const local = day * dayMs + minutes(minute)
  return instant(local - offsetAt(instant(local - offsetAt(instant(local)))))
}

/** null: it never closes. */
export interface SiteHours {
  readonly opening: Opening | null
  readonly offsetAt: OffsetAt
}

const farthest = 400 * dayMs

/** How long by the wall a wait lasts that counts only while the site is open and the cabinet can be reached. */
export function openFor(
  start: Instant,
  keep: DurationMs,
  { opening, offsetAt }: SiteHours,
  outages: readonly Pause[] = [],
): DurationMs {
  for (let reach = 2 * keep + 8 * dayMs; ; reach *= 2) {
    const end = after(start, durationMs(Math.min(reach, farthest)))
    const closed = opening === null ? [] : closedBetween(opening, { from: start, to: end }, offsetAt)
    const kept = keptFor(start, keep, [...closed, ...outages])
    if (kept <= end - start || reach >= farthest) return kept
  }
}
