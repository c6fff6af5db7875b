import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { randomUUID } from 'node:crypto'
import { idToUuid, makeId } from '@holdfast/core/values/ids.ts'
import { after, hours, instant, minutes, seconds } from '@holdfast/core/values/instants.ts'
import { createStandInSeals } from '@holdfast/wire/seals/stand-in.ts'
import { createManualClock, type ManualClock } from '../../platform/clock.ts'
import { silentLog } from '../../platform/log.ts'
import { createOutbox } from '../../platform/outbox/outbox.ts'
import { testEngines } from '../../platform/postgres/db.testing.ts'
import type { Db } from '../../platform/postgres/db.ts'
import { createDeliverer, type Deliverer } from './deliver.ts'
import type { Posted } from './post.ts'

const start = instant(1_800_000_000_000)
const nobody: Posted = { kind: 'failed', problem: 'ECONNRESET' }
const answers = (status: number, retryAfter?: string): Posted => ({ kind: 'answered', status, retryAfter })
const seals = createStandInSeals(1)
const keys = {
  signing: [
    { keyId: 1, ...seals.generate('ed25519') },
    { keyId: 2, ...seals.generate('ed25519') },
  ],
  sealing: [{ keyId: 3, ...seals.generate('x25519') }],
  atRest: seals.random(32),
} as const

