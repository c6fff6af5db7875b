import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { testEngines } from '../postgres/db.testing.ts'
import type { Db } from '../postgres/db.ts'
import { type Place, parseCursor, placeBefore, readAfter, readHead, toEvent, writeCursor } from './read.ts'

const place = fc.record({
  tx: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String),
  seq: fc.integer({ min: 0, max: 999_999_999_999_999 }),
})

describe('a place in the outbox', () => {
  it('is written and read without loss', () => {
    fc.assert(
      fc.property(place, (at) => {
        expect(parseCursor(writeCursor(at))).toEqual(at)
      }),
      { seed: 1, numRuns: 200 },
    )
  })

  it.each([
    ['5-1', true],
    ['0-0', true],
    [`${2n ** 64n - 1n}-1`, true],
    [`${2n ** 64n}-1`, false],
    ['5', false],
    ['5-', false],
    ['-1', false],
    ['5-1-1', false],
    ['-5-1', false],
    ['5--1', false],
    [' 5-1', false],
    ['5-1\n', false],
    ['5-1.0', false],
    ['0x5-1', false],
    ['5-12345678901234567', false],
    ["5-1'; drop table outbox", false],
    ['', false],
  ])('is read from “%s”: %s', (text, taken) => {
    expect(parseCursor(text) !== undefined).toBe(taken)
  })

  it('stands in one order: by transaction as a number, then by row', () => {
    const ordered: readonly Place[] = [
      { tx: '9', seq: 1 },
      { tx: '9', seq: 2 },
      { tx: '10', seq: 1 },
      { tx: '18446744073709551615', seq: 0 },
    ]
    for (const [i, a] of ordered.entries())
      for (const [j, b] of ordered.entries()) expect(placeBefore(a, b)).toBe(i < j)
    fc.assert(
      fc.property(place, place, (a, b) => {
        const same = a.tx === b.tx && a.seq === b.seq
        expect([placeBefore(a, b), placeBefore(b, a), same].filter(Boolean)).toHaveLength(1)
      }),
      { seed: 2, numRuns: 200 },
    )
  })
})

describe.each(await testEngines())('reading on from a place on $name', (engine) => {
  let db: Db
  beforeAll(async () => {
    db = await engine.open()
  })
  beforeEach(async () => {
    await db.query('truncate outbox')
    await db.query(`update outbox_floor set tx = '0', seq = 0`)
  })
  afterAll(async () => await db.close())

  const write = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys)
      await db.query(`insert into outbox (topic, key, payload) values ('t', $1, '{}'::jsonb)`, [key])
    await settled(db)
  }
  /** Others who use the same PostgreSQL hold its horizon back while a transaction of theirs is open. */
  const settled = async (on: Db): Promise<void> => {
    await expect
      .poll(async () => await on.query('select from outbox where tx >= pg_snapshot_xmin(pg_current_snapshot())'), {
        timeout: 15_000,
        interval: 4,
      })
      .toEqual([])
  }
  const keysFrom = async (cursor: string, limit: number) => {
    const page = await readAfter(db.query, cursor, limit)
    if (page.kind !== 'events') throw new Error('it was reset')
    return { keys: page.events.map(({ key }) => key), next: page.next }
  }

  it('gives each event once and in order, for every size of page', async () => {
    const start = await readHead(db.query)
    const keys = Array.from({ length: 7 }, (_, i) => `k${i}`)
    await write(...keys)
    for (const limit of [1, 2, 3, 6, 7, 8, 100]) {
      let cursor = start
      const seen: string[] = []
      for (let turn = 0; turn < 8; turn += 1) {
        const page = await keysFrom(cursor, limit)
        expect(page.keys.length).toBeLessThanOrEqual(limit)
        seen.push(...page.keys)
        cursor = page.next
      }
      expect(seen).toEqual(keys)
    }
  })

  it('gives the rows of one transaction in the order in which they were written', async () => {
    const start = await readHead(db.query)
    await db.query(
      `insert into outbox (topic, key, payload) select 't', 'k' || n, '{}'::jsonb from generate_series(1, 12) n`,
    )
    await settled(db)
    expect((await keysFrom(start, 5)).keys).toEqual(['k1', 'k2', 'k3', 'k4', 'k5'])
    const { next } = await keysFrom(start, 5)
    expect((await keysFrom(next, 100)).keys).toEqual(['k6', 'k7', 'k8', 'k9', 'k10', 'k11', 'k12'])
  })

  it('stays where it is while nothing new comes', async () => {
    await write('a')
    const head = await readHead(db.query)
    expect(await keysFrom(head, 5)).toEqual({ keys: [], next: head })
  })

  it.each([
    ['missing', undefined],
    ['not a cursor', 'yesterday'],
    ['no transaction there is', `${2n ** 64n}-0`],
  ] as const)('starts anew at the end where the cursor is %s', async (_, cursor) => {
    await write('a')
    const page = await readAfter(db.query, cursor, 5)
    expect(page.kind).toBe('reset')
    await write('b')
    expect((await keysFrom(page.next, 5)).keys).toEqual(['b'])
  })

  it('says so where what was missed is pruned: one place before the floor, at it, and after it', async () => {
    await write('a', 'b', 'c')
    const rows = await db.query<{ tx: string; seq: number }>('select tx::text, seq from outbox order by outbox.tx, seq')
    const [first, second, third] = rows.map(writeCursor)
    await db.query(`update outbox_floor set tx = $1::xid8, seq = $2`, [rows[1]?.tx, rows[1]?.seq])
    expect((await readAfter(db.query, first, 5)).kind).toBe('reset')
    expect((await readAfter(db.query, second, 5)).kind).toBe('events')
    expect((await readAfter(db.query, third, 5)).kind).toBe('events')
  })

  it.runIf(engine.name === 'PostgreSQL')('does not look past a transaction that is still open', async () => {
    const [one, two] = await engine.openTwo()
    const gate = (): { readonly passed: Promise<void>; readonly open: () => void } => {
      let open = (): void => undefined
      const passed = new Promise<void>((resolve) => (open = resolve))
      return { passed, open: () => open() }
    }
    const [begun, ended] = [gate(), gate()]
    const start = await readHead(two.query)
    const slow = one.transaction(async (tx) => {
      await tx.query(`insert into outbox (topic, key, payload) values ('t', 'early', '{}'::jsonb)`)
      begun.open()
      await ended.passed
    })
    await begun.passed
    await two.query(`insert into outbox (topic, key, payload) values ('t', 'late', '{}'::jsonb)`)
    const whileOpen = await readAfter(two.query, start, 5)
    ended.open()
    await slow
    await settled(two)
    const then = await readAfter(two.query, start, 5)
    await two.close()
    await one.close()
    expect(whileOpen).toEqual({ kind: 'events', events: [], next: start })
    expect(then.kind === 'events' ? then.events.map(({ key }) => key) : then).toEqual(['early', 'late'])
  })

  it('shows an event by its cursor', () => {
    expect(toEvent({ tx: '7', seq: 3, topic: 't', key: 'k', payload: { a: 1 }, at: 9 })).toEqual({
      cursor: '7-3',
      topic: 't',
      key: 'k',
      payload: { a: 1 },
      at: 9,
    })
  })
})
