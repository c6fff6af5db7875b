import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Id, readId } from '@holdfast/core/values/ids.ts'
import { runningMs } from '@holdfast/core/values/instants.ts'
import { openScratchPglite } from '../platform/postgres/pglite.testing.ts'
import type { Db } from '../platform/postgres/db.ts'
import { type Scene, openScene } from './cabinets.scene.ts'
import { type ScriptedCabinet, eventually, testId, testLayout } from './cabinets.testing.ts'

const carrier = testId('carrier', 1)
const door = testId('compartment', 1000)
const idOf = (cabinet: ScriptedCabinet): Id<'cabinet'> =>
  readId('cabinet', cabinet.enrolled.cabinet) ?? testId('cabinet', 0)

describe('doors for couriers on the way', () => {
  let db: Db
  let scene: Scene
  let cabinet: ScriptedCabinet
  beforeAll(async () => {
    db = await openScratchPglite()
    scene = await openScene(db)
    cabinet = await scene.install(1)
    cabinet.write({ type: 'cabinetStarted', boot: 1, at: runningMs(0) })
    cabinet.write({ type: 'layoutTaken', layout: testLayout(4, 1), at: runningMs(0) })
    await cabinet.sendFacts()
    await cabinet.beat()
    await eventually(async () => await scene.cabinets.isOnline(idOf(cabinet)))
  })
  afterEach(async () => await scene.close())
  afterAll(async () => await db.close())

  it('asks a cabinet for a door, gives it back, and counts what is free by size', async () => {
    const [person, size] = [testId('person', 7), 'M'] as const
    const held = await scene.cabinets.hold({ cabinet: idOf(cabinet), person, carrier, size })
    if (!held.ok) throw new Error(held.refusal)
    await eventually(() => cabinet.orders.length === 1)
    await cabinet.answer({ order: cabinet.orders[0]?.order ?? '', outcome: 'done', nonce: 'ab'.repeat(16) })
    await eventually(() => cabinet.orders.length === 2)
    expect(cabinet.orders[1]).toMatchObject({ kind: 'hold', order: held.value, person, carrier, size })
    expect((await scene.cabinets.giveBack({ cabinet: idOf(cabinet), hold: held.value })).ok).toBe(true)
    expect(await scene.cabinets.hold({ cabinet: testId('cabinet', 99), person, carrier, size })).toEqual({
      ok: false,
      refusal: 'cabinet-unknown',
    })
    expect(await scene.cabinets.freeDoors()).toMatchObject([
      { cabinet: idOf(cabinet), online: true, doors: 4, free: {} },
    ])
    const named = async (...of: readonly Id<'cabinet'>[]) =>
      (await scene.cabinets.freeDoors(of)).map(({ cabinet: each }) => each)
    expect(await named(testId('cabinet', 99), idOf(cabinet))).toEqual([idOf(cabinet)])
    expect([await named(), await named(testId('cabinet', 99))]).toEqual([[], []])
    cabinet.write({ type: 'doorFound', door, sight: 'shut', at: runningMs(1) })
    await cabinet.sendFacts(3)
    const free = async () => (await scene.cabinets.freeDoors())[0]?.free
    await eventually(async () => Object.values((await free()) ?? {}).reduce((sum, each) => sum + each, 0) === 1)
  })
})
