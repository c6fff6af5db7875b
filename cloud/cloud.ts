import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { days } from '@holdfast/core/values/instants.ts'
import { base64FromBytes } from '@holdfast/wire/bytes/base64.ts'
import { createNodeSeals } from '@holdfast/wire/seals/node.ts'
import type { Seals } from '@holdfast/wire/seals/seals.ts'
import { type Capabilities, assemble, startWork } from './assemble.ts'
import { bootstrap } from './setup/bootstrap.ts'
import type { CloudConfig } from './config.ts'
import { openDatabase, openWire } from './setup/engines.ts'
import { keepHouse } from './housekeeping.ts'
import { loadKeys } from './setup/keys.ts'
import { type Clock, systemClock } from './platform/clock.ts'
import type { AppFiles } from './platform/http/apps.ts'
import { type Http, createHttp } from './platform/http/http.ts'
import { createIdempotency } from './platform/http/idempotency.ts'
import type { Audience } from './platform/http/route.ts'
import { type Log, createLog } from './platform/log.ts'
import { createOutbox } from './platform/outbox/outbox.ts'
import type { LinkPorts } from './platform/ports.ts'

/** The assembled cloud; tests, demo and simulator meet it here. */
export type Cloud = Capabilities & {
  readonly url: string
  readonly mqttUrl: string
  /** Where the first person of an empty house begins, once; undefined where somebody has an account. */
  readonly welcome: string | undefined
  readonly ports: LinkPorts
  readonly http: Http
  readonly stop: () => Promise<void>
}

export type CloudGiven = {
  readonly log?: Log
  readonly clock?: Clock
  readonly seals?: Seals
}

export const version = '0.1.0'

/** Opens what the configuration names, starts everything, and is then ready for calls. */
export async function startCloud(config: CloudConfig, given: CloudGiven = {}): Promise<Cloud> {
  const log = given.log ?? createLog(config.logLevel, 'cloud')
  const base = { clock: given.clock ?? systemClock, log, seals: given.seals ?? createNodeSeals() }
  const keys = await loadKeys(base.seals, config.keysFile)
  const holder = base64FromBytes(base.seals.random(16))
  const db = await openDatabase(config, { ...base, holder })
  const wire = await openWire(config, base, async (name, password) => await faces.cabinets.mayConnect(name, password))
  const outbox = createOutbox({ db, ...base })
  const ports: LinkPorts = { ...base, db, outbox, keys, link: wire.link }
  let url = config.publicUrl ?? ''
  const faces = assemble(ports, { config, mqttUrl: wire.url, publicUrl: () => url, holder })
  if (config.bootstrap !== undefined) await bootstrap({ db, ...faces }, config.bootstrap)
  const idempotency = createIdempotency(db, base.clock, keys.atRest)
  const http = await createHttp({
    ...base,
    gates: faces.gates,
    routes: faces.routes,
    idempotency,
    apps: appsIn(config.apps),
    secureCookies: config.secureCookies,
    trustProxy: config.trustProxy,
    version,
  })
  const stopWork = await startWork(config, faces, ports)
  const stopHousekeeping = keepHouse({ ...ports, ...faces, idempotency, wordsKept: days(config.notices.wordsDays) })
  const listening = config.roles.includes('http') ? await http.listen(config.http) : undefined
  url = config.publicUrl ?? listening?.url ?? ''
  const first = listening === undefined ? undefined : await faces.people.firstLink()
  log.info({ url, mqtt: wire.url, database: db.kind, roles: config.roles }, 'cloud ready')
  return {
    ...faces,
    ports,
    http,
    mqttUrl: wire.url,
    url: listening?.url ?? '',
    welcome: first === undefined ? undefined : `${url}/operator/#/welcome/${first}`,
    stop: async () => {
      await http.stop()
      stopHousekeeping()
      await stopWork()
      await wire.stop()
      await db.close()
    },
  }
}

const styled: Readonly<Record<Audience, boolean>> = { courier: true, operator: true, recipient: false }

function appsIn(folder: string | undefined): Partial<Record<Audience, AppFiles>> {
  const apps: Partial<Record<Audience, AppFiles>> = {}
  for (const audience of ['courier', 'recipient', 'operator'] as const) {
    const directory = join(folder ?? '', audience)
    if (folder !== undefined && existsSync(join(directory, 'index.html')))
      apps[audience] = { directory, inlineStyles: styled[audience] }
  }
  return apps
}
