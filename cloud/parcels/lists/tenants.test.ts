import { expect, it } from 'vitest'
import { hours, minutes } from '@holdfast/core/values/instants.ts'
import type { Place } from '../../cabinets/cabinets.ts'
import { phone } from '../parcels.testing.ts'
import { describeStory } from '../story.testing.ts'

const other = '+8613700000031'

describeStory(
  'an operator',
  (story) => {
    const page = async (place: Place, search = '', more: { after?: string | null; limit?: number } = {}) =>
      await story.town().parcels.search(place.operator, { search, after: null, limit: 50, ...more })
    const found = async (place: Place, search: string) =>
      (await page(place, search)).items.map(({ trackingNumber }) => trackingNumber)

    it('sees what is or was in cabinets of its own, by each question that there is (law 11)', async () => {
      const [mine, theirs] = [story.place(), story.place()]
      const { parcel, number, made } = await story.stored(theirs)
      const { parcels, town } = { parcels: story.town().parcels, town: story.town() }
      for (const search of ['', number, number.slice(0, 6), '5678', phone.slice(1), made.deposit, parcel.id])
        expect(await found(mine, search)).toEqual([])
      expect(await parcels.history(mine.operator, parcel.id)).toBeUndefined()
      expect(await parcels.operatorParcels(mine.operator, [parcel.id])).toEqual([])
      expect(await found(theirs, number)).toEqual([number])
      await town.tell([made.collected()])
      expect(await found(theirs, number)).toEqual([number])
      expect(await found(mine, number)).toEqual([])
    })

    it('sees of a parcel that went on to another house what happened in its own, and no door there', async () => {
      const [mine, theirs] = [story.place(), story.place()]
      const { parcel, number, made } = await story.stored(mine)
      await story.town().tell([made.cancelled()])
      const next = story.deposit(theirs, [number])
      await story.town().tell([next.prepared(), next.made(), next.refused()])
      const own = await story.town().parcels.history(mine.operator, parcel.id)
      expect(own?.lines.map(({ type }) => type)).toEqual(['announced', 'deposited', 'taken-back'])
      expect(own?.deposits).toEqual([{ cabinet: mine.cabinet, deposit: made.deposit }])
      expect(own?.parcel).toMatchObject({ door: null, place: null })
      const after = await story.town().parcels.history(theirs.operator, parcel.id)
      expect(after?.lines.map(({ type }) => type)).toEqual(['announced', 'deposited', 'refused'])
      expect(after?.parcel.place?.cabinet).toBe(theirs.cabinet)
    })

    it('pages through all of its parcels once each, the newest first, and ends', async () => {
      const place = story.place()
      const numbers = Array.from({ length: 7 }, story.number)
      for (const each of numbers) {
        await story.announce(each)
        story.town().clock.advance(minutes(1))
      }
      const deposit = story.deposit(place, numbers)
      await story.town().tell([deposit.prepared(), deposit.made()])
      const seen: string[] = []
      let after: string | null = null
      let pages = 0
      do {
        const { items, next }: Awaited<ReturnType<typeof page>> = await page(place, '', { after, limit: 3 })
        seen.push(...items.map(({ trackingNumber }) => trackingNumber))
        after = next
        pages += 1
      } while (after !== null && pages < 9)
      expect(seen).toEqual(numbers.toReversed())
      expect(pages).toBe(3)
    })

    it.each(['%', '_', '\\', '%%', "'", '5678%', 'SF_', '"; drop'])('finds nothing by the mark %s', async (mark) => {
      const place = story.place()
      await story.stored(place)
      expect(await found(place, mark)).toEqual([])
    })

    it('finds by the last digits of the phone, by the deposit, and by a beginning in small letters', async () => {
      const place = story.place()
      const { number, made } = await story.stored(place)
      for (const search of ['78', '5678', '13812345678', made.deposit, ` ${number.toLowerCase()} `, number.slice(0, 9)])
        expect(await found(place, search)).toEqual([number])
      for (const search of ['1381', number.slice(3), `${number}0`]) expect(await found(place, search)).toEqual([])
    })

    it('begins at the first page where the cursor is none', async () => {
      const place = story.place()
      const { number } = await story.stored(place)
      for (const after of ['', 'par_nonsense', made(place)])
        expect((await page(place, '', { after })).items.map(({ trackingNumber }) => trackingNumber)).toEqual([number])
      function made({ cabinet }: Place): string {
        return cabinet
      }
    })
  },
  'one',
)

