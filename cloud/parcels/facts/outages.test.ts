import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readOpening } from '@holdfast/core/tariff/opening.ts'
import { after, type DurationMs, durationMs, hours, minutes } from '@holdfast/core/values/instants.ts'
import type { Place } from '../../cabinets/cabinets.ts'
import { cabinetTopics } from '../../cabinets/facts.ts'
import { silentLog } from '../../platform/log.ts'
import { createOutbox } from '../../platform/outbox/outbox.ts'
import type { Db } from '../../platform/postgres/db.ts'
import { testEngines } from '../../platform/postgres/db.testing.ts'
import { addCabinet, announcement, createDeposit, createTown, type Town } from '../parcels.testing.ts'
import { createFollowOutages } from './outages.ts'

describe.each(await testEngines())('keep-time on $name', (engine) => {
  let db: Db
  let town: Town
  let place: Place
  let number: string
  let seed = 9_600
  beforeAll(async () => {
    db = await engine.open()
  })
  afterAll(async () => await db.close())

  const carrier = () => town.carriers[0].id
  const store = async (change: Partial<Place> = {}): Promise<void> => {
    seed += 1
    town = createTown(db, seed)
    place = { ...addCabinet(town), ...change }
    town.neighbours.places.set(place.cabinet, place)
    number = `SF7200000${seed}01`
    await town.parcels.announce(carrier(), announcement(number))
    const made = createDeposit(town, place, { carrier: carrier(), numbers: [number], from: 0 })
    await town.tell([made.prepared(), made.made()])
  }
  beforeEach(async () => await store())

  const seen = async () => {
    const parcel = await town.parcels.find(carrier(), { trackingNumber: number })
    if (parcel === undefined || parcel.storedAt === null) throw new Error('a parcel is stored')
    return parcel
  }
  /** Hours from the deposit to the end of its term. */
  const keptHours = async (): Promise<number> => {
    const { storedAt, dueAt } = await seen()
    return ((dueAt ?? 0) - (storedAt ?? 0)) / 3_600_000
  }
  const goes = async (change: 'online' | 'offline' | 'kiosk-ok'): Promise<void> => {
    const outbox = createOutbox({ db, clock: town.clock, log: silentLog })
    const consumer = createFollowOutages({ outbox, cabinets: town.neighbours.cabinets })
    if (!('handle' in consumer)) throw new Error('takes one at a time')
    const { cabinet, operator } = place
    const payload = { cabinet, operator, at: town.clock.now(), change }
    const event = { cursor: '1-1', topic: cabinetTopics.health, key: cabinet, payload, at: town.clock.now() }
    await db.transaction(async (tx) => await consumer.handle(tx, event))
  }
  const outage = async (long: DurationMs): Promise<void> => {
    await goes('offline')
    town.clock.advance(long)
    await goes('online')
  }
  const typesOf = async () =>
    (await town.news()).filter(({ trackingNumber }) => trackingNumber === number).map(({ type }) => type)

  it('stands still while the cabinet cannot be reached, and goes on when it is back', async () => {
    expect(await keptHours()).toBe(48)
    town.clock.advance(hours(3))
    await outage(hours(10))
    expect(await keptHours()).toBe(58)
    expect(await typesOf()).toEqual(['announced', 'deposited', 'kept-longer'])
  })

  it('adds up over several outages, and counts one told twice once', async () => {
    await outage(hours(2))
    town.clock.advance(hours(1))
    await goes('offline')
    await goes('offline')
    town.clock.advance(hours(5))
    await goes('online')
    await goes('online')
    expect(await keptHours()).toBe(55)
  })

  it('is not moved by a link that comes and goes, nor by other news of health', async () => {
    for (let n = 0; n < 5; n += 1) await outage(minutes(29))
    await goes('kiosk-ok')
    expect(await keptHours()).toBe(48)
    expect(await typesOf()).not.toContain('kept-longer')
  })

  it('ends nobody’s term while the cabinet is away, and ends it after what was lost', async () => {
    town.clock.advance(hours(40))
    await goes('offline')
    town.clock.advance(hours(20))
    await town.parcels.tick()
    expect((await seen()).state).toBe('stored')
    await goes('online')
    expect(await keptHours()).toBe(68)
    town.clock.advance(hours(7))
    await town.parcels.tick()
    expect((await seen()).state).toBe('stored')
    town.clock.advance(hours(2))
    await town.parcels.tick()
    expect((await seen()).state).toBe('overdue')
  })

  it('does not go back where the term has ended already', async () => {
    town.clock.advance(hours(49))
    await town.parcels.tick()
    await outage(hours(10))
    expect((await seen()).state).toBe('overdue')
    expect(await typesOf()).not.toContain('kept-longer')
  })

  it('counts the hours of its site from the deposit on, and an outage in the night not again', async () => {
    const read = readOpening('08:00-20:00')
    await store({ opening: read.accepted ? read.opening : null, retentionHours: 24 })
    const before = await keptHours()
    expect(before).toBeGreaterThan(36)
    const { storedAt } = await seen()
    // To the site's next 21:00; it is closed until 08:00.
    const localHour = ((storedAt ?? 0) / 3_600_000 + 8) % 24
    town.clock.advance(durationMs(Math.round(((21 - localHour + 24) % 24) * 3_600_000)))
    await outage(hours(6))
    expect(await keptHours()).toBe(before)
    town.clock.advance(hours(6))
    await outage(hours(2))
    expect(await keptHours()).toBeGreaterThanOrEqual(before + 2)
    expect(after((await seen()).storedAt as never, hours(before))).toBeLessThan((await seen()).dueAt ?? 0)
  })

  it('is kept apart by cabinet', async () => {
    const here = place
    place = addCabinet(town)
    await outage(hours(10))
    place = here
    expect(await keptHours()).toBe(48)
  })
})
