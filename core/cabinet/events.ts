import type { EmergencyCause } from '../access/cause.ts'
import type { KeypadEvent } from '../access/keypad.ts'
import type { CompartmentEvent } from '../compartment/compartment.ts'
import type { Need } from '../compartment/allocate.ts'
import type { LeaseEvent } from '../compartment/lease.ts'
import type { DoorEvent } from '../door/door.ts'
import type { CarrierId, CompartmentId, DepositId, OrderId, PersonId, SessionId, StaffId } from '../values/ids.ts'
import type { RunningMs } from '../values/instants.ts'
import type { CabinetLayout } from './layout.ts'
import type { RebuiltCompartment } from './rebuild/told.ts'

/**
 * Everything a cabinet's journal can say. Ids and digests only: what concerns a person lies in the entry's
 * sealed private part (law 14). Terminal, cloud and simulator fold these with the same `evolve`.
 */
export type CabinetEvent =
  | DoorEvent
  | CompartmentEvent
  | KeypadEvent
  | SessionEvent
  | DepositEvent
  | OrderEvent
  | LeaseEvent
  | SafetyEvent
  | LifeEvent
  | RebuiltEvent

/** One compartment as a new terminal found it told: the first thing in the journal of a cabinet with a past. */
export interface RebuiltEvent extends RebuiltCompartment {
  readonly type: 'compartmentRebuilt'
  readonly at: RunningMs
}

export type LifeEvent =
  | { readonly type: 'cabinetStarted'; readonly boot: number; readonly at: RunningMs }
  | { readonly type: 'layoutTaken'; readonly layout: CabinetLayout; readonly at: RunningMs }
  | { readonly type: 'serviceSwitchTurned'; readonly closed: boolean; readonly at: RunningMs }

/** How a right was shown. `message-code`: phone number and a code sent to it, vouched for by the cloud. */
export type Via = 'code' | 'grant' | 'message-code' | 'certificate'

/** the grounds on which a parcel may not go in. */
export type TurnedAway = 'damaged' | 'weight-off' | 'goods-need-agreement' | 'consent-declined'

export type SessionEnd = 'done' | 'timeout' | 'restart'

export type SessionEvent =
  | {
      readonly type: 'courierSessionOpened'
      readonly session: SessionId
      readonly person: PersonId
      readonly carrier: CarrierId
      readonly via: Via
      readonly nonce: string | null
      /** Of a certificate: how many doors it opens here in a day. */
      readonly doors?: number
      readonly at: RunningMs
    }
  | {
      readonly type: 'pickupSessionOpened'
      readonly session: SessionId
      readonly deposit: DepositId
      readonly person: PersonId | null
      readonly via: Via
      readonly nonce: string | null
      /** The code's generation; null where no code was used. */
      readonly generation: number | null
      readonly at: RunningMs
    }
  | {
      readonly type: 'pickupContinued'
      readonly session: SessionId
      readonly deposit: DepositId
      readonly at: RunningMs
    }
  | {
      readonly type: 'pickupReopened'
      readonly session: SessionId
      readonly deposit: DepositId
      readonly at: RunningMs
    }
  /** what an inspection showed, or why a parcel went back to its delivery task. */
  | {
      readonly type: 'parcelTurnedAway'
      readonly session: SessionId
      readonly parcel: string
      readonly why: TurnedAway
      readonly at: RunningMs
    }
  | {
      readonly type: 'lookBegun'
      readonly session: SessionId
      readonly compartment: CompartmentId
      readonly at: RunningMs
    }
  | { readonly type: 'lookEnded'; readonly session: SessionId; readonly at: RunningMs }
  | { readonly type: 'sessionExtended'; readonly session: SessionId; readonly at: RunningMs }
  | { readonly type: 'sessionEnded'; readonly session: SessionId; readonly why: SessionEnd; readonly at: RunningMs }

/** offered beside each scan; confirming records that they were offered. */
export interface Inspection {
  readonly offered: boolean
  readonly damaged: boolean
  readonly weightOff: boolean
}

/** the record on which the deposit stands. */
export interface ConsentProof {
  readonly kind: 'parcel' | 'standing' | 'sender-named-cabinet'
  /** Id of the consent record or of the card that carried it. */
  readonly ref: string
  readonly cardVersion: number
}

export interface CodeTags {
  readonly generation: number
  readonly tag: string
  /** Of code and last four digits; null where no phone is known. */
  readonly tailTag: string | null
}

export type Complaint = 'damaged' | 'wrong-parcel' | 'not-wanted'

/** `silence`: a witnessed door cycle and nobody objected (Custody). */
export type Confirmation = 'person' | 'silence'

