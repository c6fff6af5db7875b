import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { CabinetEvent } from '@holdfast/core/cabinet/events.ts'
import { runningMs } from '@holdfast/core/values/instants.ts'
import { testId } from '../cabinets/cabinets.testing.ts'
import type { HealthChange } from '../cabinets/facts.ts'
import { testEngines } from '../platform/postgres/db.testing.ts'
import type { Db } from '../platform/postgres/db.ts'
import type { Risks } from './risks.ts'
import { cabinet, door, operator, other, type Told, type Watch, watchOn } from './risks.testing.ts'

const at = runningMs(0)
const cause = { kind: 'order', order: testId('order', 1), staff: testId('staff', 1) } as const

describe.each(await testEngines())('alerts on $name', (engine) => {
  let db: Db
  let watch: Watch
  let risks: Risks
  beforeAll(async () => {
    db = await engine.open()
  })
  afterAll(async () => await db.close())
  beforeEach(async () => {
    watch = await watchOn(db)
    risks = watch.risks
  })
  const news = async (...told: readonly Told[]) => await watch.hear(told)
  const open = async () => await watch.open()

  const stories: readonly (readonly [string, CabinetEvent | HealthChange, CabinetEvent | HealthChange])[] = [
    ['door-left-open', { type: 'doorLeftOpen', door, at }, { type: 'doorShut', door, witness: 'leaf', at }],
    [
      'opened-without-cause',
      { type: 'doorOpened', door, cause: null, recovered: false, witness: 'leaf', at },
      { type: 'compartmentInspected', compartment: door, seen: 'empty', by: testId('staff', 1) },
    ],
    [
      'door-did-not-open',
      { type: 'doorNotOpened', door, cause, why: 'stayed-shut', at },
      { type: 'doorOpened', door, cause, recovered: false, witness: 'leaf', at },
    ],
    [
      'emergency',
      { type: 'emergencyRaised', what: 'shut-in', at },
      { type: 'emergencyEnded', order: testId('order', 1), at },
    ],
    [
      'emergency',
      { type: 'releaseBegun', cause: { kind: 'emergency', order: null, staff: null }, doors: [door], at },
      { type: 'emergencyEnded', order: testId('order', 1), at },
    ],
    [
      'large-door-shut',
      { type: 'largeDoorShut', door, at },
      { type: 'compartmentInspected', compartment: door, seen: 'empty', by: testId('staff', 1) },
    ],
    [
      'door-will-not-shut',
      { type: 'compartmentFaulted', compartment: door, by: testId('person', 1) },
      { type: 'compartmentRestored', compartment: door, order: testId('order', 1) },
    ],
    [
      'parcel-of-nobody',
      { type: 'compartmentInspected', compartment: door, seen: 'parcel-inside', by: testId('staff', 1) },
      { type: 'compartmentInspected', compartment: door, seen: 'empty', by: testId('staff', 1) },
    ],
    [
      'in-doubt',
      { type: 'compartmentSuspected', compartment: door, why: 'session-broken-off' },
      { type: 'compartmentInspected', compartment: door, seen: 'empty', by: testId('staff', 1) },
    ],
    ['kiosk-away', 'kiosk-absent', 'kiosk-ok'],
    ['scanner-away', 'scanner-absent', 'scanner-ok'],
    ['cabinet-offline', 'offline', 'online'],
    ['digest-mismatch', 'digest-differs', 'digest-agrees'],
    ['journal-trouble', 'journal-full', 'journal-ok'],
  ]
  it.each(stories)('raises %s once and ends it with its cause', async (kind, begins, ends) => {
    await news(begins)
    await news(begins)
    expect(await open()).toEqual([kind])
    await news(ends)
    expect(await open()).toEqual([])
    await news(begins, ends)
    expect(await open()).toEqual([])
    expect((await risks.list(operator, 'all')).map(({ endedAt }) => endedAt)).toEqual([5, 5])
  })

  it('shows and acknowledges an alert for its own operator only', async () => {
    await news('offline')
    const [alert] = await risks.list(operator, 'open')
    const id = testId('alert', 0)
    expect(await risks.list(other, 'all')).toEqual([])
    expect(await risks.acknowledge(operator, { alert: id, staff: testId('staff', 1), note: null })).toBeUndefined()
    const word = { alert: (alert?.id ?? id) as typeof id, staff: testId('staff', 1), note: 'on my way' }
    expect(await risks.acknowledge(other, word)).toBeUndefined()
    expect(await risks.acknowledge(operator, word)).toMatchObject({ acknowledgedBy: 'Kim', endedAt: null })
    expect((await risks.openAlerts([cabinet])).get(cabinet)).toBe(1)
  })
})
