import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { isPhone, type Phone } from '@holdfast/core/parcel/phone.ts'
import { days } from '@holdfast/core/values/instants.ts'
import { standingDigest, standingMost } from '@holdfast/wire/cabinet/desired.ts'
import type { Place } from '../../cabinets/cabinets.ts'
import { testEngines } from '../../platform/postgres/db.testing.ts'
import type { Db } from '../../platform/postgres/db.ts'
import { addCabinet, announcement, createDeposit, createTown, phone, type Town } from '../parcels.testing.ts'

const always = { locale: 'en', lowDoor: false, alwaysConsents: true } as const
const asksEachTime = { ...always, alwaysConsents: false }
const neighbour = '+8613800000002'

describe.each(await testEngines())('standing consents in the cabinets, on $name', (engine) => {
  let db: Db
  let town: Town
  let place: Place
  let other: Place
  let n = 0
  beforeAll(async () => {
    db = await engine.open()
  })
  afterAll(async () => await db.close())
  beforeEach(async () => {
    await db.query('truncate parcel, parcel_event, parcel_deposit, parcel_stay, parcel_mark, parcel_standing, outbox')
    n += 1
    town = createTown(db, 4_000 + n)
    ;[place, other] = [addCabinet(town), { ...addCabinet(town), salt: 'b3RoZXJzYWx0' }]
    town.neighbours.places.set(other.cabinet, other)
  })

  const deposit = async (at: Place, of = phone): Promise<void> => {
    n += 1
    const number = `SF72${String(10_000_000_000 + n)}`
    const carrier = town.carriers[0].id
    await town.parcels.announce(carrier, announcement(number, { recipient: { phone: of } }))
    const made = createDeposit(town, at, { carrier, numbers: [number], from: n * 10 })
    await town.tell([made.prepared(of), made.made(), made.collected()])
    await town.hearNews()
  }
  const digestAt = async ({ salt }: Place, of = phone) => await standingDigest(town.seals, salt, phoneIn(of))
  const told = ({ cabinet }: Place) => [...(town.neighbours.standing.get(cabinet) ?? [])].sort()

  it('are told by a round to the cabinet where a parcel was put in, and to no other', async () => {
    await town.wish(always)
    await deposit(place)
    expect(told(place)).toEqual([])
    await town.parcels.tick()
    expect([told(place), told(other)]).toEqual([[await digestAt(place)], []])
    await deposit(place)
    await town.parcels.tick()
    expect(told(place)).toHaveLength(1)
  })

  it('that were given before cabinets were told of any are looked up, once, however many there are', async () => {
    const old = Array.from({ length: 60 }, (_, i) => `+86138000${String(10_000 + i)}`)
    for (const of of old) {
      town.neighbours.wishes.set(of, always)
      town.neighbours.persons.set(of, town.id('person'))
    }
    const [first = '', last = ''] = [old[0], old.at(-1)]
    await deposit(place, first)
    await deposit(other, last)
    await deposit(place)
    await db.query('truncate parcel_standing, parcel_standing_backfill')
    await town.parcels.tick()
    expect([told(place), told(other)]).toEqual([[], []])
    await db.query('insert into parcel_standing_backfill default values')
    for (let round = 0; round < 4; round += 1) await town.parcels.tick()
    expect([told(place), told(other)]).toEqual([[await digestAt(place, first)], [await digestAt(other, last)]])
    expect(await db.query('select from parcel_standing_backfill')).toEqual([])
  })

  it('are told wherever parcels were put in before, once somebody begins to consent', async () => {
    await deposit(place)
    await deposit(other)
    await town.parcels.tick()
    expect(told(place)).toEqual([])
    await town.wish(always)
    await town.parcels.tick()
    expect([told(place), told(other)]).toEqual([[await digestAt(place)], [await digestAt(other)]])
    expect(told(place)).not.toEqual(told(other))
  })

  it('leave every cabinet in the very transaction that hears of the withdrawal, and nobody else’s with them', async () => {
    for (const of of [phone, neighbour]) {
      await town.wish(always, of)
      for (const at of [place, other]) await deposit(at, of)
    }
    await town.parcels.tick()
    expect([told(place).length, told(other).length]).toEqual([2, 2])
    await town.wish(asksEachTime)
    expect([told(place), told(other)]).toEqual([[await digestAt(place, neighbour)], [await digestAt(other, neighbour)]])
  })

  it('are not told where they are withdrawn while they are hashed', async () => {
    await town.wish(always)
    await deposit(place)
    const { slowHash } = town.seals
    let hashed = 0
    Object.assign(town.seals, {
      slowHash: async (...given: Parameters<typeof slowHash>) => {
        hashed += 1
        await town.wish(asksEachTime)
        return await slowHash(...given)
      },
    })
    await town.parcels.tick()
    expect([hashed, told(place)]).toEqual([1, []])
  })

  it('never come to a cabinet from somebody who is asked each time', async () => {
    await town.wish(asksEachTime)
    await deposit(place)
    await town.parcels.tick()
    expect(told(place)).toEqual([])
    expect(await db.query('select from parcel_standing')).toEqual([])
  })

  it('are forgotten half a year after the last parcel there (law 14)', async () => {
    await town.wish(always)
    await deposit(place)
    await town.parcels.tick()
    town.clock.advance(days(100))
    await deposit(other)
    town.clock.advance(days(81))
    await town.parcels.tick()
    expect([told(place), told(other)]).toEqual([[], [await digestAt(other)]])
    expect(await db.query('select from parcel_standing')).toHaveLength(1)
  })

  it('of a cabinet that stands nowhere hold nobody up', async () => {
    await town.wish(always)
    await deposit(other)
    town.neighbours.places.delete(other.cabinet)
    await deposit(place)
    await town.parcels.tick()
    expect([told(other), told(place)]).toEqual([[], [await digestAt(place)]])
    expect(await db.query('select from parcel_standing')).toHaveLength(1)
  })

  it('are as many as a cabinet keeps: whoever it saw longest ago makes room', async () => {
    await town.wish(always)
    await deposit(place)
    await db.query(
      `insert into parcel_standing (cabinet, person, digest, seen_at)
       select cabinet, gen_random_uuid(), 'of ' || i, seen_at - 10000 + i from parcel_standing, generate_series(1, $1) i`,
      [standingMost],
    )
    await town.parcels.tick()
    const kept = await db.query<{ digest: string }>('select digest from parcel_standing order by seen_at')
    expect(kept).toHaveLength(standingMost)
    expect([kept[0]?.digest, kept.at(-1)?.digest]).toEqual(['of 2', await digestAt(place)])
  })

  it('name nobody in their tables', async () => {
    await town.wish(always)
    await deposit(place)
    await town.parcels.tick()
    const rows = await db.query<{ row: string }>('select parcel_standing::text as row from parcel_standing')
    expect(rows.map(({ row }) => row).join()).not.toContain(phone.slice(3))
  })
})

function phoneIn(of: string): Phone {
  if (!isPhone(of)) throw new Error(`no phone: ${of}`)
  return of
}
