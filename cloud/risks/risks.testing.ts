import type { CabinetEvent } from '@holdfast/core/cabinet/events.ts'
import type { CabinetId, OperatorId } from '@holdfast/core/values/ids.ts'
import { instant } from '@holdfast/core/values/instants.ts'
import { createNodeSeals } from '@holdfast/wire/seals/node.ts'
import type { Place } from '../cabinets/cabinets.ts'
import { testId, testKeys } from '../cabinets/cabinets.testing.ts'
import { type CabinetFactNews, type HealthChange, cabinetTopics } from '../cabinets/facts.ts'
import { createManualClock } from '../platform/clock.ts'
import { silentLog } from '../platform/log.ts'
import type { Consumer, OutboxEvent } from '../platform/outbox/events.ts'
import { createOutbox } from '../platform/outbox/outbox.ts'
import type { Db } from '../platform/postgres/db.ts'
import { type Risks, type RisksPorts, createRisks } from './risks.ts'

export const operator = testId('operator', 1)
export const other = testId('operator', 2)
export const cabinet = testId('cabinet', 1)
export const door = testId('compartment', 1)

export type Told = CabinetEvent | HealthChange
export type Watch = {
  readonly risks: Risks
  readonly help: Risks['help']
  readonly clock: ReturnType<typeof createManualClock>
  /** One batch of news as the outbox brings it, all of the same cabinet. */
  readonly hear: (told: readonly Told[], more?: Partial<CabinetFactNews>) => Promise<void>
  readonly take: (events: readonly OutboxEvent[]) => Promise<void>
  readonly open: () => Promise<readonly string[]>
}

const seals = createNodeSeals()

/** Risks on an empty database, with one cabinet of one operator, and one of another. */
export async function watchOn(
  db: Db,
  cabinets: ReadonlyMap<CabinetId, OperatorId> = new Map([[cabinet, operator]]),
  people: RisksPorts['people'] = { allow: async () => true, phoneOf: async () => undefined },
) {
  await db.query('truncate alert, outbox, outbox_cursor')
  const clock = createManualClock(instant(1_700_000_000_000))
  const consumers: Consumer[] = []
  const outbox = {
    ...createOutbox({ db, clock, log: silentLog }),
    add: (added: Consumer) => void consumers.push(added),
  }
  const ports: RisksPorts = {
    db,
    outbox,
    clock,
    seals,
    log: silentLog,
    keys: testKeys(seals),
    places: async (ids) =>
      new Map(
        ids.flatMap((id) => {
          const whose = cabinets.get(id)
          return whose === undefined ? [] : [[id, placeOf(id, whose)] as const]
        }),
      ),
    directory: { staffName: async () => 'Kim' },
    people,
  }
  const risks = createRisks(ports)
  const { help } = risks
  const take: Watch['take'] = async (events) =>
    await db.transaction(async (tx) => {
      for (const consumer of consumers) if ('handleAll' in consumer) await consumer.handleAll(tx, events)
    })
  const hear: Watch['hear'] = async (told, more = {}) => await take(told.map((each) => newsOf(each, more)))
  const open = async () => (await risks.list(operator, 'open')).map(({ kind }) => kind)
  return { risks, help, clock, take, hear, open } satisfies Watch
}

export function newsOf(told: Told, more: Partial<CabinetFactNews> = {}): OutboxEvent {
  const base = { cabinet, operator, at: instant(5), ...more }
  const event = { cursor: '1-1', key: base.cabinet, at: 0 }
  if (typeof told === 'string') return { ...event, topic: cabinetTopics.health, payload: { ...base, change: told } }
  const payload = { label: 'A01', size: 'M', context: null, ...base, event: told }
  return { ...event, topic: cabinetTopics.facts, payload }
}

const placeOf = (id: CabinetId, whose: OperatorId): Place => ({
  cabinet: id,
  operator: whose,
  name: 'One',
  siteName: 'S',
  address: 'A',
  zone: 'UTC',
  retentionHours: 1,
  complaintPhone: '1',
  opening: null,
  salt: '',
  screenDead: false,
  scannerDead: false,
  way: {},
  outages: [],
})