describe.each(await testEngines())('a receiver that cannot be reached, on $name', (engine) => {
  let db: Db
  let clock: ManualClock
  let deliverer: Deliverer
  let sent: string[]
  /** What the receivers say: by the name of the event, or all alike. */
  let says: (name: string) => Posted
  const carrier = makeId('carrier', start, seals.random(10))
  beforeAll(async () => {
    db = await engine.open()
  })
  beforeEach(async () => {
    await db.query('truncate carrier, carrier_endpoint, carrier_delivery, carrier_event')
    clock = createManualClock(start)
    sent = []
    says = () => nobody
    const still = { now: clock.now, timer: () => () => undefined }
    const outbox = createOutbox({ db, clock, log: silentLog })
    deliverer = createDeliverer(
      { db, clock: still, seals, keys, log: silentLog, outbox },
      async (_url, { body: name }) => {
        sent.push(name)
        return await Promise.resolve(says(name))
      },
    )
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
  const waits = async (at: string, name: string, parcel: string = randomUUID()): Promise<string> => {
    await db.query(
      `insert into carrier_delivery (endpoint, parcel, sequence, carrier_id, delivery, event, type, body, state,
         created_at, due_at)
       select $1, $2, count(*) + 1, $3, $4, $4, 't', $5, 'waiting', $6, 0 from carrier_delivery where parcel = $2`,
      [at, parcel, idToUuid(carrier), randomUUID(), name, clock.now()],
    )
    return parcel
  }
  /** What goes out until nothing is left for this moment. */
  const goes = async (): Promise<readonly string[]> => {
    const before = sent.length
    while ((await deliverer.round()) > 0);
    return sent.slice(before)
  }
  const later = async (pause: Parameters<ManualClock['advance']>[0]): Promise<readonly string[]> => {
    clock.advance(pause)
    return await goes()
  }
  const rows = async () =>
    await db.query<{ name: string; state: string; attempts: number; due: number }>(
      'select body as name, state, attempts, due_at - $1 as due from carrier_delivery order by body',
      [start],
    )
  /** Every one of them has been tried twice in vain: the next attempt of R-67 is five minutes away. */
  const down = async (...names: readonly string[]): Promise<string> => {
    const at = await endpoint()
    for (const name of names) await waits(at, name)
    await goes()
    await later(seconds(6))
    expect((await rows()).map(({ attempts }) => attempts)).toEqual(names.map(() => 2))
    return at
  }

  it('is knocked at by one delivery thirty seconds after the last attempt, and again thirty seconds later', async () => {
    await down('a', 'b', 'c')
    expect(await later(seconds(29))).toEqual([])
    expect(await later(seconds(1))).toHaveLength(1)
    expect(await later(seconds(29))).toEqual([])
    expect(await later(seconds(1))).toHaveLength(1)
  })

  it('costs no attempt by being knocked at, and R-67’s own come when they would have come', async () => {
    await down('a')
    const [before] = await rows()
    for (let knocks = 0; knocks < 8; knocks += 1) expect(await later(seconds(30))).toEqual(['a'])
    expect(await rows()).toEqual([before])
    clock.advance(seconds(89))
    await goes()
    expect(await rows()).toMatchObject([{ attempts: 3, state: 'waiting' }])
  })

  it('once it takes a knock gets all the others at the same moment, each once', async () => {
    const names = Array.from({ length: 30 }, (_, n) => `e${10 + n}`)
    await down(...names)
    says = () => answers(200)
    const got = await later(seconds(30))
    expect(got.toSorted()).toEqual(names)
    expect((await rows()).map(({ state }) => state)).toEqual(names.map(() => 'delivered'))
    expect(await later(hours(1))).toEqual([])
  })

  it('gets the events of a parcel in their order', async () => {
    const at = await endpoint()
    const [one, other] = [await waits(at, 'one 1'), await waits(at, 'other 1')]
    for (const place of [2, 3, 4]) {
      await waits(at, `one ${place}`, one)
      await waits(at, `other ${place}`, other)
    }
    await goes()
    await later(seconds(6))
    says = () => answers(200)
    const got = await later(seconds(30))
    for (const parcel of ['one', 'other'])
      expect(got.filter((name) => name.startsWith(parcel))).toEqual([1, 2, 3, 4].map((place) => `${parcel} ${place}`))
  })

  it('is knocked at again when it is gone once more amid the others, and no attempt is lost to that', async () => {
    await down('a', 'b', 'c', 'd')
    const [before] = await rows()
    for (let times = 0; times < 20; times += 1) {
      says = () => nobody
      clock.advance(seconds(1))
      await goes()
    }
    let left = 1
    says = () => ((left -= 1) >= 0 ? answers(200) : nobody)
    expect(new Set(await later(seconds(30)))).toEqual(new Set(['a', 'b', 'c', 'd']))
    const waiting = (await rows()).filter(({ state }) => state === 'waiting')
    expect(waiting).toHaveLength(3)
    expect(waiting.every(({ attempts }) => attempts === before?.attempts)).toBe(true)
    expect(await later(seconds(29))).toEqual([])
    says = () => answers(200)
    expect(await later(seconds(1))).toHaveLength(3)
  })

  it('and falls over one event alone gets that one no oftener than twice in thirty seconds, whatever else it takes', async () => {
    const at = await down('poison')
    says = (name) => (name === 'poison' ? nobody : answers(200))
    let poisoned = 0
    for (let second = 0; second < 60; second += 1) {
      await waits(at, `fine ${second}`)
      poisoned += (await later(seconds(1))).filter((name) => name === 'poison').length
    }
    expect(poisoned).toBe(2)
    expect((await rows()).find(({ name }) => name === 'poison')).toMatchObject({ state: 'waiting', attempts: 2 })
  })

  it('that answers, if only with 500, is not knocked at: R-67’s schedule stands', async () => {
    says = () => answers(500)
    await down('a')
    expect(await later(minutes(4))).toEqual([])
  })

  it('that answers a knock with 500 is reached: that one goes on by R-67, the next one knocks', async () => {
    await down('a', 'b')
    says = () => answers(500)
    expect(await later(seconds(30))).toHaveLength(2)
    expect(await later(minutes(2))).toEqual([])
  })

  it.each([
    [answers(503, '120'), seconds(119)],
    [answers(429, '600'), seconds(599)],
  ])('that asks a knock for patience gets it: %o', async (asks, patience) => {
    await down('a', 'b')
    says = () => asks
    expect(await later(seconds(30))).toHaveLength(1)
    says = () => answers(200)
    expect(await later(patience)).toEqual([])
    expect((await later(seconds(2))).length).toBeGreaterThan(0)
  })

  it('that answers a knock with 410 is gone for good', async () => {
    await down('a', 'b')
    says = () => answers(410)
    expect(await later(seconds(30))).toHaveLength(1)
    expect((await rows()).map(({ state }) => state)).toEqual(['given-up', 'given-up'])
    expect(await later(hours(1))).toEqual([])
  })

  it('holds no other up, and is let alone when nothing is left for it', async () => {
    const at = await down('a')
    const sound = await endpoint()
    await waits(sound, 'b')
    says = (name) => (name === 'b' ? answers(200) : nobody)
    expect(await later(seconds(1))).toEqual(['b'])
    await db.query('delete from carrier_delivery where endpoint = $1', [at])
    expect(await later(hours(1))).toEqual([])
  })

  it('for three days is given up at the tenth attempt of R-67, however often it was knocked at', async () => {
    await down('a')
    for (let hour = 0; hour < 24 * 4 && (await rows())[0]?.state === 'waiting'; hour += 1) await later(hours(1))
    expect(await rows()).toMatchObject([{ state: 'given-up', attempts: 10 }])
    const days = (clock.now() - start) / hours(24)
    expect(days).toBeGreaterThan(3)
    expect(await later(hours(1))).toEqual([])
    expect(after(start, hours(96))).toBeGreaterThan(clock.now())
  })
})
