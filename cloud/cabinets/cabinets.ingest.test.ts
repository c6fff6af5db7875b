import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { CabinetId } from '@holdfast/core/values/ids.ts'
import { instant, runningMs } from '@holdfast/core/values/instants.ts'
import { openMessage } from '@holdfast/wire/cabinet/signed.ts'
import { createNodeSeals } from '@holdfast/wire/seals/node.ts'
import { testEngines } from '../platform/postgres/db.testing.ts'
import type { Db } from '../platform/postgres/db.ts'
import { type Scene, openScene } from './cabinets.scene.ts'
import { depositEvents, emptyCabinets, eventually, testId, testLayout, testOperator } from './cabinets.testing.ts'
import type { CabinetFactNews } from './facts.ts'
import { takeFacts } from './ingest/ingest.ts'
import { type FactsMessage, readFactsMessage } from './ingest/message.ts'
import { createRecords } from './ingest/records.ts'

const carrier = testId('carrier', 1)
const seals = createNodeSeals()

describe.each(await testEngines())('ingest on $name', (engine) => {
  let db: Db
  let scene: Scene
  beforeAll(async () => {
    db = await engine.open()
  })
  afterAll(async () => await db.close())
  beforeEach(async () => {
    await db.query(emptyCabinets)
    scene = await openScene(db)
  })
  afterEach(async () => {
    await scene.close()
  })

  const installed = async () => {
    const cabinet = await scene.install(1)
    const layout = testLayout(4, 1)
    cabinet.write(
      { type: 'cabinetStarted', boot: 1, at: runningMs(0) },
      { type: 'layoutTaken', layout, at: runningMs(0) },
    )
    return { cabinet, door: testId('compartment', 1000), id: testId('cabinet', 0), layout }
  }
  const count = async (table: string): Promise<number> =>
    (await db.query<{ n: number }>(`select count(*) as n from ${table}`))[0]?.n ?? -1
  const news = async (): Promise<readonly CabinetFactNews[]> =>
    (
      await db.query<{ payload: CabinetFactNews }>(
        `select payload from outbox where topic = 'cabinet-facts' order by tx, seq`,
      )
    ).map(({ payload }) => payload)
  const counted = (what: Parameters<ReturnType<Scene['cabinets']['counts']>['get']>[0]) =>
    scene.cabinets.counts().get(what)

  it('takes what comes again in one breath for the same, and only another entry for a fork (law 8)', async () => {
    const { cabinet, door } = await installed()
    for (let n = 1; n <= 12; n += 1) cabinet.write(...depositEvents(n, door, { carrier }))
    const read = (from: number, to: number) => {
      const opened = openMessage(seals, new Map([[0, cabinet.key.publicKey]]), 'facts', cabinet.message(from, to))
      const message = opened.ok ? readFactsMessage(opened.body) : undefined
      return message === undefined ? [] : [message]
    }
    const records = createRecords()
    await records.load(db.query, [cabinet.enrolled.cabinet as CabinetId])
    const take = async (...messages: readonly FactsMessage[]) =>
      await takeFacts({ db, seals, records, count: () => undefined }, messages, instant(1))
    const twice = await take(...read(1, 64), ...read(65, 122), ...read(1, 64))
    expect(twice.acks.map(({ ack }) => [ack.watermark, ack.forked])).toEqual([[122, undefined]])
    expect(await count('cabinet_fact')).toBe(122)
    cabinet.restoreTo(10)
    cabinet.write({ type: 'serviceSwitchTurned', closed: true, at: runningMs(1) })
    expect((await take(...read(1, 11))).acks.map(({ ack }) => ack.forked)).toEqual([true])
  })

  it('commits facts, projection and outbox, then acknowledges with a signed watermark', async () => {
    const { cabinet, door } = await installed()
    cabinet.write(...depositEvents(1, door, { carrier }))
    await cabinet.sendFacts()
    await eventually(() => cabinet.acks.length > 0)
    expect(cabinet.acks).toEqual([expect.objectContaining({ watermark: 12 })])
    expect(await count('cabinet_fact')).toBe(12)
    const view = await scene.cabinets.view(testOperator(1), cabinet.enrolled.cabinet as never)
    expect(view?.compartments[0]).toMatchObject({
      use: 'loaded',
      epoch: 1,
      door: 'shut',
      deposit: testId('deposit', 1),
    })
    expect(view).toMatchObject({ watermark: 12, summary: { loaded: 1 } })
  })

  it('takes what is told again before it is committed for no fork, and what differs for one', async () => {
    const { cabinet, door } = await installed()
    cabinet.write(...depositEvents(1, door, { carrier }))
    const [start, rest] = [cabinet.message(1, 4), cabinet.message(5, 12)]
    // The first message of all is taken alone; the others wait for its commit and are taken as one batch.
    const tell = async (...payloads: readonly Uint8Array[]): Promise<void> => {
      await Promise.all([cabinet.beat(), ...payloads.map(async (payload) => await cabinet.publish('facts', payload))])
      await eventually(() => cabinet.acks.length > 0)
    }
    await tell(start, rest, start, rest)
    expect(cabinet.acks.at(-1)).toMatchObject({ watermark: 12 })
    expect([counted('forks'), cabinet.acks.some(({ forked }) => forked === true)]).toEqual([0, false])
    cabinet.restoreTo(12)
    cabinet.write(...depositEvents(2, testId('compartment', 1001), { carrier }))
    const [once, more] = [cabinet.message(13, 15), cabinet.message(16, 20)]
    cabinet.restoreTo(12)
    cabinet.write(...depositEvents(3, testId('compartment', 1002), { carrier }))
    await tell(once, more, cabinet.message(13, 15))
    await eventually(() => counted('forks') === 1)
  })

  it('tells others in the order of the journal, with all that they need to know', async () => {
    const { cabinet, door } = await installed()
    cabinet.write(...depositEvents(1, door, { carrier }))
    await cabinet.sendFacts()
    await eventually(() => cabinet.acks.length > 0)
    const told = await news()
    expect(told.map(({ seq }) => seq)).toEqual([1, 3, 5, 8, 9, 11, 12])
    expect(told.find(({ event }) => event.type === 'depositMade')).toMatchObject({
      operator: testOperator(1),
      context: { deposit: testId('deposit', 1), carrier, label: 'A01', size: 'M', epoch: 1, stage: 'stored' },
    })
  })

  it('skips what it has, whole messages or parts of them', async () => {
    const { cabinet, door } = await installed()
    await cabinet.sendFacts()
    await eventually(() => cabinet.acks.length === 1)
    cabinet.write(...depositEvents(1, door, { carrier }))
    await cabinet.sendFacts()
    await eventually(() => cabinet.acks.length === 2)
    await cabinet.publish('facts', cabinet.message(1, 2))
    await eventually(() => cabinet.acks.length === 3)
    expect(cabinet.acks.map(({ watermark }) => watermark)).toEqual([2, 12, 12])
    expect(await count('cabinet_fact')).toBe(12)
    expect((await news()).length).toBe(7)
  })

  it('asks for a gap and takes nothing beyond it', async () => {
    const { cabinet, door } = await installed()
    cabinet.write(...depositEvents(1, door, { carrier }))
    await cabinet.publish('facts', cabinet.message(5, 12))
    await eventually(() => cabinet.acks.length === 1)
    expect(cabinet.acks[0]).toMatchObject({ watermark: 0, gapFrom: 1 })
    expect(await count('cabinet_fact')).toBe(0)
  })

  it('calls the same number with another hash a fork, and says so once', async () => {
    const { cabinet, door } = await installed()
    cabinet.write(...depositEvents(1, door, { carrier }))
    await cabinet.sendFacts()
    await eventually(() => cabinet.acks.length === 1)
    cabinet.restoreTo(2)
    cabinet.write({ type: 'cabinetStarted', boot: 2, at: runningMs(5) })
    await cabinet.sendFacts(3)
    await cabinet.sendFacts(3)
    await eventually(() => cabinet.acks.length >= 2)
    expect(cabinet.acks.at(-1)).toMatchObject({ watermark: 12, forked: true })
    const told = await db.query(
      `select from outbox where topic = 'cabinet-health' and payload->>'change' = 'journal-forked'`,
    )
    expect(told.length).toBe(1)
  })

  it('counts garbage, forgeries and tampering, and takes none of it', async () => {
    const { cabinet } = await installed()
    const other = await scene.install(2)
    other.write({ type: 'cabinetStarted', boot: 1, at: runningMs(0) })
    const good = cabinet.message(1, 2)
    for (let i = 0; i < 900; i += 1) {
      const bytes = i % 3 === 0 ? scene.ports.seals.random(i % 97) : Uint8Array.from(good)
      if (i % 3 !== 0) bytes[(i * 7919) % bytes.length] = (bytes[(i * 7919) % bytes.length] ?? 0) ^ (1 << (i % 8))
      await cabinet.publish(i % 3 === 2 ? 'health' : 'facts', bytes)
    }
    for (let i = 0; i < 100; i += 1) await cabinet.publish('facts', other.message(1, 1))
    await scene.ports.link.publish('hf/1/5000/nobody/up/facts', good)
    await eventually(() => (counted('forged') ?? 0) + (counted('malformed') ?? 0) + (counted('tampered') ?? 0) >= 1000)
    expect(await count('cabinet_fact')).toBe(0)
    await cabinet.sendFacts()
    await eventually(() => cabinet.acks.at(-1)?.watermark === 2)
  })

  it('goes on from what is stored when its memory is lost', async () => {
    const { cabinet, door } = await installed()
    cabinet.write(...depositEvents(1, door, { carrier }))
    await cabinet.sendFacts()
    await eventually(() => cabinet.acks.length === 1)
    await scene.cabinets.stop()
    const again = await openScene(db, scene.ports.seals)
    // The second process answers on a broker of its own: what counts is what it stored.
    cabinet.write(...depositEvents(2, testId('compartment', 1001), { carrier }))
    await again.ports.link.publish(
      `hf/1/${cabinet.enrolled.shard}/${cabinet.enrolled.cabinet}/up/facts`,
      cabinet.message(13, 22),
    )
    await eventually(async () => (await count('cabinet_fact')) === 22)
    expect(await count('cabinet_deposit')).toBe(2)
    await again.close()
  })

  it('acknowledges nothing while the database is gone, and everything after', async () => {
    const { cabinet, door } = await installed()
    cabinet.write(...depositEvents(1, door, { carrier }))
    await db.query('alter table cabinet_fact rename to cabinet_fact_away')
    await cabinet.sendFacts()
    await eventually(() => counted('tampered') === 1)
    expect(cabinet.acks).toEqual([])
    await db.query('alter table cabinet_fact_away rename to cabinet_fact')
    await cabinet.sendFacts()
    await eventually(() => cabinet.acks.length === 1)
    expect(await count('cabinet_fact')).toBe(12)
  })

  it('agrees or disagrees by digest only where both stand at the same entry', async () => {
    const { cabinet, door } = await installed()
    cabinet.write(...depositEvents(1, door, { carrier }))
    await cabinet.sendFacts()
    await eventually(() => cabinet.acks.length === 1)
    const changes = async (): Promise<readonly unknown[]> =>
      (
        await db.query<{ change: string }>(
          `select payload->>'change' as change from outbox where topic = 'cabinet-health' order by tx, seq`,
        )
      ).map(({ change }) => change)
    await cabinet.beat()
    await eventually(async () => (await changes()).length === 1)
    await cabinet.beat({ digest: 'f'.repeat(64), head: 13 })
    await cabinet.beat({ digest: 'f'.repeat(64) })
    await eventually(async () => (await changes()).length === 2)
    await cabinet.beat()
    await eventually(async () => (await changes()).length === 3)
    expect(await changes()).toEqual(['online', 'digest-differs', 'digest-agrees'])
  })
})
