import { expect, it } from 'vitest'
import { idToUuid } from '@holdfast/core/values/ids.ts'
import { days, durationMs, hours } from '@holdfast/core/values/instants.ts'
import { isPhone } from '@holdfast/core/parcel/phone.ts'
import { phone } from '../parcels.testing.ts'
import { describeStory } from '../story.testing.ts'

const right = '+8613866666666'

describeStory('the round that looks for what is overdue', (story) => {
  const { number, stored, told } = story
  const passes = (long: Parameters<ReturnType<typeof story.town>['clock']['advance']>[0]) =>
    story.town().clock.advance(long)
  const listed = ({ cabinet }: ReturnType<typeof story.place>) => story.town().neighbours.recalls.get(cabinet)

  it('finds all of many pages, each parcel once', async () => {
    const [place, numbers] = [story.place(), Array.from({ length: 450 }, number)]
    const deposit = story.deposit(place, numbers)
    await story.town().tell([deposit.prepared(), deposit.made()])
    passes(hours(48))
    await story.town().parcels.tick()
    const news = (await story.town().news()).filter(({ type }) => type === 'overdue')
    const own = news.filter(({ deposit: of }) => of === deposit.deposit)
    expect(own).toHaveLength(450)
    expect(new Set(own.map(({ parcel }) => parcel)).size).toBe(450)
    expect(listed(place)).toEqual([deposit.deposit])
    await story.town().parcels.tick()
    expect(
      (await story.town().news()).filter(({ deposit: of, type }) => of === deposit.deposit && type === 'overdue'),
    ).toHaveLength(450)
  })

  it('finds each once where several processes look at the same moment', async () => {
    const place = story.place()
    const parcels = [await stored(place), await stored(story.place()), await stored(story.place(), 3)]
    passes(hours(48))
    await Promise.all([1, 2, 3].map(async () => await story.town().parcels.tick()))
    for (const { parcel } of parcels)
      expect((await told(parcel.id)).filter((line) => line.endsWith('overdue'))).toHaveLength(1)
  })

  it('agrees with a pickup that comes at the same moment, whichever is first', async () => {
    for (let turn = 0; turn < 4; turn += 1) {
      const place = story.place()
      const { made, parcel } = await stored(place)
      passes(hours(48))
      await Promise.all([story.town().tell([made.collected()]), story.town().parcels.tick()])
      const lines = await told(parcel.id)
      expect(lines.filter((line) => line.endsWith('collected'))).toHaveLength(1)
      expect(lines.at(-1)).toMatch(/collected$/)
      expect(lines.map((line) => Number(line.split(' ')[0]))).toEqual(lines.map((_, i) => i + 1))
      expect(listed(place) ?? []).toEqual([])
      expect((await story.seen(parcel.trackingNumber)).state).toBe('collected')
    }
  })

  it('keeps a parcel for recall that was overdue before its phone was corrected after "not mine"', async () => {
    const place = story.place()
    const { parcel, at } = await stored(place)
    expect(await story.town().parcels.disown(phone, parcel.id)).toMatchObject({ ok: true })
    passes(hours(48))
    await story.town().parcels.tick()
    expect((await story.seen(parcel.trackingNumber)).state).toBe('overdue')
    if (!isPhone(right)) throw new Error('unreachable')
    const corrected = await story
      .town()
      .parcels.correctWaiting(at, { phone: right, whose: { carriers: [story.carrier()] } })
    expect(corrected.ok).toBe(true)
    expect(
      (await story.town().parcels.recallsFor([story.carrier()])).map(({ deposit, why }) => [deposit, why]),
    ).toContainEqual([at.deposit, 'overdue'])
    expect(listed(place)).toEqual([at.deposit])
  })

  it('leaves what is refused listed as refused, since then', async () => {
    const place = story.place()
    const { made, at } = await stored(place)
    await story.town().tell([made.refused()])
    const since = story.town().clock.now()
    passes(hours(100))
    await story.town().parcels.tick()
    const [recall] = (await story.town().parcels.recallsFor([story.carrier()])).filter(
      ({ deposit }) => deposit === at.deposit,
    )
    expect(recall).toMatchObject({ why: 'refused', since })
  })

  it('lists a door once, however many of its parcels are overdue, and none after it is empty', async () => {
    const place = story.place()
    const { made, at } = await stored(place, 3)
    passes(hours(48))
    await story.town().parcels.tick()
    expect(listed(place)).toEqual([at.deposit])
    await story.town().tell([made.recalled()])
    expect(listed(place)).toEqual([])
  })
})

