import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { idToUuid } from '@holdfast/core/values/ids.ts'
import { after, durationMs, type Instant, seconds } from '@holdfast/core/values/instants.ts'
import { testEngines } from '../../platform/postgres/db.testing.ts'
import type { Db } from '../../platform/postgres/db.ts'
import { testId, testOperator, testStart } from '../cabinets.testing.ts'
import { type Beat, type Change, markSilent, readOnline, storeBeats, storeChanges } from './store.postgres.ts'

const at = testStart

describe.each(await testEngines())('health in its table on $name', (engine) => {
  let db: Db
  let beside: Db
  beforeAll(async () => {
    const [first, second] = await engine.openTwo()
    db = first
    beside = second
  })
  beforeEach(async () => {
    await db.query('truncate cabinet_health, cabinet_desired, outbox')
    for (const n of [1, 2, 3]) await install(n)
  })
  afterAll(async () => await db.close())

  const install = async (n: number): Promise<void> => {
    const uuid = idToUuid(testId('cabinet', n))
    await db.query('insert into cabinet_health (cabinet, operator_id) values ($1, $2)', [
      uuid,
      idToUuid(testOperator(n)),
    ])
    await db.query('insert into cabinet_desired (cabinet, version) values ($1, 5)', [uuid])
  }
  const beat = (n = 1, change: Partial<Beat> = {}): Beat => ({
    cabinet: idToUuid(testId('cabinet', n)),
    id: testId('cabinet', n),
    operator: testOperator(n),
    head: 7,
    journal: 'ok',
    kiosk: 'ok',
    touch: 'ok',
    scanner: 'ok',
    silent_lines: [],
    digest_agrees: true,
    desired: 5,
    ...change,
  })
  const beats = async (change: Partial<Beat> = {}, now: Instant = at, n = 1) =>
    await storeBeats(db.query, [beat(n, change)], now)
  /** What was told since last asked. */
  const told = async (): Promise<readonly string[]> => {
    const rows = await db.query<{ said: string }>(
      `select concat(key, ' ', payload->>'change') as said from outbox where topic = 'cabinet-health' order by tx, seq`,
    )
    await db.query('truncate outbox')
    return rows.map(({ said }) => said.replace(`${testId('cabinet', 1)} `, ''))
  }
  const silentAt = async (now: Instant, on = db) =>
    await on.transaction(async (tx) =>
      (await markSilent(tx, after(now, durationMs(-90_000)))).map(({ cabinet }) => cabinet),
    )

  it('tells a first heartbeat as nothing but that the cabinet is there', async () => {
    await beats()
    expect(await told()).toEqual(['online'])
    await beats()
    expect(await told()).toEqual([])
  })

  it.each<readonly [string, Partial<Beat>, string, string]>([
    ['its journal', { journal: 'full' }, 'journal-full', 'journal-ok'],
    ['its screen', { kiosk: 'absent' }, 'kiosk-absent', 'kiosk-ok'],
    ['its touch', { touch: 'absent' }, 'kiosk-absent', 'kiosk-ok'],
    ['its scanner', { scanner: 'absent' }, 'scanner-absent', 'scanner-ok'],
    ['its digest', { digest_agrees: false }, 'digest-differs', 'digest-agrees'],
  ])('tells once that %s is ill, and once that it is well', async (_what, ill, begins, ends) => {
    await beats()
    await told()
    for (let i = 0; i < 3; i += 1) await beats(ill)
    expect(await told()).toEqual([begins])
    for (let i = 0; i < 3; i += 1) await beats()
    expect(await told()).toEqual([ends])
  })

  it('tells one screen that is ill in two ways once, and well when both are', async () => {
    await beats()
    await told()
    await beats({ kiosk: 'absent', touch: 'absent' })
    await beats({ touch: 'absent' })
    expect(await told()).toEqual(['kiosk-absent'])
    await beats()
    expect(await told()).toEqual(['kiosk-ok'])
  })

  it('leaves a digest as it was where the two cannot be compared', async () => {
    await beats({ digest_agrees: false })
    await told()
    await beats({ digest_agrees: null })
    expect(await told()).toEqual([])
    await beats({ digest_agrees: true })
    expect(await told()).toEqual(['digest-agrees'])
  })

  it.each([
    [4, 1],
    [5, 0],
    [6, 0],
  ])('names a cabinet that knows less than it should: version %i of 5', async (desired, count) => {
    expect(await beats({ desired })).toHaveLength(count)
  })

  it.each([
    [seconds(90), 0],
    [durationMs(90_001), 1],
  ])('calls a cabinet silent after ninety seconds and not at them: %i ms', async (passed, count) => {
    await beats()
    expect(await silentAt(after(at, passed))).toHaveLength(count)
    expect(await readOnline(db.query, testId('cabinet', 1))).toBe(count === 0)
  })

  it('finds each that fell silent once, though several look at the same moment', async () => {
    for (const n of [1, 2, 3]) await beats({}, at, n)
    const later = after(at, seconds(120))
    const found = await Promise.all([silentAt(later), silentAt(later, beside), silentAt(later, beside)])
    expect(found.flat().toSorted()).toEqual([1, 2, 3].map((n) => testId('cabinet', n)).toSorted())
  })

  it('never calls silent what was never heard, and calls it back when it is heard again', async () => {
    expect(await silentAt(after(at, seconds(999)))).toEqual([])
    await beats()
    await silentAt(after(at, seconds(120)))
    await told()
    await beats({}, after(at, seconds(121)))
    expect(await told()).toEqual(['online'])
  })

  it('comes out the same where beats of many cabinets cross in two processes', async () => {
    const all = [1, 2, 3].map((n) => beat(n))
    await Promise.all([
      storeBeats(db.query, all, at),
      storeBeats(beside.query, all.toReversed(), at),
      storeBeats(beside.query, all, at),
    ])
    const said = await told()
    expect(said.filter((line) => line.endsWith('online'))).toHaveLength(3)
  })

  it('takes no beat of a cabinet that is not here', async () => {
    expect(await storeBeats(db.query, [beat(9)], at)).toEqual([])
    expect(await told()).toEqual([])
    expect(await storeBeats(db.query, [], at)).toEqual([])
  })

  it('tells a fork once, and other trouble each time that it is seen', async () => {
    const change = (what: Change['change']): Change => {
      const { cabinet, id, operator } = beat()
      return { cabinet, id, operator, change: what }
    }
    for (let i = 0; i < 2; i += 1)
      await storeChanges(db.query, [change('journal-forked'), change('journal-garbled')], at)
    expect((await told()).toSorted()).toEqual(['journal-forked', 'journal-garbled', 'journal-garbled'])
  })
})
