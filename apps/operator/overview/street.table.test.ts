import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CabinetSummary } from '@holdfast/wire/http/cabinets.ts'
import type { Show } from '../desk/route.ts'
import { amountOf, inOrder, isAway, totalOf } from './street.ts'

const plain: CabinetSummary = {
  cabinet: 'cab_1',
  name: 'A',
  siteName: 's',
  address: 'a',
  enrolled: true,
  online: true,
  lastHeardAt: 1,
  doors: 10,
  free: 5,
  loaded: 2,
  open: 0,
  suspect: 0,
  retired: 3,
  openAlerts: 0,
  journal: 'ok',
}
const shows: readonly Show[] = ['offline', 'open', 'suspect', 'loaded', 'free', 'retired', 'openAlerts']
const names = (cabinets: readonly CabinetSummary[]): readonly string[] => cabinets.map(({ name }) => name)

describe('how much of something a cabinet has', () => {
  it.each([
    [true, true, false],
    [true, false, true],
    [false, false, false],
    [false, true, false],
  ])('set up %s and online %s: missed %s', (enrolled, online, away) => {
    expect(isAway({ ...plain, enrolled, online })).toBe(away)
    expect(amountOf({ ...plain, enrolled, online }, 'offline')).toBe(away ? 1 : 0)
  })

  it('is nothing where it was never set up, except what somebody is called about', () => {
    const bare = { ...plain, enrolled: false, online: false, open: 1, suspect: 1, openAlerts: 1 }
    expect(shows.filter((show) => amountOf(bare, show) > 0)).toEqual(['openAlerts'])
  })

  it('adds up over the street', () => {
    expect(totalOf([], 'free')).toBe(0)
    expect(totalOf([plain, { ...plain, free: 7 }, { ...plain, enrolled: false }], 'free')).toBe(12)
    expect(totalOf([plain, { ...plain, online: false }], 'offline')).toBe(1)
  })
})

describe('the order of the street', () => {
  const troubles: readonly (readonly [string, Partial<CabinetSummary>])[] = [
    ['two alerts', { openAlerts: 2 }],
    ['one alert', { openAlerts: 1 }],
    ['a failing journal', { journal: 'failing' }],
    ['silence', { online: false }],
    ['a suspect door', { suspect: 1 }],
    ['an open door', { open: 1 }],
    ['nothing', {}],
  ]
  const street = troubles.map(([name, more]) => ({ ...plain, ...more, name }))

  it('puts first what needs a person first, however the list came', () => {
    const wanted = troubles.map(([name]) => name)
    expect(names(inOrder(street, undefined, 'en'))).toEqual(wanted)
    expect(names(inOrder(street.toReversed(), undefined, 'en'))).toEqual(wanted)
    fc.assert(
      fc.property(fc.shuffledSubarray(street, { minLength: 2 }), (some) => {
        const kept = wanted.filter((name) => some.some((one) => one.name === name))
        expect(names(inOrder(some, undefined, 'en'))).toEqual(kept)
      }),
      { seed: 1, numRuns: 100 },
    )
  })

  it('weighs one greater trouble above any number of smaller ones', () => {
    const alert = { ...plain, name: 'alert', openAlerts: 1 }
    const all = { ...plain, name: 'all else', journal: 'full', online: false, suspect: 99, open: 99 } as const
    expect(names(inOrder([all, alert], undefined, 'en'))).toEqual(['alert', 'all else'])
  })

  it('counts names as people count: 2 before 10', () => {
    const some = ['Gate 10', 'Gate 2', 'gate 1'].map((name) => ({ ...plain, name }))
    expect(names(inOrder(some, undefined, 'en'))).toEqual(['gate 1', 'Gate 2', 'Gate 10'])
  })

  it('shows only cabinets that have some of it, most first, then the more urgent', () => {
    const some = [
      { ...plain, name: 'none', free: 0 },
      { ...plain, name: 'few', free: 1, openAlerts: 9 },
      { ...plain, name: 'many', free: 8 },
      { ...plain, name: 'many, and alarmed', free: 8, openAlerts: 1 },
    ]
    expect(names(inOrder(some, 'free', 'en'))).toEqual(['many, and alarmed', 'many', 'few'])
  })

  it('loses no cabinet and changes no list that it was given', () => {
    const given = [...street]
    expect(inOrder(given, undefined, 'ko')).toHaveLength(street.length)
    expect(given).toEqual(street)
  })
})
