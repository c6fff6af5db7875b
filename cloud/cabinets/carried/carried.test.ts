import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { hours, runningMs } from '@holdfast/core/values/instants.ts'
import { openCarried, signCarried } from '@holdfast/wire/carry/facts.ts'
import type { Id } from '@holdfast/core/values/ids.ts'
import { readPublicKey } from '@holdfast/wire/seals/keys.ts'
import { testEngines } from '../../platform/postgres/db.testing.ts'
import type { Db } from '../../platform/postgres/db.ts'
import { type Scene, openScene } from '../cabinets.scene.ts'
import {
  depositEvents,
  emptyCabinets,
  eventually,
  type ScriptedCabinet,
  testId,
  testLayout,
} from '../cabinets.testing.ts'
import type { CabinetFactNews } from '../facts.ts'
import { createCarried } from './carried.ts'

const carrier = testId('carrier', 1)
const [deposit, courier] = [testId('deposit', 1), testId('person', 77)]
/** depositBegun, depositPrepared and depositMade among what `installed` writes. */
const seqs = [5, 6, 12]

describe.each(await testEngines())('facts brought by a phone, on $name', (engine) => {
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
  afterEach(async () => await scene.close())

  const installed = async (): Promise<ScriptedCabinet> => {
    const cabinet = await scene.install(1)
    const part = { blind: scene.ports.seals.random(32), blob: scene.ports.seals.random(200) }
    const [signIn, held, begun, ...rest] = depositEvents(1, testId('compartment', 1000), { carrier })
    if (signIn === undefined || held === undefined || begun === undefined) throw new Error('no deposit')
    cabinet.write(
      { type: 'cabinetStarted', boot: 1, at: runningMs(0) },
      { type: 'layoutTaken', layout: testLayout(4, 1), at: runningMs(0) },
      signIn,
      held,
      begun,
      {
        event: {
          type: 'depositPrepared',
          deposit,
          codes: [{ generation: 0, tag: 'a'.repeat(64), tailTag: null }],
          at: runningMs(9),
        },
        private: part,
      },
      ...rest,
    )
    return cabinet
  }
  const count = async (table: string): Promise<number> =>
    (await db.query<{ n: number }>(`select count(*) as n from ${table}`))[0]?.n ?? -1
  const news = async (topic: string): Promise<readonly CabinetFactNews[]> =>
    (
      await db.query<{ payload: CabinetFactNews }>('select payload from outbox where topic = $1 order by tx, seq', [
        topic,
      ])
    ).map(({ payload }) => payload)
  const take = async (bytes: Uint8Array) => await scene.cabinets.takeCarried(bytes, courier)

  it('are told at once, and wait beside the journal without being a part of it (law 8)', async () => {
    const cabinet = await installed()
    expect(await take(cabinet.carry(deposit, seqs))).toEqual({ ok: true, value: { deposit, fresh: true } })
    expect(await count('cabinet_fact')).toBe(0)
    expect(await count('cabinet_private')).toBe(1)
    const told = await news('cabinet-carried')
    expect(told.map(({ seq, event: { type }, hasPrivate }) => [seq, type, hasPrivate])).toEqual([
      [5, 'depositBegun', false],
      [6, 'depositPrepared', true],
      [12, 'depositMade', false],
    ])
    expect(told.at(-1)?.context).toMatchObject({ deposit, carrier, label: 'A01', size: 'M', epoch: 1, stage: 'stored' })
  })

  it('say the very same as the journal does later, which takes its private parts as known', async () => {
    const cabinet = await installed()
    await take(cabinet.carry(deposit, seqs))
    await cabinet.sendFacts()
    await eventually(() => cabinet.acks.at(-1)?.watermark === 13)
    const later = new Map((await news('cabinet-facts')).map((each) => [each.seq, each]))
    for (const carried of await news('cabinet-carried')) {
      const { at: _when, context, ...same } = carried
      expect(later.get(carried.seq)).toMatchObject(same)
      expect(later.get(carried.seq)?.context).toMatchObject({ ...context })
    }
    expect(await count('cabinet_private')).toBe(1)
  })

  it('brought again change nothing, and brought after the journal are known', async () => {
    const cabinet = await installed()
    await take(cabinet.carry(deposit, seqs))
    expect(await take(cabinet.carry(deposit, seqs))).toEqual({ ok: true, value: { deposit, fresh: false } })
    expect(await news('cabinet-carried')).toHaveLength(3)
    await db.query('truncate cabinet_carried, outbox')
    await cabinet.sendFacts()
    await eventually(() => cabinet.acks.at(-1)?.watermark === 13)
    expect(await take(cabinet.carry(deposit, seqs))).toEqual({ ok: true, value: { deposit, fresh: false } })
    expect([await count('cabinet_carried'), (await news('cabinet-carried')).length]).toEqual([0, 0])
  })

  it('go once the journal has passed them, and not before', async () => {
    const cabinet = await installed()
    const { settle } = createCarried(scene.ports)
    await take(cabinet.carry(deposit, seqs))
    await settle(hours(1))
    expect(await count('cabinet_carried')).toBe(1)
    await cabinet.sendFacts()
    await eventually(() => cabinet.acks.at(-1)?.watermark === 13)
    await settle(hours(1))
    expect(await count('cabinet_carried')).toBe(0)
    expect(await news('cabinet-health')).toEqual([])
  })

  it('that the journal contradicts later are a fork, which an operator hears of', async () => {
    const cabinet = await installed()
    await take(cabinet.carry(deposit, seqs))
    cabinet.restoreTo(11)
    cabinet.write(
      { type: 'cabinetStarted', boot: 2, at: runningMs(5) },
      { type: 'cabinetStarted', boot: 3, at: runningMs(6) },
    )
    await cabinet.sendFacts()
    await eventually(() => cabinet.acks.at(-1)?.watermark === 13)
    await createCarried(scene.ports).settle(hours(1))
    expect(await news('cabinet-health')).toEqual([expect.objectContaining({ change: 'journal-forked' })])
  })

  it('of a journal that ended are refused, and those that wait for it go with their term', async () => {
    const cabinet = await installed()
    await take(cabinet.carry(deposit, seqs))
    scene.clock.advance(hours(2))
    await createCarried(scene.ports).settle(hours(1))
    expect(await count('cabinet_carried')).toBe(0)
    await db.query('truncate cabinet_journal')
    expect(await take(cabinet.carry(deposit, seqs))).toMatchObject({ ok: false })
  })

  it.each([
    ['without its beginning', [6, 12]],
    ['not made yet', [5, 6]],
    ['with entries of something else', [1, 5, 6, 12]],
  ])('are refused %s', async (_, of) => {
    const cabinet = await installed()
    expect(await take(cabinet.carry(deposit, of))).toEqual({ ok: false, refusal: 'carried-malformed' })
    expect(await take(cabinet.carry(testId('deposit', 2), seqs))).toMatchObject({ ok: false })
    expect(await count('cabinet_carried')).toBe(0)
  })

  it('are refused where no cabinet of ours signed them', async () => {
    const cabinet = await installed()
    const good = cabinet.carry(deposit, seqs)
    const { seals } = scene.ports
    const key = readPublicKey(cabinet.key.publicKey)
    const read = key === undefined ? undefined : openCarried(seals, key, good)
    if (read?.ok !== true) throw new Error('the cabinet did not sign')
    const thief = seals.generate('p256').privateKey
    expect(await take(signCarried(seals, thief, read.facts))).toEqual({ ok: false, refusal: 'carried-forged' })
    const stranger: Id<'cabinet'> = testId('cabinet', 99)
    const other = signCarried(seals, thief, { ...read.facts, cabinet: stranger })
    expect(await take(other)).toEqual({ ok: false, refusal: 'carried-malformed' })
    for (let i = 0; i < 200; i += 1) {
      const bytes = i % 2 === 0 ? seals.random(i * 3) : good.map((byte, at) => (at === i * 5 ? byte ^ 4 : byte))
      expect(await take(bytes)).toMatchObject({ ok: false })
    }
    expect(await count('cabinet_carried')).toBe(0)
  })
})
