import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { testLayout, testRequest } from '@holdfast/cloud/cabinets/cabinets.testing.ts'
import { startReceiver } from '@holdfast/cloud/carriers/carriers.testing.ts'
import { type CabinetId, type CarrierId, makeId } from '@holdfast/core/values/ids.ts'
import { instant } from '@holdfast/core/values/instants.ts'
import { silentLog } from '@holdfast/terminal/platform/log.ts'
import { connectMqtt } from '@holdfast/terminal/uplink/broker/link.ts'
import type { EnrolReply } from '@holdfast/wire/http/cabinets.ts'
import { base64FromBytes } from '@holdfast/wire/bytes/base64.ts'
import { createNodeSeals } from '@holdfast/wire/seals/node.ts'
import { openBenchDatabase } from '../bench/cycles/database.ts'
import { openRealCabinet } from '../bench/offline/cabinet.testing.ts'
import { startMosquitto } from '../bench/rigs/broker.ts'
import { startProgram } from '../bench/rigs/program.ts'
import { bundle } from '../setup/bundle.mjs'
import { type FaultProxy, openFaultProxy } from './proxy.ts'

export const links = ['cabinet-broker', 'broker-cloud', 'cloud-database', 'cloud-sms', 'cloud-webhook'] as const
export type Link = (typeof links)[number]

export const seals = createNodeSeals()
const root = fileURLToPath(new URL('../..', import.meta.url))
const apiKey = 'hfk_the-key-of-the-partitions'
const staff = { email: 'ada@example.org', password: 'a long password of Ada' }
const clock = {
  now: () => performance.now(),
  after: (ms: number, run: () => void) => {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}

export type PartitionTown = Exclude<Awaited<ReturnType<typeof openPartitionTown>>, string>

/** The real cloud in its own process, the real terminal, Mosquitto and PostgreSQL, a fault proxy on each link; or why not. */
export async function openPartitionTown(server: string) {
  const broker = await startMosquitto()
  if (broker === undefined) return 'no Mosquitto'
  const database = await openBenchDatabase(server)
  if (database === undefined) {
    broker.stop()
    return `no PostgreSQL at ${server}`
  }
  const tray = await startTray()
  const receiver = await startReceiver(() => ({ status: 200 }))
  const between = async (url: string): Promise<FaultProxy> => {
    const { hostname: host, port } = new URL(url)
    return await openFaultProxy({ host, port: Number(port === '' ? 5432 : port) }, clock)
  }
  const proxies: Readonly<Record<Link, FaultProxy>> = {
    'cabinet-broker': await between(broker.url),
    'broker-cloud': await between(broker.url),
    'cloud-database': await between(database.url),
    'cloud-sms': await between(tray.url),
    'cloud-webhook': await between(receiver.url),
  }
  const through = (link: Link, url: string): string => {
    const other = new URL(url)
    other.hostname = '127.0.0.1'
    other.port = String(proxies[link].port)
    return other.href
  }
  const carrier = makeId('carrier', instant(1), seals.random(10))
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-partition-'))
  const file = join(folder, 'cloud.json')
  const urls = {
    database: through('cloud-database', database.url),
    mqtt: through('broker-cloud', broker.url),
    cabinets: through('cabinet-broker', broker.url),
    tray: through('cloud-sms', tray.url),
  }
  writeFileSync(file, JSON.stringify(configOf(urls, carrier)), { mode: 0o600 })
  const cloud = startProgram(await bundle(root, 'tools/bench/cycles/town.program.testing.ts'), file)
  const call = createCalls(await cloud.act<string>('url'))
  await call.signIn()
  const key = seals.generate('p256')
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the cloud checks its replies against the schema.
  const enrolled = (await call.post('/v1/cabinets/enrol', { claimToken, publicKey: key.publicKey })) as EnrolReply
  await call.post('/v1/webhook-endpoints', { url: through('cloud-webhook', receiver.url) })
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the cloud's own id.
  const cabinet = enrolled.cabinet as CabinetId
  const at = await openRealCabinet({ enrolled, key, cabinet, speed: 10 }, connectMqtt(silentLog))
  const stop = async (): Promise<void> => {
    for (const proxy of Object.values(proxies)) proxy.heal()
    await at.stop()
    await cloud.stop()
    for (const proxy of Object.values(proxies)) await proxy.stop()
    await tray.stop()
    await receiver.close()
    await database.drop()
    broker.stop()
    rmSync(folder, { recursive: true })
  }
  return { proxies, call, at, cabinet, incarnation: enrolled.incarnation, carrier, tray, receiver, database, key, stop }
}

const claimToken = 'the claim token of the partitions'

function configOf(urls: Readonly<Record<'database' | 'mqtt' | 'cabinets' | 'tray', string>>, carrier: CarrierId) {
  return {
    http: { port: 0 },
    secureCookies: false,
    database: { url: urls.database },
    mqtt: { url: urls.mqtt },
    cabinets: { mqttUrlForCabinets: urls.cabinets },
    carriers: { allowLoopback: true },
    notices: {
      publicUrl: 'http://127.0.0.1',
      phone: { kind: 'tray', url: urls.tray },
      gatewaySecret: 'at least sixteen letters',
    },
    bootstrap: {
      operator: { name: 'Partitions' },
      staff: [{ name: 'Ada', role: 'manager', ...staff }],
      carriers: [{ id: carrier, code: 'sf', name: 'SF', apiKeys: [apiKey] }],
      cabinets: [{ ...testRequest(testLayout(16), 'Cabinet'), claimToken }],
    },
  }
}

/** Somebody of the operator's and the carrier's program; what fails is thrown with its status. */
function createCalls(url: string) {
  let cookie = ''
  const ask = async (path: string, body?: object): Promise<Response> => {
    const once = { 'idempotency-key': base64FromBytes(seals.random(16)) }
    const headers = { cookie, authorization: `Bearer ${apiKey}`, 'content-type': 'application/json', ...once }
    const sent = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
    const reply = await fetch(new URL(path, url), { headers, ...sent, signal: AbortSignal.timeout(10_000) })
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

/** What people's phones show, each message as often as it came. */
async function startTray() {
  const letters: { readonly id: string; readonly to: string; readonly text: string }[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      letters.push(JSON.parse(Buffer.concat(chunks).toString()))
      response.writeHead(204).end()
    })
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a TCP server has a port.
  const { port } = server.address() as AddressInfo
  const stop = async (): Promise<void> => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
  return { letters, url: `http://127.0.0.1:${port}/letters`, stop }
}
