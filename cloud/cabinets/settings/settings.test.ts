import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, it } from 'vitest'
import { type Id, readId } from '@holdfast/core/values/ids.ts'
import { runningMs, seconds } from '@holdfast/core/values/instants.ts'
import { testEngines } from '../../platform/postgres/db.testing.ts'
import type { Db } from '../../platform/postgres/db.ts'
import { type Scene, openScene } from '../cabinets.scene.ts'
import {
  type ScriptedCabinet,
  depositEvents,
  eventually,
  testId,
  testLayout,
  testOperator,
} from '../cabinets.testing.ts'
import { createSettings } from './settings.ts'

const door = testId('compartment', 1000)
const absent = { kiosk: 'absent' } as const
const untouchable = { touch: 'absent' } as const

describe.each(await testEngines())('a dead screen on $name', (engine) => {
  let db: Db
  let scene: Scene
  let cabinet: ScriptedCabinet
  let at: Id<'cabinet'>
  beforeAll(async () => {
    db = await engine.open()
  })
  afterAll(async () => await db.close())
  beforeEach(async () => {
    await db.query(
      `truncate cabinet, site, placement, cabinet_claim, cabinet_journal, cabinet_fact, cabinet_private, cabinet_snapshot,
       cabinet_compartment, cabinet_deposit, cabinet_health, cabinet_order, cabinet_desired, cabinet_card, cabinet_setting,
       outbox`,
    )
    scene = await openScene(db)
    cabinet = await scene.install(1)
    at = readId('cabinet', cabinet.enrolled.cabinet) ?? testId('cabinet', 0)
    cabinet.write({ type: 'cabinetStarted', boot: 1, at: runningMs(0) })
    cabinet.write({ type: 'layoutTaken', layout: testLayout(4, 1), at: runningMs(0) })
    await cabinet.sendFacts()
  })
  afterEach(async () => await scene.close())

  const isDead = async (): Promise<boolean | undefined> => (await scene.cabinets.places([at])).get(at)?.screenDead
  /** A heartbeat, and the cloud has taken it in. */
  const beat = async (changes: object = {}): Promise<void> => {
    scene.clock.advance(seconds(30))
    await cabinet.beat(changes)
    const now = scene.clock.now()
    await eventually(async () => {
      const [row] = await db.query<{ heard_at: number | null }>('select heard_at from cabinet_health')
      return row?.heard_at === now
    })
  }
  const changes = async (): Promise<readonly string[]> =>
    (
      await db.query<{ change: string }>(
        `select payload->>'change' as change from outbox where topic = 'cabinet-health' order by tx, seq`,
      )
    ).map(({ change }) => change)
  const settings = () =>
    createSettings({
      ...scene.ports,
      settingsChanged: async (tx, id) => {
        await tx.query('update cabinet_desired set version = version + 1 where cabinet = $1', [
          (await tx.query<{ cabinet: string }>('select cabinet from cabinet'))[0]?.cabinet ?? id,
        ])
      },
    })

  it.each([
    ['the page is gone or hangs', absent],
    ['there is nothing to touch it with', untouchable],
  ])('is believed at the second heartbeat, and over at once: %s', async (_, trouble) => {
    await beat()
    expect(await isDead()).toBe(false)
    await beat(trouble)
    expect(await isDead()).toBe(false)
    await beat(trouble)
    expect(await isDead()).toBe(true)
    expect((await scene.cabinets.view(testOperator(1), at))?.summary.screenDead).toBe(true)
    await beat()
    expect(await isDead()).toBe(false)
    expect((await scene.cabinets.view(testOperator(1), at))?.summary).not.toHaveProperty('screenDead')
    expect(await changes()).toEqual(expect.arrayContaining(['kiosk-absent', 'kiosk-ok']))
  })

  it('is not told of a cabinet that never had a screen, nor twice of one trouble after the other', async () => {
    await beat(absent)
    await beat(absent)
    expect(await isDead()).toBe(false)
    await beat()
    await beat(untouchable)
    await beat(absent)
    await beat(untouchable)
    expect((await changes()).filter((change) => change === 'kiosk-absent')).toHaveLength(1)
    expect(await isDead()).toBe(true)
  })

  it('tells of a scanner that does not answer, and calls no screen dead for it', async () => {
    await beat()
    const isScannerDead = async () => (await scene.cabinets.places([at])).get(at)?.scannerDead
    await beat({ scanner: 'absent' })
    await beat({ scanner: 'absent' })
    expect(await isScannerDead()).toBe(true)
    await beat({ scanner: 'none' })
    expect(await isScannerDead()).toBe(false)
    await beat()
    const told = (await changes()).filter((change) => change.startsWith('scanner'))
    expect(told).toEqual(['scanner-absent', 'scanner-ok'])
    expect(await isDead()).toBe(false)
  })

  it('takes the word of somebody who stood there, of this operator only, and tells the cabinet', async () => {
    await beat()
    const own = { operator: testOperator(1), cabinet: at }
    const others = { operator: testOperator(2), cabinet: at }
    expect(await settings().read(own)).toEqual({ screenOut: false, night: null })
    expect(await settings().read(others)).toBeUndefined()
    expect(await settings().change(others, { screenOut: true })).toEqual({ ok: false, refusal: 'cabinet-unknown' })
    expect(await isDead()).toBe(false)
    expect(await settings().change(own, { screenOut: true })).toEqual({
      ok: true,
      value: { screenOut: true, night: null },
    })
    expect(await isDead()).toBe(true)
    expect(await settings().change(own, {})).toEqual({ ok: true, value: { screenOut: true, night: null } })
    await cabinet.send('asks', { kind: 'desired', ask: testId('event', 1), have: 0 })
    await eventually(() => cabinet.desired.some(({ settings: said }) => said?.screenOut === true))
    await settings().change(own, { screenOut: false })
    expect(await isDead()).toBe(false)
  })

  it('keeps the hours of quiet, and tells them with the zone that they are meant in', async () => {
    await beat()
    const own = { operator: testOperator(1), cabinet: at }
    const night = { fromMinute: 22 * 60, untilMinute: 6 * 60, volumePercent: 30 }
    expect(await settings().change(own, { night })).toEqual({ ok: true, value: { screenOut: false, night } })
    expect(await settings().change(own, { screenOut: true })).toMatchObject({ value: { screenOut: true, night } })
    await cabinet.send('asks', { kind: 'desired', ask: testId('event', 1), have: 0 })
    await eventually(() => cabinet.desired.some(({ settings: said }) => said?.night?.volumePercent === 30))
    expect(cabinet.desired.at(-1)?.settings).toMatchObject({ zone: 'Asia/Shanghai', night })
    expect(await settings().change(own, { night: null })).toMatchObject({ value: { night: null } })
    expect(await settings().read(own)).toEqual({ screenOut: true, night: null })
  })

  it('asks the cabinet for a nonce and orders the pickup over it; only its person follows it', async () => {
    cabinet.write(...depositEvents(1, door, { carrier: testId('carrier', 1) }))
    await cabinet.sendFacts(3)
    await beat()
    await eventually(() => cabinet.acks.length > 1)
    const wish = { cabinet: at, deposit: testId('deposit', 1), compartment: door, epoch: 1 }
    const person = testId('person', 7)
    const asked = await scene.cabinets.pickUp({ ...wish, person })
    const order = asked.ok ? asked.value : testId('order', 0)
    await eventually(() => cabinet.orders.length === 1)
    await cabinet.answer({ order: cabinet.orders[0]?.order ?? '', outcome: 'done', nonce: 'ab'.repeat(16) })
    await eventually(() => cabinet.orders.length === 2)
    const { cabinet: _, ...named } = wish
    expect(cabinet.orders[1]).toMatchObject({ kind: 'pickup', ...named, nonce: 'ab'.repeat(16) })
    expect(JSON.stringify(cabinet.orders)).not.toContain(person)
    await cabinet.answer({ order, outcome: 'refused', reason: 'order-screen-works' })
    const view = async (who = person) => await scene.cabinets.pickupView({ cabinet: at, order, person: who })
    await eventually(async () => (await view())?.state === 'refused')
    expect(await view()).toMatchObject({ refusal: 'order-screen-works', door: 'shut' })
    expect(await view(testId('person', 8))).toBeUndefined()
    const gone = { ...wish, person, deposit: testId('deposit', 9) }
    expect(await scene.cabinets.pickUp(gone)).toEqual({ ok: false, refusal: 'deposit-not-here' })
  })
})
