import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hours, instant, type Instant } from '../values/instants.ts'
import { closedBetween, openFor, readOpening, type Opening } from './opening.ts'

const day = 1_440
const spans = (text: string): readonly string[] => {
  const read = readOpening(text)
  if (!read.accepted) return [read.refusal]
  return read.opening.map((each) => each.map(({ from, to }) => `${clock(from)}-${clock(to)}`).join(' '))
}
const clock = (minute: number): string => `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`
const all = (text: string): readonly string[] => Array.from({ length: 7 }, () => text)
const week = (mondayToFriday: string, saturday: string, sunday: string): readonly string[] => [
  ...all(mondayToFriday).slice(0, 5),
  saturday,
  sunday,
]

const dayNames = [
  'mo mon monday 周一 星期一 월 월요일',
  'tu tue tuesday 周二 星期二 화 화요일',
  'we wed wednesday 周三 星期三 수 수요일',
  'th thu thursday 周四 星期四 목 목요일',
  'fr fri friday 周五 星期五 금 금요일',
  'sa sat saturday 周六 星期六 토 토요일',
  'su sun sunday 周日 星期日 周天 星期天 일 일요일',
]

describe('opening hours as people write them', () => {
  it.each(dayNames.flatMap((names, nth) => names.split(' ').map((name): readonly [string, number] => [name, nth])))(
    '%s is day %i of the week',
    (name, nth) => {
      const only = Array.from({ length: 7 }, (_, at) => (at === nth ? '8:00-9:00' : ''))
      expect(spans(`${name} 8-9`)).toEqual(only)
    },
  )

  it.each([
    ['24/7', all('0:00-24:00')],
    ['24h', all('0:00-24:00')],
    ['每天 24小时', all('0:00-24:00')],
    ['每日 8:30-9:00;', all('8:30-9:00')],
    ['08:00-22:00', all('8:00-22:00')],
    ['8-22', all('8:00-22:00')],
    ['daily 8:00 – 22:30', all('8:00-22:30')],
    ['Mon-Fri 08:00-22:00; Sat 9-13; Sun closed', week('8:00-22:00', '9:00-13:00', '')],
    ['Mo-Fr 08:00-12:00, 13:00-18:00', week('8:00-12:00 13:00-18:00', '', '')],
    ['Monday to Friday 8-18', week('8:00-18:00', '', '')],
    ['daily 07:00 to 22:00', all('7:00-22:00')],
    ['weekdays 7-23; weekend 10-20', week('7:00-23:00', '10:00-20:00', '10:00-20:00')],
    ['Sat, Sun 10-20', week('', '10:00-20:00', '10:00-20:00')],
    ['Fri-Mon 10:00-20:00', ['10:00-20:00', '', '', '', '10:00-20:00', '10:00-20:00', '10:00-20:00']],
    ['18:00-02:00', all('18:00-26:00')],
    ['00:00-24:00', all('0:00-24:00')],
    ['08:00-22:00; Su off', week('8:00-22:00', '8:00-22:00', '')],
    ['周一至周五 08:00－22:00；周六、周日 休息', week('8:00-22:00', '', '')],
    ['每天 8：00至21：30', all('8:00-21:30')],
    ['工作日 8:00-20:00，周末 9:00-18:00', ['hours-unreadable']],
    ['工作日 8:00-20:00; 周末 9:00-18:00', week('8:00-20:00', '9:00-18:00', '9:00-18:00')],
    ['월-금 08:00-22:00; 토 09:00-18:00; 일 휴무', week('8:00-22:00', '9:00-18:00', '')],
    ['매일 07:00~23:00', all('7:00-23:00')],
    ['평일 7:00-23:00\n주말 9:00-21:00', week('7:00-23:00', '9:00-21:00', '9:00-21:00')],
  ])('%j', (text, expected) => {
    expect(spans(text)).toEqual(expected)
  })

  it.each([
    [''],
    [' ; '],
    ['ask the concierge'],
    ['closed'],
    ['Mo-Su closed'],
    ['25:00-26:00'],
    ['08:60-10:00'],
    ['08:00-09:60'],
    ['24:00-08:00'],
    ['Mon-Xday 8-22'],
    ['Xday-Mon 8-22'],
    ['Mon, Xday 8-22'],
    ['08:00'],
    ['08:00-08:00'],
    ['08:00-22:00 except holidays'],
    ['Mooday 8-22'],
    ['Mo-Tu-We 8-22'],
    ['8-22; Sunny closed'],
    ['Mo 8-22 and later'],
  ])('%j is no opening that can be counted with', (text) => {
    expect(readOpening(text)).toEqual({ accepted: false, refusal: 'hours-unreadable' })
  })
})

const opened = (text: string): Opening => {
  const read = readOpening(text)
  if (!read.accepted) throw new Error(text)
  return read.opening
}
/** Monday 23 November 2026, midnight UTC. */
const monday = 1_795_392_000_000
const at = (hour: number): Instant => instant(monday + hour * 3_600_000)
const utc = () => 0
const seoul = () => 9 * 3_600_000
const keptHours = (start: number, keep: number, text: string, offset: (at: Instant) => number = utc): number =>
  openFor(at(start), hours(keep), { opening: opened(text), offsetAt: offset }) / 3_600_000

