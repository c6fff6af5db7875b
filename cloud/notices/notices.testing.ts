import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import type { CarrierId, Id, IdKind } from '@holdfast/core/values/ids.ts'
import { makeId } from '@holdfast/core/values/ids.ts'
import { hours, instant } from '@holdfast/core/values/instants.ts'
import type { Inbox } from '@holdfast/wire/http/notices.ts'
import type { Place } from '../cabinets/cabinets.ts'
import type { PlannedPause } from '../cabinets/facts.ts'
import type { ParcelNews } from '../parcels/events.ts'
import type { ParcelRecipient } from '../parcels/parcels.ts'
import { cookieFrom, emptyPeople, httpOf, peopleOn, phone, seals, start } from '../people/people.testing.ts'
import type { Http } from '../platform/http/http.ts'
import type { Db } from '../platform/postgres/db.ts'
import type { TestEngine } from '../platform/postgres/db.testing.ts'
import type { NoticesConfig } from './config.ts'
import { type Channel, type Letter, type Sent, channelFailure } from './channels/channel.ts'
import { signBody, signatureHeader } from './channels/signature.ts'
import type { Channels } from './queue/delivery.ts'
import { followParcels } from './follow/tasks.ts'
import { type RecipientReply, type Message, type Notices, createNotices } from './notices.ts'

export const id = <Kind extends IdKind>(kind: Kind, n: number): Id<Kind> =>
  makeId(kind, start, new Uint8Array(10).fill(n))
export const [cabinet, parcel, deposit] = [id('cabinet', 1), id('parcel', 1), id('deposit', 1)]
export const [operator, otherOperator] = [id('operator', 1), id('operator', 2)]
export const carrier: CarrierId = id('carrier', 1)
export const li = phone('+8613812345678')
export const code = '012345678'
export const secret = 'the secret of the gateway'
export const place: Place = {
  cabinet,
  operator,
  name: '一号柜',
  siteName: '东门',
  address: '人民路1号',
  zone: 'Asia/Shanghai',
  retentionHours: 24,
  complaintPhone: '400-123-4567',
  opening: null,
  outages: [],
  salt: '',
  screenDead: false,
  scannerDead: false,
  way: {},
}
export const news = (given: Partial<ParcelNews> = {}): ParcelNews => ({
  parcel,
  carrier,
  trackingNumber: 'SF1234567890123',
  type: 'deposited',
  sequence: 2,
  at: start,
  locale: 'zh',
  cabinet,
  operator,
  deposit,
  label: 'A07',
  reason: null,
  generation: 0,
  ...given,
})
export const message: Message = {
  key: 'k',
  to: { phone: li },
  locale: 'en',
  content: { template: 'sign-in-code', code: '123456', minutes: 10 },
  about: { parcel, deposit, operator },
}

/** A channel in memory that a test can break. */
export function channelOf() {
  const letters: Letter[] = []
  let answer: () => Sent | Promise<Sent> = () => ({ outcome: 'sent' })
  const channel: Channel = {
    send: async (letter) => {
      letters.push(letter)
      return await answer()
    },
    close: () => undefined,
  }
  return { channel, letters, says: (given: () => Sent | Promise<Sent>) => void (answer = given) }
}
export const down = (): Sent => {
  throw channelFailure('channel-unreachable', 'ECONNREFUSED')
}

export function groundOn(db: Db, given: Partial<Channels> = {}, config: Partial<NoticesConfig> = {}) {
  const ground = peopleOn(db)
  const [sms, email] = [channelOf(), channelOf()]
  const recipient: ParcelRecipient = {
    parcel,
    carrier,
    trackingNumber: 'SF1234567890123',
    phone: li,
    email: null,
    addressAlone: false,
    locale: 'zh',
    deposit: { cabinet, deposit },
    dueAt: instant(start + hours(24)),
    question: null,
  }
  const town = {
    recipient: recipient as ParcelRecipient | undefined,
    online: true,
    code: { code, generation: 0 } as { code: string; generation: number } | undefined,
    outages: [] as PlannedPause[],
    way: {} as Place['way'],
    /** Another cabinet. */
    other: undefined as Place | undefined,
  }
  const replies: RecipientReply[] = []
  const notices = createNotices({
    ...ground.ports,
    config: {
      publicUrl: 'https://c.example',
      phone: { kind: 'tray', url: 'http://t' },
      gatewaySecret: secret,
      wordsDays: 30,
      quiet: { from: 0, to: 0 },
      app: 'first',
      ...config,
    },
    sources: {
      parcels: { recipientOf: async () => town.recipient, codeOf: async () => town.code },
      cabinets: {
        places: async () => {
          const here = { ...place, outages: town.outages, way: town.way }
          return new Map([here, ...(town.other === undefined ? [] : [town.other])].map((each) => [each.cabinet, each]))
        },
        isOnline: async () => town.online,
      },
      carriers: async () => [{ id: carrier, code: 'sf', name: '顺丰' }],
    },
    readPhone: ground.people.readPhone,
    isLandline: (of) => of.startsWith('+8610'),
    appOf: ground.people.appOf,
    channels: { sms: sms.channel, email: email.channel, ...given },
    others: {
      list: async (asker) =>
        asker === operator
          ? [
              {
                id: 'evt_1',
                kind: 'webhook',
                channel: 'webhook',
                about: null,
                attempts: 9,
                lastError: null,
                since: start,
              },
            ]
          : [],
      retry: async (asker, what) => asker === operator && what === 'evt_1',
    },
  })
  notices.onReply(async (reply) => void replies.push(reply))
  return { ...ground, notices, sms, email, town, replies }
}

