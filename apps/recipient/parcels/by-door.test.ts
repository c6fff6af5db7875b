import { describe, expect, it } from 'vitest'
import { aRecipientParcel } from '../cloud.testing.ts'
import { byDoor, daysLeft } from './by-door.ts'

describe('what waits behind doors', () => {
  it('shows parcels of one deposit as one door', () => {
    const [one, two, other] = [
      aRecipientParcel({ deposit: 'dep_a' }),
      aRecipientParcel({ deposit: 'dep_a' }),
      aRecipientParcel({ deposit: 'dep_b' }),
    ]
    expect(byDoor([one, other, two]).map(({ parcels }) => parcels)).toEqual([[one, two], [other]])
  })

  it('puts first what runs out first, and last what has no term', () => {
    const due = (deposit: string, dueAt: number | null) => aRecipientParcel({ deposit, dueAt })
    const doors = byDoor([due('dep_n', null), due('dep_l', 9), due('dep_s', 3)])
    expect(doors.map(({ key }) => key)).toEqual(['dep_s', 'dep_l', 'dep_n'])
  })

  it('keeps a parcel whose deposit is not known yet', () => {
    const parcel = aRecipientParcel({ deposit: null })
    expect(byDoor([parcel])).toEqual([{ key: parcel.id, first: parcel, parcels: [parcel] }])
  })

  it('has nothing where nothing waits', () => {
    expect(byDoor([])).toEqual([])
  })
})

describe('the days that are left', () => {
  const at = (day: number, hour: number): number => new Date(2026, 10, day, hour).getTime()

  it.each([
    ['until tonight', at(22, 9), at(22, 23), 0],
    ['a minute over midnight', at(22, 23), at(23, 0), 1],
    ['several days', at(22, 9), at(25, 8), 3],
  ])('counts calendar days: %s', (_name, now, due, days) => {
    expect(daysLeft(due, now)).toBe(days)
  })

  it('says when the term has passed', () => {
    expect(daysLeft(at(22, 9), at(22, 9))).toBeUndefined()
  })
})
