import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runningMs, seconds } from '@holdfast/core/values/instants.ts'
import { readId } from '@holdfast/core/values/ids.ts'
import { toCanonical } from '@holdfast/wire/bytes/canonical.ts'
import { depositSeal } from '@holdfast/wire/journal/private.ts'
import { testEngines } from '../platform/postgres/db.testing.ts'
import type { Db } from '../platform/postgres/db.ts'
import { createHealth } from './health/health.ts'
import { createRecords } from './ingest/records.ts'
import { createOrders } from './orders/orders.ts'
import { erasePrivates } from './views/store.postgres.ts'
import { type Scene, openScene } from './cabinets.scene.ts'
import {
  type ScriptedCabinet,
  depositEvents,
  eventually,
  testId,
  testLayout,
  testOperator,
  testStart,
} from './cabinets.testing.ts'

const door = testId('compartment', 1000)

describe.each(await testEngines())('what falls due on $name', (engine) => {
  let db: Db
  let scene: Scene
  let cabinet: ScriptedCabinet
  const at = () => ({
    cabinet: readId('cabinet', cabinet.enrolled.cabinet) ?? testId('cabinet', 0),
    incarnation: readId('incarnation', cabinet.enrolled.incarnation) ?? testId('incarnation', 0),
  })
  beforeAll(async () => {
    db = await engine.open()
    scene = await openScene(db)
    cabinet = await scene.install(1)
    cabinet.write({ type: 'cabinetStarted', boot: 1, at: runningMs(0) })
    cabinet.write({ type: 'layoutTaken', layout: testLayout(4, 1), at: runningMs(0) })
    await cabinet.beat({ head: 9 })
    await eventually(async () => await scene.cabinets.isOnline(at().cabinet))
  })
  afterAll(async () => {
    await scene.close()
    await db.close()
  })

  it('opens a private part for its deposit alone, until it is erased', async () => {
    const [begun, ...rest] = depositEvents(1, door, { carrier: testId('carrier', 1) }).slice(2)
    if (begun === undefined) throw new Error('no event')
    const said = { phone: '+8613812345678' }
    const [key] = scene.ports.keys.sealing
    const context = depositSeal(at().cabinet, testId('deposit', 1))
    const blob = await scene.ports.seals.seal(key.publicKey, context, toCanonical(said))
    cabinet.write({ event: begun, private: { blind: scene.ports.seals.random(32), blob } }, ...rest)
    await cabinet.sendFacts()
    await eventually(() => cabinet.acks.length === 1)
    expect(await scene.cabinets.openPrivate({ ...at(), seq: 3 })).toEqual(said)
    expect(await scene.cabinets.openPrivate({ ...at(), seq: 4 })).toBeUndefined()
    await erasePrivates(db.query, testStart + 1)
    expect(await scene.cabinets.openPrivate({ ...at(), seq: 3 })).toBeUndefined()
    const lines = await scene.cabinets.story(testOperator(1), { cabinet: at().cabinet, deposit: testId('deposit', 1) })
    expect(lines.map(({ type, label }) => [type, label])).toContainEqual(['depositMade', 'A01'])
    expect(
      await scene.cabinets.story(testOperator(2), { cabinet: at().cabinet, deposit: testId('deposit', 1) }),
    ).toEqual([])
  })

  it('gives an order up that nobody answers', async () => {
    const act = { kind: 'open', compartment: door, epoch: 1 } as const
    const to = { operator: testOperator(1), cabinet: at().cabinet, staff: testId('staff', 1), reason: 'why', act }
    const asked = await scene.cabinets.order(to)
    const orders = createOrders({ ...scene.ports, directory: { staffName: async () => 'Kim' }, send: async () => true })
    const state = async () =>
      (
        await scene.cabinets.orderView(
          testOperator(1),
          (asked.ok ? readId('order', asked.value.order) : undefined) ?? testId('order', 0),
        )
      )?.state
    scene.clock.advance(seconds(70))
    await orders.findUnanswered()
    expect(await state()).toBe('asked')
    scene.clock.advance(seconds(10))
    await orders.findUnanswered()
    expect(await state()).toBe('unanswered')
  })

  it('calls a cabinet offline after 90 s of silence, once', async () => {
    const health = createHealth(scene.ports, createRecords())
    await cabinet.beat()
    const heard = async () => (await scene.cabinets.list(testOperator(1)))[0]?.lastHeardAt
    await eventually(async () => (await heard()) === scene.clock.now())
    scene.clock.advance(seconds(90))
    await health.findSilent()
    expect(await scene.cabinets.isOnline(at().cabinet)).toBe(true)
    scene.clock.advance(seconds(1))
    await health.findSilent()
    await health.findSilent()
    expect(await scene.cabinets.isOnline(at().cabinet)).toBe(false)
    const told = await db.query(`select from outbox where topic = 'cabinet-health' and payload->>'change' = 'offline'`)
    expect(told.length).toBe(1)
  })
})
