import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type CabinetId, type CarrierId, type OperatorId, readId } from '@holdfast/core/values/ids.ts'
import { type DurationMs, instant } from '@holdfast/core/values/instants.ts'
import { createNodeSeals } from '@holdfast/wire/seals/node.ts'
import { type Capabilities, assemble, startWork } from '../assemble.ts'
import {
  createTestBroker,
  eventually,
  type ScriptedCabinet,
  scriptCabinet,
  testKeys,
  testLayout,
  testRequest,
} from '../cabinets/cabinets.testing.ts'
import { cloudConfig } from '../config.ts'
import { signBody, signatureHeader } from '../notices/channels/signature.ts'
import { type Clock, systemClock } from '../platform/clock.ts'
import { parseConfig } from '../platform/config.ts'
import { createHttp, type Http, type Injected } from '../platform/http/http.ts'
import { createIdempotency } from '../platform/http/idempotency.ts'
import type { Method } from '../platform/http/route.ts'
import { silentLog } from '../platform/log.ts'
import { startBroker } from '../platform/mqtt/embedded.ts'
import type { MqttLink } from '../platform/mqtt/link.ts'
import { createMqttLink } from '../platform/mqtt/mqtt-link.ts'
import { createOutbox } from '../platform/outbox/outbox.ts'
import type { LinkPorts } from '../platform/ports.ts'
import type { Db } from '../platform/postgres/db.ts'
import { openScratchPglite } from '../platform/postgres/pglite.testing.ts'
import { createCuttableDb } from './outage.testing.ts'

export const seals = createNodeSeals()
const gatewaySecret = 'a secret of the gateway'
export const staffPassword = 'correct horse battery'

/** Real time that a test may leap over; timers ring as they were wound. */
export type LeapingClock = Clock & { readonly leap: (by: DurationMs) => void }

function createLeapingClock(): LeapingClock {
  let ahead = 0
  return {
    now: () => instant(systemClock.now() + ahead),
    timer: systemClock.timer,
    leap: (by) => {
      ahead += by
    },
  }
}

export type TrayLetter = { readonly id: string; readonly to: string; readonly text: string; readonly locale: string }

/** What people's phones would show; what is written to a number that is none is refused. */
export async function startTray() {
  const letters: TrayLetter[] = []
  const nobodys = new Set<string>()
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own letters.
      const letter = JSON.parse(Buffer.concat(chunks).toString()) as TrayLetter
      if (!nobodys.has(letter.to)) letters.push(letter)
      response.writeHead(nobodys.has(letter.to) ? 422 : 204).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a TCP server has a port.
  const { port } = server.address() as AddressInfo
  const close = async (): Promise<void> => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return { letters, nobodys, url: `http://127.0.0.1:${port}/letters`, close }
}

export type Wire = 'memory' | 'embedded'

type Links = {
  readonly link: MqttLink
  readonly cabinet: (enrolled: { readonly cabinet: string; readonly mqtt: Login }) => MqttLink
  /** Takes the broker away from everyone; only the one in memory can be. */
  readonly cut: (gone: boolean) => void
  readonly close: () => Promise<void>
}
type Login = { readonly url: string; readonly username: string; readonly password: string }
type MayConnect = Capabilities['cabinets']['mayConnect']

