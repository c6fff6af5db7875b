import type { Freshness } from '../access/nonces.ts'
import type { KeypadRefusal, KeypadStep } from '../access/keypad.ts'
import type { Need } from '../compartment/allocate.ts'
import type { DoorFact } from '../door/door.ts'
import type { CarrierId, CompartmentId, DepositId, OrderId, PersonId, SessionId, StaffId } from '../values/ids.ts'
import type { Size } from '../values/sizes.ts'
import type {
  CodeTags,
  Complaint,
  ConsentProof,
  EmergencyKind,
  Inspection,
  OrderRefusal,
  TurnedAway,
  Via,
} from './events.ts'
import type { CabinetLayout } from './layout.ts'
import type { RebuiltCompartment } from './rebuild/told.ts'

export type CabinetCommand =
  | CourierCommand
  | PickupCommand
  | OrderCommand
  /** One touch at the screen, in every state (law 17). */
  | { readonly type: 'raiseEmergency'; readonly what: EmergencyKind }
  | { readonly type: 'takeLayout'; readonly layout: CabinetLayout }
  | RebuildCommand

/** Of a new terminal, once, after the layout and before anything else. */
export interface RebuildCommand {
  readonly type: 'rebuildCabinet'
  readonly compartments: readonly RebuiltCompartment[]
}

/** what the carrier declares, and whether an agreement with the sender is on record. */
export interface Declared {
  readonly freshFood: boolean
  readonly valuables: boolean
  readonly agreement: boolean
}

export type CourierCommand =
  | {
      readonly type: 'openCourierSession'
      readonly session: SessionId
      readonly person: PersonId
      readonly carrier: CarrierId
      readonly via: Via
      readonly nonce: string | null
      /** Of a certificate: how many doors it opens here in a day. */
      readonly doors?: number
      readonly freshness: Freshness
    }
  | {
      readonly type: 'beginDeposit'
      readonly session: SessionId
      readonly deposit: DepositId
      readonly parcels: readonly string[]
      readonly need: Need
      readonly consent: ConsentProof | null
      readonly inspection: Inspection
      readonly declared: Declared
    }
  | { readonly type: 'prepareDeposit'; readonly deposit: DepositId; readonly codes: readonly CodeTags[] }
  | {
      readonly type: 'joinParcel'
      readonly session: SessionId
      readonly deposit: DepositId
      readonly parcel: string
      readonly inspection: Inspection
    }
  | {
      readonly type: 'moveDeposit'
      readonly session: SessionId
      readonly deposit: DepositId
      readonly need: Need
      /** The courier's word that the door will not shut: it is taken out of service as it stands. */
      readonly faulty?: boolean
    }
  | { readonly type: 'reopenDeposit'; readonly session: SessionId; readonly deposit: DepositId }
  | { readonly type: 'confirmDeposit'; readonly session: SessionId; readonly deposit: DepositId }
  | { readonly type: 'cancelDeposit'; readonly session: SessionId; readonly deposit: DepositId }
  | { readonly type: 'undoDeposit'; readonly session: SessionId; readonly deposit: DepositId }
  /** Taken out and seen empty; `keepDeposit`: it stays after all. */
  | { readonly type: 'confirmUndo'; readonly session: SessionId; readonly deposit: DepositId }
  | { readonly type: 'keepDeposit'; readonly session: SessionId; readonly deposit: DepositId }
  /** `listed`: the last recall list received from the cloud names this deposit. */
  | { readonly type: 'beginRecall'; readonly session: SessionId; readonly deposit: DepositId; readonly listed: boolean }
  | { readonly type: 'reopenRecall'; readonly session: SessionId; readonly deposit: DepositId }
  | { readonly type: 'confirmRecall'; readonly session: SessionId; readonly deposit: DepositId }
  /** Into a compartment in doubt, and what was seen there; `endLook`: nobody says anything. */
  | { readonly type: 'beginLook'; readonly session: SessionId; readonly compartment: CompartmentId }
  | { readonly type: 'reopenLook'; readonly session: SessionId }
  | {
      readonly type: 'sayLook'
      readonly session: SessionId
      readonly seen: 'empty' | 'parcel-inside'
      /** Digest of a picture: with it the word counts against a sensor that lies (law 16). */
      readonly picture?: string
    }
  | { readonly type: 'endLook'; readonly session: SessionId }
  | {
      readonly type: 'turnParcelAway'
      readonly session: SessionId
      readonly parcel: string
      readonly why: TurnedAway
    }
  | { readonly type: 'extendSession'; readonly session: SessionId }
  | { readonly type: 'endSession'; readonly session: SessionId }

