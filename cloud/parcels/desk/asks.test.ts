import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { SealedParcel } from '@holdfast/wire/cabinet/asks.ts'
import { openScratchPglite } from '../../platform/postgres/pglite.testing.ts'
import type { Db } from '../../platform/postgres/db.ts'
import type { Place } from '../../cabinets/cabinets.ts'
import { addCabinet, announcement, createTown, phone, type Town } from '../parcels.testing.ts'

let db: Db
let town: Town
let place: Place
let seed = 100
beforeAll(async () => {
  db = await openScratchPglite()
})
beforeEach(() => {
  seed += 1
  town = createTown(db, seed)
  place = addCabinet(town)
})
afterAll(async () => await db.close())

const carrier = () => town.carriers[0].id
const ask = async (kind: 'card' | 'consent', number: string, more: Partial<SealedParcel> = {}, digest?: string) => {
  const plain = { carrier: carrier(), number, ...more }
  const parcel = digest ?? town.digestOf(carrier(), number)
  const base = { v: 1, cabinet: place.cabinet, incarnation: town.incarnation, ask: town.id('event') } as const
  const asked = { ...base, parcel, deposit: town.id('deposit'), courier: town.courier, sealed: '' }
  const from = { cabinet: place.cabinet, operator: place.operator, plain }
  const { card, consent } = town.neighbours.handlers
  if (card === undefined || consent === undefined) throw new Error('nobody answers asks')
  return kind === 'card'
    ? await card({ ...from, ask: { ...asked, kind } })
    : await consent({ ...from, ask: { ...asked, kind } })
}
const cardHere = (number: string) => town.neighbours.cards.get(`${place.cabinet}/${town.digestOf(carrier(), number)}`)
const parcelOf = async (number: string) => {
  const news = (await town.news()).findLast(({ trackingNumber }) => trackingNumber === number)
  if (news === undefined) throw new Error(`no news of ${number}`)
  return news
}

it('shows a card without consent for an announced parcel, and none for a stranger', async () => {
  await town.parcels.announce(carrier(), announcement('SF2000000000001'))
  expect(await ask('card', 'SF2000000000001')).toMatchObject({ card: { consent: null, size: 'M', tail: '5678' } })
  expect(await ask('card', 'SF2000000000002')).toMatchObject({ card: null })
})

it('lets a standing consent stand for a parcel that nobody announced', async () => {
  town.neighbours.wishes.set(phone, { locale: 'ko', lowDoor: true, alwaysConsents: true })
  const reply = await ask('card', 'SF2000000000003', { phone })
  expect(reply.card).toMatchObject({ consent: { kind: 'standing' }, lowDoor: true, locale: 'ko' })
})

it('asks the recipient of a walk-up parcel, and puts the card out when they accept', async () => {
  expect(await ask('consent', 'SF2000000000004', { phone })).toMatchObject({ card: { consent: null } })
  const asked = await parcelOf('SF2000000000004')
  expect(asked).toMatchObject({ type: 'consent-asked', cabinet: place.cabinet, operator: place.operator, sequence: 1 })
  expect(await town.parcels.recipientOf(asked.parcel)).toMatchObject({ phone })
  const answer = { parcel: asked.parcel, accept: true, channel: 'reply' } as const
  expect(await town.parcels.recordConsent({ ...answer, phone: '+8613800000001' })).toMatchObject({ ok: false })
  expect(await town.parcels.recordConsent({ ...answer, phone: null })).toEqual({ ok: true, value: undefined })
  expect(await town.parcels.recordConsent({ ...answer, phone: null })).toEqual({ ok: true, value: undefined })
  expect(cardHere('SF2000000000004')).toMatchObject({ consent: { kind: 'parcel' } })
  expect(await ask('consent', 'SF2000000000004', { phone })).toMatchObject({ card: { consent: { kind: 'parcel' } } })
  expect((await parcelOf('SF2000000000004')).sequence).toBe(2)
})

it('shows the kiosk a card without consent when they decline, and does not ask again', async () => {
  await ask('consent', 'SF2000000000005', { phone })
  const { parcel } = await parcelOf('SF2000000000005')
  await town.parcels.recordConsent({ parcel, phone, accept: false, channel: 'app' })
  expect(cardHere('SF2000000000005')).toMatchObject({ consent: null })
  expect(await parcelOf('SF2000000000005')).toMatchObject({ type: 'consent-declined', cabinet: place.cabinet })
  await ask('consent', 'SF2000000000005', { phone })
  expect((await parcelOf('SF2000000000005')).sequence).toBe(2)
})

it.each([
  ['a number that is too long', { number: 'x'.repeat(70) }, undefined],
  ['a digest of another parcel', {}, 'f'.repeat(64)],
])('refuses an ask that does not hold together: %s', async (_what, more, digest) => {
  expect(await ask('card', 'SF2000000000006', more, digest)).toEqual({ refusal: 'ask-unreadable' })
})
