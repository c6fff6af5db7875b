import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { CabinetId } from '@holdfast/core/values/ids.ts'
import { days, durationMs, type DurationMs, hours, minutes } from '@holdfast/core/values/instants.ts'
import { testEngines } from '../../platform/postgres/db.testing.ts'
import type { Db } from '../../platform/postgres/db.ts'
import { type Scene, openScene } from '../cabinets.scene.ts'
import { testId, testOperator } from '../cabinets.testing.ts'
import { type CabinetOutageNews, cabinetTopics } from '../facts.ts'
import { createOutages, type Outages } from './outages.ts'

const staff = testId('staff', 1)
const operator = testOperator(1)
const reason = 'The house has no power'
let installed = 0

describe.each(await testEngines())('a planned outage on $name', (engine) => {
  let db: Db
  let scene: Scene
  let outages: Outages
  let cabinet: CabinetId
  let changed: CabinetId[]
  beforeAll(async () => {
    db = await engine.open()
  })
  afterAll(async () => await db.close())
  beforeEach(async () => {
    scene = await openScene(db)
    changed = []
    outages = createOutages({
      ...scene.ports,
      staffName: async (who) => (who === staff ? 'Ann' : 'Kim'),
      settingsChanged: async (_tx, where) => void changed.push(where),
    })
    installed += 1
    cabinet = (await scene.install(700 + installed)).enrolled.cabinet as CabinetId
  })
  afterEach(async () => await scene.close())

  const at = () => ({ operator, cabinet, staff })
  const inTime = (from: DurationMs, long: DurationMs) => {
    const begins = scene.clock.now() + from
    return { from: begins, to: begins + long, reason }
  }
  const plan = async (from: DurationMs, long: DurationMs) => {
    const planned = await outages.plan(at(), inTime(from, long))
    if (!planned.ok) throw new Error(planned.refusal)
    return planned.value
  }
  const told = async () => {
    const rows = await db.query<{ readonly payload: CabinetOutageNews }>(
      'select payload from outbox where topic = $1 and key = $2 order by tx, seq',
      [cabinetTopics.outages, cabinet],
    )
    return rows.map(({ payload: { change, outage } }) => ({ change, outage }))
  }
  const placed = async () => (await scene.cabinets.places([cabinet])).get(cabinet)?.outages

  it('stands in the story of its cabinet with who and why, and is told once', async () => {
    const { outage, from, to, ...rest } = await plan(hours(10), hours(4))
    const by = { reason, by: 'Ann', plannedAt: scene.clock.now(), cancelledAt: null, cancelledBy: null }
    expect(rest).toEqual(by)
    expect(await outages.list(at())).toEqual([{ outage, from, to, ...by }])
    expect(await told()).toEqual([{ change: 'planned', outage: { id: outage, from, to } }])
  })

  it('is told to the cabinet when it is planned and when it is called off, and at no vain try', async () => {
    const { outage } = await plan(hours(10), hours(4))
    expect(changed).toEqual([cabinet])
    await outages.cancel(at(), outage as never)
    await outages.cancel(at(), outage as never)
    expect(changed).toEqual([cabinet, cabinet])
    await outages.plan(at(), inTime(durationMs(0), hours(1)))
    expect(changed).toHaveLength(2)
  })

  it('is known of its place until it is over, the next one first', async () => {
    const later = await plan(hours(20), hours(4))
    const sooner = await plan(hours(10), hours(4))
    expect((await placed())?.map(({ id }) => id)).toEqual([sooner.outage, later.outage])
    scene.clock.advance(hours(14))
    expect(await placed()).toEqual([{ id: later.outage, from: later.from, to: later.to }])
    scene.clock.advance(hours(10))
    expect(await placed()).toEqual([])
    expect(await outages.list(at())).toHaveLength(2)
  })

  it('is called off before it begins, once, and stays in the story', async () => {
    const { outage, from, to } = await plan(hours(10), hours(4))
    scene.clock.advance(hours(1))
    const kim = { ...at(), staff: testId('staff', 2) }
    const cancelled = await outages.cancel(kim, outage as never)
    expect(cancelled).toMatchObject({ ok: true, value: { cancelledAt: scene.clock.now(), cancelledBy: 'Kim' } })
    expect(await outages.cancel(at(), outage as never)).toEqual(cancelled)
    expect(await placed()).toEqual([])
    expect(await outages.list(at())).toMatchObject([{ by: 'Ann', cancelledBy: 'Kim' }])
    expect(await told()).toEqual(
      ['planned', 'cancelled'].map((change) => ({ change, outage: { id: outage, from, to } })),
    )
  })

  it('cannot be called off once it has begun, nor one that nobody planned here', async () => {
    const { outage } = await plan(hours(10), hours(4))
    scene.clock.advance(hours(10))
    expect(await outages.cancel(at(), outage as never)).toEqual({ ok: false, refusal: 'outage-begun' })
    const unknown = { ok: false, refusal: 'outage-unknown' }
    expect(await outages.cancel(at(), testId('outage', 1))).toEqual(unknown)
    expect(await outages.cancel({ ...at(), operator: testOperator(2) }, outage as never)).toEqual(unknown)
    const elsewhere = (await scene.install(900 + installed)).enrolled.cabinet as CabinetId
    expect(await outages.cancel({ ...at(), cabinet: elsewhere }, outage as never)).toEqual(unknown)
  })

  it.each([
    ['that has begun', durationMs(0), hours(4), false],
    ['of twenty-nine minutes', hours(1), minutes(29), false],
    ['of half an hour', hours(1), minutes(30), true],
    ['of thirty days', hours(1), days(30), true],
    ['of more than thirty days', hours(1), durationMs(days(30) + 1), false],
    ['in ninety days', days(90), hours(1), true],
    ['in more than ninety days', durationMs(days(90) + 1), hours(1), false],
  ])('%s: %j after now, for %j: %j', async (_, from, long, taken) => {
    const planned = await outages.plan(at(), inTime(from, long))
    expect(planned.ok ? 'taken' : planned.refusal).toBe(taken ? 'taken' : 'outage-times-unsound')
    expect(await told()).toHaveLength(taken ? 1 : 0)
  })

  it('does not end before it begins', async () => {
    const { from, to } = inTime(hours(1), hours(2))
    const refused = { ok: false, refusal: 'outage-times-unsound' }
    expect(await outages.plan(at(), { from: to, to: from, reason })).toEqual(refused)
  })

  it('is its own operator’s alone (law 11)', async () => {
    await plan(hours(10), hours(4))
    const other = { ...at(), operator: testOperator(2) }
    expect(await outages.plan(other, inTime(hours(1), hours(1)))).toEqual({ ok: false, refusal: 'cabinet-unknown' })
    expect(await outages.list(other)).toBeUndefined()
  })
})
