import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { idToUuid, readId } from '@holdfast/core/values/ids.ts'
import type { Place } from '../../../cabinets/cabinets.ts'
import { testEngines } from '../../../platform/postgres/db.testing.ts'
import type { Db } from '../../../platform/postgres/db.ts'
import { addCabinet, announcement, createDeposit, createTown, phone, type Town } from '../../parcels.testing.ts'

describe.each(await testEngines())('consents asked from a list on $name', (engine) => {
  let db: Db
  beforeAll(async () => {
    db = await engine.open()
  })
  beforeEach(async () => {
    await db.query('truncate parcel, parcel_event, parcel_consent, parcel_deposit, parcel_stay, parcel_mark, outbox')
  })

  async function listed(...numbers: readonly string[]) {
    const town = createTown(db)
    const place = addCabinet(town)
    const [{ id: carrier }] = town.carriers
    const ids: ReturnType<typeof town.id<'parcel'>>[] = []
    for (const number of numbers) {
      const made = await town.parcels.announce(carrier, announcement(number))
      if (!made.ok) throw new Error(made.refusal)
      ids.push(made.value.id as ReturnType<typeof town.id<'parcel'>>)
    }
    const ask = async () => await town.parcels.askConsents(carrier, place.cabinet, ids)
    const cards = () => [...town.neighbours.cards.values()]
    return { ...town, place, carrier, ids, ask, cards }
  }

  it('asks each recipient once, and puts the cards where the parcels go', async () => {
    const { ask, cards, news, ids, parcels } = await listed('SF1234567890123', 'SF1234567890124')
    expect([await ask(), await ask()]).toEqual([2, 0])
    expect(cards().map(({ consent }) => consent)).toEqual([null, null])
    expect((await news()).filter(({ type }) => type === 'consent-asked')).toHaveLength(2)
    expect((await parcels.views(ids)).map(({ consent }) => consent)).toEqual(['asked', 'asked'])
  })

  it('shows who has agreed and who has not', async () => {
    const { ask, ids, parcels, cards } = await listed('SF1234567890123', 'SF1234567890124')
    await ask()
    const [first, second] = ids
    if (first === undefined || second === undefined) throw new Error('nothing is listed')
    await parcels.recordConsent({ parcel: first, phone, accept: true, channel: 'reply' })
    await parcels.recordConsent({ parcel: second, phone, accept: false, channel: 'reply' })
    const states = new Map((await parcels.views(ids)).map(({ id, consent }) => [id, consent]))
    expect([states.get(first), states.get(second)]).toEqual(['given', 'declined'])
    expect(cards().filter(({ consent }) => consent !== null)).toHaveLength(1)
    expect(await ask()).toBe(0)
  })

  it('bothers nobody who always agrees: the card alone goes out', async () => {
    const { ask, cards, news, wish } = await listed('SF1234567890123')
    await wish({ locale: 'en', lowDoor: false, alwaysConsents: true })
    expect(await ask()).toBe(0)
    expect(cards()).toMatchObject([{ consent: { kind: 'standing' } }])
    expect((await news()).map(({ type }) => type)).not.toContain('consent-asked')
  })

  it('counts an agreement to one cabinet at no other: for overflow the recipient is asked anew', async () => {
    const town = await listed('SF1234567890123')
    const { ask, cards, ids, parcels, carrier, news } = town
    const other = addCabinet(town)
    const [first] = ids
    if (first === undefined) throw new Error('nothing is listed')
    const answer = async (accept: boolean) =>
      await parcels.recordConsent({ parcel: first, phone, accept, channel: 'reply' })
    const state = async () => (await parcels.views([first]))[0]?.consent
    await ask()
    await answer(true)
    expect([await state(), cards().map(({ consent }) => consent?.kind)]).toEqual(['given', ['parcel']])
    expect(await parcels.askConsents(carrier, other.cabinet, ids)).toBe(1)
    // The card has moved to the other cabinet, and says nothing there yet.
    expect([await state(), cards().map(({ consent }) => consent)]).toEqual(['asked', [null]])
    expect(await parcels.askConsents(carrier, other.cabinet, ids)).toBe(0)
    await answer(true)
    expect([await state(), cards().map(({ consent }) => consent?.kind)]).toEqual(['given', ['parcel']])
    expect((await news()).filter(({ type }) => type === 'consent-asked')).toHaveLength(2)
  })

  const answers = ['yes', 'no'] as const
  const pairs = answers.flatMap((first) => answers.map((second) => [first, second] as const))
  const states = { yes: 'given', no: 'declined' } as const

  it.each(pairs)('keeps a %s to one cabinet and a %s to another apart', async (one, two) => {
    const town = await listed('SF1234567890123')
    const { ids, parcels, carrier, place, ask } = town
    const other = addCabinet(town)
    const [parcel] = ids
    if (parcel === undefined) throw new Error('nothing is listed')
    const answer = async (said: 'yes' | 'no') =>
      await parcels.recordConsent({ parcel, phone, accept: said === 'yes', channel: 'reply' })
    const state = async () => (await parcels.views(ids))[0]?.consent
    await ask()
    await answer(one)
    expect(await state()).toBe(states[one])
    expect(await parcels.askConsents(carrier, other.cabinet, ids)).toBe(1)
    expect(await state()).toBe('asked')
    await answer(two)
    expect(await state()).toBe(states[two])
    // Asked again by nobody, wherever the courier goes; each cabinet that asks by itself hears its own answer.
    expect([await ask(), await parcels.askConsents(carrier, other.cabinet, ids)]).toEqual([0, 0])
    const heard = async (at: Place) => await askAt(town, at)
    expect([await heard(place), await heard(other)]).toEqual([one, two])
    const kept = await db.query<{ given: boolean; cabinet: string }>(
      'select given, cabinet from parcel_consent order by at',
    )
    expect(new Map(kept.map(({ given, cabinet }) => [cabinet, given]))).toEqual(
      new Map([
        [idToUuid(place.cabinet), one === 'yes'],
        [idToUuid(other.cabinet), two === 'yes'],
      ]),
    )
  })

  it.each(answers)('keeps the sender’s word for the cabinet that he named beside a %s to another', async (said) => {
    const town = await listed()
    const other = addCabinet(town)
    const made = await town.parcels.announce(
      town.carrier,
      announcement('SF1234567890123', { cabinet: town.place.cabinet }),
    )
    const parcel = made.ok ? readId('parcel', made.value.id) : undefined
    if (parcel === undefined) throw new Error('not announced')
    expect(await town.parcels.askConsents(town.carrier, town.place.cabinet, [parcel])).toBe(0)
    expect(await town.parcels.askConsents(town.carrier, other.cabinet, [parcel])).toBe(1)
    await town.parcels.recordConsent({ parcel, phone, accept: said === 'yes', channel: 'app' })
    expect([await askAt(town, town.place), await askAt(town, other)]).toEqual(['yes', said])
  })

  it.each(answers)('takes a %s that was given about no cabinet for all of them', async (said) => {
    const town = await listed('SF1234567890123')
    const other = addCabinet(town)
    const [parcel] = town.ids
    if (parcel === undefined) throw new Error('nothing is listed')
    await town.parcels.recordConsent({ parcel, phone, accept: said === 'yes', channel: 'app' })
    expect([await town.ask(), await town.parcels.askConsents(town.carrier, other.cabinet, town.ids)]).toEqual([0, 0])
    expect([await askAt(town, town.place), await askAt(town, other)]).toEqual([said, said])
  })

  it('lets who always consents say no to one cabinet, and to none beside', async () => {
    const town = await listed('SF1234567890123')
    const other = addCabinet(town)
    const [parcel] = town.ids
    if (parcel === undefined) throw new Error('nothing is listed')
    await town.wish({ locale: 'en', lowDoor: false, alwaysConsents: true })
    await town.ask()
    await town.parcels.recordConsent({ parcel, phone, accept: false, channel: 'app' })
    expect([await askAt(town, town.place), await askAt(town, other)]).toEqual(['no', 'yes'])
  })

  it('lets an answer to no cabinet in particular count wherever the parcel goes', async () => {
    const { ask, cards, ids, parcels, news } = await listed('SF1234567890123')
    const [first] = ids
    if (first === undefined) throw new Error('nothing is listed')
    await parcels.recordConsent({ parcel: first, phone, accept: true, channel: 'app' })
    expect(await ask()).toBe(0)
    expect((await news()).map(({ type }) => type)).not.toContain('consent-asked')
    expect(cards()).toMatchObject([{ consent: { kind: 'parcel' } }])
  })

  it('lets a standing consent go with the parcel to another cabinet', async () => {
    const town = await listed('SF1234567890123')
    const { ask, cards, ids, parcels, carrier, wish } = town
    const other = addCabinet(town)
    await wish({ locale: 'en', lowDoor: false, alwaysConsents: true })
    await ask()
    await parcels.askConsents(carrier, other.cabinet, ids)
    expect(cards().map(({ consent }) => consent?.kind)).toEqual(['standing'])
  })

  it('leaves another carrier’s parcels alone', async () => {
    const { parcels, ids, place, carriers } = await listed('SF1234567890123')
    expect(await parcels.askConsents(carriers[1].id, place.cabinet, ids)).toBe(0)
  })

  it('gives a parcel without a size the one that its recipient’s last parcel took', async () => {
    const town = await listed('SF1234567890123')
    const deposit = createDeposit(town, town.place, { carrier: town.carrier, numbers: ['SF1234567890123'], from: 0 })
    await town.tell([deposit.prepared(), deposit.made()])
    const { size: _size, ...bare } = announcement('SF1234567890131')
    const made = await town.parcels.announce(town.carrier, { ...bare, cabinet: town.place.cabinet })
    expect(made.ok && made.value.size).toBeNull()
    expect(town.cards().find(({ consent }) => consent?.kind === 'sender-named-cabinet')?.size).toBe('M')
  })
})

/** What a cabinet hears that asks by itself about the parcel before its scanner. */
async function askAt(town: Town, { cabinet }: Place): Promise<'yes' | 'no' | 'unsaid'> {
  const number = 'SF1234567890123'
  const [{ id: carrier }] = town.carriers
  const parcel = town.digestOf(carrier, number)
  const { incarnation, courier, id } = town
  const reply = await town.neighbours.handlers.card?.({
    cabinet,
    operator: id('operator'),
    ask: {
      v: 1,
      cabinet,
      incarnation,
      ask: id('event'),
      kind: 'card',
      parcel,
      deposit: id('deposit'),
      courier,
      sealed: '',
    },
    plain: { carrier, number },
  })
  if (reply?.refusal === 'consent-declined') return 'no'
  return reply?.card?.consent === null || reply?.card === undefined ? 'unsaid' : 'yes'
}
