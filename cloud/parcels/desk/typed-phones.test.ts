import { expect, it } from 'vitest'
import type { Place } from '../../cabinets/cabinets.ts'
import { describeStory } from '../story.testing.ts'

const slip = '+8613700000001'
const right = '+8613700000002'

describeStory('a phone that a courier types at a cabinet', (story) => {
  const ask = async ({ cabinet, operator }: Place, number: string, phone: string | undefined) => {
    const town = story.town()
    const { consent } = town.neighbours.handlers
    if (consent === undefined) throw new Error('nobody answers asks')
    const parcel = town.digestOf(story.carrier(), number)
    const base = { v: 1, kind: 'consent', cabinet, incarnation: town.incarnation, ask: town.id('event') } as const
    const plain = { carrier: story.carrier(), number, ...(phone === undefined ? {} : { phone }) }
    return await consent({
      cabinet,
      operator,
      plain,
      ask: { ...base, parcel, deposit: town.id('deposit'), courier: town.courier, sealed: '' },
    })
  }
  const askedOf = async (number: string) => {
    const news = (await story.town().news()).filter(
      ({ trackingNumber, type }) => trackingNumber === number && type === 'consent-asked',
    )
    const [first] = news
    if (first === undefined) throw new Error('nobody was asked')
    return { times: news.length, parcel: first.parcel }
  }
  const phoneOf = async (number: string) =>
    (await story.town().parcels.recipientOf((await askedOf(number)).parcel))?.phone

  it('is written to once, however often the courier presses', async () => {
    const [place, number] = [story.place(), story.number()]
    for (let i = 0; i < 4; i += 1) expect(await ask(place, number, right)).toMatchObject({ card: { consent: null } })
    expect(await askedOf(number)).toMatchObject({ times: 1 })
  })

  it('is written to once where the cabinet asks twice at the same moment', async () => {
    const [place, number] = [story.place(), story.number()]
    await Promise.all([ask(place, number, right), ask(place, number, right)])
    expect(await askedOf(number)).toMatchObject({ times: 1 })
  })

  it('is mended by typing again: the right person is asked', async () => {
    const [place, number] = [story.place(), story.number()]
    await ask(place, number, slip)
    await ask(place, number, right)
    expect(await askedOf(number)).toMatchObject({ times: 2 })
    expect(await phoneOf(number)).toBe(right)
  })

  it('is asked anew at another cabinet', async () => {
    const number = story.number()
    await ask(story.place(), number, right)
    await ask(story.place(), number, right)
    expect(await askedOf(number)).toMatchObject({ times: 2 })
  })

  it('that the carrier announced goes before any that is typed', async () => {
    const [place, number] = [story.place(), story.number()]
    await story.announce(number, { recipient: { phone: right } })
    await ask(place, number, slip)
    expect(await phoneOf(number)).toBe(right)
    const deposit = story.deposit(place, [number])
    await story.town().tell([deposit.prepared(slip), deposit.made()])
    expect(await phoneOf(number)).toBe(right)
  })

  it('with the deposit is the one that has the code, not the slip that was asked before', async () => {
    const [place, number] = [story.place(), story.number()]
    story.town().neighbours.wishes.set(right, { locale: 'ko', lowDoor: false, alwaysConsents: true })
    await ask(place, number, slip)
    const deposit = story.deposit(place, [number])
    await story.town().tell([deposit.prepared(right), deposit.made()])
    const { parcel } = await askedOf(number)
    expect(await story.town().parcels.recipientOf(parcel)).toMatchObject({ phone: right, locale: 'ko' })
    expect((await story.town().parcels.recipientParcels(slip)).waiting).toEqual([])
  })

  it('does not move what lies behind a door already', async () => {
    const [place, number] = [story.place(), story.number()]
    const first = story.deposit(place, [number])
    await story.town().tell([first.prepared(right), first.made()])
    const other = story.deposit(story.place(), [number])
    await story.town().tell([other.prepared(slip), other.made()])
    const [here] = await story.town().parcels.waitingAt(place.cabinet, right)
    expect(here?.trackingNumbers).toEqual([number])
    expect((await story.town().parcels.recipientParcels(slip)).waiting).toEqual([])
  })

  it('is forgotten with a deposit that came to nothing (law 14)', async () => {
    const [place, number] = [story.place(), story.number()]
    const deposit = story.deposit(place, [number])
    await story.town().tell([deposit.prepared('+8613700000009'), deposit.cancelled()])
    expect(JSON.stringify(await story.db().query('select phone from parcel'))).not.toContain('13700000009')
  })

  it('keeps the size that is usual on a card whose recipient wishes for something else', async () => {
    const [place, town] = [story.place(), story.town()]
    const { made } = await story.stored(place)
    await town.tell([made.collected()])
    const number = story.number()
    await story.announce(number, { cabinet: place.cabinet, size: undefined })
    const card = () => town.neighbours.cards.get(`${place.cabinet}/${town.digestOf(story.carrier(), number)}`)
    expect(card()).toMatchObject({ size: 'M', lowDoor: false })
    await town.wish({ locale: 'en', lowDoor: true, alwaysConsents: false })
    expect(card()).toMatchObject({ size: 'M', lowDoor: true })
  })
})
