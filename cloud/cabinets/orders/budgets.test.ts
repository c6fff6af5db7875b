import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openingLimits, refuseOpening } from './budgets.ts'

const quiet = { byStaff: 0, byStaffLately: 0, byOperator: 0, inWeek: 0 }

describe('the cloud’s part of the opening budget (law 13)', () => {
  it.each([
    ['nobody opened anything', {}, undefined],
    ['one below a person’s hour', { byStaff: 19 }, undefined],
    ['a person’s hour is full', { byStaff: 20 }, 'staff-openings-spent'],
    ['a person’s hour is over-full', { byStaff: 21 }, 'staff-openings-spent'],
    ['two doors lately', { byStaffLately: 2 }, undefined],
    ['three doors lately', { byStaffLately: 3 }, 'second-person-needed'],
    ['one below the operator’s hour', { byOperator: 19 }, undefined],
    ['the operator’s hour is full', { byOperator: 20 }, 'operator-openings-stopped'],
    ['a week of 6 an hour lets 19 pass', { byOperator: 19, inWeek: 6 * 168 }, undefined],
    [
      'a week of 6 an hour never narrows the limit below 20',
      { byOperator: 20, inWeek: 6 * 168 },
      'operator-openings-stopped',
    ],
    ['a week of 7 an hour widens it to 21', { byOperator: 20, inWeek: 7 * 168 }, undefined],
    ['… and no further', { byOperator: 21, inWeek: 7 * 168 }, 'operator-openings-stopped'],
    ['a busy week of 100 an hour widens it to 300', { byOperator: 299, inWeek: 100 * 168 }, undefined],
    ['… where it ends', { byOperator: 300, inWeek: 100 * 168 }, 'operator-openings-stopped'],
  ] as const)('%s', (_, counts, refusal) => {
    expect(refuseOpening({ ...quiet, ...counts })).toBe(refusal)
  })

  it('names the limit that no colleague can lift before the one that a colleague can', () => {
    const all = { byStaff: 20, byStaffLately: 3, byOperator: 20, inWeek: 0 }
    expect(refuseOpening(all)).toBe('staff-openings-spent')
    expect(refuseOpening({ ...all, byStaff: 19 })).toBe('operator-openings-stopped')
    expect(refuseOpening({ ...all, byStaff: 19, byOperator: 19 })).toBe('second-person-needed')
  })

  it('never opens more for having opened more', () => {
    const count = fc.integer({ min: 0, max: 400 })
    fc.assert(
      fc.property(count, count, count, count, (byStaff, byStaffLately, byOperator, inWeek) => {
        const counts = { byStaff, byStaffLately, byOperator, inWeek }
        if (refuseOpening(counts) === undefined) return
        for (const which of ['byStaff', 'byStaffLately', 'byOperator'] as const)
          expect(refuseOpening({ ...counts, [which]: counts[which] + 1 })).toBeDefined()
      }),
      { seed: 13, numRuns: 300 },
    )
  })

  it('stands at the numbers that the manual prints', () => {
    expect(openingLimits).toEqual({
      perStaffAndHour: 20,
      perStaffAndTenMinutes: 3,
      perOperatorAndHour: 20,
      timesNorm: 3,
    })
  })
})
