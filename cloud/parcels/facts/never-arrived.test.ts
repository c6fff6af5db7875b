import { expect, it } from 'vitest'
import { idToUuid, type ParcelId } from '@holdfast/core/values/ids.ts'
import { days, hours } from '@holdfast/core/values/instants.ts'
import { phone } from '../parcels.testing.ts'
import { shardOfParcel } from '../rows/record.ts'
import { describeStory } from '../story.testing.ts'

const other = '+8613700000021'

describeStory('a parcel that was announced and never arrives', (story) => {
  const tick = async () => await story.town().parcels.tick()
  const passes = async (long: Parameters<ReturnType<typeof story.town>['clock']['advance']>[0]) => {
    story.town().clock.advance(long)
    await tick()
  }
  const row = async (parcel: ParcelId) => {
    const [found] = await story.db().query<{
      phone: string | null
      email: string | null
      state: string
    }>('select phone, email, state from parcel where shard = $1 and parcel = $2', [shardOfParcel(parcel), idToUuid(parcel)])
    return found
  }
  const stateOf = async (number: string) => (await story.seen(number)).state

  it('is given up after thirty days without a word, and its card is taken in', async () => {
    const place = story.place()
    const { id, trackingNumber } = await story.announce(story.number(), { cabinet: place.cabinet })
    const cards = () => [...story.town().neighbours.cards.keys()].filter((key) => key.startsWith(place.cabinet))
    await passes(days(30))
    expect([await stateOf(trackingNumber), cards().length]).toEqual(['expected', 1])
    await passes(hours(1))
    expect([await stateOf(trackingNumber), cards().length]).toEqual(['never-arrived', 0])
    expect((await story.told(id)).at(-1)).toBe('3 never-arrived')
    await passes(hours(1))
    expect(await story.told(id)).toHaveLength(3)
  })

  it('names nobody thirty days later; its story stays (law 14)', async () => {
    const { id } = await story.announce(story.number(), { recipient: { phone, email: 'li@example.org' } })
    await passes(days(31))
    expect(await row(id)).toMatchObject({ phone, state: 'never-arrived' })
    expect((await story.town().parcels.recipientParcels(phone)).past.map((each) => each.id)).toContain(id)
    await passes(days(31))
    expect(await row(id)).toEqual({ phone: null, email: null, state: 'never-arrived' })
    expect((await story.told(id)).length).toBe(2)
  })

  it.each(['cancelled', 'never announced, but asked about'] as const)(
    '%s, names nobody in time either',
    async (how) => {
      const text = story.number()
      const { id } = await story.announce(text)
      if (how === 'cancelled') await story.town().parcels.cancel(story.carrier(), id)
      else await story.town().parcels.askConsents(story.carrier(), story.place().cabinet, [id])
      for (let i = 0; i < 3; i += 1) await passes(days(31))
      expect((await row(id))?.phone).toBeNull()
    },
  )

  it('has its thirty days anew with every word of it', async () => {
    const { id, trackingNumber } = await story.announce(story.number())
    await passes(days(29))
    await story.town().parcels.correct(story.carrier(), id, { recipientPhone: other })
    await passes(days(29))
    expect(await stateOf(trackingNumber)).toBe('expected')
    await passes(days(2))
    expect(await stateOf(trackingNumber)).toBe('never-arrived')
  })

  it('is announced again for whoever gets it then, with nothing of what was said before', async () => {
    const place = story.place()
    const { id, trackingNumber } = await story.announce(story.number())
    await story.town().parcels.askConsents(story.carrier(), place.cabinet, [id])
    await story.town().parcels.recordConsent({ parcel: id, phone, accept: true, channel: 'app' })
    await passes(days(31))
    const again = await story.announce(trackingNumber, { recipient: { phone: other } })
    expect(again).toMatchObject({ id, state: 'expected', consent: 'none' })
    expect((await row(id))?.phone).toBe(other)
  })

  it('is put in after all, and its recipient is told by the phone that the courier typed', async () => {
    const { id, trackingNumber } = await story.announce(story.number())
    await passes(days(31))
    await passes(days(31))
    const made = story.deposit(story.place(), [trackingNumber])
    await story.town().tell([made.prepared(other), made.made()])
    expect(await stateOf(trackingNumber)).toBe('stored')
    expect((await story.town().parcels.recipientOf(id))?.phone).toBe(other)
  })

  it('is none that lies behind a door, or is over, however long ago', async () => {
    const { parcel } = await story.stored(story.place())
    await passes(days(40))
    expect((await story.told(parcel.id)).join()).not.toContain('never-arrived')
  })

  it('is given up once where several processes look at the same moment', async () => {
    const { id } = await story.announce(story.number())
    story.town().clock.advance(days(31))
    await Promise.all([tick(), tick(), tick()])
    expect((await story.told(id)).filter((line) => line.endsWith('never-arrived'))).toHaveLength(1)
  })
})
