import type { Complaint, Confirmation, ConsentProof } from '../cabinet/events.ts'
import type { CabinetId, DepositId } from '../values/ids.ts'
import type { DurationMs, Instant } from '../values/instants.ts'
import type { Size } from '../values/sizes.ts'

export type ParcelState =
  | 'unheard'
  | 'expected'
  | 'stored'
  | 'overdue'
  | 'refused'
  | 'recalled'
  | 'collected'
  | 'returned'
  | 'disputed'
  | 'cancelled'
  | 'never-arrived'

/** Where it lies, or lay last. */
export interface Storage {
  readonly cabinet: CabinetId
  readonly deposit: DepositId
  readonly storedAt: Instant
}

/** Custody of one parcel, known by carrier and number; who it is for lies beside it in the cloud's rows. */
export interface Parcel {
  readonly state: ParcelState
  readonly announced: boolean
  readonly size: Size | null
  /** How long it may wait where it lies or lay last, from that deposit on: by the terms of that cabinet alone. */
  readonly retention: DurationMs | null
  readonly storage: Storage | null
  readonly consent: ConsentProof['kind'] | 'declined' | null
  readonly complaint: Complaint | null
}

export const newParcel: Parcel = {
  state: 'unheard',
  announced: false,
  size: null,
  retention: null,
  storage: null,
  consent: null,
  complaint: null,
}

export type ParcelCommand =
  | { readonly type: 'announce'; readonly size: Size | null }
  | { readonly type: 'correct'; readonly phoneChanged: boolean; readonly size: Size | null }
  | { readonly type: 'cancel' }
  /** A courier stands at a cabinet with it: from now on it is expected, announced or not. */
  | { readonly type: 'askConsent'; readonly cabinet: CabinetId }
  | { readonly type: 'recordConsent'; readonly kind: ConsentProof['kind'] | 'declined' }

/** What a cabinet or a carrier says has happened; told late, twice or in the wrong order it is still true. */
export type ParcelFact =
  | {
      readonly type: 'deposited'
      readonly cabinet: CabinetId
      readonly deposit: DepositId
      /** Of the cabinet's terms. */
      readonly retention: DurationMs
    }
  | { readonly type: 'collected'; readonly cabinet: CabinetId; readonly deposit: DepositId; readonly by: Confirmation }
  | { readonly type: 'refused'; readonly cabinet: CabinetId; readonly deposit: DepositId; readonly why: Complaint }
  | {
      readonly type: 'recalled' | 'disputed' | 'depositCancelled'
      readonly cabinet: CabinetId
      readonly deposit: DepositId
    }
  | { readonly type: 'returned' }
  /** Announced or asked about, and nothing heard of it for longer than a parcel can be on its way. */
  | { readonly type: 'neverArrived' }
  | { readonly type: 'timePassed' }
  /** Nobody could have come for a while, or the place's terms allow more: from its deposit on it is kept this long. */
  | { readonly type: 'keptLonger'; readonly deposit: DepositId; readonly retention: DurationMs }
  /** The place's terms allow less: whoever says so tells the recipient (the cloud's history and message). */
  | { readonly type: 'keptShorter'; readonly deposit: DepositId; readonly retention: DurationMs }

/** Each parcel's events carry its own sequence, given by the store. */
export type ParcelEvent =
  /** `late`: it lay in a cabinet already, and the announcement joins the live deposit. */
  | {
      readonly type: 'parcelAnnounced'
      readonly size: Size | null
      readonly late: boolean
      readonly at: Instant
    }
  /** `renewCode`: it waits already, so every code dies and a new one is drawn for the right phone. */
  | {
      readonly type: 'parcelCorrected'
      readonly phoneChanged: boolean
      readonly size: Size | null
      readonly renewCode: boolean
      readonly at: Instant
    }
  | { readonly type: 'parcelCancelled'; readonly at: Instant }
  | { readonly type: 'consentAsked'; readonly cabinet: CabinetId; readonly at: Instant }
  | { readonly type: 'consentRecorded'; readonly kind: ConsentProof['kind'] | 'declined'; readonly at: Instant }
  | {
      readonly type: 'parcelDeposited'
      readonly cabinet: CabinetId
      readonly deposit: DepositId
      readonly retention: DurationMs
      readonly at: Instant
    }
  | {
      readonly type: 'parcelKeptLonger' | 'parcelKeptShorter'
      readonly deposit: DepositId
      readonly retention: DurationMs
      readonly at: Instant
    }
  | { readonly type: 'parcelOverdue'; readonly deposit: DepositId; readonly at: Instant }
  | {
      readonly type: 'parcelCollected'
      readonly cabinet: CabinetId
      readonly deposit: DepositId
      readonly by: Confirmation
      readonly at: Instant
    }
  | {
      readonly type: 'parcelRefused'
      readonly cabinet: CabinetId
      readonly deposit: DepositId
      readonly why: Complaint
      readonly at: Instant
    }
  | {
      readonly type: 'parcelRecalled' | 'parcelDisputed' | 'parcelTakenBack'
      readonly cabinet: CabinetId
      readonly deposit: DepositId
      readonly at: Instant
    }
  | { readonly type: 'parcelReturned' | 'parcelNeverArrived'; readonly at: Instant }
  | {
      readonly type: 'surpriseNoted'
      readonly fact: ParcelFact['type']
      readonly state: ParcelState
      readonly deposit: DepositId | null
      readonly at: Instant
    }

export type ParcelRefusal = 'parcel-already-announced' | 'parcel-already-stored' | 'parcel-unknown' | 'parcel-over'

export interface ParcelGiven {
  readonly now: Instant
}
