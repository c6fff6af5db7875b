import type { Revocation } from '@holdfast/core/cabinet/commands.ts'
import type { DepositStage } from '@holdfast/core/cabinet/state.ts'
import {
  type CabinetId,
  type CarrierId,
  type CompartmentId,
  type DepositId,
  type IncarnationId,
  type OperatorId,
  type OrderId,
  type PersonId,
  type SessionId,
  makeId,
} from '@holdfast/core/values/ids.ts'
import type { Opening } from '@holdfast/core/tariff/opening.ts'
import type { Instant } from '@holdfast/core/values/instants.ts'
import type { Size } from '@holdfast/core/values/sizes.ts'
import type { Card } from '@holdfast/wire/cabinet/desired.ts'
import type {
  CabinetCreateRequest,
  EnrolReply,
  CabinetSummary,
  CabinetView,
  OrderView,
} from '@holdfast/wire/http/cabinets.ts'
import type { Way } from '@holdfast/wire/http/shapes.ts'
import type { PrivatePart } from '@holdfast/wire/journal/events.ts'
import type { Route } from '../platform/http/route.ts'
import type { Tx } from '../platform/postgres/db.ts'
import type { Order } from '@holdfast/wire/cabinet/orders.ts'
import type { Directory, LinkPorts } from '../platform/ports.ts'
import { createAsks } from './asks/asks.ts'
import type { CabinetsRefusal } from './codes.ts'
import type { CabinetsConfig } from './config.ts'
import { createCarriedCalls } from './asks/carried-asks.ts'
import { createCarried } from './carried/carried.ts'
import { createDesired } from './desired/desired.ts'
import type { AskHandler, AskKind, CarriedCalls, PlannedPause } from './facts.ts'
import { createHealth } from './health/health.ts'
import { readOnline } from './health/store.postgres.ts'
import { type IngestCounts, createCounts } from './inbox/counts.ts'
import { createInbox } from './inbox/inbox.ts'
import { createSendDown } from './inbox/outbound.ts'
import { createShards } from './inbox/shards.ts'
import { createRecords } from './ingest/records.ts'
import type { HoldWish, PickupWish, RemoteOrder } from './orders/acts.ts'
import { createOrders } from './orders/orders.ts'
import type { PickupAsked, PickupView } from './orders/store.postgres.ts'
import { type Pictures, createPictures } from './pictures/pictures.ts'
import { createRegistry } from './registry/registry.ts'
import { createRounds } from './rounds.ts'
import { cabinetRoutes } from './routes.ts'
import type { FreeDoors } from './views/free-doors.postgres.ts'
import { createDeskRoutes } from './settings/routes.ts'
import type { JournalPage } from '@holdfast/wire/http/desk/journal.ts'
import { createViews } from './views/views.ts'

