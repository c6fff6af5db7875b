import { expect, it } from 'vitest'
import { hours } from '@holdfast/core/values/instants.ts'
import type { Size } from '@holdfast/core/values/sizes.ts'
import type { AskedWord } from '../../parcels/parcels.ts'
import { aView, createDay, describeDay } from '../couriers.testing.ts'

describeDay('another cabinet for a parcel on the list', (db) => {
  /** One parcel on a list, of this size; and one cabinet, with these doors. */
  async function listed(size: Size | null, free: Partial<Record<Size, number>> = { M: 1 }) {
    const day = createDay(db())
    const { couriers, script, place, carrier, id } = day
    const [person, parcel] = [id('person'), id('parcel')]
    script.views.set(parcel, aView({ id: parcel, trackingNumber: 'SF1', consent: 'asked', size }))
    script.set({ free })
    const added = await couriers.addToRound(person, { cabinet: place.cabinet, carrier, numbers: ['SF1'] })
    expect(added.ok).toBe(true)
    const go = async (who = person, what = parcel, to = place.cabinet) => {
      const outcome = await couriers.elsewhere(who, what, to)
      return outcome.ok ? outcome.value.items.map(({ cabinet }) => cabinet) : outcome.refusal
    }
    return { ...day, person, parcel, go }
  }

  it.each(['asked', 'agreed'] as const)('stands on the list for it where its recipient has %s', async (word) => {
    const { go, script, place, parcel } = await listed('M')
    script.set({ word })
    expect(await go()).toEqual([place.cabinet])
    expect(script.elsewhere).toEqual([[place.cabinet, parcel]])
  })

  it.each<[AskedWord, string]>([
    ['open', 'question-open'],
    ['declined', 'refused-there'],
    ['silent', 'silent-there'],
    ['over', 'not-on-the-list'],
  ])('stays where it was where the word is %s', async (word, refusal) => {
    const { go, script } = await listed('M')
    script.set({ word })
    expect(await go()).toBe(refusal)
  })

  it.each<[Size | null, Partial<Record<Size, number>>, boolean]>([
    ['M', { S: 5 }, false],
    ['M', { M: 1 }, true],
    ['M', { XL: 1 }, true],
    ['XL', { S: 5, M: 5, L: 5 }, false],
    [null, { S: 1 }, true],
    [null, {}, false],
  ])('of size %s is asked about for doors %j: %s', async (size, free, asked) => {
    const { go, script, place } = await listed(size, free)
    expect(await go()).toEqual(asked ? [place.cabinet] : 'nothing-free-there')
    expect(script.elsewhere).toHaveLength(asked ? 1 : 0)
  })

  it('is nobody’s who has it not on his own list of today (law 11)', async () => {
    const { go, id, person, clock, script } = await listed('M')
    expect(await go(id('person'))).toBe('not-on-the-list')
    expect(await go(person, id('parcel'))).toBe('not-on-the-list')
    clock.advance(hours(21))
    expect([await go(), script.elsewhere]).toEqual(['not-on-the-list', []])
  })

  it('is one that stands somewhere', async () => {
    const { go, id, person, parcel } = await listed('M')
    expect(await go(person, parcel, id('cabinet'))).toBe('cabinet-not-there')
  })
})
