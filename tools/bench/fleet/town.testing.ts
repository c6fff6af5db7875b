import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { idFromUuid, makeId } from '@holdfast/core/values/ids.ts'
import { instant } from '@holdfast/core/values/instants.ts'
import type { StoredJournal } from '@holdfast/simulator/fleet.ts'
import { createNodeSeals } from '@holdfast/wire/seals/node.ts'
import { bundle } from '../../setup/bundle.mjs'
import type { BenchDatabase } from '../cycles/database.ts'
import { startTray } from '../cycles/tray.ts'
import type { Broker } from '../rigs/broker.ts'
import { cloudConfig } from '../rigs/cloud.config.testing.ts'
import { type Program, startProgram } from '../rigs/program.ts'
import { createCloudFolder, type CloudProcess } from './servers.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const doors = 8

export interface FleetTown {
  readonly cloud: CloudProcess
  readonly fleet: Program
  stored(): Promise<readonly StoredJournal[]>
  stop(): Promise<void>
}

export interface FleetGiven {
  readonly database: BenchDatabase
  readonly broker: Broker
  readonly cabinets: number
  readonly roles: readonly string[]
  /** Where cabinets find the broker, with what they trust it by. */
  readonly tls?: { readonly certificate: string }
}

/** The real cloud in a process, a fleet that has enrolled in another, and a gateway that takes messages in this one. */
export async function openFleetTown({ database, broker, cabinets, roles, tls }: FleetGiven): Promise<FleetTown> {
  const seals = createNodeSeals()
  const tray = await startTray()
  const carrier = makeId('carrier', instant(1), seals.random(10))
  const tokens = Array.from({ length: cabinets }, (_, n) => `claim-token-${String(n).padStart(8, '0')}`)
  const places = { database: database.url, mqtt: broker.url, tray: tray.url }
  const folder = createCloudFolder({
    ...cloudConfig({ operator: 'Fleet', carrier, apiKeys: [], ...places, tokens, doors }),
    roles,
    logLevel: 'warn',
    ...(tls === undefined ? {} : { cabinets: { mqttUrlForCabinets: broker.tlsUrl } }),
  })
  const cloud = await folder.start()
  const planFolder = mkdtempSync(join(tmpdir(), 'holdfast-fleet-'))
  const planFile = join(planFolder, 'plan.json')
  writeFileSync(planFile, JSON.stringify({ tokens, carrier }))
  const trust = tls === undefined ? {} : { NODE_EXTRA_CA_CERTS: tls.certificate }
  const fleet = startProgram(await bundle(root, 'tools/bench/fleet/fleet.program.testing.ts'), planFile, trust)
  const stop = async (): Promise<void> => {
    await fleet.stop()
    await cloud.stop()
    await tray.stop()
    folder.remove()
    rmSync(planFolder, { recursive: true })
  }
  try {
    await fleet.act(`enrol ${cloud.url}`)
  } catch (error) {
    await stop()
    throw error
  }
  return { cloud, fleet, stored: async () => await readStored(database), stop }
}

async function readStored(database: BenchDatabase): Promise<readonly StoredJournal[]> {
  const rows = await database.query<{ cabinet: string; seq: number; hash: string; facts: number }>(
    `select j.cabinet, j.seq::int, j.hash, count(f.seq)::int as facts
     from cabinet_journal j left join cabinet_fact f using (cabinet, incarnation)
     group by j.cabinet, j.incarnation, j.seq, j.hash`,
  )
  return rows.map((row) => ({ ...row, cabinet: idFromUuid('cabinet', row.cabinet) }))
}