export type PickupCommand =
  | { readonly type: 'attemptCode'; readonly step: KeypadStep }
  | {
      readonly type: 'acceptGrant'
      readonly session: SessionId
      /** Null where the grant names nobody: the kiosk's QR grants do not. */
      readonly person: PersonId | null
      readonly deposit: DepositId
      readonly compartment: CompartmentId
      readonly epoch: number
      readonly nonce: string
      readonly freshness: Freshness
    }
  | { readonly type: 'confirmPickup'; readonly session: SessionId }
  | { readonly type: 'reopenPickup'; readonly session: SessionId }
  | { readonly type: 'refuseParcel'; readonly session: SessionId; readonly why: Complaint }
  | { readonly type: 'reportEmpty'; readonly session: SessionId }
  /** A hook that let go tells nothing of a leaf that stays: only whoever stands there can. */
  | { readonly type: 'reportStuck'; readonly session: SessionId }

/** Verified by the shell before it comes here: signature by a pinned key, cabinet, not seen before. */
export interface OrderBase {
  readonly order: OrderId
  readonly staff: StaffId
  readonly freshness: Freshness
}

/** Which doors an emergency release opens. */
export type ReleaseOf = 'all' | 'large' | readonly CompartmentId[]

export type OrderCommand =
  | (OrderBase & {
      readonly type: 'orderOpen'
      readonly compartment: CompartmentId
      readonly epoch: number
      readonly service: boolean
    })
  | (OrderBase & { readonly type: 'orderRetire'; readonly compartment: CompartmentId; readonly epoch: number })
  | (OrderBase & { readonly type: 'orderRestore'; readonly compartment: CompartmentId; readonly epoch: number })
  | (OrderBase & {
      readonly type: 'orderInspect'
      readonly compartment: CompartmentId
      readonly epoch: number
      readonly seen: 'empty' | 'parcel-inside'
      /** Digest of a picture: with it the word counts against a sensor that lies (law 16). */
      readonly picture?: string
    })
  /** A courier on the way asks for a door of at least this size; the order's own id names the hold. */
  | (OrderBase & {
      readonly type: 'orderHold'
      readonly person: PersonId
      readonly carrier: CarrierId
      readonly size: Size
    })
  | (OrderBase & { readonly type: 'orderGiveBack'; readonly hold: OrderId })
  /** A recipient whose kiosk is dead; `screenDead`: what the shell knows of its screen. */
  | (OrderBase & {
      readonly type: 'orderPickup'
      readonly session: SessionId
      readonly deposit: DepositId
      readonly compartment: CompartmentId
      readonly epoch: number
      readonly screenDead: boolean
    })
  | (OrderBase & { readonly type: 'orderRelease'; readonly doors: ReleaseOf })
  | (OrderBase & { readonly type: 'orderCalm' })
  /** The cabinet draws: the shell hands the new code's tags in. */
  | (OrderBase & { readonly type: 'orderRenew'; readonly deposit: DepositId; readonly code: CodeTags })

export interface Revocation {
  readonly deposit: DepositId
  readonly through: number
}

export type CabinetFact =
  | { readonly type: 'started'; readonly boot: number }
  | { readonly type: 'door'; readonly door: CompartmentId; readonly fact: Exclude<DoorFact, { type: 'timePassed' }> }
  /** The slow hash's answer to a journaled attempt; `session` is drawn by the shell for the case that it opens. */
  | {
      readonly type: 'codeTagged'
      readonly attempt: number
      readonly tag: string
      readonly tailTag: string | null
      readonly session: SessionId
      /** The cloud says that it opens a door of another cabinet of this site: no guess, and none counted. */
      readonly elsewhere?: boolean
    }
  /** The cloud's whole list, told anew with each change: rights are the cloud's to take away. */
  | { readonly type: 'revocationsTold'; readonly revocations: readonly Revocation[] }
  | { readonly type: 'serviceSwitchSeen'; readonly closed: boolean }
  | { readonly type: 'timePassed' }

export type CabinetRefusal =
  | KeypadRefusal
  | 'session-open'
  | 'session-unknown'
  | 'nonce-stale'
  | 'number-wrong'
  | 'consent-missing'
  | 'parcel-damaged'
  | 'weight-differs'
  | 'goods-need-agreement'
  | 'cabinet-full'
  | 'no-low-door-free'
  | 'parcel-already-inside'
  | 'too-many-parcels'
  | 'deposit-unknown'
  | 'deposit-in-hand'
  | 'deposit-not-ready'
  | 'deposit-elsewhere'
  | 'undo-too-late'
  | 'door-open'
  | 'door-busy'
  | 'door-not-cycled'
  | 'budget-spent'
  | 'certificate-spent'
  | 'reopen-spent'
  | 'recall-not-listed'
  | 'nothing-to-look-into'
  | 'layout-unsound'
  | 'cabinet-has-a-past'
  | OrderRefusal
