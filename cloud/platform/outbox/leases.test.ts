import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { durationMs, instant, seconds } from '@holdfast/core/values/instants.ts'
import { createManualClock } from '../clock.ts'
import type { Db } from '../postgres/db.ts'
import { testEngines } from '../postgres/db.testing.ts'
import { createLeases } from './leases.ts'

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
