import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { startReceiver } from '@holdfast/cloud/carriers/carriers.testing.ts'
import type { startTray } from '@holdfast/cloud/journeys/town.testing.ts'
import { type CabinetId, type CarrierId, makeId } from '@holdfast/core/values/ids.ts'
import { instant } from '@holdfast/core/values/instants.ts'
import { silentLog } from '@holdfast/terminal/platform/log.ts'
import { connectMqtt } from '@holdfast/terminal/uplink/broker/link.ts'
import type { EnrolReply } from '@holdfast/wire/http/cabinets.ts'
import { base64FromBytes } from '@holdfast/wire/bytes/base64.ts'
import { createNodeSeals } from '@holdfast/wire/seals/node.ts'
import type { BenchDatabase } from '../bench/cycles/database.ts'
import { openRealCabinet } from '../bench/offline/cabinet.testing.ts'
import { cloudConfig } from '../bench/rigs/cloud.config.testing.ts'
import { startProgram } from '../bench/rigs/program.ts'
import { bundle } from '../setup/bundle.mjs'

export const seals = createNodeSeals()
const root = fileURLToPath(new URL('../..', import.meta.url))
const apiKey = 'hfk_the-key-of-the-partitions'
const staff = { email: 'ada@example.org', password: 'a long password of Ada' }

/** Where the programs find each other, and the cloud what is outside. */
export type Places = Readonly<Record<'database' | 'mqtt' | 'cabinets' | 'tray' | 'webhook', string>>

export type RealTown = Awaited<ReturnType<typeof openRealTown>> & Outside

/** What stands around the programs, and can be looked at from outside. */
export interface Outside {
  readonly tray: Awaited<ReturnType<typeof startTray>>
  readonly receiver: Awaited<ReturnType<typeof startReceiver>>
  readonly database: Pick<BenchDatabase, 'query'>
}

/** The real cloud in its own process, and the real terminal, its journal in memory, in this one. */
export async function openRealTown(places: Places, doors = 16) {
  const carrier = makeId('carrier', instant(1), seals.random(10))
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-partition-'))
  const file = join(folder, 'cloud.json')
  writeFileSync(file, JSON.stringify(configOf(places, carrier, doors)), { mode: 0o600 })
  const script = await bundle(root, 'tools/bench/cycles/town.program.testing.ts')
  let cloud = startProgram(script, file)
  let url = await cloud.act<string>('url')
  const call = createCalls(() => url)
  await call.signIn()
  const key = seals.generate('p256')
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the cloud checks its replies against the schema.
  const enrolled = (await call.post('/v1/cabinets/enrol', { claimToken, publicKey: key.publicKey })) as EnrolReply
  await call.post('/v1/webhook-endpoints', { url: places.webhook })
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the cloud's own id.
  const cabinet = enrolled.cabinet as CabinetId
  const at = await openRealCabinet({ enrolled, key, cabinet, speed: 10 }, connectMqtt(silentLog, Math.random))
  const killCloud = async (): Promise<void> => await cloud.kill()
  /** In the place of the one before; resolves when it answers. */
  const startCloud = async (): Promise<void> => {
    cloud = startProgram(script, file)
    url = await cloud.act<string>('url')
  }
  const stop = async (): Promise<void> => {
    await at.stop()
    await cloud.stop()
    rmSync(folder, { recursive: true })
  }
  return { call, at, cabinet, incarnation: enrolled.incarnation, carrier, key, killCloud, startCloud, stop }
}

const claimToken = 'the claim token of the partitions'

function configOf({ cabinets, ...places }: Places, carrier: CarrierId, doors: number) {
  const who = { operator: 'Partitions', carrier, apiKeys: [apiKey] }
  const config = cloudConfig({ ...who, ...places, tokens: [claimToken], doors })
  return {
    ...config,
    cabinets: { mqttUrlForCabinets: cabinets },
    carriers: { allowLoopback: true },
    bootstrap: { ...config.bootstrap, staff: [{ name: 'Ada', role: 'manager', ...staff }] },
  }
}

/** Somebody of the operator's and the carrier's program; what fails is thrown with its status. */
function createCalls(url: () => string) {
  let cookie = ''
  const ask = async (path: string, body?: object): Promise<Response> => {
    const once = { 'idempotency-key': base64FromBytes(seals.random(16)) }
    const headers = { cookie, authorization: `Bearer ${apiKey}`, 'content-type': 'application/json', ...once }
    const sent = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
    const reply = await fetch(new URL(path, url()), { headers, ...sent, signal: AbortSignal.timeout(10_000) })
    if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`)
    return reply
  }
  return {
    signIn: async () => {
      cookie = (await ask('/v1/operator/sign-in', staff)).headers.getSetCookie()[0]?.split(';')[0] ?? ''
    },
    get: async (path: string): Promise<unknown> => await (await ask(path)).json(),
    post: async (path: string, body: object): Promise<unknown> => await (await ask(path, body)).json(),
  }
}
