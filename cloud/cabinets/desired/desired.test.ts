import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type CabinetId, readId } from '@holdfast/core/values/ids.ts'
import { runningMs } from '@holdfast/core/values/instants.ts'
import type { Desired } from '@holdfast/wire/cabinet/desired.ts'
import type { Db } from '../../platform/postgres/db.ts'
import { openScratchPglite } from '../../platform/postgres/pglite.testing.ts'
import { openScene, type Scene } from '../cabinets.scene.ts'
import { emptyCabinets, eventually, type ScriptedCabinet, testId, testLayout } from '../cabinets.testing.ts'

const digest = (n: number): string => n.toString(16).padStart(64, '0')
const digests = (from: number, count: number) => Array.from({ length: count }, (_, i) => digest(from + i))

describe('standing consents on the way to a cabinet', () => {
  let db: Db
  let scene: Scene
  let cabinet: ScriptedCabinet
  beforeAll(async () => {
    db = await openScratchPglite()
  })
  afterAll(async () => await db.close())
  beforeEach(async () => {
    await db.query(emptyCabinets)
    scene = await openScene(db)
    cabinet = await scene.install(1)
    cabinet.write({ type: 'layoutTaken', layout: testLayout(4, 1), at: runningMs(0) })
    await cabinet.sendFacts()
  })
  afterEach(async () => await scene.close())

  const idOf = ({ enrolled }: ScriptedCabinet): CabinetId => readId('cabinet', enrolled.cabinet) ?? testId('cabinet', 0)
  const change = async (put: readonly string[], drop: readonly string[], at = idOf(cabinet)): Promise<void> =>
    await db.transaction(async (tx) => await scene.cabinets.setStanding(tx, at, { put, drop }))
  const whole = async (): Promise<Desired | undefined> => {
    const before = cabinet.desired.length
    await cabinet.send('asks', { kind: 'desired', ask: testId('event', before + 1), have: 0 })
    await eventually(() => cabinet.desired.slice(before).some(({ base }) => base === 0))
    return cabinet.desired.slice(before).find(({ base }) => base === 0)
  }

  it('go in steps of a size that the wire takes, each a version of its own', async () => {
    await change(digests(0, 300), [])
    await change([], digests(10, 290))
    expect(await whole()).toMatchObject({ version: 5, standing: digests(0, 10) })
  })

  it('that change nothing raise no version', async () => {
    await change([], [])
    expect(await whole()).toMatchObject({ version: 1, standing: [] })
  })

  it('put twice stand there once, and one that is put and dropped is there', async () => {
    await change([digest(1)], [])
    await change([digest(1), digest(2)], [digest(2), digest(3)])
    expect((await whole())?.standing).toEqual([digest(1), digest(2)])
  })

  it('of one cabinet are told to no other (law 11)', async () => {
    const other = await scene.install(2)
    await change([digest(1)], [], idOf(other))
    await change([digest(2)], [])
    expect((await whole())?.standing).toEqual([digest(2)])
  })

  it('of a cabinet that is not known are nobody’s', async () => {
    await change([digest(1)], [], testId('cabinet', 99))
    expect((await whole())?.standing).toEqual([])
  })

  it('are undone with the transaction that told them', async () => {
    const undone = db.transaction(async (tx) => {
      await scene.cabinets.setStanding(tx, idOf(cabinet), { put: [digest(1)], drop: [] })
      throw new Error('undone')
    })
    await expect(undone).rejects.toThrow('undone')
    expect(await whole()).toMatchObject({ version: 1, standing: [] })
  })

  it('are told right behind their commit, in the order of their versions, and by nobody who was undone', async () => {
    await change(digests(0, 300), [])
    const undone = db.transaction(async (tx) => {
      await scene.cabinets.setStanding(tx, idOf(cabinet), { put: [digest(999)], drop: [] })
      throw new Error('undone')
    })
    await expect(undone).rejects.toThrow('undone')
    await db.transaction(async (tx) => {
      await scene.cabinets.setStanding(tx, idOf(cabinet), { put: [], drop: [digest(0)] })
      await scene.cabinets.setRecalls(tx, idOf(cabinet), [testId('deposit', 1)])
      expect(cabinet.desired).toHaveLength(2)
    })
    expect(cabinet.desired.map(({ base, version }) => [base, version])).toEqual([
      [1, 2],
      [2, 3],
      [3, 4],
      [4, 5],
    ])
    expect(cabinet.desired.at(-1)).toMatchObject({ recalls: [testId('deposit', 1)] })
    expect(cabinet.desired.flatMap(({ putStanding = [] }) => putStanding)).toEqual(digests(0, 300))
  })

  it('that were lost between the commit and the broker are told whole at the next heartbeat', async () => {
    scene.broker.cut(true)
    await change([digest(1)], [])
    scene.broker.cut(false)
    await change([digest(2)], [])
    expect(cabinet.desired.map(({ base, version }) => [base, version])).toEqual([[2, 3]])
    await cabinet.beat({ desired: 1 })
    await eventually(() => cabinet.desired.length === 2)
    expect(cabinet.desired.at(-1)).toMatchObject({ base: 0, version: 3, standing: [digest(1), digest(2)] })
  })
})
