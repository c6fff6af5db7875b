import { createNodeSeals } from '@holdfast/wire/seals/node.ts'
import type { Seals } from '@holdfast/wire/seals/seals.ts'
import { type ManualClock, createManualClock } from '../platform/clock.ts'
import { type Log, silentLog } from '../platform/log.ts'
import { type Outbox, createOutbox } from '../platform/outbox/outbox.ts'
import type { Db } from '../platform/postgres/db.ts'
import type { LinkPorts } from '../platform/ports.ts'
import { type Cabinets, createCabinets } from './cabinets.ts'
import {
  type ScriptedCabinet,
  type TestBroker,
  createTestBroker,
  scriptCabinet,
  testKeys,
  testLayout,
  testOperator,
  testRequest,
  testStart,
} from './cabinets.testing.ts'

export type Scene = {
  readonly cabinets: Cabinets
  readonly broker: TestBroker
  readonly clock: ManualClock
  readonly outbox: Outbox
  readonly ports: LinkPorts
  /** Created, enrolled and listening. */
  readonly install: (n: number, doors?: number) => Promise<ScriptedCabinet>
  readonly close: () => Promise<void>
}

/** The cabinets' capability on a real database, with a broker in memory. */
export async function openScene(db: Db, seals: Seals = createNodeSeals(), log: Log = silentLog): Promise<Scene> {
  const clock = createManualClock(testStart)
  const broker = createTestBroker()
  const outbox = createOutbox({ db, clock, log })
  const ports: LinkPorts = { db, outbox, clock, seals, log, keys: testKeys(seals), link: broker.link() }
  const cabinets = createCabinets(ports, {
    config: { claimHours: 72, privateDays: 7, defaultCountry: 'CN', locales: ['zh', 'en'] },
    directory: {
      carriers: async () => [],
      operatorName: async () => 'Town Lockers',
      staffName: async () => 'Kim',
      openAlerts: async () => new Map(),
    },
    mqttUrl: 'mqtt://test',
    phoneOrigin: () => 'https://test',
    holder: 'test',
    roles: { ingest: true, worker: false },
  })
  await cabinets.start()
  const install = async (n: number, doors = 4): Promise<ScriptedCabinet> => {
    const layout = testLayout(doors, n)
    const created = await cabinets.create(testOperator(1), testRequest(layout, `Cabinet ${n}`))
    if (!created.ok) throw new Error(created.refusal)
    const key = seals.generate('p256')
    const enrolled = await cabinets.enrol(created.value.claimToken, key.publicKey)
    if (!enrolled.ok) throw new Error(enrolled.refusal)
    return await scriptCabinet({ seals, link: broker.link(), key }, enrolled.value)
  }
  return {
    cabinets,
    broker,
    clock,
    outbox,
    ports,
    install,
    close: async () => {
      await cabinets.stop()
      await outbox.stop()
    },
  }
}
