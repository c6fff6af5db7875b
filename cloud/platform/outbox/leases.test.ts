import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { durationMs, instant, seconds } from '@holdfast/core/values/instants.ts'
import { createManualClock } from '../clock.ts'
import type { Db } from '../postgres/db.ts'
import { testEngines } from '../postgres/db.testing.ts'
import { connectionName, createLeases } from './leases.ts'

describe.each(await testEngines())('leases on $name', (engine) => {
  let db: Db
  let other: Db
  const term = seconds(10)
  const shardsOf = (leases: readonly { readonly shard: number }[]): readonly number[] =>
    leases.map(({ shard }) => shard)
  const two = () => {
    const clock = createManualClock(instant(1_000_000))
    const make = (on: Db, holder: string) => createLeases({ db: on, clock, scope: 'ingest', holder, shards: 4, term })
    return { clock, a: make(db, 'a'), b: make(other, 'b') }
  }
  beforeAll(async () => {
    ;[db, other] = await engine.openTwo()
  })
  beforeEach(async () => void (await db.query('delete from lease')))
  afterAll(async () => {
    await other.close()
    await db.close()
  })

  it('give a shard to one holder at a time', async () => {
    const { a, b } = two()
    const [first, second] = await Promise.all([a.hold(4), b.hold(4)])
    const all = [...shardsOf(first), ...shardsOf(second)]
    expect(all.sort((x, y) => x - y)).toEqual([0, 1, 2, 3])
  })

  it('are kept by renewing, and pass on with a higher epoch when their holder dies', async () => {
    const { clock, a, b } = two()
    await a.hold(4)
    clock.advance(seconds(9))
    const kept = await a.hold(4)
    clock.advance(seconds(9))
    expect(await b.hold(4)).toEqual([])
    clock.advance(seconds(2))
    const taken = await b.hold(4)
    expect(shardsOf(taken)).toEqual([0, 1, 2, 3])
    expect(taken[0]?.epoch).toBe((kept[0]?.epoch ?? 0) + 1)
  })

  it('fence a holder that slept through its term', async () => {
    const { clock, a, b } = two()
    const [old] = await a.hold(1)
    clock.advance(durationMs(term + 1))
    const [taken] = await b.hold(1)
    if (old === undefined || taken === undefined) throw new Error('unreachable')
    await expect(db.transaction(async (tx) => await a.fence(tx, old))).rejects.toMatchObject({ code: 'lease-lost' })
    await db.transaction(async (tx) => await b.fence(tx, taken))
  })

  it('are shared anew when a process joins, and freed at once when it leaves', async () => {
    const { a, b } = two()
    await a.hold(4)
    expect(await b.holders()).toBe(2)
    expect(shardsOf(await a.hold(2))).toEqual([0, 1])
    expect(shardsOf(await b.hold(2))).toEqual([2, 3])
    await b.release()
    expect(shardsOf(await a.hold(4))).toEqual([0, 1, 2, 3])
  })
})

describe.each(await testEngines())('a holder that died, on $name', (engine) => {
  const scope = 'ingest'
  const make = (db: Db, holder: string) =>
    createLeases({ db, clock: createManualClock(instant(1_000_000)), scope, holder, shards: 4, term: seconds(10) })
  let dbs: readonly Db[] = []
  const open = async (one: string, two: string) => {
    const [first, second] = await engine.openTwo([connectionName(one), connectionName(two)])
    dbs = [second, first]
    const [a, b] = [make(first, 'a'), make(second, 'b')]
    await a.hold(4)
    await b.bury()
    return { a, b }
  }
  const heldBy = async (leases: ReturnType<typeof make>) => (await leases.hold(4)).map(({ shard }) => shard)
  afterEach(async () => {
    for (const db of dbs) await db.close()
  })

  it('is buried at once where its connections are gone, and only then', async () => {
    const { b } = await open('somebody else', 'b')
    // PGlite has one process and no names: there everything waits for the term.
    const isSeen = engine.name === 'PostgreSQL'
    expect(await b.holders()).toBe(isSeen ? 1 : 2)
    expect(await heldBy(b)).toEqual(isSeen ? [0, 1, 2, 3] : [])
  })

  it('is nobody whose connection stands', async () => {
    const { a, b } = await open('a', 'b')
    expect(await heldBy(b)).toEqual([])
    expect(await heldBy(a)).toEqual([0, 1, 2, 3])
  })

  it('is nobody where no name is seen, as behind a pooler', async () => {
    const { b } = await open('hidden', 'hidden too')
    expect(await heldBy(b)).toEqual([])
  })
})
