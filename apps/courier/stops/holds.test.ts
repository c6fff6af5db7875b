import { describe, expect, it } from 'vitest'
import type { CourierCabinet, Hold } from '@holdfast/wire/http/courier/day.ts'
import { isOpen, pollOf, shownHolds } from './holds.ts'

const hold = (state: Hold['state'], askedAt = 1): Hold => ({
  hold: `ord_${state}${askedAt}`,
  cabinet: 'cab',
  size: 'M',
  state,
  refusal: null,
  label: null,
  askedAt,
  until: null,
})

const cabinet = (...holds: readonly Hold[]): CourierCabinet => ({
  place: { cabinet: 'cab', name: 'N', siteName: 'N', address: 'A' },
  operatorName: 'O',
  online: true,
  heardAt: 1,
  free: { S: 0, M: 0, L: 0, XL: 0 },
  doors: 24,
  waiting: 0,
  holds: [...holds],
})

describe('the holds of one cabinet', () => {
  it.each([
    ['asked', true],
    ['waiting', true],
    ['held', true],
    ['used', false],
    ['expired', false],
    ['given-back', false],
    ['waited-out', false],
    ['refused', false],
  ] as const)('%s can be given back: %s', (state, open) => {
    expect(isOpen(hold(state))).toBe(open)
  })

  it('shows those that live and the newest end that is news', () => {
    const shown = shownHolds(
      cabinet(hold('expired', 1), hold('refused', 3), hold('used', 9), hold('given-back', 8), hold('held', 2)),
    )
    expect(shown.map(({ state }) => state)).toEqual(['refused', 'held'])
  })

  it.each([
    [[hold('asked')], 2_000],
    [[hold('waiting')], 2_000],
    [[hold('held')], undefined],
    [[], undefined],
  ])('is asked again soon while an answer is waited for', (holds, soon) => {
    expect(pollOf({ items: [cabinet(...holds)] })).toBe(soon)
  })
})
