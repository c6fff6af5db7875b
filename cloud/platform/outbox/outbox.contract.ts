import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { instant } from '@holdfast/core/values/instants.ts'
import { systemClock } from '../clock.ts'
import { silentLog } from '../log.ts'
import type { Db } from '../postgres/db.ts'
import type { TestEngine } from '../postgres/db.testing.ts'
import type { Consumer, Handle, OutboxEvent } from './events.ts'
import { type Outbox, createOutbox } from './outbox.ts'

/** A promise and the way to keep it. */
function gate() {
  let open: () => void = () => undefined
  const passed = new Promise<void>((resolve) => (open = resolve))
  return { open, passed }
}

/** Collects what a consumer saw; `reached(n)` waits for n events. */
export function createSink() {
  const seen: OutboxEvent[] = []
  let check: () => void = () => undefined
  return {
    seen,
    keys: () => seen.map(({ key }) => key),
    take: (event: OutboxEvent) => {
      seen.push(event)
      check()
    },
    reached: async (count: number) => {
      while (seen.length < count) await new Promise<void>((resolve) => (check = resolve))
    },
  }
}

export function outboxContract(engine: TestEngine): void {
  describe(`the outbox on ${engine.name}`, () => {
    let db: Db
    let other: Db
    const started: Outbox[] = []
    beforeAll(async () => {
      ;[db, other] = await engine.openTwo()
    })
    afterEach(async () => {
      for (const outbox of started.splice(0)) await outbox.stop()
      await db.transaction((tx) =>
        tx.script(`truncate outbox, outbox_cursor; update outbox_floor set tx = '0', seq = 0`),
      )
    })
    afterAll(async () => {
      await other.close()
      await db.close()
    })
    const open = async (on: Db, ...consumers: readonly Consumer[]): Promise<Outbox> => {
      const outbox = createOutbox({ db: on, clock: systemClock, log: silentLog })
      for (const consumer of consumers) outbox.add(consumer)
      await outbox.start()
      started.push(outbox)
      return outbox
    }
    const say = async (outbox: Outbox, key: string, topic = 'parcel'): Promise<void> =>
      await db.transaction(async (tx) => await outbox.publish(tx, { topic, key, payload: { key } }))

    /** Another test's transaction in the same cluster holds back what is newer: nobody may count on it before. */
    const settled = async (): Promise<void> => {
      const unsettled = 'select from outbox where tx >= pg_snapshot_xmin(pg_current_snapshot())'
      await expect.poll(async () => await db.query(unsettled), { timeout: 60_000 }).toEqual([])
    }

    it('hands on what was committed, in order, and nothing that was rolled back', async () => {
      const sink = createSink()
      const outbox = await open(db, { name: 'c', topics: ['parcel'], handle: async (_tx, event) => sink.take(event) })
      await say(outbox, 'a')
      const undone = db.transaction(async (tx) => {
        await outbox.publish(tx, { topic: 'parcel', key: 'never', payload: null })
        throw new Error('undone')
      })
      await expect(undone).rejects.toThrow('undone')
      await say(outbox, 'other topic', 'cabinet')
      await say(outbox, 'b')
      await sink.reached(2)
      expect(sink.seen.map(({ key, payload }) => [key, payload])).toEqual([
        ['a', { key: 'a' }],
        ['b', { key: 'b' }],
      ])
    })

    it('moves the cursor with the effect: an event that failed half way leaves nothing and comes again', async () => {
      await db.query('create table effect (key text not null)')
      const sink = createSink()
      let failing = true
      const handle: Handle = async (tx, event) => {
        await tx.query('insert into effect values ($1)', [event.key])
        if (event.key === 'bad' && failing) {
          failing = false
          throw new Error('half way')
        }
        if (event.key === 'last') sink.take(event)
      }
      const outbox = await open(db, { name: 'c', topics: ['parcel'], handle })
      await db.transaction(async (tx) => {
        for (const key of ['good', 'bad', 'last']) await outbox.publish(tx, { topic: 'parcel', key, payload: null })
      })
      await sink.reached(1)
      await outbox.stop()
      expect((await db.query<{ key: string }>('select key from effect')).map(({ key }) => key)).toEqual([
        'good',
        'bad',
        'last',
      ])
    })

    it('stands still at a poisoned event, says why, and holds nobody else up', async () => {
      const told = gate()
      const sink = createSink()
      let tries = 0
      const poisoned: Handle = async () => {
        tries += 1
        if (tries === 2) told.open()
        throw new Error('poison')
      }
      const outbox = await open(
        db,
        { name: 'bad', topics: ['parcel'], handle: poisoned },
        { name: 'good', topics: ['parcel'], handle: async (_tx, event) => sink.take(event) },
      )
      await say(outbox, 'a')
      await say(outbox, 'b')
      await sink.reached(2)
      await told.passed
      await outbox.stop()
      const [stuck, ...rest] = await outbox.stuck()
      expect([stuck?.name, stuck?.reason, rest.length]).toEqual(['bad', 'poison', 0])
      expect(stuck?.failures).toBeGreaterThanOrEqual(2)
    })

    it('hands a batch over whole, in order, and halves it until only the failing event waits', async () => {
      const sizes: number[] = []
      const sink = createSink()
      let failing = true
      const outbox = await open(db, {
        name: 'batches',
        topics: ['parcel'],
        handleAll: async (_tx, events) => {
          sizes.push(events.length)
          if (failing && events.some(({ key }) => key === 'k2')) {
            failing = events.length > 1
            throw new Error('k2 fails')
          }
          for (const event of events) sink.take(event)
        },
      })
      await db.transaction(async (tx) => {
        const events = [0, 1, 2, 3, 4].map((i) => ({ topic: 'parcel', key: `k${i}`, payload: { i } }))
        await outbox.publish(tx, [...events, { topic: 'other', key: 'x', payload: null }])
      })
      await sink.reached(5)
      expect(sink.keys()).toEqual(['k0', 'k1', 'k2', 'k3', 'k4'])
      expect(sink.seen.map(({ payload }) => payload)).toEqual([0, 1, 2, 3, 4].map((i) => ({ i })))
      expect(sizes.slice(0, 2)).toEqual([5, 3])
    })

    it('shares a consumer among processes: every event once', async () => {
      const sink = createSink()
      const consumer: Consumer = {
        name: 'shared',
        topics: ['parcel'],
        partitions: 4,
        handle: async (_tx, event) => sink.take(event),
      }
      const [first] = await Promise.all([open(db, consumer), open(other, consumer)])
      const keys = Array.from({ length: 60 }, (_, i) => `k${i % 12}`)
      for (const key of keys) await say(first, key)
      await sink.reached(60)
      for (const outbox of started) await outbox.stop()
      expect([...sink.keys()].sort()).toEqual([...keys].sort())
      for (const key of new Set(keys)) {
        const places = sink.seen
          .filter((event) => event.key === key)
          .map(({ cursor }) => BigInt(cursor.split('-')[1] ?? 0))
        expect(places).toEqual([...places].sort((a, b) => Number(a - b)))
      }
    })

    it('begins a new consumer now when asked to', async () => {
      const sink = createSink()
      const first = await open(db)
      await say(first, 'before')
      await settled()
      const second = await open(db, {
        name: 'n',
        topics: ['parcel'],
        from: 'now',
        handle: async (_tx, e) => sink.take(e),
      })
      await say(second, 'after')
      await sink.reached(1)
      expect(sink.keys()).toEqual(['after'])
    })

    it('reads a live stream on from any cursor, and says reset to one that is too old or none', async () => {
      const outbox = await open(db)
      const start = await outbox.readAfter(undefined, 10)
      expect(start.kind).toBe('reset')
      for (const key of ['a', 'b', 'c']) await say(outbox, key)
      await settled()
      const first = await outbox.readAfter(start.next, 2)
      const second = await outbox.readAfter(first.next, 2)
      const keysOf = (page: typeof first) => (page.kind === 'events' ? page.events.map(({ key }) => key) : page.kind)
      expect([keysOf(first), keysOf(second)]).toEqual([['a', 'b'], ['c']])
      expect(await outbox.readAfter(second.next, 2)).toEqual({ kind: 'events', events: [], next: second.next })
      expect((await outbox.readAfter('not a cursor', 2)).kind).toBe('reset')
      expect(await outbox.prune(instant(systemClock.now() + 60_000))).toBe(3)
      expect((await outbox.readAfter(start.next, 2)).kind).toBe('reset')
      expect((await outbox.readAfter(second.next, 2)).kind).toBe('events')
    })

    it('counts transactions as numbers: 10 comes after 9', async () => {
      const sink = createSink()
      const insert = `insert into outbox (tx, topic, key, payload) values ('9', 'parcel', '9', '0'), ('10', 'parcel', '10', '0')`
      await db.query(insert)
      const outbox = await open(db, { name: 'c', topics: ['parcel'], handle: async (_tx, event) => sink.take(event) })
      await sink.reached(2)
      expect(sink.keys()).toEqual(['9', '10'])
      const page = await outbox.readAfter('1-0', 10)
      expect(page.kind === 'events' ? page.events.map(({ key }) => key) : page.kind).toEqual(['9', '10'])
    })

    it('prunes nothing that a consumer has not passed', async () => {
      const outbox = await open(db)
      await db.query(`insert into outbox_cursor (name, part, tx, seq) values ('slow', 0, '0', 0)`)
      await say(outbox, 'a')
      expect(await outbox.prune(instant(systemClock.now() + 60_000))).toBe(0)
    })

    // One session has no late commits.
    if (engine.name !== 'PostgreSQL') return

    it('never skips a commit that comes late', async () => {
      const sink = createSink()
      const outbox = await open(db, { name: 'c', topics: ['parcel'], handle: async (_tx, event) => sink.take(event) })
      const start = await outbox.readAfter(undefined, 1)
      const [wrote, mayCommit] = [gate(), gate()]
      const late = other.transaction(async (tx) => {
        await outbox.publish(tx, { topic: 'parcel', key: 'late', payload: null })
        // Published goes along with what is asked next.
        await tx.query('select 1')
        wrote.open()
        await mayCommit.passed
      })
      await wrote.passed
      await say(outbox, 'early')
      // Committed, and yet behind the running transaction: neither reader may see it before the late one.
      expect(await outbox.readAfter(start.next, 10)).toMatchObject({ kind: 'events', events: [] })
      expect(sink.keys()).toEqual([])
      mayCommit.open()
      await late
      await sink.reached(2)
      expect(sink.keys()).toEqual(['late', 'early'])
    })

    it('is not held up by whoever takes a batch and has written nothing yet', { timeout: 20_000 }, async () => {
      const sink = createSink()
      const [reads, mayWrite] = [gate(), gate()]
      const reading: Handle = async (tx) => {
        await tx.query('select 1')
        reads.open()
        await mayWrite.passed
      }
      const slow: Consumer = { name: 'slow', topics: ['cabinet'], handle: reading }
      const outbox = await open(db, slow, {
        name: 'quick',
        topics: ['parcel'],
        handle: async (_tx, event) => sink.take(event),
      })
      await say(outbox, 'first', 'cabinet')
      await reads.passed
      await say(outbox, 'second')
      await sink.reached(1)
      mayWrite.open()
      expect(sink.keys()).toEqual(['second'])
    })

    it('loses none of many interleaved writers', async () => {
      const sink = createSink()
      const outbox = await open(db, { name: 'c', topics: ['parcel'], handle: async (_tx, event) => sink.take(event) })
      const write = async (i: number): Promise<void> => {
        await (i % 2 === 0 ? db : other).transaction(async (tx) => {
          await outbox.publish(tx, { topic: 'parcel', key: `k${i}`, payload: null })
          // Work after the event, of a different length each time.
          await tx.query('select pg_sleep($1)', [((i * 7) % 13) / 1_000])
        })
      }
      await Promise.all(Array.from({ length: 120 }, (_, i) => write(i)))
      await sink.reached(120)
      await outbox.stop()
      expect(new Set(sink.keys()).size).toBe(120)
      expect(sink.seen).toHaveLength(120)
    })
  })
}
