import { type CarrierId, type Id, idToUuid, makeId, type OperatorId, type ParcelId } from '@holdfast/core/values/ids.ts'
import { after, type DurationMs, type Instant, seconds } from '@holdfast/core/values/instants.ts'
import { base64FromBytes } from '@holdfast/wire/bytes/base64.ts'
import type { Static } from 'typebox'
import {
  type endpointCreated,
  type endpointRequest,
  type endpointSchema,
  type parcelEventPage,
  webhookTypes,
} from '@holdfast/wire/http/carriers.ts'
import type { Undelivered } from '@holdfast/wire/http/notices.ts'
import type { TimelineEntry } from '@holdfast/wire/http/parcels.ts'
import type { Clock } from '../platform/clock.ts'
import type { CallerOf, Route } from '../platform/http/route.ts'
import { parseCursor, writeCursor } from '../platform/outbox/read.ts'
import type { Ports } from '../platform/ports.ts'
import type { CarriersRefusal } from './codes.ts'
import type { CarriersConfig } from './config.ts'
import { createDesks } from './desk/desk.ts'
import { deskRoutes } from './desk/routes.ts'
import { keepCarrier, readKept } from './desk/store.postgres.ts'
import { createTrial } from './desk/try-endpoint.ts'
import { carriersRoutes } from './routes.ts'
import {
  deleteEndpoint,
  insertCarrier,
  insertEndpoint,
  insertKey,
  readCarriers,
  readEndpoints,
  readEvents,
  readKey,
  readUndelivered,
  readWebhookStory,
  revokeKey,
} from './rows/store.postgres.ts'
import { createTelling } from './rows/tell.ts'
import { putTest } from './rows/test-event.ts'
import { isFitUrl } from './webhooks/addresses.ts'
import { createDeliverer } from './webhooks/deliver.ts'
import { createPost, type Post } from './webhooks/post.ts'
import { secretOf, secretText } from './webhooks/sign.ts'
import { forgetDelivered, resetDelivery } from './webhooks/store.postgres.ts'

export type KeyId = Id<'key'>
export type EndpointId = Id<'endpoint'>
export type Endpoint = Static<typeof endpointSchema>
export type EventPage = Static<typeof parcelEventPage>

/** The delivery companies: who they are, the keys they call with, and how they come to know what happened. */
export type Carriers = {
  /** Again with the same code and name: the same carrier (bootstrap). */
  readonly create: (carrier: NewCarrier) => Promise<CarrierId>
  /** Those whose keys, endpoints and couriers this operator looks after. */
  readonly keptBy: (operator: OperatorId) => Promise<ReadonlySet<CarrierId>>
  readonly list: () => Promise<readonly Carrier[]>
  readonly names: (ids: readonly CarrierId[]) => Promise<ReadonlyMap<CarrierId, string>>
  /** The key is shown once; only its hash is kept. */
  readonly createKey: (carrier: CarrierId, given?: { readonly key: string }) => Promise<CreatedKey>
  readonly revokeKey: (carrier: CarrierId, key: KeyId) => Promise<boolean>
  /** For `Gates.carrier`. A revoked key may be believed for `keyBelievedFor` longer. */
  readonly callerOf: (apiKey: string) => Promise<CallerOf<'carrier'> | undefined>
  readonly createEndpoint: (
    carrier: CarrierId,
    request: Static<typeof endpointRequest>,
  ) => Promise<Outcome<Static<typeof endpointCreated>>>
  readonly endpoints: (carrier: CarrierId) => Promise<readonly Endpoint[]>
  readonly removeEndpoint: (carrier: CarrierId, endpoint: EndpointId) => Promise<boolean>
  /** A signed event about no parcel, brought like any other; false where the carrier has no such endpoint at work. */
  readonly testEndpoint: (carrier: CarrierId, endpoint: EndpointId) => Promise<boolean>
  /** The history that the webhooks tell, in one order; `after` is the `next` of the page before, undefined where it is none. */
  readonly events: (
    carrier: CarrierId,
    page: { readonly after: string | null; readonly limit: number },
  ) => Promise<EventPage | undefined>
  /** Webhooks about parcels in this operator's cabinets that gave up or wait long. */
  readonly undelivered: (operator: OperatorId) => Promise<Undelivered['items']>
  /** Tries an undelivered one again from the start; false where it is not this operator's. */
  readonly retry: (operator: OperatorId, id: string) => Promise<boolean>
  /** What became of this parcel's webhooks, for its story. */
  readonly story: (operator: OperatorId, parcel: ParcelId) => Promise<readonly TimelineEntry[]>
  /** Drops what was delivered, or written to be pulled, before the instant; what waits or was given up stays. */
  readonly forget: (before: Instant) => Promise<void>
  /** One look at what is due, without the timer: for tests and tools. */
  readonly round: () => Promise<number>
  readonly routes: readonly Route[]
  /** Registers the consumer and begins to deliver: before the outbox starts. */
  readonly start: () => void
  readonly stop: () => Promise<void>
}

export type Carrier = { readonly id: CarrierId; readonly code: string; readonly name: string }

export type NewCarrier = {
  readonly code: string
  readonly name: string
  readonly id?: CarrierId
  readonly keptBy?: OperatorId
}

export type CreatedKey = { readonly id: KeyId; readonly key: string }

export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: CarriersRefusal }

export type CarriersPorts = Ports & {
  readonly config: CarriersConfig
  /** Instead of one that goes out to the network: the simulator. */
  readonly post?: Post
}

/** How long a key is believed without asking the database again. */
export const keyBelievedFor = seconds(10)
const listBelievedFor = seconds(10)
const believedAtMost = 1_000
const endpointsMost = 10
/** Enough to tell a carrier's few keys apart, too little to help anybody guess. */
const hintLength = 4