export type DepositEvent =
  | {
      readonly type: 'depositBegun'
      readonly deposit: DepositId
      readonly session: SessionId
      readonly carrier: CarrierId
      readonly person: PersonId
      readonly compartment: CompartmentId
      readonly epoch: number
      /** SHA-256 over carrier and tracking number, hex: joins the cloud's parcel without naming it. */
      readonly parcels: readonly string[]
      readonly need: Need
      readonly consent: ConsentProof
      readonly inspection: Inspection
      readonly at: RunningMs
    }
  | {
      readonly type: 'depositPrepared'
      readonly deposit: DepositId
      readonly codes: readonly CodeTags[]
      readonly at: RunningMs
    }
  | {
      readonly type: 'parcelJoined'
      readonly deposit: DepositId
      readonly parcel: string
      readonly inspection: Inspection
      readonly at: RunningMs
    }
  | {
      readonly type: 'depositMoved'
      readonly deposit: DepositId
      readonly from: CompartmentId
      readonly to: CompartmentId
      readonly epoch: number
      readonly need: Need
      readonly at: RunningMs
    }
  | { readonly type: 'depositMade'; readonly deposit: DepositId; readonly by: Confirmation; readonly at: RunningMs }
  | { readonly type: 'depositCancelling'; readonly deposit: DepositId; readonly at: RunningMs }
  | {
      readonly type: 'depositCancelled'
      readonly deposit: DepositId
      readonly why: 'courier' | 'broken-off'
      readonly at: RunningMs
    }
  | {
      readonly type: 'codeAccepted'
      readonly attempt: number
      readonly deposit: DepositId
      readonly generation: number
      readonly at: RunningMs
    }
  | {
      readonly type: 'codeRenewed'
      readonly deposit: DepositId
      readonly code: CodeTags
      readonly order: OrderId
      readonly at: RunningMs
    }
  /** The cloud took the right away (a wrong recipient): generations up to this one open nothing any more. */
  | {
      readonly type: 'codesRevoked'
      readonly deposit: DepositId
      readonly through: number
      readonly at: RunningMs
    }
  | { readonly type: 'refusalBegun'; readonly deposit: DepositId; readonly why: Complaint; readonly at: RunningMs }
  | { readonly type: 'depositRefused'; readonly deposit: DepositId; readonly why: Complaint; readonly at: RunningMs }
  | { readonly type: 'depositDisputed'; readonly deposit: DepositId; readonly why: 'empty'; readonly at: RunningMs }
  | {
      readonly type: 'depositCollected'
      readonly deposit: DepositId
      readonly by: Confirmation
      readonly at: RunningMs
    }
  /** An opening that came to nothing: the deposit waits again as it did before. */
  | { readonly type: 'depositKept'; readonly deposit: DepositId; readonly at: RunningMs }
  /** The courier's own word, minutes later: it does not stay after all. */
  | { readonly type: 'undoBegun'; readonly deposit: DepositId; readonly session: SessionId; readonly at: RunningMs }
  | { readonly type: 'recallBegun'; readonly deposit: DepositId; readonly session: SessionId; readonly at: RunningMs }
  | { readonly type: 'depositRecalled'; readonly deposit: DepositId; readonly by: Confirmation; readonly at: RunningMs }

export type OrderEvent =
  | {
      readonly type: 'orderAccepted'
      readonly order: OrderId
      readonly staff: StaffId
      readonly what: OrderKind
      readonly at: RunningMs
    }
  | { readonly type: 'orderRefused'; readonly order: OrderId; readonly reason: OrderRefusal; readonly at: RunningMs }

/** Law 17. `shut-in`: somebody may be inside; `help`: whatever else. */
export type EmergencyKind = 'shut-in' | 'help'

export type SafetyEvent =
  | { readonly type: 'emergencyRaised'; readonly what: EmergencyKind; readonly at: RunningMs }
  | { readonly type: 'emergencyEnded'; readonly order: OrderId; readonly at: RunningMs }
  | {
      readonly type: 'releaseBegun'
      readonly cause: EmergencyCause
      /** In the order in which they open; those that stood open already are not among them. */
      readonly doors: readonly CompartmentId[]
      readonly at: RunningMs
    }
  /** Outside a session a large door was shut: somebody must look inside. */
  | { readonly type: 'largeDoorShut'; readonly door: CompartmentId; readonly at: RunningMs }

export type OrderKind =
  | 'open'
  | 'retire'
  | 'restore'
  | 'inspect'
  | 'renew'
  | 'hold'
  | 'give-back'
  | 'pickup'
  | 'release'
  | 'calm'

export type OrderRefusal =
  | 'order-forged'
  | 'order-other-cabinet'
  | 'order-other-incarnation'
  | 'order-stale-nonce'
  | 'order-stale-epoch'
  | 'order-out-of-budget'
  | 'order-unknown-compartment'
  | 'order-unknown-deposit'
  | 'order-door-open'
  | 'order-door-busy'
  | 'order-compartment-in-use'
  | 'order-compartment-not-retired'
  | 'order-compartment-not-suspect'
  | 'order-renew-limit'
  | 'order-hold-limit'
  | 'order-unknown-hold'
  | 'order-no-emergency'
  | 'order-screen-works'
  | 'order-session-open'
  | 'order-reopen-spent'