/** One database for a file, emptied before each test. */
export function sceneOn(engine: TestEngine, given: Partial<Channels> = {}, config: Partial<NoticesConfig> = {}) {
  let db: Db
  let ground: ReturnType<typeof groundOn>
  let notices: Notices
  let http: Http
  beforeAll(async () => {
    db = await engine.open()
  })
  afterAll(async () => await db.close())
  beforeEach(async () => {
    await emptyPeople(db)
    await db.query('truncate message, message_task, gateway_reply, undelivered_cleared')
    ground = groundOn(db, given, config)
    notices = ground.notices
    http = await httpOf(ground, [...notices.routes, ...ground.people.routes])
  })
  afterEach(async () => await http.stop())

  /** Works until nothing is due. */
  const settle = async () => {
    for (let moved = 1; moved > 0;) moved = await notices.tick()
  }
  const hear = async (...all: readonly ParcelNews[]) => {
    const consumer = followParcels(ground.ports, { free: () => 0, noted: () => undefined })
    for (const payload of all) {
      const event = { cursor: '', topic: 'parcel-events', key: payload.parcel, payload, at: start }
      await db.transaction(async (tx) => {
        if ('handleAll' in consumer) await consumer.handleAll(tx, [event])
      })
    }
    await settle()
  }
  const texts = () => ground.sms.letters.map(({ text }) => text)
  const status = async () => (await notices.statusFor([deposit])).get(deposit)
  const callback = async (path: string, body: unknown, key = secret) => {
    const at = ground.clock.now()
    const signature = signBody(seals, { secret: key, at, body: new TextEncoder().encode(JSON.stringify(body)) })
    const headers = { [signatureHeader]: signature }
    return await http.inject({ method: 'POST', url: `/v1/gateway/${path}`, headers, body })
  }
  const staffOf = async (tenant: typeof operator, email: string) => {
    await ground.people.createOperator({ name: 'Town', operator: tenant })
    const password = 'long enough to be one'
    await ground.people.createStaff({ operator: tenant, email, name: 'Ann', role: 'manager', password })
    const answer = await http.inject({ method: 'POST', url: '/v1/operator/sign-in', body: { email, password } })
    return { cookie: String(answer.headers['set-cookie']).split(';')[0] ?? '' }
  }
  /** Signed in to the app: the cookie to look with. */
  const signIn = async (as = li) => {
    const body = { phone: as, audience: 'recipient' }
    await http.inject({ method: 'POST', url: '/v1/sign-in/codes', body })
    const sent = ground.codes.at(-1)?.code
    const answer = await http.inject({ method: 'POST', url: '/v1/sign-in', body: { ...body, code: sent } })
    return { cookie: cookieFrom(answer.headers) }
  }
  const inbox = async (headers: { readonly cookie: string }): Promise<Inbox['items']> =>
    JSON.parse((await http.inject({ method: 'GET', url: '/v1/recipient/inbox', headers })).body).items
  const read = async (headers: { readonly cookie: string }, ...messages: readonly (string | undefined)[]) =>
    (await http.inject({ method: 'POST', url: '/v1/recipient/inbox/read', headers, body: { messages } })).status
  const listed = async (headers: { readonly cookie: string }) =>
    JSON.parse((await http.inject({ method: 'GET', url: '/v1/operator/undelivered', headers })).body).items
  return {
    settle,
    hear,
    texts,
    status,
    callback,
    staffOf,
    listed,
    signIn,
    inbox,
    read,
    get db() {
      return db
    },
    get ground() {
      return ground
    },
    get notices() {
      return notices
    },
    get http() {
      return http
    },
  }
}