describeStory(
  'a courier',
  (story) => {
    it('has recalls of his employers alone', async () => {
      const place = story.place()
      const { made, at } = await story.stored(place)
      await story.town().tell([made.refused()])
      const { parcels } = story.town()
      expect(await parcels.recallsFor([])).toEqual([])
      expect(await parcels.recallsFor([story.stranger()])).toEqual([])
      const own = await parcels.recallsFor([story.stranger(), story.carrier()])
      expect(own.map(({ deposit }) => deposit)).toEqual([at.deposit])
    })

    it('sees his own deposits of a day, and no longer', async () => {
      const { at } = await story.stored(story.place())
      const { parcels, courier, clock, id } = story.town()
      const own = async (who = courier) => (await parcels.courierDeposits(who)).map(({ deposit }) => deposit)
      expect(await own()).toEqual([at.deposit])
      expect(await own(id('person'))).toEqual([])
      clock.advance(hours(24))
      expect(await own()).toEqual([at.deposit])
      clock.advance(minutes(1))
      expect(await own()).toEqual([])
    })

    it('is told which of his deposits are in the wrong hands', async () => {
      const { parcel } = await story.stored(story.place())
      const { parcels, courier } = story.town()
      expect(await parcels.courierDeposits(courier)).toMatchObject([{ notMine: false }])
      await parcels.disown(phone, parcel.id)
      expect(await parcels.courierDeposits(courier)).toMatchObject([{ notMine: true, state: 'stored' }])
    })
  },
  'one',
)

describeStory(
  'a recipient',
  (story) => {
    const listed = async (of = phone) => await story.town().parcels.recipientParcels(of)

    it('sees and opens what is sent to this phone, and hears of nothing else (law 11)', async () => {
      const place = story.place()
      const { parcel } = await story.stored(place)
      const { parcels } = story.town()
      expect((await listed()).waiting.map(({ id }) => id)).toContain(parcel.id)
      expect(await listed(other)).toEqual({ waiting: [], expected: [], past: [] })
      expect(await parcels.waitingAt(place.cabinet, other)).toEqual([])
      expect(await parcels.resend(parcel.id, { phone: other })).toEqual({ ok: false, refusal: 'parcel-unknown' })
      expect(await parcels.disown(other, parcel.id)).toEqual({ ok: false, refusal: 'parcel-unknown' })
      const word = { parcel: parcel.id, phone: other, accept: true, channel: 'app' } as const
      expect(await parcels.recordConsent(word)).toEqual({ ok: false, refusal: 'parcel-unknown' })
      expect(await parcels.resendAt(place.cabinet, other)).toBe(0)
    })

    it('is asked for one door at a cabinet, however many parcels lie behind it, and for none elsewhere', async () => {
      const [here, there] = [story.place(), story.place()]
      const { at } = await story.stored(here, 3)
      await story.stored(there)
      const waiting = await story.town().parcels.waitingAt(here.cabinet, phone)
      expect(waiting.map(({ deposit, trackingNumbers }) => [deposit, trackingNumbers.length])).toEqual([
        [at.deposit, 3],
      ])
    })

    it('has a parcel in one list at a time, and its code only while it waits', async () => {
      const { parcel, made } = await story.stored(story.place())
      const where = async () => {
        const lists = await listed()
        const rows = Object.entries(lists).flatMap(([list, rows]) =>
          rows.filter(({ id }) => id === parcel.id).map(({ code }) => [list, code]),
        )
        return rows
      }
      expect(await where()).toEqual([['waiting', '111111111']])
      await story.town().tell([made.refused()])
      expect(await where()).toEqual([['waiting', null]])
      await story.town().tell([made.recalled()])
      expect(await where()).toEqual([['past', null]])
    })
  },
  'one',
)
