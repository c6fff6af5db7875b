import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type CarrierId, makeId } from '@holdfast/core/values/ids.ts'
import { instant } from '@holdfast/core/values/instants.ts'
import type { EnrolReply } from '@holdfast/wire/http/cabinets.ts'
import { createNodeSeals } from '@holdfast/wire/seals/node.ts'
import { bundle } from '../../setup/bundle.mjs'
import { cloudFlags } from '../../setup/flags.mjs'
import type { Broker } from '../rigs/broker.ts'
import { cloudConfig } from '../rigs/cloud.config.testing.ts'
import { type Program, startProgram } from '../rigs/program.ts'
import { type Caller, createCaller } from './caller.ts'
import type { BenchDatabase } from './database.ts'
import { enrolScripted, judgeLater, type Scripted } from './scripted.testing.ts'
import { startTray, type Tray } from './tray.ts'

export const doorCount = 8
const cabinetCount = 64
const root = fileURLToPath(new URL('../../..', import.meta.url))
const apiKey = 'hfk_the-key-of-the-bench'

export interface Town {
  readonly carrier: CarrierId
  readonly caller: Caller
  readonly headers: Readonly<Record<string, string>>
  readonly cabinets: readonly Scripted[]
  readonly tray: Tray
  readonly database: BenchDatabase
  /** The processes of the cloud, by roles. */
  readonly clouds: readonly Program[]
  readonly brokerPid: number
  /** Checks what the cloud has signed since the last time. */
  judge(): void
  stop(): Promise<void>
}

/**
 * One process of the cloud for each of two cores, as `deploy-it` says: one hears carriers and cabinets, one works on what
 * they told.
 */
const roles = [['http', 'ingest'], ['worker']] as const

/** The real cloud on PostgreSQL and Mosquitto, and 64 scripted cabinets in this process. */
export async function openTown(database: BenchDatabase, broker: Broker): Promise<Town> {
  const { judge, ...seals } = judgeLater(createNodeSeals())
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-cycles-'))
  const tray = await startTray()
  const carrier = makeId('carrier', instant(1), seals.random(10))
  const tokens = Array.from({ length: cabinetCount }, (_, n) => `claim-token-${String(n).padStart(8, '0')}`)
  const places = { database: database.url, mqtt: broker.url, tray: tray.url }
  const who = { operator: 'Bench', carrier, apiKeys: [apiKey] }
  const config = cloudConfig({ ...who, ...places, tokens, doors: doorCount })
  // As it is installed: from source each function that is made would be named anew.
  const program = await bundle(root, 'tools/bench/cycles/town.program.testing.ts')
  const clouds: Program[] = []
  const start = async (its: (typeof roles)[number]): Promise<string> => {
    const file = join(folder, `${its[0]}.json`)
    writeFileSync(file, JSON.stringify({ ...config, roles: its }), { mode: 0o600 })
    const cloud = startProgram(program, file, {}, cloudFlags)
    clouds.push(cloud)
    return await cloud.act<string>('url')
  }
  const cabinets: Scripted[] = []
  const stop = async (caller?: Caller): Promise<void> => {
    caller?.stop()
    for (const cabinet of cabinets) await cabinet.stop()
    await Promise.all(clouds.map(async (cloud) => await cloud.stop()))
    await tray.stop()
    rmSync(folder, { recursive: true })
  }
  try {
    const [front, worker] = roles
    const url = await start(front)
    await start(worker)
    for (const token of tokens) cabinets.push(await enrolScripted(seals, (key) => enrol(url, token, key)))
    const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' }
    const caller = createCaller(url)
    const parts = { carrier, caller, headers, cabinets, tray, database, clouds, brokerPid: broker.pid, judge }
    return { ...parts, stop: async () => await stop(caller) }
  } catch (error) {
    await stop()
    throw error
  }
}

async function enrol(url: string, claimToken: string, publicKey: string): Promise<EnrolReply> {
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(`${url}/v1/cabinets/enrol`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ claimToken, publicKey }),
  })
  if (answer.status !== 201) throw new Error(`enrol: ${answer.status} ${await answer.text()}`)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the cloud checks its replies against the schema.
  return (await answer.json()) as EnrolReply
}
