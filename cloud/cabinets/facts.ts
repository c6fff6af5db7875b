import type { CabinetEvent } from '@holdfast/core/cabinet/events.ts'
import type { DepositStage } from '@holdfast/core/cabinet/state.ts'
import type {
  CabinetId,
  CarrierId,
  CompartmentId,
  DepositId,
  IncarnationId,
  OperatorId,
  OutageId,
  PersonId,
} from '@holdfast/core/values/ids.ts'
import type { Instant, RunningMs } from '@holdfast/core/values/instants.ts'
import type { Size } from '@holdfast/core/values/sizes.ts'
import type { Ask, Neighbour } from '@holdfast/wire/cabinet/asks.ts'
import type { Card } from '@holdfast/wire/cabinet/desired.ts'
import type { CarriedAskReply } from '@holdfast/wire/http/access.ts'
import type { CompartmentView, OrderView } from '@holdfast/wire/http/cabinets.ts'
import type { CabinetPlace } from '@holdfast/wire/http/shapes.ts'
import type { Tx } from '../platform/postgres/db.ts'
import type { Place } from './cabinets.ts'

/** Outbox topics that this capability writes; their key is the cabinet's id. */
export const cabinetTopics = {
  /** `CabinetFactNews`: one per journal entry that matters to others, in the order of the journal; its kind the event's type. */
  facts: 'cabinet-facts',
  /** `CabinetFactNews` that a courier's phone brought ahead of the journal; `facts` tells the same once it comes. */
  carried: 'cabinet-carried',
  /** `CabinetHealthNews`: only what changed. */
  health: 'cabinet-health',
  /** `CabinetRowsNews`: compartments as they stand after a batch of facts, for screens. */
  rows: 'cabinet-rows',
  /** `OrderNews`: each state of a remote order. */
  orders: 'cabinet-orders',
  /** `CabinetPlacedNews`: it stands somewhere else now. */
  placed: 'cabinet-placed',
  /** `CabinetOutageNews`: nobody will get to it for a while, or will after all. */
  outages: 'cabinet-outages',
} as const

/** Deduplicate by (cabinet, incarnation, seq). Ids and digests only (law 14). */
export type CabinetFactNews = {
  readonly cabinet: CabinetId
  readonly operator: OperatorId
  readonly incarnation: IncarnationId
  readonly seq: number
  /** When the cloud received it. */
  readonly at: Instant
  /** The cabinet's clock, a label; `trusted` says how good. */
  readonly wall: Instant
  readonly trusted: boolean
  readonly running: RunningMs
  readonly event: CabinetEvent
  /** `openPrivate` has what the event leaves out, until its term. */
  readonly hasPrivate: boolean
  /** Label of the door that the event is about, where it is about one. */
  readonly label: string | null
  readonly size: Size | null
  /** Of the deposit that the event is about, as it stands after the event (before it, where the event ended it). */
  readonly context: DepositContext | null
}

export type DepositContext = {
  readonly deposit: DepositId
  readonly carrier: CarrierId
  /** The courier who made it. */
  readonly person: PersonId
  readonly compartment: CompartmentId
  readonly label: string
  readonly size: Size
  readonly epoch: number
  readonly stage: DepositStage
  /** Digests of carrier and tracking number (`wire/seals/parcel-digest.ts`). */
  readonly parcels: readonly string[]
  readonly needLowDoor: boolean
  /** Of the codes that open it now. */
  readonly generations: readonly number[]
}

export type HealthChange =
  | 'online'
  | 'offline'
  | 'digest-differs'
  | 'digest-agrees'
  | 'journal-forked'
  | 'kiosk-ok'
  /** No page, or nothing to touch it with. */
  | 'kiosk-absent'
  | 'scanner-ok'
  | 'scanner-absent'
  | 'journal-ok'
  | 'journal-full'
  | 'journal-failing'
  /** A signed message whose entries do not hold together, or an event that this cloud does not know. */
  | 'journal-garbled'

export type CabinetHealthNews = {
  readonly cabinet: CabinetId
  readonly operator: OperatorId
  readonly at: Instant
  readonly change: HealthChange
}

export type CabinetRowsNews = {
  readonly cabinet: CabinetId
  readonly operator: OperatorId
  readonly compartments: readonly CompartmentView[]
}

export type CabinetPlacedNews = {
  readonly cabinet: CabinetId
  readonly operator: OperatorId
  readonly at: Instant
  /** False where only its terms are other ones: name, address and zone stay. */
  readonly moved: boolean
}

/** A stretch that was said ahead. */
export type PlannedPause = { readonly id: OutageId; readonly from: Instant; readonly to: Instant }

export type CabinetOutageNews = {
  readonly cabinet: CabinetId
  readonly operator: OperatorId
  readonly at: Instant
  readonly change: 'planned' | 'cancelled'
  readonly outage: PlannedPause
}

