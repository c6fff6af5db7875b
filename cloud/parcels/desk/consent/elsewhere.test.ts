import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { minutes } from '@holdfast/core/values/instants.ts'
import type { Place } from '../../../cabinets/cabinets.ts'
import type { Db } from '../../../platform/postgres/db.ts'
import { testEngines } from '../../../platform/postgres/db.testing.ts'
import { addCabinet, announcement, createTown, phone } from '../../parcels.testing.ts'

const position = { latitude: 30.2741, longitude: 120.1551 }

describe.each(await testEngines())('overflow to another cabinet, on $name', (engine) => {
  let db: Db
  beforeAll(async () => {
    db = await engine.open()
  })
  afterAll(async () => await db.close())
  beforeEach(async () => {
    await db.query('truncate parcel, parcel_event, parcel_consent, parcel_deposit, parcel_stay, parcel_mark, outbox')
  })

  /** A parcel that its sender sent to a cabinet that is full, and two others beside. */
  async function full() {
    const town = createTown(db)
    const place = (name: string, north: number): Place => {
      const made = addCabinet(town)
      const way = { position: { ...position, latitude: position.latitude + north } }
      const there = { ...made, name, way }
      town.neighbours.places.set(made.cabinet, there)
      return there
    }
    const [a, b, c] = [place('A', 0), place('B', 0.0018), place('C', 0.005)]
    const [{ id: carrier }] = town.carriers
    const made = await town.parcels.announce(carrier, announcement('SF1234567890123'))
    if (!made.ok) throw new Error(made.refusal)
    const parcel = made.value.id as ReturnType<typeof town.id<'parcel'>>
    const ask = async (to: Place) => await town.parcels.askElsewhere(carrier, to.cabinet, parcel)
    const reply = async (accept: boolean, meant = {}) =>
      (await town.parcels.recordConsent({ parcel, phone, accept, channel: 'reply', meant })).ok
    const consent = async () => (await town.parcels.views([parcel]))[0]?.consent
    const shown = async () => (await town.parcels.recipientParcels(phone)).expected[0]
    const card = (at: Place) => town.neighbours.cards.get(`${at.cabinet}/${town.digestOf(carrier, 'SF1234567890123')}`)
    return { town, a, b, c, carrier, parcel, ask, reply, consent, shown, card }
  }

  it('goes nowhere without a yes to that cabinet, and there with it', async () => {
    const { a, b, ask, reply, consent, card } = await full()
    expect([await ask(a), await reply(true), await ask(b)]).toEqual(['asked', true, 'asked'])
    expect([await consent(), card(b)?.consent, card(a)]).toEqual(['asked', null, undefined])
    await reply(true)
    expect([await consent(), card(b)?.consent?.kind]).toEqual(['given', 'parcel'])
  })

  it('is asked with the cabinet, the one it is instead of, and how far it is from there', async () => {
    const { town, a, b, ask, reply, shown } = await full()
    await ask(a)
    expect(await shown()).toMatchObject({ place: { name: 'A' } })
    expect(await shown()).not.toHaveProperty('instead')
    await reply(true)
    await ask(b)
    expect(await shown()).toMatchObject({ consent: 'asked', place: { name: 'B' }, instead: { name: 'A', metres: 200 } })
    town.neighbours.places.set(a.cabinet, { ...a, way: {} })
    expect(await shown()).toMatchObject({ instead: { name: 'A', metres: null } })
  })

  it('waits for an answer ten minutes: no answer is none, and the next may be asked about', async () => {
    const { town, a, b, c, ask, consent } = await full()
    await ask(a)
    town.clock.advance(minutes(9))
    expect([await ask(b), await consent()]).toEqual(['open', 'asked'])
    town.clock.advance(minutes(1))
    expect([await consent(), await ask(b)]).toEqual(['unanswered', 'asked'])
    // Nobody is asked twice about one cabinet, whatever was asked in between.
    town.clock.advance(minutes(10))
    expect([await ask(b), await ask(a), await ask(c)]).toEqual(['silent', 'silent', 'asked'])
  })

  it('takes a late answer as long as no other question was put', async () => {
    const { town, a, b, ask, reply, consent, card } = await full()
    await ask(a)
    town.clock.advance(minutes(30))
    expect([await reply(true), await consent()]).toEqual([true, 'given'])
    expect([await ask(b), card(b)?.consent]).toEqual(['asked', null])
  })

  it('takes no bare yes once another was put: it may be the late answer to the first', async () => {
    const { town, a, b, ask, reply, consent, card } = await full()
    await ask(a)
    town.clock.advance(minutes(30))
    await ask(b)
    expect([await reply(true), await consent(), card(b)?.consent]).toEqual([false, 'asked', null])
    expect([await reply(true, { cabinet: a.cabinet }), await consent()]).toEqual([false, 'asked'])
    expect([await reply(true, { number: 2 }), await consent()]).toEqual([true, 'given'])
  })

  it('is remembered: a no is not asked again, and a yes takes the parcel back there', async () => {
    const { a, b, c, ask, reply, card } = await full()
    await ask(a)
    await reply(true)
    await ask(b)
    await reply(false)
    expect([await ask(b), await ask(c), await reply(false)]).toEqual(['declined', 'asked', true])
    expect([await ask(a), card(a)?.consent?.kind, card(c)]).toEqual(['agreed', 'parcel', undefined])
  })

  it('bothers nobody who always agrees, and is no other carrier’s to ask for', async () => {
    const { town, a, ask, parcel, card } = await full()
    expect(await town.parcels.askElsewhere(town.carriers[1].id, a.cabinet, parcel)).toBe('over')
    await town.wish({ locale: 'en', lowDoor: false, alwaysConsents: true })
    expect([await ask(a), card(a)?.consent?.kind]).toEqual(['agreed', 'standing'])
  })
})