/** Everything one may ask of the cabinets; the journal of each is folded behind it. */
export type Cabinets = CarriedCalls &
  Pictures & {
    readonly create: (
      operator: OperatorId,
      request: CabinetCreateRequest,
      given?: { readonly cabinet?: CabinetId; readonly claimToken?: string },
    ) => Promise<Outcome<{ readonly cabinet: CabinetId; readonly claimToken: string }>>
    /** Once per claim token: pins the cabinet's key and begins an incarnation. */
    readonly enrol: (claimToken: string, publicKey: string) => Promise<Outcome<EnrolReply>>
    /** Any operator's: callers show them to people. Unknown ids are left out. */
    readonly places: (ids: readonly CabinetId[], tx?: Tx) => Promise<ReadonlyMap<CabinetId, Place>>
    /** The other cabinets that stand where this one stands, of the same operator. */
    readonly besides: (cabinet: CabinetId) => Promise<readonly Place[]>
    readonly isOnline: (cabinet: CabinetId) => Promise<boolean>
    readonly list: (operator: OperatorId) => Promise<readonly CabinetSummary[]>
    readonly summaries: (operator: OperatorId, ids: readonly CabinetId[]) => Promise<readonly CabinetSummary[]>
    readonly view: (operator: OperatorId, cabinet: CabinetId) => Promise<CabinetView | undefined>
    /** The cabinet's own bytes, page by page; undefined for a cabinet of another operator. */
    readonly journal: (
      operator: OperatorId,
      at: { readonly cabinet: CabinetId; readonly after: string | undefined },
    ) => Promise<JournalPage | undefined>
    /** As the cabinet's journal last told it; undefined for a deposit that is not, or no longer, behind a door. */
    readonly deposit: (at: {
      readonly cabinet: CabinetId
      readonly deposit: DepositId
    }) => Promise<DepositRow | undefined>
    readonly depositsAt: (cabinet: CabinetId, deposits: readonly DepositId[]) => Promise<readonly DepositRow[]>
    /** Opened with the cloud's key; undefined once erased. Ask inside or outside a transaction (`tx` where inside). */
    readonly openPrivate: (at: FactPlace, tx?: Tx) => Promise<PrivatePart | undefined>
    /** The facts of one deposit for a story: types, doors and instants. `null` where the caller has judged the tenant. */
    readonly story: (
      operator: OperatorId,
      at: { readonly cabinet: CabinetId; readonly deposit: DepositId },
    ) => Promise<readonly StoryLine[]>
    /** Signs and publishes an order that opens nothing by itself. False: it could not be sent just now. */
    readonly tell: (cabinet: CabinetId, order: ToldOrder) => Promise<boolean>
    /** Asks the cabinet for a nonce, then sends the signed order; the row's state follows its answers. */
    readonly order: (order: RemoteOrder) => Promise<Outcome<OrderView>>
    /** A new generation of a deposit's code; comes back as a `codeRenewed` fact with a private part. */
    readonly renew: (renewal: Renewal) => Promise<Outcome<OrderView>>
    /** A door for a courier on the way: the order's id names the hold, and the cabinet's facts say what became of it. */
    readonly hold: (wish: HoldWish) => Promise<Outcome<OrderId>>
    readonly giveBack: (of: { readonly cabinet: CabinetId; readonly hold: OrderId }) => Promise<Outcome<OrderId>>
    /** A recipient's own order, which the cabinet takes only while its screen is dead; followed by `pickupView`. */
    readonly pickUp: (wish: PickupWish) => Promise<Outcome<OrderId>>
    readonly pickupView: (asked: PickupAsked) => Promise<PickupView | undefined>
    /** Free doors by size in every cabinet that stands somewhere, or in these of them, as each last told. */
    readonly freeDoors: (of?: readonly CabinetId[]) => Promise<readonly FreeDoors[]>
    readonly orderView: (operator: OperatorId, order: OrderId) => Promise<OrderView | undefined>
    /** One handler for each kind; before `start`. */
    readonly onAsk: <Kind extends AskKind>(kind: Kind, handler: AskHandler<Kind>) => void
    /** In the caller's transaction; reaches the cabinet after its commit. */
    readonly setCards: (tx: Tx, cabinet: CabinetId, change: CardChange) => Promise<void>
    /** Replaces the list of deposits that a courier of their carrier may take out. */
    readonly setRecalls: (tx: Tx, cabinet: CabinetId, deposits: readonly DepositId[]) => Promise<void>
    /** Replaces the list of generations that open nothing any more. */
    readonly setRevocations: (tx: Tx, cabinet: CabinetId, revocations: readonly Revocation[]) => Promise<void>
    /** In the caller's transaction: digests of phones whose owners always consent, as this cabinet is told them. */
    readonly setStanding: (tx: Tx, cabinet: CabinetId, change: StandingChange) => Promise<void>
    /** Where this courier stands signed in at a kiosk now. */
    readonly courierSession: (person: PersonId) => Promise<KioskSession | undefined>
    /** What an embedded broker asks before it lets a cabinet connect. */
    readonly mayConnect: (username: string, password: string) => Promise<BrokerPlace | undefined>
    readonly counts: () => IngestCounts
    readonly routes: readonly Route[]
    readonly start: () => Promise<void>
    readonly stop: () => Promise<void>
  }

export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: CabinetsRefusal }

/** A cabinet where it now stands. */
export type Place = {
  readonly cabinet: CabinetId
  readonly name: string
  readonly siteName: string
  readonly address: string
  readonly way: Way
  readonly operator: OperatorId
  readonly zone: string
  readonly retentionHours: number
  readonly complaintPhone: string
  /** Nobody can show a code there: recipients collect by their phones. */
  readonly screenDead: boolean
  readonly scannerDead: boolean
  /** When people get to it; null: always, as far as anybody has said. */
  readonly opening: Opening | null
  /** What was said ahead of the times when nobody gets to it, as far as they are not over. */
  readonly outages: readonly PlannedPause[]
  /** Of the digests of recipients on this cabinet's cards. */
  readonly salt: string
}

export type DepositRow = {
  readonly cabinet: CabinetId
  readonly operator: OperatorId
  readonly deposit: DepositId
  readonly compartment: CompartmentId
  readonly label: string
  readonly size: Size
  readonly epoch: number
  readonly stage: DepositStage
  readonly carrier: CarrierId
  readonly person: PersonId
  readonly digests: readonly string[]
}

export type BrokerPlace = { readonly cabinet: CabinetId; readonly shard: number }

export type FactPlace = {
  readonly cabinet: CabinetId
  readonly incarnation: IncarnationId
  readonly seq: number
}

export type StoryLine = {
  readonly seq: number
  readonly type: string
  readonly label: string | null
  readonly at: Instant
}

