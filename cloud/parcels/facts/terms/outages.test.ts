import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readOpening } from '@holdfast/core/tariff/opening.ts'
import { after, type DurationMs, durationMs, hours, minutes } from '@holdfast/core/values/instants.ts'
import type { Place } from '../../../cabinets/cabinets.ts'
import * as fc from 'fast-check'
import { cabinetTopics, type HealthChange, type PlannedPause } from '../../../cabinets/facts.ts'
import { shorten } from './move-terms.ts'
import { silentLog } from '../../../platform/log.ts'
import { createOutbox } from '../../../platform/outbox/outbox.ts'
import type { Db } from '../../../platform/postgres/db.ts'
import { testEngines } from '../../../platform/postgres/db.testing.ts'
import { addCabinet, announcement, createDeposit, createTown, type Town } from '../../parcels.testing.ts'
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
  const hears = async (topic: string, payload: unknown): Promise<void> => {
    const outbox = createOutbox({ db, clock: town.clock, log: silentLog })
    const consumer = createFollowOutages({ outbox, cabinets: town.neighbours.cabinets })
    if (!('handle' in consumer)) throw new Error('takes one at a time')
    const event = { cursor: '1-1', topic, key: place.cabinet, payload, at: town.clock.now() }
    await db.transaction(async (tx) => await consumer.handle(tx, event))
  }
  const goes = async (change: HealthChange): Promise<void> => {
    const { cabinet, operator } = place
    await hears(cabinetTopics.health, { cabinet, operator, at: town.clock.now(), change })
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
    for (const change of ['kiosk-ok', 'scanner-absent', 'journal-full'] as const) await goes(change)
    town.clock.advance(hours(5))
    for (const change of ['scanner-ok', 'journal-ok'] as const) await goes(change)
    expect(await keptHours()).toBe(48)
    expect(await typesOf()).not.toContain('kept-longer')
  })

  it('stands still while its screen is dead, and counts once what lies in both', async () => {
    await goes('kiosk-absent')
    town.clock.advance(hours(4))
    await goes('offline')
    town.clock.advance(hours(3))
    await goes('kiosk-ok')
    town.clock.advance(hours(2))
    await town.parcels.tick()
    await goes('online')
    expect(await keptHours()).toBe(57)
    town.clock.advance(hours(47))
    await goes('kiosk-absent')
    town.clock.advance(hours(20))
    await town.parcels.tick()
    expect((await seen()).state).toBe('stored')
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

  const plans = async (change: 'planned' | 'cancelled', outage: PlannedPause): Promise<void> => {
    const { cabinet, operator } = place
    await hears(cabinetTopics.outages, { cabinet, operator, at: town.clock.now(), change, outage })
  }
  const ahead = (from: number, to: number): PlannedPause => ({
    id: town.id('outage'),
    from: after(town.clock.now(), hours(from)),
    to: after(town.clock.now(), hours(to)),
  })

  it('stands still in an outage that is said ahead, and every line of its story says so once', async () => {
    const outage = ahead(10, 16)
    await plans('planned', outage)
    await plans('planned', outage)
    expect(await keptHours()).toBe(54)
    const told = (await town.news()).filter(({ type }) => type === 'outage-planned')
    expect(told[0]).toMatchObject({ outage, cabinet: place.cabinet, trackingNumber: number })
    expect(await typesOf()).toEqual(['announced', 'deposited', 'kept-longer', 'outage-planned', 'outage-planned'])
  })

  it('counts hours that lie in two outages once, seen or planned', async () => {
    await plans('planned', ahead(10, 16))
    await plans('planned', ahead(14, 20))
    expect(await keptHours()).toBe(58)
    await plans('planned', ahead(10, 12))
    expect(await keptHours()).toBe(58)
    town.clock.advance(hours(12))
    await outage(hours(4))
    expect(await keptHours()).toBe(58)
    town.clock.advance(hours(2))
    await outage(hours(4))
    expect(await keptHours()).toBe(60)
  })

  it('leaves an outage alone that begins after its term, and moves for one that begins inside it', async () => {
    await plans('planned', ahead(48, 60))
    expect(await keptHours()).toBe(48)
    await plans('planned', ahead(47, 60))
    expect(await keptHours()).toBe(61)
  })

  it('goes back where an outage is called off, says so, and the other outage stays', async () => {
    const [first, second] = [ahead(10, 16), ahead(14, 20)]
    await plans('planned', first)
    await plans('planned', second)
    await plans('cancelled', first)
    expect(await keptHours()).toBe(54)
    expect((await typesOf()).slice(-2)).toEqual(['kept-shorter', 'outage-cancelled'])
    await plans('cancelled', second)
    expect(await keptHours()).toBe(48)
  })

  it('never ends within a day of the word that it ends sooner', async () => {
    const late = ahead(46, 70)
    await plans('planned', late)
    expect(await keptHours()).toBe(72)
    town.clock.advance(hours(40))
    await plans('cancelled', late)
    expect(await keptHours()).toBe(64)
    await plans('cancelled', late)
    expect(await keptHours()).toBe(64)
  })

  it('counts what is planned for a parcel that comes in later, and for one that was put in during an outage', async () => {
    await plans('planned', ahead(10, 16))
    town.clock.advance(hours(12))
    const second = `SF7300000${seed}02`
    await town.parcels.announce(carrier(), announcement(second))
    const made = createDeposit(town, place, { carrier: carrier(), numbers: [second], from: 2 })
    await town.tell([made.prepared(), made.made()])
    const parcel = await town.parcels.find(carrier(), { trackingNumber: second })
    expect(((parcel?.dueAt ?? 0) - (parcel?.storedAt ?? 0)) / 3_600_000).toBe(52)
  })

  it('tells those whose time is up too, and moves nothing for them', async () => {
    town.clock.advance(hours(49))
    await town.parcels.tick()
    await plans('planned', ahead(1, 5))
    expect((await seen()).state).toBe('overdue')
    expect((await typesOf()).at(-1)).toBe('outage-planned')
  })

  it('comes down to what is counted now, and leaves a day from the word of it', async () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 0, max: 300 }), (keep, passed) => {
        const kept = shorten({ known: hours(96), counted: hours(keep), since: hours(passed) })
        expect(kept).toBeGreaterThanOrEqual(Math.min(hours(96), hours(passed + 24)))
        expect(kept).toBeLessThanOrEqual(Math.max(hours(96), hours(keep)))
      }),
    )
  })

  it('is kept apart by cabinet', async () => {
    const here = place
    place = addCabinet(town)
    await outage(hours(10))
    place = here
    expect(await keptHours()).toBe(48)
  })
})
