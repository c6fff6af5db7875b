import { describe, expect, it } from 'vitest'
import type { RoundItem } from '@holdfast/wire/http/courier/day.ts'
import { countsOf, numbersIn, pollOf, scannedFirst } from './round.ts'

it('a list shows what was scanned last first, and leaves the rest as it was', () => {
  const items = ['a', 'b', 'c', 'd', 'e'].map((parcel) => ({ ...item('none'), parcel }))
  const order = (...taken: readonly string[]) =>
    scannedFirst(items, taken)
      .map(({ parcel }) => parcel)
      .join('')
  expect([order(), order('d'), order('d', 'b'), order('x')]).toEqual(['abcde', 'dabce', 'bdace', 'abcde'])
})

describe('numbers as they are pasted', () => {
  it.each([
    ['', []],
    ['  \n ', []],
    ['SF1', ['SF1']],
    ['SF1\nSF2\r\nSF3', ['SF1', 'SF2', 'SF3']],
    ['SF1, SF2;SF3', ['SF1', 'SF2', 'SF3']],
    ['SF1，SF2、SF3', ['SF1', 'SF2', 'SF3']],
    ['SF1\tSF1', ['SF1']],
  ])('%j', (text, numbers) => {
    expect(numbersIn(text)).toEqual(numbers)
  })

  it('takes no more than a van load', () => {
    expect(numbersIn(Array.from({ length: 400 }, (_, i) => `SF${i}`).join(' '))).toHaveLength(300)
    expect(numbersIn('A'.repeat(100))[0]).toHaveLength(64)
  })
})

const item = (consent: RoundItem['consent'], state: RoundItem['state'] = 'expected'): RoundItem => ({
  parcel: `par_${consent}`,
  trackingNumber: 'SF1',
  cabinet: 'cab',
  state,
  consent,
  size: null,
})

describe('how the consents stand', () => {
  it('counts what is still to come', () => {
    const items = [
      item('none'),
      item('asked'),
      item('asked'),
      item('given'),
      item('declined'),
      item('none', 'stored'),
      item('unanswered'),
    ]
    expect(countsOf(items)).toEqual({ none: 1, asked: 2, unanswered: 1, given: 1, declined: 1 })
  })

  it.each([
    [[item('asked')], 3_000],
    [[item('unanswered')], 3_000],
    [[item('given')], undefined],
    [[item('asked', 'stored')], undefined],
  ])('is looked at again soon while somebody is asked', (items, soon) => {
    expect(pollOf({ items, unknown: [] })).toBe(soon)
  })
})