export type ToldOrder =
  | { readonly kind: 'grant'; readonly grant: string }
  | { readonly kind: 'notice-missed'; readonly person: PersonId; readonly deposit: DepositId }
  | { readonly kind: 'scan'; readonly person: PersonId; readonly text: string }
  | { readonly kind: 'picture'; readonly person: PersonId; readonly picture: string }

/** `by`: who stands for it in the journal; the recipient's own wish is asked in the cloud's name. */
export type Renewal = { readonly cabinet: CabinetId; readonly deposit: DepositId; readonly reason: string }

export type CardChange = { readonly put: readonly Card[]; readonly drop: readonly string[] }

export type StandingChange = { readonly put: readonly string[]; readonly drop: readonly string[] }

export type KioskSession = { readonly cabinet: CabinetId; readonly session: SessionId }

export type CabinetsOptions = {
  readonly config: CabinetsConfig
  readonly directory: Directory
  /** Told to cabinets when they enrol. */
  readonly mqttUrl: string
  /** Where a kiosk's QR sends a phone. */
  readonly phoneOrigin: () => string
  /** This process among all that run. */
  readonly holder: string
  /** `ingest` folds journals, `worker` looks for silence and unanswered orders. */
  readonly roles: { readonly ingest: boolean; readonly worker: boolean }
}

export function createCabinets(ports: LinkPorts, options: CabinetsOptions): Cabinets {
  const parts = createParts(ports, options)
  const { registry, views, orders, desired, asks, inbox, shards, rounds } = parts
  const calls = { ...registry, ...views, ...createPictures(ports), order: orders.order, orderView: orders.orderView }
  return {
    ...calls,
    renew: orders.renew,
    hold: orders.hold,
    giveBack: orders.giveBack,
    pickUp: orders.pickUp,
    pickupView: orders.pickupView,
    isOnline: async (cabinet) => await readOnline(ports.db.query, cabinet),
    tell: async (cabinet, told) => {
      const sentAt = ports.clock.now()
      const order = makeId('order', sentAt, ports.seals.random(10))
      return await parts.sendOrder(cabinet, { v: 1, cabinet, order, sentAt, ...told })
    },
    ...createCarriedCalls(ports, parts),
    onAsk: asks.on,
    setCards: desired.setCards,
    setRecalls: desired.setRecalls,
    setRevocations: desired.setRevocations,
    setStanding: desired.setStanding,
    counts: parts.counts.read,
    routes: [...cabinetRoutes(calls), ...parts.desk],
    start: async () => {
      if (options.roles.ingest) await shards.start()
      if (options.roles.worker) rounds.start()
    },
    stop: async () => {
      for (const part of [rounds, shards, inbox, desired]) await part.stop()
      await asks.settled()
    },
  }
}

/** The rooms of this capability, each told only what it asks of the others. */
function createParts(ports: LinkPorts, options: CabinetsOptions) {
  const { directory, config } = options
  const records = createRecords()
  const counts = createCounts()
  const sendDown = createSendDown(ports)
  const sendOrder = async (to: CabinetId, order: Order): Promise<boolean> => await sendDown(to, 'orders', order)
  const registry = createRegistry(ports, { mqttUrl: options.mqttUrl, claimHours: config.claimHours })
  const desired = createDesired({
    ...ports,
    config,
    directory,
    phoneOrigin: options.phoneOrigin,
    place: async (cabinet) => (await registry.places([cabinet])).get(cabinet),
    send: async (cabinet, message) => await sendDown(cabinet, 'desired', message),
  })
  const { settingsChanged } = desired
  const desk = createDeskRoutes({ ...ports, ...config, settingsChanged, staffName: directory.staffName })
  const orders = createOrders({ ...ports, directory, send: sendOrder })
  const health = createHealth(ports, records)
  const asks = createAsks({
    ...ports,
    tellAll: ({ cabinet }) => desired.tellAll(cabinet),
    send: async ({ cabinet }, order) => await sendOrder(cabinet, order),
  })
  const inbox = createInbox({
    ...ports,
    records,
    holds: (shard) => shards.holds(shard),
    count: counts.add,
    taken: async ({ acks, changes }) => {
      ports.outbox.wake()
      await health.changed(changes)
      for (const { record, ack } of acks) void sendDown(record.cabinet, 'acks', ack)
    },
    heard: async (beats) => {
      for (const cabinet of await health.heard(beats)) desired.tellAll(cabinet)
    },
    answered: orders.answered,
    asked: asks.asked,
  })
  const shards = createShards(ports, {
    receive: inbox.receive,
    changed: records.keepShards,
    holder: options.holder,
  })
  const views = createViews(ports, directory)
  const carried = createCarried(ports)
  const rounds = createRounds(ports, { health, orders, carried, privateDays: config.privateDays })
  return { registry, desk, views, orders, desired, asks, inbox, shards, rounds, counts, carried, sendOrder }
}
