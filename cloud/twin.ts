import { fileURLToPath } from 'node:url'
import { days } from '@holdfast/core/values/instants.ts'
import type { Seals } from '@holdfast/wire/seals/seals.ts'
import { type Capabilities, type Outward, assemble, startWork } from './assemble.ts'
import { cloudConfig } from './config.ts'
import { keepHouse } from './housekeeping.ts'
import type { Clock } from './platform/clock.ts'
import { parseConfig } from './platform/config.ts'
import { type Http, createHttp } from './platform/http/http.ts'
import { createIdempotency } from './platform/http/idempotency.ts'
import { silentLog } from './platform/log.ts'
import type { MqttLink } from './platform/mqtt/link.ts'
import { dropLeases } from './platform/outbox/leases.ts'
import { createOutbox } from './platform/outbox/outbox.ts'
import type { CloudKeys } from './platform/ports.ts'
import { type Around, type MemoryDatabase, openMemoryDatabase } from './platform/postgres/pglite.memory.ts'

export type CloudTwinPorts = {
  /** What outlives the twin. */
  readonly database: MemoryDatabase
  /** Around every statement of this life of the cloud. */
  readonly around: Around
  readonly clock: Clock
  readonly seals: Seals
  readonly keys: CloudKeys
  readonly link: MqttLink
  readonly outward: Outward
}

export type CloudTwin = Capabilities & {
  /** A call as it comes in from the network, without a socket. */
  readonly call: Http['inject']
}

const migrations = fileURLToPath(new URL('./platform/postgres/migrations', import.meta.url))

/** Migrated, in memory; four seconds of a core, so one for all worlds of a process. */
export const openTwinDatabase = async (): Promise<MemoryDatabase> => await openMemoryDatabase(migrations)

/** The real cloud without a network, a disk or a clock of its own: for the simulator. It has no end but its ports'. */
export async function createCloudTwin({ database, around, ...given }: CloudTwinPorts): Promise<CloudTwin> {
  const { clock, outward } = given
  const db = database.open(around)
  const log = silentLog
  await dropLeases(db)
  const outbox = createOutbox({ db, clock, log })
  const ports = { ...given, db, log, outbox }
  const faces = assemble(ports, { config, mqttUrl: 'mqtt://air', publicUrl: () => url, holder: 'twin', outward })
  const idempotency = createIdempotency(db, clock, given.keys.atRest)
  const { gates, routes } = faces
  const http = await createHttp({ clock, log, gates, routes, idempotency, secureCookies: true, version: '0' })
  await startWork(config, faces, ports)
  keepHouse({ ...ports, ...faces, idempotency, wordsKept: days(config.notices.wordsDays) })
  return { ...faces, call: http.inject }
}

const url = 'https://cloud.example'

const config = parseConfig(
  cloudConfig,
  {
    logLevel: 'silent',
    people: { passwordCost: 2 },
    // Nobody is rung at night in a town whose nights are minutes.
    notices: {
      publicUrl: url,
      phone: { kind: 'tray', url },
      gatewaySecret: 'the gateway of a town',
      quiet: { from: 0, to: 0 },
    },
  },
  'the twin',
)
