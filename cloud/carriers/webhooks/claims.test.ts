import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { randomUUID } from 'node:crypto'
import { type CarrierId, idFromUuid, idToUuid, makeId } from '@holdfast/core/values/ids.ts'
import { after, durationMs, hours, instant, type Instant, minutes, seconds } from '@holdfast/core/values/instants.ts'
import { testEngines } from '../../platform/postgres/db.testing.ts'
import type { Db } from '../../platform/postgres/db.ts'
import { claimDue, type Delivery, forgetDelivered, resetDelivery, settle, type Settlement } from './store.postgres.ts'

const start = instant(1_800_000_000_000)
const claimFor = minutes(1)

describe.each(await testEngines())('webhooks that wait on $name', (engine) => {
  let db: Db
  let other: Db
  let carrier: CarrierId
  let drawn = 0
  beforeAll(async () => {
    const pair = await engine.openTwo()
    db = pair[0]
    other = pair[1]
  })
  beforeEach(async () => {
    await db.query('truncate carrier, carrier_endpoint, carrier_delivery, carrier_event')
    carrier = makeId('carrier', start, new Uint8Array(10).fill((drawn += 1)))
  })
  afterAll(async () => await db.close())

  const endpoint = async (): Promise<string> => {
    const id = randomUUID()
    const row = [idToUuid(carrier), id, `https://example.org/${id}`, start]
    await db.query(
      `insert into carrier_endpoint (carrier_id, endpoint, url, types, created_at) values ($1, $2, $3, '{}', $4)`,
      row,
    )
    return id
  }
  type Waiting = {
    readonly parcel?: string
    readonly sequence?: number
    readonly dueAt?: Instant
    readonly operator?: string
  }
  const waits = async (at: string, { parcel = randomUUID(), sequence = 1, dueAt = start, operator }: Waiting = {}) => {
    await db.query(
      `insert into carrier_delivery (endpoint, parcel, sequence, carrier_id, operator_id, delivery, event, type, body, state,
         created_at, due_at) values ($1, $2, $3, $4, $5, $6, $7, 't', '{}', 'waiting', $8, $9)`,
      [at, parcel, sequence, idToUuid(carrier), operator ?? null, randomUUID(), randomUUID(), start, dueAt],
    )
    return parcel
  }
  const take = async (now = start, more: { each?: number; busy?: readonly string[]; on?: Db } = {}) => {
    const { each = 4, busy = [], on = db } = more
    const claim = { now, until: after(now, claimFor), each, busy: busy.map((id) => idFromUuid('endpoint', id)) }
    return await on.transaction(async (tx) => await claimDue(tx, claim))
  }
  const ends = async (delivery: Delivery | undefined, settlement: Settlement, now = start): Promise<void> => {
    if (delivery === undefined) throw new Error('nothing was taken')
    await db.transaction(async (tx) => await settle(tx, delivery, now, settlement))
  }
  const sequences = (taken: readonly Delivery[]) => taken.map(({ key: [, , sequence] }) => sequence)
  const stateOf = async (parcel: string) =>
    (
      await db.query<{ state: string }>('select state from carrier_delivery where parcel = $1 order by sequence', [
        parcel,
      ])
    ).map(({ state }) => state)

  it('are each taken by one of several workers that look at the same moment', async () => {
    const at = await endpoint()
    const parcels = await Promise.all([1, 2, 3].map(async () => await waits(at)))
    const both = await Promise.all([take(start), take(start, { on: other }), take(start, { on: other })])
    const taken = both.flat().map(({ key: [, parcel] }) => parcel)
    expect(taken.toSorted()).toEqual(parcels.toSorted())
  })

  it('go in the order of their parcel: the next is taken when the one before is settled, and not while it is tried', async () => {
    const at = await endpoint()
    const parcel = await waits(at, { sequence: 2 })
    await waits(at, { parcel, sequence: 1 })
    await waits(at, { parcel, sequence: 5 })
    const [first] = await take()
    expect(first?.key[2]).toBe(1)
    expect(await take(start, { on: other })).toEqual([])
    await ends(first, { state: 'waiting', dueAt: after(start, hours(1)), problem: 'status-500' })
    expect(await take(after(start, minutes(59)))).toEqual([])
    const [again] = await take(after(start, hours(1)))
    await ends(again, { state: 'delivered' })
    expect(sequences(await take(after(start, hours(1))))).toEqual([2])
  })

  it('are not held up by another parcel, nor by the same parcel at another endpoint', async () => {
    const [slow, quick] = [await endpoint(), await endpoint()]
    const parcel = await waits(slow)
    await waits(quick, { parcel })
    await waits(slow)
    expect(await take()).toHaveLength(3)
  })

  it.each([
    [durationMs(claimFor - 1), 0],
    [claimFor, 1],
  ])('of a worker that died are free again when its claim ends: after %i ms %i', async (passed, count) => {
    await waits(await endpoint())
    expect(await take()).toHaveLength(1)
    const [again] = await take(after(start, passed))
    expect([again].filter(Boolean)).toHaveLength(count)
    // The attempt that nobody saw the end of counts as one.
    if (again !== undefined) expect(again.attempts).toBe(2)
  })

  it.each([
    [durationMs(-1), 1],
    [durationMs(0), 1],
    [durationMs(1), 0],
  ])('are due at their instant: %i ms away, %i taken', async (away, count) => {
    await waits(await endpoint(), { dueAt: after(start, away) })
    expect(await take()).toHaveLength(count)
  })

  it('are taken a few at a time for each endpoint, the longest due first, and none for a busy one', async () => {
    const [one, two] = [await endpoint(), await endpoint()]
    for (let i = 0; i < 6; i += 1) await waits(one, { sequence: 6 - i, dueAt: after(start, durationMs(i - 10)) })
    await waits(two)
    const taken = await take(start, { each: 2 })
    expect(
      taken
        .filter(({ endpoint: at }) => idToUuid(at) === one)
        .map(({ key }) => key[2])
        .toSorted((left, right) => left - right),
    ).toEqual([5, 6])
    expect(taken).toHaveLength(3)
    expect(await take(start, { busy: [one, two] })).toEqual([])
  })

  it('rest with their endpoint as long as it asked, and go on then', async () => {
    const at = await endpoint()
    await waits(at)
    await waits(at)
    const [first] = await take(start, { each: 1 })
    const restsUntil = after(start, seconds(90))
    await ends(first, { state: 'waiting', dueAt: restsUntil, problem: 'status-429', restsUntil })
    expect(await take(after(start, durationMs(89_999)))).toEqual([])
    expect(await take(restsUntil)).toHaveLength(2)
  })

  it('end with their endpoint: what waited for it is given up in the same breath, and no other', async () => {
    const [gone, stays] = [await endpoint(), await endpoint()]
    const [parcel, kept] = [await waits(gone), await waits(stays)]
    await waits(gone, { parcel, sequence: 2 })
    const [first] = await take(start, { busy: [stays] })
    await ends(first, { state: 'given-up', problem: 'status-410', disables: true })
    expect(await stateOf(parcel)).toEqual(['given-up', 'given-up'])
    expect(await stateOf(kept)).toEqual(['waiting'])
    await waits(gone)
    expect((await take(after(start, hours(99)))).map(({ endpoint: at }) => idToUuid(at))).toEqual([stays])
  })

  it('are tried again by the operator whose they are, and by no other (law 11)', async () => {
    const [mine, theirs] = [randomUUID(), randomUUID()]
    const parcel = await waits(await endpoint(), { operator: mine })
    const [first] = await take()
    await ends(first, { state: 'given-up', problem: 'status-500' })
    const [row] = await db.query<{ delivery: string }>('select delivery from carrier_delivery where parcel = $1', [
      parcel,
    ])
    const reset = async (operator: string) =>
      await resetDelivery(db.query, { operator, delivery: row?.delivery ?? '', now: after(start, hours(1)) })
    expect(await reset(theirs)).toBe(false)
    expect(await stateOf(parcel)).toEqual(['given-up'])
    expect(await reset(mine)).toBe(true)
    expect(await take(after(start, hours(1)))).toMatchObject([{ attempts: 1 }])
  })

  it('once brought are not tried again, though an operator asks', async () => {
    const mine = randomUUID()
    const parcel = await waits(await endpoint(), { operator: mine })
    const [first] = await take()
    await ends(first, { state: 'delivered' })
    const [row] = await db.query<{ delivery: string }>('select delivery from carrier_delivery where parcel = $1', [
      parcel,
    ])
    expect(await resetDelivery(db.query, { operator: mine, delivery: row?.delivery ?? '', now: start })).toBe(false)
  })

  it('are forgotten after they were brought, and never before: what waits or was given up stays (law 10)', async () => {
    const at = await endpoint()
    const [brought, given, waiting] = [await waits(at), await waits(at), await waits(at)]
    for (const delivery of await take()) {
      if (delivery.key[1] === brought) await ends(delivery, { state: 'delivered' })
      if (delivery.key[1] === given) await ends(delivery, { state: 'given-up', problem: 'status-500' })
    }
    await forgetDelivered(db.query, start)
    expect(await stateOf(brought)).toEqual(['delivered'])
    await forgetDelivered(db.query, after(start, durationMs(1)))
    expect([await stateOf(brought), await stateOf(given), await stateOf(waiting)]).toEqual([
      [],
      ['given-up'],
      ['waiting'],
    ])
  })
})
