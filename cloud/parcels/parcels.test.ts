import { referenceOf } from '@holdfast/core/values/reference.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { hours, minutes } from '@holdfast/core/values/instants.ts'
import { testEngines } from '../platform/postgres/db.testing.ts'
import type { Db } from '../platform/postgres/db.ts'
import { parcelIn } from './routes.answer.ts'
import { addCabinet, announcement, createDeposit, createTown, phone, type Town } from './parcels.testing.ts'

describe.each(await testEngines())('parcels on $name', (engine) => {
  let db: Db
  let town: Town
  let seed = 0
  beforeAll(async () => {
    db = await engine.open()
  })
  beforeEach(() => {
    seed += 1
    town = createTown(db, seed)
  })
  afterAll(async () => await db.close())
  const [sf] = [0] as const
  const carrier = () => town.carriers[sf].id
  const announce = async (number: string, more: object = {}) => {
    const outcome = await town.parcels.announce(carrier(), announcement(number, more))
    if (!outcome.ok) throw new Error(outcome.refusal)
    return { ...outcome.value, id: parcelIn({ params: { parcel: outcome.value.id } }) }
  }
  const newsOf = async (parcel: string) =>
    (await town.news()).filter((each) => each.parcel === parcel).map(({ sequence, type }) => `${sequence} ${type}`)

  it('expects an announced parcel at the named cabinet, whose consent and card it has', async () => {
    const place = addCabinet(town)
    const parcel = await announce('SF1000000000001', { cabinet: place.cabinet })
    expect(parcel).toMatchObject({ state: 'expected', consent: 'given', sequence: 2, cabinet: place.cabinet })
    expect(parcel.recipientPhoneMasked).toBe('138******78')
    const card = town.neighbours.cards.get(`${place.cabinet}/${town.digestOf(carrier(), 'SF1000000000001')}`)
    expect(card).toMatchObject({ consent: { kind: 'sender-named-cabinet' }, tail: '5678', size: 'M', version: 2 })
    expect(await town.parcels.find(carrier(), { trackingNumber: 'sf 1000 0000 00001' })).toEqual(parcel)
    const wordings = await db.query(
      'select given, by_whom, channel, wording from parcel_consent where parcel is not null',
    )
    expect(wordings).toContainEqual(
      expect.objectContaining({ given: true, by_whom: 'sender', channel: 'announcement' }),
    )
  })

  it('answers the same announcement with the same parcel and refuses another one of that number', async () => {
    const dimensions = { widthMm: 100, heightMm: 90, depthMm: 300 }
    const first = await announce('SF1000000000002', { dimensions, size: undefined })
    expect(first.size).toBe('S')
    expect(await announce('SF1000000000002', { dimensions, size: undefined })).toEqual(first)
    const other = await town.parcels.announce(carrier(), announcement('SF1000000000002', { size: 'XL' }))
    expect(other).toEqual({ ok: false, refusal: 'parcel-already-announced' })
  })

  it.each([
    ['tracking-number-unreadable', { trackingNumber: '?' }],
    ['phone-unreadable', { recipient: { phone: 'nobody' } }],
    ['size-beyond-doors', { size: undefined, dimensions: { widthMm: 3000, heightMm: 10, depthMm: 10 } }],
    ['named-cabinet-unknown', { cabinet: 'cab_00000000000000000000000000' }],
  ] as const)('refuses an announcement: %s', async (refusal, more: object) => {
    expect(await town.parcels.announce(carrier(), announcement('SF1000000000003', more))).toEqual({
      ok: false,
      refusal,
    })
  })

  it('lets the carrier correct and cancel before the deposit, and nobody else (law 11)', async () => {
    const place = addCabinet(town)
    const { id } = await announce('SF1000000000004', { cabinet: place.cabinet })
    const corrected = await town.parcels.correct(carrier(), id, { recipientPhone: '+8613800000000', size: 'L' })
    expect(corrected).toMatchObject({ ok: true, value: { size: 'L', recipientPhoneMasked: '138******00' } })
    const cardKey = `${place.cabinet}/${town.digestOf(carrier(), 'SF1000000000004')}`
    expect(town.neighbours.cards.get(cardKey)).toMatchObject({ tail: '0000', size: 'L' })
    const stranger = town.carriers[1].id
    const unknown = { ok: false, refusal: 'parcel-unknown' }
    expect(await town.parcels.correct(stranger, id, { size: 'S' })).toEqual(unknown)
    expect(await town.parcels.cancel(stranger, id)).toEqual(unknown)
    expect(await town.parcels.markReturned(stranger, id)).toEqual(unknown)
    expect(await town.parcels.find(stranger, { parcel: id })).toBeUndefined()
    expect(await town.parcels.cancel(carrier(), id)).toMatchObject({ ok: true, value: { state: 'cancelled' } })
    expect(town.neighbours.cards.has(cardKey)).toBe(false)
    expect(await newsOf(id)).toEqual(['1 announced', '2 consent-given', '3 corrected', '4 cancelled'])
  })

  it('follows a deposit of two parcels, one never announced, to its pickup, and forgets the codes then', async () => {
    const place = addCabinet(town)
    const { id } = await announce('SF1000000000005', { cabinet: place.cabinet })
    const deposit = createDeposit(town, place, {
      carrier: carrier(),
      numbers: ['SF1000000000005', 'SF1000000000006'],
      from: 0,
    })
    await town.tell([deposit.prepared(), deposit.made()])
    const at = { cabinet: place.cabinet, deposit: deposit.deposit }
    expect(await town.parcels.codeOf(at)).toEqual({ code: '111111111', generation: 0 })
    expect(town.neighbours.cards.size).toBe(0)
    const { waiting } = await town.parcels.recipientParcels(phone)
    expect(
      waiting
        .filter(({ deposit: of }) => of === at.deposit)
        .map(({ trackingNumber, code, state }) => [trackingNumber, code, state]),
    ).toEqual(
      expect.arrayContaining([
        ['SF1000000000005', '111111111', 'stored'],
        ['SF1000000000006', '111111111', 'stored'],
      ]),
    )
    expect(await town.parcels.waitingAt(place.cabinet, phone)).toMatchObject([
      { deposit: at.deposit, epoch: 1, label: 'A07' },
    ])
    expect(await town.parcels.waitingAt(place.cabinet, '+8613899999999')).toEqual([])
    await town.tell([deposit.renewed()])
    expect(await town.parcels.codeOf(at)).toEqual({ code: '333333333', generation: 2 })
    await town.tell([deposit.collected()])
    expect(await town.parcels.codeOf(at)).toBeUndefined()
    expect(await db.query('select codes from parcel_deposit where codes is not null and label = $1', ['none'])).toEqual(
      [],
    )
    expect(await town.parcels.find(carrier(), { parcel: id })).toMatchObject({
      state: 'collected',
      deposit: at.deposit,
    })
    expect(await newsOf(id)).toEqual(['1 announced', '2 consent-given', '3 deposited', '4 code-renewed', '5 collected'])
    expect(await town.parcels.courierDeposits(town.courier)).toMatchObject([
      { deposit: at.deposit, state: 'collected', notice: 'none' },
    ])
  })

  it('joins a late announcement to the live deposit', async () => {
    const place = addCabinet(town)
    const deposit = createDeposit(town, place, { carrier: carrier(), numbers: ['SF1000000000007'], from: 0 })
    await town.tell([deposit.prepared('+8613811111111'), deposit.made()])
    const parcel = await announce('SF1000000000007')
    expect(parcel).toMatchObject({ state: 'stored', deposit: deposit.deposit, recipientPhoneMasked: '138******11' })
    const late = (await town.news()).filter(({ parcel: of }) => of === parcel.id).at(-1)
    expect(late).toMatchObject({ type: 'announced', reason: 'late', deposit: deposit.deposit })
  })

  it('tells a late announcement with the door and the code that wait for it', async () => {
    const place = addCabinet(town)
    const deposit = createDeposit(town, place, { carrier: carrier(), numbers: ['SF1000000000021'], from: 0 })
    await town.tell([deposit.prepared(null), deposit.made()])
    const parcel = await announce('SF1000000000021', { recipient: { phone: '+8613822222222' } })
    const late = (await town.news()).filter(({ parcel: of }) => of === parcel.id).at(-1)
    expect(late).toMatchObject({
      type: 'announced',
      reason: 'late',
      label: 'A07',
      generation: 0,
      operator: place.operator,
    })
    expect(await town.parcels.recipientOf(parcel.id)).toMatchObject({ phone: '+8613822222222', locale: 'en' })
  })

  it('speaks to the recipient of a walk-up in the language that this person wished for', async () => {
    const place = addCabinet(town)
    town.neighbours.wishes.set('+8613833333333', { locale: 'ko', lowDoor: false, alwaysConsents: false })
    const deposit = createDeposit(town, place, { carrier: carrier(), numbers: ['SF1000000000022'], from: 0 })
    await town.tell([deposit.prepared('+8613833333333'), deposit.made()])
    const told = (await town.news()).filter(({ deposit: of }) => of === deposit.deposit)
    expect(told).toMatchObject([{ type: 'deposited', locale: 'ko' }])
  })

  it('refreshes the cards that are out when their recipient wishes for something else', async () => {
    const place = addCabinet(town)
    await announce('SF1000000000023', { cabinet: place.cabinet })
    const cardKey = `${place.cabinet}/${town.digestOf(carrier(), 'SF1000000000023')}`
    const before = town.neighbours.cards.get(cardKey)
    expect(before?.lowDoor).toBe(false)
    await town.wish({ locale: 'en', lowDoor: true, alwaysConsents: true })
    expect(town.neighbours.cards.get(cardKey)).toEqual({ ...before, lowDoor: true })
    const deposit = createDeposit(town, place, { carrier: carrier(), numbers: ['SF1000000000023'], from: 0 })
    await town.tell([deposit.prepared(), deposit.made(), deposit.cancelled()])
    expect(town.neighbours.cards.get(cardKey)).toMatchObject({ lowDoor: true })
    await town.wish({ locale: 'en', lowDoor: false, alwaysConsents: false })
    expect(town.neighbours.cards.get(cardKey)).toMatchObject({ lowDoor: false })
  })

  it('puts the card out again when the courier takes the parcel back', async () => {
    const place = addCabinet(town)
    await announce('SF1000000000008', { cabinet: place.cabinet })
    const deposit = createDeposit(town, place, { carrier: carrier(), numbers: ['SF1000000000008'], from: 0 })
    await town.tell([deposit.prepared(), deposit.made()])
    expect(town.neighbours.cards.size).toBe(0)
    await town.tell([deposit.cancelled()])
    expect([...town.neighbours.cards.values()]).toMatchObject([{ consent: { kind: 'sender-named-cabinet' } }])
  })

  it('lists what is overdue or refused for recall until it is taken out, and marks it returned', async () => {
    const place = addCabinet(town)
    const [first, second] = [await announce('SF1000000000009'), await announce('SF1000000000010')]
    const one = createDeposit(town, place, { carrier: carrier(), numbers: ['SF1000000000009'], from: 0 })
    const two = createDeposit(town, place, { carrier: carrier(), numbers: ['SF1000000000010'], from: 10 })
    await town.tell([one.prepared(), one.made(), two.prepared(), two.made(), two.refused()])
    expect(town.neighbours.recalls.get(place.cabinet)).toEqual([two.deposit])
    town.clock.advance(hours(48))
    expect(await town.parcels.tick()).toBeGreaterThanOrEqual(1)
    expect(town.neighbours.recalls.get(place.cabinet)).toEqual([two.deposit, one.deposit])
    const recalls = await town.parcels.recallsFor([carrier()])
    expect(recalls.map(({ deposit, why }) => [deposit, why])).toEqual([
      [two.deposit, 'refused'],
      [one.deposit, 'overdue'],
    ])
    expect(await town.parcels.markReturned(carrier(), first.id)).toEqual({
      ok: false,
      refusal: 'parcel-already-stored',
    })
    const late = createDeposit(town, place, { carrier: carrier(), numbers: ['SF1000000000009'], from: 20 })
    await town.tell([{ ...late.recalled(), context: one.made().context, event: { ...one.recalled().event } }])
    expect(town.neighbours.recalls.get(place.cabinet)).toEqual([two.deposit])
    expect(await town.parcels.markReturned(carrier(), first.id)).toMatchObject({
      ok: true,
      value: { state: 'returned' },
    })
    expect(await newsOf(first.id)).toEqual(['1 announced', '2 deposited', '3 overdue', '4 recalled', '5 returned'])
    expect((await newsOf(second.id)).at(-1)).toBe('3 refused')
  })

  it('tells the spare code once where the cabinet is offline, and only to the owner of the phone', async () => {
    const place = addCabinet(town)
    const { id } = await announce('SF1000000000011')
    const deposit = createDeposit(town, place, { carrier: carrier(), numbers: ['SF1000000000011'], from: 0 })
    expect(await town.parcels.renewCode(phone, id)).toEqual({ ok: false, refusal: 'code-not-waiting' })
    await town.tell([deposit.prepared(), deposit.made()])
    expect(await town.parcels.renewCode('+8613899999999', id)).toEqual({ ok: false, refusal: 'parcel-unknown' })
    expect(await town.parcels.renewCode(phone, id)).toEqual({ ok: true, value: undefined })
    const at = { cabinet: place.cabinet, deposit: deposit.deposit }
    expect(await town.parcels.codeOf(at)).toEqual({ code: '222222222', generation: 1 })
    expect(await town.parcels.renewCode(phone, id)).toEqual({ ok: false, refusal: 'code-told-too-often' })
    town.clock.advance(minutes(1))
    expect(await town.parcels.renewCode(phone, id)).toEqual({ ok: false, refusal: 'code-renewal-refused' })
  })

  it('is found by what its slip says, beside numbers and phones, in its own operator’s cabinets (law 11)', async () => {
    const [mine, theirs] = [addCabinet(town), addCabinet(town)]
    const put = async (place: typeof mine, numbers: readonly string[], from: number) => {
      const parcels = []
      for (const number of numbers) parcels.push((await announce(number)).id)
      const { deposit, prepared, made } = createDeposit(town, place, { carrier: carrier(), numbers, from })
      await town.tell([prepared(), made()])
      return { reference: referenceOf(deposit), parcels: parcels.toSorted().toReversed() }
    }
    const first = await put(mine, ['SF1000000000021', 'SF1000000000022'], 0)
    await put(mine, ['SF1000000000023'], 10)
    const other = await put(theirs, ['SF1000000000024'], 20)
    const search = async (text: string) =>
      (await town.parcels.search(mine.operator, { search: text, after: null, limit: 10 })).items
    for (const text of [first.reference, first.reference.toLowerCase(), first.reference.replace('-', ' ')])
      expect((await search(text)).map(({ id }) => id)).toEqual(first.parcels)
    expect((await search(first.reference)).map(({ reference }) => reference)).toEqual([
      first.reference,
      first.reference,
    ])
    expect(await search(other.reference)).toEqual([])
    expect(JSON.stringify(await search(''))).not.toMatch(/111111111|222222222/u)
  })

  it('forgets who a parcel was for a month after its end, and keeps its story (law 14)', async () => {
    const { id } = await announce('SF1000000000012')
    await town.parcels.cancel(carrier(), id)
    town.clock.advance(hours(24 * 31))
    await town.parcels.tick()
    expect(await town.parcels.recipientOf(id)).toMatchObject({ phone: null, email: null })
    expect(await newsOf(id)).toHaveLength(2)
  })

  it('shows an operator what is or was in its own cabinets only (law 11)', async () => {
    const [mine, theirs] = [addCabinet(town), addCabinet(town)]
    const parcel = await announce('SF1000000000013')
    const deposit = createDeposit(town, mine, { carrier: carrier(), numbers: ['SF1000000000013'], from: 0 })
    await town.tell([deposit.prepared(), deposit.made()])
    const search = async (operator: typeof mine.operator, text: string) =>
      (await town.parcels.search(operator, { search: text, after: null, limit: 10 })).items.map(({ id }) => id)
    expect(await search(mine.operator, 'SF10000000000')).toEqual([parcel.id])
    expect(await search(mine.operator, '5678')).toEqual([parcel.id])
    expect(await search(mine.operator, '9999')).toEqual([])
    expect(await search(theirs.operator, '')).toEqual([])
    expect(await town.parcels.history(theirs.operator, parcel.id)).toBeUndefined()
    const history = await town.parcels.history(mine.operator, parcel.id)
    expect(history?.lines.map(({ type }) => type)).toEqual(['announced', 'deposited'])
    expect(history?.parcel).toMatchObject({ door: { label: 'A07' }, place: { name: 'North Gate' }, state: 'stored' })
  })
})