export function createCarriers(ports: CarriersPorts): Carriers {
  const { db, clock, seals, outbox, config } = ports
  const listed = remembering(clock, listBelievedFor, async () => await readCarriers(db.query))
  const post = ports.post ?? createPost(config)
  const deliverer = createDeliverer(ports, post)
  const faces: Omit<Carriers, 'routes'> = {
    create: async ({ id, code, name, keptBy }) => {
      const at = clock.now()
      listed.forget()
      const draft = { id: id ?? makeId('carrier', at, seals.random(10)), code, name }
      const carrier = await insertCarrier(db.query, draft, at)
      if (keptBy !== undefined) await keepCarrier(db.query, keptBy, carrier)
      return carrier
    },
    keptBy: async (operator) => await readKept(db.query, operator),
    list: async () => await listed.read('all'),
    names: async (ids) =>
      new Map((await listed.read('all')).flatMap(({ id, name }) => (ids.includes(id) ? [[id, name] as const] : []))),
    ...keyFaces(ports),
    ...endpointFaces(ports),
    undelivered: async (operator) => await readUndelivered(db.query, operator),
    retry: async (operator, id) => {
      if (!/^[0-9a-f-]{36}$/.test(id)) return false
      const at = { operator: idToUuid(operator), delivery: id, now: clock.now() }
      const found = await resetDelivery(db.query, at)
      if (found) deliverer.wake()
      return found
    },
    testEndpoint: async (carrier, endpoint) => {
      const put = await putTest(ports, config.source, { carrier, endpoint })
      if (put) deliverer.wake()
      return put
    },
    story: async (operator, parcel) => await readWebhookStory(db.query, operator, parcel),
    forget: async (before) => await forgetDelivered(db.query, before),
    round: deliverer.round,
    start: () => {
      outbox.add(createTelling(ports, config.source, deliverer.wake))
      deliverer.start()
    },
    stop: deliverer.stop,
  }
  const desks = createDesks(ports, { ...faces, trial: createTrial(ports, post), listChanged: listed.forget })
  return { ...faces, routes: [...carriersRoutes(faces), ...deskRoutes(desks)] }
}

function keyFaces({ db, clock, seals }: CarriersPorts): Pick<Carriers, 'createKey' | 'revokeKey' | 'callerOf'> {
  const hashOf = (key: string): string => base64FromBytes(seals.hash(new TextEncoder().encode(key)))
  const keyed = remembering(clock, keyBelievedFor, async (hash) => await readKey(db.query, hash))
  return {
    createKey: async (carrier, given) => {
      const at = clock.now()
      const key = given?.key ?? `hfk_${base64FromBytes(seals.random(24))}`
      const hint = key.slice(-hintLength)
      const fresh = { hash: hashOf(key), hint, id: makeId('key', at, seals.random(10)), carrier, at }
      keyed.forget()
      return { key, id: await insertKey(db.query, fresh) }
    },
    revokeKey: async (carrier, key) => {
      keyed.forget()
      return await revokeKey(db.query, carrier, key, clock.now())
    },
    callerOf: async (apiKey) => {
      const found = await keyed.read(hashOf(apiKey))
      return found === undefined ? undefined : { kind: 'carrier', carrierId: found.carrier, keyId: found.id }
    },
  }
}

type EndpointFaces = Pick<Carriers, 'createEndpoint' | 'endpoints' | 'removeEndpoint' | 'events'>

function endpointFaces({ db, clock, seals, keys, config }: CarriersPorts): EndpointFaces {
  return {
    createEndpoint: async (carrier, { url, types }) => {
      if (!isFitUrl(url, config.allowLoopback)) return { ok: false, refusal: 'endpoint-url-unfit' }
      const at = clock.now()
      const id = makeId('endpoint', at, seals.random(10))
      const none = { disabledAt: null, lastDeliveredAt: null, waiting: 0 }
      const endpoint: Endpoint = { id, url, types: [...(types ?? webhookTypes)], ...none }
      const given = { endpoint, at, most: endpointsMost }
      const isOneMore = await db.transaction(async (tx) => await insertEndpoint(tx, carrier, given))
      if (!isOneMore) return { ok: false, refusal: 'endpoints-too-many' }
      return { ok: true, value: { endpoint, secret: secretText(secretOf(seals, keys.atRest, id)) } }
    },
    endpoints: async (carrier) => await readEndpoints(db.query, carrier),
    removeEndpoint: async (carrier, endpoint) => await deleteEndpoint(db.query, carrier, endpoint),
    events: async (carrier, { after, limit }) => {
      const from = parseCursor(after ?? '0-0')
      if (from === undefined) return undefined
      const rows = await readEvents(db.query, carrier, { tx: from.tx, place: from.seq, limit })
      const last = rows.at(-1)
      const next = last === undefined ? after : writeCursor({ tx: last.tx, seq: last.place })
      return { items: rows.map(({ body }) => body), next }
    },
  }
}

/** Answers that hardly ever change, and that every call needs. */
function remembering<T>(clock: Clock, lasting: DurationMs, ask: (key: string) => Promise<T>) {
  const known = new Map<string, { readonly until: Instant; readonly answer: T }>()
  return {
    forget: () => known.clear(),
    read: async (key: string): Promise<T> => {
      const found = known.get(key)
      if (found !== undefined && found.until > clock.now()) return found.answer
      const answer = await ask(key)
      if (known.size >= believedAtMost) known.clear()
      known.set(key, { until: after(clock.now(), lasting), answer })
      return answer
    },
  }
}
