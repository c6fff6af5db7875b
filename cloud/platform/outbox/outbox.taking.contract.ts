import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { hours } from '@holdfast/core/values/instants.ts'
import { type Clock, systemClock } from '../clock.ts'
import { silentLog } from '../log.ts'
import type { Db } from '../postgres/db.ts'
import type { TestEngine } from '../postgres/db.testing.ts'
import type { Consumer, Handle, NewEvent } from './events.ts'
import { createOutbox, type Outbox, restMs } from './outbox.ts'
import { createSink } from './outbox.contract.ts'

/** What a consumer leaves when it is slow to fail, and what is counted of it. */
export function outboxTakingContract(engine: TestEngine): void {
  describe(`taking from the outbox on ${engine.name}`, () => {
    let db: Db
    const started: Outbox[] = []
    beforeAll(async () => {
      db = await engine.open()
    })
    afterEach(async () => {
      for (const outbox of started.splice(0)) await outbox.stop()
      await db.transaction((tx) => tx.script('truncate outbox, outbox_cursor'))
    })
    afterAll(async () => await db.close())
    const open = async (on: Db, ...consumers: readonly Consumer[]): Promise<Outbox> => {
      const outbox = createOutbox({ db: on, clock: systemClock, log: silentLog })
      for (const consumer of consumers) outbox.add(consumer)
      await outbox.start()
      started.push(outbox)
      return outbox
    }
    const say = async (outbox: Outbox, key: string, topic = 'parcel'): Promise<void> =>
      await db.transaction(async (tx) => await outbox.publish(tx, { topic, key, payload: { key } }))

    it.each([
      ['the first', 0, []],
      ['one in the middle', 3, ['k0', 'k1', 'k2']],
      ['the last', 6, ['k0', 'k1', 'k2', 'k3', 'k4', 'k5']],
    ] as const)(
      'finds whose written statement failed, though only the commit tells: %s',
      async (_which, bad, before) => {
        await db.transaction((tx) =>
          tx.script('create table if not exists heard (key text primary key); truncate heard'),
        )
        const outbox = await open(db, {
          name: 'writers',
          topics: ['parcel'],
          handle: async (tx, { key }) => {
            tx.write('insert into heard values ($1)', [key === `k${bad}` ? null : key])
          },
        })
        await db.transaction(async (tx) => {
          const events = [0, 1, 2, 3, 4, 5, 6].map((i) => ({ topic: 'parcel', key: `k${i}`, payload: null }))
          await outbox.publish(tx, events)
        })
        while ((await outbox.stuck()).length === 0) await db.query('select pg_sleep(0.01)')
        const heard = await db.query<{ key: string }>('select key from heard order by key')
        expect(heard.map(({ key }) => key)).toEqual(before)
        expect(await outbox.stuck()).toMatchObject([{ name: 'writers', reason: 'db-not-null-violation' }])
      },
    )

    it('hands on of a topic the kinds that are waited for, in order, with what has no kind', async () => {
      const [some, all] = [createSink(), createSink()]
      const outbox = await open(
        db,
        {
          name: 'some',
          topics: ['parcel', 'cabinet'],
          kinds: { parcel: ['made', 'ended'] },
          handle: async (_tx, event) => some.take(event),
        },
        { name: 'all', topics: ['parcel', 'cabinet'], handle: async (_tx, event) => all.take(event) },
      )
      const told: readonly NewEvent[] = [
        { topic: 'parcel', kind: 'made', key: 'a', payload: null },
        { topic: 'parcel', kind: 'begun', key: 'b', payload: null },
        { topic: 'parcel', key: 'c', payload: null },
        { topic: 'cabinet', kind: 'begun', key: 'd', payload: null },
        { topic: 'other', kind: 'made', key: 'e', payload: null },
        { topic: 'parcel', kind: 'ended', key: 'f', payload: null },
      ]
      await db.transaction(async (tx) => await outbox.publish(tx, told))
      await some.reached(4)
      await all.reached(5)
      expect(some.keys()).toEqual(['a', 'c', 'd', 'f'])
      expect(all.keys()).toEqual(['a', 'b', 'c', 'd', 'f'])
    })

    it('has passed what a lane does not wait for once it takes what comes after', async () => {
      const sink = createSink()
      const kinds = { parcel: ['made'] }
      const handle: Handle = async (_tx, event) => sink.take(event)
      const outbox = await open(db, { name: 'one', topics: ['parcel'], kinds, handle })
      const tell = async (kind: string): Promise<void> =>
        await db.transaction(
          async (tx) => await outbox.publish(tx, { topic: 'parcel', kind, key: kind, payload: null }),
        )
      for (const kind of ['begun', 'begun', 'made']) await tell(kind)
      await sink.reached(1)
      await outbox.stop()
      const left = `select o.kind from outbox o join outbox_cursor c on (o.tx, o.seq) > (c.tx, c.seq)`
      expect(await db.query(left)).toEqual([])
    })

    describe('with patience', () => {
      /** Time stands still for what may wait; a poll's short pauses go by. */
      const openPatient = async () => {
        const held: (() => void)[] = []
        const clock: Clock = {
          ...systemClock,
          timer: (delay, ring) => {
            if (delay !== hours(1)) return systemClock.timer(delay, ring)
            held.push(ring)
            return () => void held.splice(held.indexOf(ring), 1)
          },
        }
        const [sink, batches] = [createSink(), new Array<number>()]
        const outbox = createOutbox({ db, clock, log: silentLog })
        outbox.add({
          name: 'patient',
          topics: ['parcel', 'wish'],
          patience: { parcel: hours(1) },
          handleAll: async (_tx, events) => {
            batches.push(events.length)
            events.forEach(sink.take)
          },
        })
        await outbox.start()
        started.push(outbox)
        const looked = async (): Promise<void> => await expect.poll(() => held.length, { timeout: 60_000 }).toBe(1)
        return { outbox, sink, batches, looked, ring: () => held.forEach((each) => each()) }
      }

      it('takes in one batch what came while it waited', async () => {
        const { outbox, sink, batches, looked, ring } = await openPatient()
        await db.transaction(async (tx) => {
          for (const key of ['a', 'b', 'c']) await outbox.publish(tx, { topic: 'parcel', key, payload: null })
        })
        await looked()
        expect(sink.keys()).toEqual([])
        ring()
        await sink.reached(3)
        expect([sink.keys(), batches]).toEqual([['a', 'b', 'c'], [3]])
      })

      it('takes at once, and after what came before it, what may not wait', async () => {
        const { outbox, sink, looked } = await openPatient()
        await say(outbox, 'a')
        await looked()
        await say(outbox, 'w', 'wish')
        await sink.reached(2)
        expect(sink.keys()).toEqual(['a', 'w'])
      })

      it('loses nothing of what waited when its process ends: the next one takes it', async () => {
        const before = await openPatient()
        await say(before.outbox, 'a')
        await before.looked()
        await before.outbox.stop()
        const { sink, looked, ring } = await openPatient()
        await looked()
        ring()
        await sink.reached(1)
        expect([before.sink.keys(), sink.keys()]).toEqual([[], ['a']])
      })
    })

    it('looks for what is committed right behind a look once it has rested', async () => {
      const resting: (() => void)[] = []
      const clock: Clock = {
        ...systemClock,
        timer: (delay, ring) =>
          delay === restMs ? (resting.push(ring), () => undefined) : systemClock.timer(delay, ring),
      }
      const sink = createSink()
      const outbox = createOutbox({ db, clock, log: silentLog })
      outbox.add({ name: 'gathering', topics: ['parcel'], handle: async (_tx, event) => sink.take(event) })
      await outbox.start()
      started.push(outbox)
      await expect.poll(() => resting.length).toBeGreaterThan(0)
      for (const key of ['a', 'b', 'c', 'd', 'e']) await say(outbox, key)
      expect(sink.keys()).toEqual([])
      // From now on every rest is over at once.
      const over = setInterval(() => resting.splice(0).forEach((ring) => ring()), 1)
      await sink.reached(5)
      clearInterval(over)
      expect(sink.keys()).toEqual(['a', 'b', 'c', 'd', 'e'])
    })

    it('looks for what other processes commit, ever less while nothing comes', async () => {
      const pauses: number[] = []
      const clock: Clock = {
        ...systemClock,
        timer: (delay, ring) => {
          if (delay > restMs && delay < 1_000) pauses.push(delay)
          return systemClock.timer(delay, ring)
        },
      }
      const outbox = createOutbox({ db, clock, log: silentLog })
      await outbox.start()
      started.push(outbox)
      await expect.poll(() => pauses.length).toBeGreaterThan(7)
      expect(pauses.slice(0, 7)).toEqual([2, 4, 8, 16, 32, 64, 64])
    })

    it('tallies what a consumer has taken, and what it did not take at once only when it did', async () => {
      const sink = createSink()
      let failures = 1
      const handle: Handle = async (_tx, event) => {
        if (failures > 0) {
          failures -= 1
          throw new Error('not yet')
        }
        sink.take(event)
      }
      const outbox = await open(db, { name: 'counted', topics: ['parcel'], handle })
      expect(outbox.tally('counted')).toEqual({ batches: 0, events: 0, tookMs: 0 })
      await say(outbox, 'a')
      await sink.reached(1)
      await say(outbox, 'b')
      await say(outbox, 'of no concern', 'cabinet')
      await sink.reached(2)
      await outbox.stop()
      const { batches, events, tookMs } = outbox.tally('counted')
      expect([batches, events]).toEqual([2, 2])
      expect(tookMs).toBeGreaterThanOrEqual(0)
      expect(outbox.tally('unheard of')).toMatchObject({ batches: 0, events: 0 })
    })
  })
}