async function openLinks(wire: Wire, mayConnect: MayConnect): Promise<Links & { readonly url: string }> {
  if (wire === 'memory') {
    const broker = createTestBroker()
    const close = async (): Promise<void> => undefined
    return { url: 'mqtt://memory', link: broker.link(), cabinet: () => broker.link(), cut: broker.cut, close }
  }
  const own = { username: 'cloud', password: 'the cloud itself' }
  const broker = await startBroker({
    host: '127.0.0.1',
    port: 0,
    log: silentLog,
    authenticate: async ({ username = '', password = '' }) => {
      if (username === own.username) return password === own.password ? { kind: 'cloud' } : undefined
      const place = await mayConnect(username, password)
      return place === undefined ? undefined : { kind: 'cabinet', ...place }
    },
  })
  const open: MqttLink[] = []
  const dial = (clientId: string, credentials: Omit<Login, 'url'>): MqttLink => {
    const link = createMqttLink({ url: broker.url, clientId, credentials, log: silentLog })
    open.push(link)
    return link
  }
  return {
    url: broker.url,
    link: dial('cloud', own),
    cabinet: ({ cabinet, mqtt }) => dial(cabinet, mqtt),
    cut: () => {
      throw new Error('only the broker in memory can be cut')
    },
    close: async () => {
      for (const link of open) await link.close()
      await broker.stop()
    },
  }
}

export type Town = Awaited<ReturnType<typeof openTown>>

/** The assembled cloud on a real database, with its HTTP by injection and cabinets that speak the wire. */
export async function openTown(wire: Wire, openDb: () => Promise<Db> = openScratchPglite) {
  const [real, tray, clock] = [await openDb(), await startTray(), createLeapingClock()]
  const { db, cut } = createCuttableDb(real)
  const links: Awaited<ReturnType<typeof openLinks>> = await openLinks(
    wire,
    async (name, password) => await faces.cabinets.mayConnect(name, password),
  )
  const outbox = createOutbox({ db, clock, log: silentLog })
  const ports: LinkPorts = { db, outbox, clock, seals, log: silentLog, keys: testKeys(seals), link: links.link }
  const config = townConfig(tray.url)
  const faces = assemble(ports, {
    config,
    mqttUrl: links.url,
    publicUrl: () => 'https://town.example',
    holder: 'town',
  })
  const http = await createHttp({
    ...ports,
    gates: faces.gates,
    routes: faces.routes,
    idempotency: createIdempotency(db, clock, ports.keys.atRest),
    secureCookies: true,
    version: '0',
  })
  await eventually(() => links.link.state() === 'online')
  const stopWork = await startWork(config, faces, ports)
  const enrol = async (operator: OperatorId, n = 1, doors = 4, large = 0): Promise<Enrolled> => {
    const created = await faces.cabinets.create(operator, testRequest(testLayout(doors, n, large), `Cabinet ${n}`))
    if (!created.ok) throw new Error(created.refusal)
    const key = seals.generate('p256')
    const enrolled = await faces.cabinets.enrol(created.value.claimToken, key.publicKey)
    if (!enrolled.ok) throw new Error(enrolled.refusal)
    return { enrolled: enrolled.value, key, cabinet: created.value.cabinet }
  }
  return {
    ...faces,
    clock,
    http,
    tray,
    seals,
    cutDatabase: cut,
    cutBroker: links.cut,
    /** Another end of an enrolled cabinet's line: a real terminal in place of the scripted one. */
    cabinetLink: links.cabinet,
    /** Not through the cut: what is on the disk. */
    rows: real.query,
    ...callers({ faces, http, tray, clock }),
    wire,
    enrol,
    install: async (...given: Parameters<typeof enrol>): Promise<Installed> => {
      const { enrolled, key, cabinet } = await enrol(...given)
      const link = links.cabinet(enrolled)
      await eventually(() => link.state() === 'online')
      return { script: await scriptCabinet({ seals, link, key }, enrolled), cabinet }
    },
    close: async () => {
      cut(false)
      await http.stop()
      await stopWork()
      await links.close()
      await tray.close()
      await real.close()
    },
  }
}

export type Installed = { readonly script: ScriptedCabinet; readonly cabinet: CabinetId }
/** In nobody's place yet: whoever has its key may speak for it. */
export type Enrolled = Pick<ScriptedCabinet, 'enrolled' | 'key'> & { readonly cabinet: CabinetId }

