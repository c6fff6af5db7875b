import { expect, it } from 'vitest'
import { readOptions } from './options.ts'

it('plays twenty towns unless told, and one with its story for a seed', () => {
  expect(readOptions([])).toMatchObject({ first: 1, last: 20, minutes: 20, isReplay: false })
  expect(readOptions(['--seed', '7'])).toMatchObject({ first: 7, last: 7, isReplay: true })
})

it('has no last seed where parcels or seconds end it', () => {
  expect(readOptions(['--parcels', '500'])).toMatchObject({ parcels: 500, seconds: Infinity })
  expect(readOptions(['--seconds', '60'])?.last).toBeGreaterThan(1_000_000)
  expect(readOptions(['--seconds', '60', '--seeds', '5..9'])).toMatchObject({ first: 5, last: 9 })
})

it('takes acts and faults as lists, and "none" as a good day', () => {
  expect(readOptions(['--acts', '0.1,5.22,x'])?.only).toEqual(new Set(['0.1', '5.22']))
  expect(readOptions(['--faults', 'cut,jammed'])?.faults).toEqual(['cut', 'jammed'])
  expect(readOptions(['--faults', 'none'])?.faults).toEqual([])
  expect(readOptions([])).toMatchObject({ only: undefined, faults: undefined })
})

it.each([[['--sed', '1']], [['--seed']], [['--seeds', '9..1']], [['--minutes', '0']], [['--seed', 'x']]])(
  'makes no sense of %j',
  (words) => {
    expect(readOptions(words)).toBeUndefined()
  },
)

it('draws the same fresh towns from the same word, far from all that were played by number', () => {
  const [one, same, other] = ['3f2a', '3f2a', '2026-11-23'].map((word) => readOptions(['--from', word]))
  expect(one).toEqual(same)
  expect(one?.first).not.toBe(other?.first)
  for (const drawn of [one, other]) {
    expect(drawn).toMatchObject({ isFresh: true, isReplay: false })
    expect(drawn?.first).toBeGreaterThanOrEqual(1_000_000)
    expect((drawn?.last ?? 0) - (drawn?.first ?? 0)).toBe(19)
  }
  const many = readOptions(['--from', '3f2a', '--towns', '300'])
  expect((many?.last ?? 0) - (many?.first ?? 0)).toBe(299)
  expect(many?.first).toBe(one?.first)
  expect(readOptions(['--from', '3f2a', '--towns', 'x'])).toBeUndefined()
})

it('has two tiers, the fast one unless told, and plays each town once unless told', () => {
  expect(readOptions([])).toMatchObject({ tier: 'stand-in', times: 1, isFresh: false })
  expect(readOptions(['--tier', 'cloud', '--times', '2'])).toMatchObject({ tier: 'cloud', times: 2 })
  expect(readOptions(['--tier', 'moon'])).toBeUndefined()
  expect(readOptions(['--times', '0'])).toBeUndefined()
})

it.each([
  ['all', 1],
  ['20', 20],
])('dies at every point for "all", and at every n-th for a number: %s', (word, every) => {
  expect(readOptions(['--points', word])).toMatchObject({ points: every })
  expect(readOptions([])).toMatchObject({ points: undefined })
})