/** A place as people find it, without what only the cloud needs. */
export const shownPlace = ({
  cabinet,
  name,
  siteName,
  address,
  complaintPhone: phone,
  screenDead,
  scannerDead,
  way,
}: Place): CabinetPlace => ({
  cabinet,
  name,
  siteName,
  address,
  phone,
  ...way,
  ...(screenDead ? { screenDead } : {}),
  ...(scannerDead ? { scannerDead } : {}),
})

export type OrderNews = { readonly operator: OperatorId; readonly order: OrderView }

/** Event types that are published; the rest (intents, pulses, keypad tries) stay in the journal. */
export const publishedEvents: ReadonlySet<CabinetEvent['type']> = new Set<CabinetEvent['type']>([
  'doorOpened',
  'doorNotOpened',
  'doorOutcomeUnknown',
  'doorShut',
  'doorLost',
  'doorFound',
  'doorLeftOpen',
  'compartmentSuspected',
  'compartmentInspected',
  'compartmentRetired',
  'compartmentFaulted',
  'compartmentRestored',
  'courierSessionOpened',
  'pickupSessionOpened',
  'pickupContinued',
  'pickupReopened',
  'sessionEnded',
  'depositBegun',
  'depositPrepared',
  'parcelJoined',
  'parcelTurnedAway',
  'depositMoved',
  'depositMade',
  'depositCancelled',
  'codeAccepted',
  'codeRenewed',
  'refusalBegun',
  'depositRefused',
  'depositDisputed',
  'depositCollected',
  'depositKept',
  'recallBegun',
  'lookBegun',
  'depositRecalled',
  'orderAccepted',
  'orderRefused',
  'cabinetStarted',
  'emergencyRaised',
  'emergencyEnded',
  'releaseBegun',
  'largeDoorShut',
  'compartmentRebuilt',
  'undoBegun',
  'leaseAsked',
  'leaseGranted',
  'leaseLost',
  'leaseEnded',
])

/** `carried-outdated`: of a journal that has ended since. */
export type CarriedRefusal = 'carried-malformed' | 'carried-forged' | 'carried-outdated'
/** `ask-other-courier`: the session before that screen is somebody else's. */
export type CarriedAskRefusal = CarriedRefusal | 'ask-other-courier'
export type CarriedAskOutcome =
  | { readonly ok: true; readonly value: CarriedAskReply }
  | { readonly ok: false; readonly refusal: CarriedAskRefusal }
export type CarriedOutcome =
  | { readonly ok: true; readonly value: { readonly deposit: DepositId; readonly fresh: boolean } }
  | { readonly ok: false; readonly refusal: CarriedRefusal }

/** Cabinets without network: what phones carry for them, and whose certificates they take no more. */
export type CarriedCalls = {
  /** A deposit's signed facts by way of a phone. */
  readonly takeCarried: (bytes: Uint8Array, by: PersonId) => Promise<CarriedOutcome>
  /** A question that a courier's phone read from a screen: the answer as codes for the cabinet's scanner. */
  readonly answerCarried: (
    brought: { readonly bytes: Uint8Array; readonly again: boolean },
    by: PersonId,
  ) => Promise<CarriedAskOutcome>
  /** In the caller's transaction; every cabinet hears it. `until`: when nobody need remember them any more. */
  readonly deny: (tx: Tx, serials: readonly string[], until: Instant) => Promise<void>
}

export type AskKind =
  | 'card'
  | 'consent'
  | 'neighbours'
  | 'courier-code'
  | 'courier-sign-in'
  | 'lost-code'
  | 'low-doors'
  | 'elsewhere'

/** An ask with its seal opened: `sealedParcelSchema` or `sealedSignInSchema` has yet to judge `plain`. */
export type OpenedAsk<Kind extends AskKind> = {
  readonly cabinet: CabinetId
  readonly operator: OperatorId
  readonly ask: Extract<Ask, { readonly kind: Kind }>
  readonly plain: unknown
}

export type AskReply = {
  readonly parcel?: string
  /** null: the cloud knows no such parcel and has no consent. */
  readonly card?: Card | null
  readonly refusal?: string
  readonly grant?: string
  /** The courier's employers, for him to choose one. */
  readonly carriers?: CarrierId[]
  /** The cabinet beside this one that the code is right at. */
  readonly cabinetName?: string
  readonly directions?: string
  /** Nearby, with a door that fits; the nearest first. */
  readonly neighbours?: Neighbour[]
  /** Of the recipient, about the cabinet that was named. */
  readonly word?: 'asked' | 'agreed'
}

export type AskHandler<Kind extends AskKind> = (ask: OpenedAsk<Kind>) => Promise<AskReply>
