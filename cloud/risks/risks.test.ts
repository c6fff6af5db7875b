import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { CabinetEvent } from '@holdfast/core/cabinet/events.ts'
import { instant, runningMs } from '@holdfast/core/values/instants.ts'
import { testId } from '../cabinets/cabinets.testing.ts'
import { type HealthChange, cabinetTopics } from '../cabinets/facts.ts'
import { createManualClock } from '../platform/clock.ts'
import { silentLog } from '../platform/log.ts'
import { createOutbox } from '../platform/outbox/outbox.ts'
import type { Ports } from '../platform/ports.ts'
import { testEngines } from '../platform/postgres/db.testing.ts'
import type { Db } from '../platform/postgres/db.ts'
import { createNodeSeals } from '@holdfast/wire/seals/node.ts'
import { testKeys } from '../cabinets/cabinets.testing.ts'
import { type Risks, createRisks } from './risks.ts'

const [operator, other] = [testId('operator', 1), testId('operator', 2)]
const cabinet = testId('cabinet', 1)
const door = testId('compartment', 1)
const at = runningMs(0)
const cause = { kind: 'order', order: testId('order', 1), staff: testId('staff', 1) } as const

describe.each(await testEngines())('alerts on $name', (engine) => {
  let db: Db
  let risks: Risks
  let news: (...told: readonly (CabinetEvent | HealthChange)[]) => Promise<void>
  let close: () => Promise<void>
  beforeAll(async () => {
    db = await engine.open()
  })
  afterAll(async () => await db.close())
  beforeEach(async () => {
    await db.query('truncate alert, outbox, outbox_cursor')
    await close?.()
    const seals = createNodeSeals()
    const clock = createManualClock(instant(1_700_000_000_000))
    let consumer: Parameters<Ports['outbox']['add']>[0] | undefined
    const outbox = {
      ...createOutbox({ db, clock, log: silentLog }),
      add: (added: NonNullable<typeof consumer>) => void (consumer = added),
    }
    const ports: Ports = { db, outbox, clock, seals, log: silentLog, keys: testKeys(seals) }
    const place = {
      cabinet,
      name: 'One',
      siteName: 'S',
      address: 'A',
      operator,
      zone: 'UTC',
      retentionHours: 1,
      complaintPhone: '1',
      opening: null,
      outages: [],
      salt: '',
      screenDead: false,
    }
    risks = createRisks({
      ...ports,
      places: async () => new Map([[cabinet, place]]),
      directory: { staffName: async () => 'Kim' },
    })
    close = async () => await outbox.stop()
    news = async (...told) => {
      const events = told.map((each) => ({
        cursor: '1-1',
        key: cabinet,
        at: 0,
        ...(typeof each === 'string'
          ? { topic: cabinetTopics.health, payload: { cabinet, operator, at: 5, change: each } }
          : {
              topic: cabinetTopics.facts,
              payload: { cabinet, operator, at: 5, label: 'A01', size: 'M', event: each, context: null },
            }),
      }))
      await db.transaction(async (tx) => {
        if (consumer !== undefined && 'handleAll' in consumer) await consumer.handleAll(tx, events)
      })
    }
  })
  const open = async () => (await risks.list(operator, 'open')).map(({ kind }) => kind)

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
