import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { instantOf, localOf, outageFrom, stateOf, timesOf, usualOutage, wrongOutage } from './outage-time.ts'

const zones = ['UTC', 'Asia/Shanghai', 'Asia/Seoul', 'Asia/Kolkata', 'Europe/Berlin', 'America/St_Johns'] as const
const utc = (text: string): number => Date.parse(text)
const now = utc('2026-11-23T04:00:00Z')
const seoul = 'Asia/Seoul'

describe('the clock of a place', () => {
  it.each([
    ['2026-11-24T09:00', 'Asia/Seoul', '2026-11-24T00:00:00Z'],
    ['2026-11-24T09:00', 'Asia/Kolkata', '2026-11-24T03:30:00Z'],
    ['2026-11-24T09:00', 'America/St_Johns', '2026-11-24T12:30:00Z'],
    // The day on which clocks go back, before and after it.
    ['2026-10-25T01:30', 'Europe/Berlin', '2026-10-24T23:30:00Z'],
    ['2026-10-25T12:00', 'Europe/Berlin', '2026-10-25T11:00:00Z'],
    // An hour that the spring leaves out is read as the one after it.
    ['2026-03-29T02:30', 'Europe/Berlin', '2026-03-29T01:30:00Z'],
  ])('reads %s in %s as %s', (text, zone, at) => {
    expect(instantOf(text, zone)).toBe(utc(at))
  })

  it.each(['', 'tomorrow', '2026-11-24', '2026-13-40T09:00', '2026-11-24T09:00:00'])(
    'reads no time from %j',
    (text) => {
      expect(instantOf(text, seoul)).toBeUndefined()
    },
  )

  it('writes every minute so that it is read again, but for the hour that comes twice', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000 }), fc.constantFrom(...zones), (minutes, zone) => {
        const at = now + minutes * 60_000
        const read = instantOf(localOf(at, zone), zone) ?? 0
        expect([0, 3_600_000]).toContain(Math.abs(read - at))
        expect(localOf(read, zone)).toBe(localOf(at, zone))
      }),
    )
  })
})

describe('the form of an outage', () => {
  const form = { from: '2026-11-24T09:00', to: '2026-11-24T12:00', reason: 'No power' }

  it.each(zones)('begins with tomorrow morning by the clock of %s, and is right but for the reason', (zone) => {
    const usual = usualOutage(now, zone)
    expect([...wrongOutage(usual, now, zone)]).toEqual(['reason'])
    expect([usual.from.slice(-5), usual.to.slice(-5)]).toEqual(['09:00', '12:00'])
    expect(wrongOutage({ ...usual, reason: 'x' }, now, zone).size).toBe(0)
  })

  it.each([
    ['a beginning that has passed', { from: '2026-11-23T12:00' }, ['from']],
    ['a beginning that is none', { from: '' }, ['from']],
    ['a beginning in a year', { from: '2027-11-24T09:00', to: '2027-11-24T12:00' }, ['from']],
    ['an end before it', { to: '2026-11-24T08:00' }, ['to']],
    ['an end that is none', { to: '' }, ['to']],
    ['twenty-nine minutes', { to: '2026-11-24T09:29' }, ['to']],
    ['half an hour', { to: '2026-11-24T09:30' }, []],
    ['thirty days', { to: '2026-12-24T09:00' }, []],
    ['a minute more', { to: '2026-12-24T09:01' }, ['to']],
    ['no reason', { reason: '  ' }, ['reason']],
  ] as const)('with %s is wrong in %j: %j', (_, change, wrong) => {
    expect([...wrongOutage({ ...form, ...change }, now, seoul)]).toEqual(wrong)
  })

  it('is sent in UTC, the reason without its spaces', () => {
    const sent = outageFrom({ ...form, reason: ' No power ' }, seoul)
    const [from, to] = ['2026-11-24T00:00:00Z', '2026-11-24T03:00:00Z'].map(utc)
    expect(sent).toEqual({ from, to, reason: 'No power' })
  })
})

it.each([
  [-1, null, 'ahead'],
  [0, null, 'now'],
  [9, null, 'now'],
  [10, null, 'over'],
  [-1, 5, 'cancelled'],
  [99, 5, 'cancelled'],
] as const)('at %d, called off at %s, an outage from 0 to 10 is %s', (at, cancelledAt, state) => {
  const rest = { outage: 'otg_1', reason: 'x', by: 'Ann', plannedAt: 0, cancelledBy: null }
  expect(stateOf({ ...rest, from: 0, to: 10, cancelledAt }, at)).toBe(state)
})

it.each(['en', 'zh', 'ko'])('in %s an outage names a day once, and two days both', (locale) => {
  const from = utc('2026-11-24T00:00:00Z')
  const said = (to: string): string => timesOf({ from, to: utc(to), zone: seoul, locale })
  expect(said('2026-11-24T03:00:00Z').match(/24/gu)).toHaveLength(1)
  expect(said('2026-11-24T03:00:00Z')).toMatch(/9:00.*12:00/u)
  expect(said('2026-11-25T03:00:00Z')).toMatch(/24.*25/u)
})