describe('a parcel behind doors of a site that closes', () => {
  it.each([
    ['around the clock: the plain time', 0, 24, '24/7', 24],
    ['an hour left today, the rest tomorrow', 21, 2, '08:00-22:00', 12],
    ['put in before the site opens', 3, 2, '08:00-22:00', 7],
    ['two days of 14 hours, and the night between', 8, 28, '08:00-22:00', 38],
    ['Friday evening over a closed weekend', 4 * 24 + 20, 12, 'Mon-Fri 08:00-22:00', 2 + 2 + 48 + 8 + 10],
    ['through midnight', 23, 3, '18:00-02:00', 3],
    ['through midnight and into the next evening', 23, 4, '18:00-02:00', 3 + 16 + 1],
    ['one hour a week', 0, 3, 'Wed 10-11', 2 * 24 + 11 + 2 * 168],
  ])('%s', (_, start, keep, text, expected) => {
    expect(keptHours(start, keep, text)).toBe(expected)
  })

  it('is judged by the site’s own clock', () => {
    // 23:00 UTC is 08:00 in Seoul, where the day begins.
    expect(keptHours(23, 14, '08:00-22:00', seoul)).toBe(14)
    expect(keptHours(23, 15, '08:00-22:00', seoul)).toBe(25)
  })

  it('keeps its hours through a change of clocks', () => {
    // One hour back at hour 48: the night from Tuesday to Wednesday is an hour longer.
    const autumn = (moment: Instant): number => (moment < at(49) ? 2 : 1) * 3_600_000
    expect(keptHours(24 + 6, 24, '08:00-22:00', autumn)).toBe(14 + 11 + 10)
  })

  it.each([
    ['in the middle of the day', [10, 12], 26],
    ['in the night, when nobody comes anyway', [23, 24 + 3], 24],
    ['over an evening and a night', [20, 24 + 6], 26],
    ['before the parcel came', [2, 7], 24],
  ] as const)('counts an outage %s once', (_, [from, to], expected) => {
    const hoursHere = { opening: opened('08:00-22:00'), offsetAt: utc }
    const kept = openFor(at(8), hours(14), hoursHere, [{ from: at(from), to: at(to) }])
    expect(kept / 3_600_000).toBe(expected === 24 ? 14 : 14 + 10 + 2)
    expect(openFor(at(8), hours(14), { opening: null, offsetAt: utc }, [{ from: at(9), to: at(11) }])).toBe(hours(16))
  })

  const anyOpening = fc
    .array(fc.array(fc.tuple(fc.nat(day - 1), fc.integer({ min: 1, max: day })), { maxLength: 3 }), {
      minLength: 7,
      maxLength: 7,
    })
    .map((days): Opening => days.map((each) => each.map(([from, long]) => ({ from, to: from + long }))))

  it('never closes around the clock, though the site’s day began long before that of UTC', () => {
    expect(closedBetween(opened('24/7'), { from: at(0), to: at(13) }, () => hours(14))).toEqual([])
  })

  it('is open past midnight where the site’s day began long after that of UTC', () => {
    const halfPastMidnight = { from: at(12.5), to: at(13) }
    expect(closedBetween(opened('18:00-02:00'), halfPastMidnight, () => hours(-12))).toEqual([])
  })

  it('is closed for no time at all where it closes at the end', () => {
    expect(closedBetween(opened('08:00-22:00'), { from: at(21), to: at(22) }, utc)).toEqual([])
  })

  it('opens by the clock of before, an hour before the clocks change', () => {
    const autumn = (moment: Instant): number => (moment < at(49) ? 2 : 1) * 3_600_000
    const closed = closedBetween(opened('Wed 01:00-03:00'), { from: at(46), to: at(48) }, autumn)
    expect(closed).toEqual([{ from: at(46), to: at(47) }])
  })

  it('gives up counting after 400 days', () => {
    // 57 Wednesdays; what is left of the hundred hours counts around the clock.
    expect(keptHours(0, 100, 'Wed 10-11')).toBe(400 * 24 + 100 - 57)
  })

  const ahead = fc.integer({ min: -12, max: 14 }).map((zone) => hours(zone))

  it('closed stretches are in order, apart, and exactly where no span is open, by the clock of the site', () => {
    fc.assert(
      fc.property(anyOpening, fc.nat(200), fc.integer({ min: 1, max: 400 }), ahead, (opening, start, long, aheadMs) => {
        const [from, to] = [at(start), at(start + long)]
        const closed = closedBetween(opening, { from, to }, () => aheadMs)
        closed.forEach(({ from: begins, to: ends }, i) => {
          expect(begins).toBeLessThan(ends)
          expect(begins).toBeGreaterThanOrEqual(closed[i - 1]?.to ?? from)
          expect(ends).toBeLessThanOrEqual(to)
        })
        for (let moment: number = from; moment < to; moment += 1_900_000) {
          expect(closed.some((each) => moment >= each.from && moment < each.to)).toBe(
            !isOpen(opening, moment + aheadMs),
          )
        }
      }),
      { numRuns: 60 },
    )
  })
})

function isOpen(opening: Opening, moment: number): boolean {
  const since = (moment - monday) / 60_000
  return [-1, 0].some((back) => {
    const whole = Math.floor(since / day) + back
    const minute = since - whole * day
    return (opening[((whole % 7) + 7) % 7] ?? []).some(({ from, to }) => minute >= from && minute < to)
  })
}
