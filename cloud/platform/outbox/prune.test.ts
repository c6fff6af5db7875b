import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { after, days, instant } from '@holdfast/core/values/instants.ts'
import { systemClock } from '../clock.ts'
import { silentLog } from '../log.ts'
import type { Db } from '../postgres/db.ts'
import { testEngines } from '../postgres/db.testing.ts'
import { createOutbox, type Outbox } from './outbox.ts'
import { retire } from './prune.ts'

const weekAgo = instant(systemClock.now() - days(7))
const before = instant(systemClock.now() - days(3))
const now = systemClock.now()

describe.each(await testEngines())('what is kept on $name for a consumer that no program has any more', ({ open }) => {
  let db: Db
  let outbox: Outbox
  beforeAll(async () => {
    db = await open()
    outbox = createOutbox({ db, clock: systemClock, log: silentLog })
  })
  afterAll(async () => await db.close())
  beforeEach(async () => {
    await db.transaction((tx) =>
      tx.script(`truncate outbox, outbox_cursor restart identity; update outbox_floor set tx = '0', seq = 0`),
    )
    // Of a transaction long ago: nothing that still runs holds them back.
    await db.query(
      `insert into outbox (tx, topic, key, payload, at) select '1', 'parcel', n::text, '0', $1::bigint + n from generate_series(1, 1200) n`,
      [weekAgo],
    )
    // One that is gone in both its parts, one that has lost its second part, one that has passed everything.
    await db.query(
      `insert into outbox_cursor (name, part, tx, seq) values
       ('gone', 0, '0', 0), ('gone', 1, '1', 10), ('fewer', 0, '1', 1200), ('fewer', 1, '1', 100), ('quick', 0, '1', 1200)`,
    )
  })
  const laggards = async () => (await outbox.laggards(before)).map(({ name, parts }) => `${name} ${parts}`)
  const kept = async () => (await db.query<{ n: number }>('select count(*)::int as n from outbox'))[0]?.n

  it('is named with its parts, and nobody else', async () => {
    expect(await laggards()).toEqual(['gone 2', 'fewer 1'])
    expect((await outbox.laggards(before))[0]?.since).toBe(weekAgo + 1)
  })

  it('is dropped once a person has retired it, and not before', async () => {
    expect(await outbox.prune(before)).toBe(0)
    expect(await retire(db.query, 'gone', { before, now })).toBe(2)
    expect(await laggards()).toEqual(['fewer 1'])
    expect([await outbox.prune(before), await kept()]).toEqual([100, 1100])
    expect(await retire(db.query, 'fewer', { before, now })).toBe(1)
    expect([await outbox.prune(before), await kept()]).toEqual([1100, 0])
  })

  it.each(['quick', 'nobody'])('stays for who is not far behind: %s is not retired', async (name) => {
    expect(await retire(db.query, name, { before, now })).toBe(0)
    expect(await db.query('select from outbox_cursor where retired_at is not null')).toEqual([])
  })

  it('is no laggard’s where what waits is young', async () => {
    await db.query('update outbox set at = $1', [after(before, days(1))])
    expect(await laggards()).toEqual([])
  })

  it('is waited for again once a program has it: it goes on where it stood', async () => {
    await retire(db.query, 'gone', { before, now })
    const back = createOutbox({ db, clock: systemClock, log: silentLog })
    const taken: string[] = []
    back.add({ name: 'gone', topics: ['parcel'], handle: async (_tx, { key }) => void taken.push(key) })
    await db.query('delete from outbox where seq > (select min(seq) + 2 from outbox)')
    await back.start()
    await expect.poll(() => taken).toEqual(['1', '2', '3'])
    await back.stop()
    const cursors = await db.query(
      `select part, retired_at is null as waited from outbox_cursor where name = 'gone' order by part`,
    )
    expect(cursors).toEqual([
      { part: 0, waited: true },
      { part: 1, waited: false },
    ])
  })
})