describeStory(
  'who a parcel was for',
  (story) => {
    const rowOf = async (parcel: Parameters<typeof story.told>[0]) =>
      JSON.stringify(await story.db().query('select * from parcel where parcel = $1', [idToUuid(parcel)]))
    const forgotten = async (
      after: Parameters<ReturnType<typeof story.town>['clock']['advance']>[0],
    ): Promise<void> => {
      story.town().clock.advance(after)
      await story.town().parcels.tick()
    }

    it.each([
      ['a phone and a mail address', { phone, email: 'wang@example.org' }],
      ['a mail address alone', { email: 'wang@example.org' }],
    ])('is forgotten a month after the end to the millisecond: %s (law 14)', async (_, recipient) => {
      const parcel = await story.announce(story.number(), { recipient })
      await story.town().parcels.cancel(story.carrier(), parcel.id)
      await forgotten(days(30))
      expect(await story.town().parcels.recipientOf(parcel.id)).toMatchObject(recipient)
      await forgotten(durationMs(1))
      expect(await story.town().parcels.recipientOf(parcel.id)).toMatchObject({ phone: null, email: null })
      expect(await story.told(parcel.id)).toHaveLength(2)
    })

    it('stands on no card that is kept beside it either: no last digits, no digest of the recipient (law 14)', async () => {
      const place = story.place()
      const text = story.number()
      const parcel = await story.announce(text, { cabinet: place.cabinet })
      const deposit = story.deposit(place, [text])
      await story.town().tell([deposit.prepared(), deposit.made(), deposit.collected()])
      expect(await rowOf(parcel.id)).toContain('"tail":"5678"')
      await forgotten(days(31))
      const row = await rowOf(parcel.id)
      expect(row).not.toContain('5678"')
      expect(row).toContain('"card":null')
    })

    it('has the wish for a low door forgotten with its recipient: it says something about a person (law 14)', async () => {
      const parcel = await story.announce(story.number(), { recipient: { phone, lowDoor: true } })
      await story.town().parcels.cancel(story.carrier(), parcel.id)
      expect(await rowOf(parcel.id)).toContain('"low_door":true')
      await forgotten(days(31))
      expect(await rowOf(parcel.id)).toContain('"low_door":false')
    })

    it.each(['recalled', 'collected'] as const)('is forgotten after it was %s', async (end) => {
      const { parcel, made } = await story.stored(story.place())
      await story.town().tell([made[end]()])
      await forgotten(days(31))
      expect(await story.town().parcels.recipientOf(parcel.id)).toMatchObject({ phone: null })
      expect((await story.town().parcels.recipientParcels(phone)).past.map(({ id }) => id)).not.toContain(parcel.id)
    })

    it('is kept while the parcel waits, however long', async () => {
      const { parcel, made } = await story.stored(story.place())
      await story.town().tell([made.refused()])
      await forgotten(days(400))
      expect(await story.town().parcels.recipientOf(parcel.id)).toMatchObject({ phone })
    })

    it('is kept for a parcel that lay in a cabinet again after its end', async () => {
      const place = story.place()
      const { parcel, made, number } = await story.stored(place)
      await story.town().tell([made.recalled()])
      const again = story.deposit(place, [number], 20)
      await story.town().tell([again.prepared(), again.made()])
      await forgotten(days(31))
      expect(await story.town().parcels.recipientOf(parcel.id)).toMatchObject({ phone })
    })
  },
  'one',
)
