import { fileURLToPath } from 'node:url'
import { base64FromBytes } from '@holdfast/wire/bytes/base64.ts'
import type { Seals } from '@holdfast/wire/seals/seals.ts'
import type { BrokerPlace } from '../cabinets/cabinets.ts'
import type { CloudConfig } from '../config.ts'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import { type Broker, startBroker } from '../platform/mqtt/embedded.ts'
import type { MqttLink } from '../platform/mqtt/link.ts'
import { createMqttLink } from '../platform/mqtt/mqtt-link.ts'
import { connectionName, dropLeases } from '../platform/outbox/leases.ts'
import type { Db } from '../platform/postgres/db.ts'
import { migrate } from '../platform/postgres/migrate.ts'
import { openPostgres } from '../platform/postgres/pg.ts'
import { openPglite } from '../platform/postgres/pglite.ts'

export type EnginePorts = {
  readonly clock: Clock
  readonly log: Log
  readonly seals: Seals
  /** This process, unique among those that live. */
  readonly holder: string
}

const migrations = fileURLToPath(new URL('../platform/postgres/migrations', import.meta.url))

/** PostgreSQL where one is named, else PGlite in a directory of its own; migrated either way. */
export async function openDatabase({ database }: CloudConfig, { clock, log, holder }: EnginePorts): Promise<Db> {
  const { url, directory } = database
  const name = connectionName(holder)
  const db = url === undefined ? await openPglite({ directory, clock, log }) : openPostgres({ url, log, name })
  await migrate(db, migrations, log)
  // The directory's lock is ours, so a process that was killed cannot come back for its shards: facts need not wait.
  if (db.kind === 'pglite') await dropLeases(db)
  return db
}

export type Wire = {
  readonly link: MqttLink
  /** As cabinets reach it. */
  readonly url: string
  readonly stop: () => Promise<void>
}

type MayConnect = (username: string, password: string) => Promise<BrokerPlace | undefined>

/** A broker that is there already, or one in this process that lets in this cloud and enrolled cabinets. */
export async function openWire(
  { mqtt, cabinets }: CloudConfig,
  { log, seals }: Pick<EnginePorts, 'log' | 'seals'>,
  mayConnect: MayConnect,
): Promise<Wire> {
  const own = { username: 'cloud', password: Buffer.from(seals.random(24)).toString('base64url') }
  const broker = mqtt.url === undefined ? await embedded({ mqtt, log, own, mayConnect }) : undefined
  const url = mqtt.url ?? broker?.url ?? ''
  const given = mqtt.username === undefined ? undefined : { username: mqtt.username, password: mqtt.password ?? '' }
  const credentials = broker === undefined ? given : own
  const link = createMqttLink({
    url,
    clientId: `cloud-${base64FromBytes(seals.random(12))}`,
    log,
    ...(credentials && { credentials }),
  })
  return {
    link,
    url: cabinets.mqttUrlForCabinets ?? url,
    stop: async () => {
      await link.close()
      await broker?.stop()
    },
  }
}

type Embedding = {
  readonly mqtt: CloudConfig['mqtt']
  readonly log: Log
  readonly own: { readonly username: string; readonly password: string }
  readonly mayConnect: MayConnect
}

const embedded = async ({ mqtt, log, own, mayConnect }: Embedding): Promise<Broker> =>
  await startBroker({
    ...mqtt.listen,
    log,
    authenticate: async ({ clientId, username, password }) => {
      if (username === undefined || password === undefined) return undefined
      if (username === own.username) return password === own.password ? { kind: 'cloud' } : undefined
      // Under its own name only: a taken client id would end another's session.
      const place = clientId === username ? await mayConnect(username, password) : undefined
      return place === undefined ? undefined : { kind: 'cabinet', ...place }
    },
  })