const townConfig = (trayUrl: string) =>
  parseConfig(
    cloudConfig,
    {
      logLevel: 'silent',
      people: { passwordCost: 16 },
      carriers: { allowLoopback: true },
      notices: {
        publicUrl: 'https://town.example',
        phone: { kind: 'tray', url: trayUrl },
        gatewaySecret,
        app: 'beside',
        // None: what arrives must not hang on the hour at which tests run.
        quiet: { from: 0, to: 0 },
      },
    },
    'town',
  )

export type Call = {
  readonly method?: Method
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

type Called = {
  readonly faces: Capabilities
  readonly http: Http
  readonly tray: { readonly letters: readonly TrayLetter[] }
  readonly clock: Clock
}

/** People and programs that call: each gives the headers that it is known by. */
function callers({ faces, http, tray, clock }: Called) {
  const call = async (url: string, { method, body, headers = {} }: Call = {}): Promise<Injected> =>
    await http.inject({ method: method ?? (body === undefined ? 'GET' : 'POST'), url, headers, body })
  const cookieOf = ({ headers }: Injected) => ({ cookie: String(headers['set-cookie']).split(';')[0] ?? '' })
  return {
    call,
    addCarrier: async (code: string): Promise<{ carrier: CarrierId; headers: { authorization: string } }> => {
      const carrier = await faces.carriers.create({ code, name: code.toUpperCase() })
      const { key } = await faces.carriers.createKey(carrier)
      return { carrier, headers: { authorization: `Bearer ${key}` } }
    },
    addStaff: async (name: string, role: 'viewer' | 'manager' = 'manager', at?: OperatorId) => {
      const operator = at ?? (await faces.people.createOperator({ name }))
      const email = `${role}@${name.toLowerCase()}.example`
      const made = await faces.people.createStaff({ operator, email, name, role, password: staffPassword })
      if (!made.ok) throw new Error(made.refusal)
      const entered = await call('/v1/operator/sign-in', { body: { email, password: staffPassword } })
      return { operator, headers: cookieOf(entered) }
    },
    addCourier: async (phone: string, carrier: CarrierId) => {
      const read = faces.people.readPhone(phone)
      if (read === undefined) throw new Error(`no phone: ${phone}`)
      return await faces.people.createCourier({ phone: read, name: 'Li', carrier })
    },
    /** What somebody writes back to a message, as the gateway brings it; once for each `id`. */
    textBack: async (from: string, text: string, id = `${from} ${text}`): Promise<number> => {
      const body = { from, text, id }
      const signed = { secret: gatewaySecret, at: clock.now(), body: new TextEncoder().encode(JSON.stringify(body)) }
      const headers = { [signatureHeader]: signBody(seals, signed) }
      return (await call('/v1/gateway/sms/replies', { body, headers })).status
    },
    /** By the code that came to the tray. */
    signIn: async (audience: 'courier' | 'recipient', phone: string) => {
      const before = tray.letters.length
      const asked = await call('/v1/sign-in/codes', { body: { phone, audience, locale: 'en' } })
      if (asked.status !== 202) throw new Error(asked.body)
      const letter = () =>
        tray.letters.slice(before).find(({ to, text }) => to === phone && text.includes('sign-in code'))
      await eventually(() => letter() !== undefined)
      const code = /\d{6}/.exec(letter()?.text ?? '')?.[0]
      return cookieOf(await call('/v1/sign-in', { body: { phone, audience, code } }))
    },
  }
}

export const json = (injected: Injected): Record<string, unknown> => JSON.parse(injected.body)
export const codeIn = ({ status, body }: Injected): string => {
  const error: unknown = body === '' ? undefined : JSON.parse(body).error
  return typeof error === 'object' && error !== null && 'code' in error
    ? `${status} ${String(error.code)}`
    : String(status)
}
export const parcelIn = (injected: Injected) => {
  const id = readId('parcel', String(json(injected)['id']))
  if (id === undefined) throw new Error(`no parcel: ${injected.body}`)
  return id
}
