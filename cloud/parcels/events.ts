import type { CabinetId, CarrierId, CompartmentId, DepositId, OperatorId, ParcelId } from '@holdfast/core/values/ids.ts'
import type { Instant } from '@holdfast/core/values/instants.ts'
import type { Size } from '@holdfast/core/values/sizes.ts'
import type { Locale } from '@holdfast/wire/codes/messages.ts'
import type { PlannedPause } from '../cabinets/facts.ts'

/** Outbox topics that this capability writes; their key is the parcel's id. */
export const parcelTopics = {
  /** `ParcelNews`: everything that happens to a parcel, in the order of its own sequence; its kind the news' type. */
  events: 'parcel-events',
} as const

/** One row of a parcel's history. */
export const parcelNewsTypes = [
  'announced',
  'corrected',
  'cancelled',
  'consent-asked',
  'consent-given',
  'consent-declined',
  /** It did not go in at this cabinet; `reason` says why. */
  'turned-away',
  'deposited',
  /** Another compartment of the same cabinet. */
  'moved',
  /** The cabinet stands somewhere else now, with the parcel inside. */
  'cabinet-moved',
  'code-renewed',
  /** The same code told once more. */
  'code-resent',
  /** Whoever was written to says so: the code is frozen until the phone is corrected. */
  'not-mine',
  /** Nobody could reach the cabinet for a while, or its place allows more: its term has moved. */
  'kept-longer',
  /** The terms of its place are shorter now, or an outage was called off: whoever waits is told the end. */
  'kept-shorter',
  /** Nobody will get to the cabinet for a while; called off again. */
  'outage-planned',
  'outage-cancelled',
  /** The cabinet is nearly full, and it has waited longest. */
  'collect-asked',
  'overdue',
  'collected',
  'refused',
  'recalled',
  'disputed',
  /** The deposit came to nothing: the parcel is in the courier's hands again. */
  'taken-back',
  'returned',
  /** Nothing was heard of it for a month: it is waited for no longer, and its recipient is forgotten in time. */
  'never-arrived',
  /** A fact that does not fit the parcel's story; `reason` names it. A person should look. */
  'surprise',
] as const
export type ParcelNewsType = (typeof parcelNewsTypes)[number]

/** Nothing personal: who it is for is asked of `parcels.recipientOf` (law 14). */
export type ParcelNews = {
  readonly parcel: ParcelId
  readonly carrier: CarrierId
  readonly trackingNumber: string
  readonly type: ParcelNewsType
  /** The parcel's own, from 1 without gaps. */
  readonly sequence: number
  readonly at: Instant
  readonly locale: Locale
  /** Where it lies or lay last; with `consent-asked` and `turned-away` the cabinet that says so. */
  readonly cabinet: CabinetId | null
  readonly operator: OperatorId | null
  /** Behind one door lie one or more parcels: what concerns the door (its code) is said once per deposit. */
  readonly deposit: DepositId | null
  /** Of the compartment. */
  readonly label: string | null
  /** Stable word: the complaint, the confirmation, `phone`, `late`, the fact that surprised. */
  readonly reason: string | null
  /** Of the code, with `deposited` and `code-renewed`: part of the key of the message that tells it. */
  readonly generation: number | null
  /** With `outage-planned` and `outage-cancelled`. */
  readonly outage?: PlannedPause
  /** With `not-mine`, and `corrected` behind a door: where somebody must see to it, or need not any more. */
  readonly door?: { readonly compartment: CompartmentId; readonly label: string; readonly size: Size }
}
