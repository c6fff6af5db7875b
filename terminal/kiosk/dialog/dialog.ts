import type { CabinetCommand } from '@holdfast/core/cabinet/commands.ts'
import type { CabinetEvent } from '@holdfast/core/cabinet/events.ts'
import type { Cabinet } from '@holdfast/core/cabinet/state.ts'
import type { Need } from '@holdfast/core/compartment/allocate.ts'
import type { Phone } from '@holdfast/core/parcel/phone.ts'
import type { CabinetId, CarrierId, CompartmentId, DepositId, SessionId } from '@holdfast/core/values/ids.ts'
import type { Instant, RunningMs } from '@holdfast/core/values/instants.ts'
import type { Size } from '@holdfast/core/values/sizes.ts'
import type { Card, Settings } from '@holdfast/wire/cabinet/desired.ts'
import type { PrivatePart } from '@holdfast/wire/journal/events.ts'
import type { Touch } from '@holdfast/wire/kiosk/inputs.ts'
import type { Elsewhere } from '../../codes/elsewhere.ts'
import type { ScreenOf } from '@holdfast/wire/kiosk/screens.ts'
import type {
  CodeAnswer,
  CodeRequest,
  CourierNonce,
  JournalHealth,
  PhoneQuestion,
  Question,
  Replied,
  ScanAnswer,
  Verdict,
} from '../../loop/loop.ts'

/** What only the conversation knows; what is true of doors, parcels and sessions stands in the cabinet. */
export interface Dialog {
  readonly page: Page
  readonly pickup: PickupTalk
  /** While a courier's session lives. */
  readonly courier: CourierTalk | null
}

/** Shown while nobody is signed in; `until` on running time, null where it stays. */
export type Page =
  | { readonly kind: 'idle' }
  | {
      readonly kind: 'code'
      readonly busy: boolean
      readonly problem: string | null
      /** The cabinet of this site that the typed code is right at. */
      readonly elsewhere: Elsewhere | null
      readonly until: RunningMs
    }
  | {
      readonly kind: 'lost-code'
      /** Binds what is sealed to the cloud; no deposit comes of it. */
      readonly deposit: DepositId
      readonly busy: boolean
      /** Asked for. Whether anything waits for that phone is told to the phone alone. */
      readonly sent: boolean
      readonly problem: string | null
      readonly until: RunningMs
    }
  | { readonly kind: 'sign-in'; readonly problem: string | null; readonly until: RunningMs }
  | {
      readonly kind: 'courier-phone'
      /** Binds what is sealed to the cloud; no deposit comes of it. */
      readonly deposit: DepositId
      readonly phone: Phone | null
      readonly busy: boolean
      readonly problem: string | null
      readonly until: RunningMs
    }
  | {
      readonly kind: 'courier-code'
      readonly deposit: DepositId
      readonly phone: Phone
      readonly busy: boolean
      readonly problem: string | null
      readonly until: RunningMs
    }
  | {
      /** The code is right; one of the carriers is to be chosen, and the code goes to the cloud once more with it. */
      readonly kind: 'courier-carrier'
      readonly deposit: DepositId
      readonly phone: Phone
      readonly code: string
      readonly carriers: readonly string[]
      readonly busy: boolean
      readonly problem: string | null
      readonly until: RunningMs
    }
  | {
      readonly kind: 'farewell'
      readonly outcome: ScreenOf<'farewell'>['outcome']
      readonly delivered: number
      readonly takenOut: number
      readonly until: RunningMs
    }

export interface PickupTalk {
  readonly complaining: boolean
  /** The wish for doors within reach, once it was told. */
  readonly lowDoors: 'asking' | 'kept' | 'failed' | null
  readonly problem: string | null
  /** How the last parcel of this session ended. */
  readonly outcome: 'collected' | 'refused' | 'disputed' | 'stuck' | 'nothing'
}

export interface CourierTalk {
  readonly session: SessionId
  readonly page: 'scan' | 'recalls' | 'looks' | 'carry'
  /** Scanned, and not behind a door yet. */
  readonly parcel: ParcelInHand | null
  /** The last one put behind the open door. */
  readonly behind: ParcelInHand | null
  /** What is behind the open door so far: another parcel of its recipient may fit beside it. */
  readonly load: readonly Need[]
  /** Deposits whose message cannot be delivered, told while the courier is still here. */
  readonly missed: readonly DepositId[]
  readonly delivered: number
  readonly takenOut: number
  /** Doors in doubt that were opened in this session, and the picture of the one that is looked into now. */
  readonly looked: readonly CompartmentId[]
  readonly picture: string | null
  readonly problem: string | null
  /** A door that would not open, and how often another one was taken by itself. */
  readonly instead: CompartmentId | null
  readonly detours: number
  /** Made while the cabinet is offline, and not yet on the courier's phone; newest last. */
  readonly carry: readonly DepositId[]
  /** The courier carries them all together at the end. */
  readonly carriesLater: boolean
  /** Done was touched before the code was ready, or before the phone had carried what is new. */
  readonly finishing: boolean
}

export type ParcelStep =
  /** The parcel before it is not confirmed yet: its code is being made. */
  | 'queued'
  | 'same-door'
  | 'looking'
  | 'recipient'
  | 'recipient-check'
  | 'consent'
  /** Offline: the courier's phone asks. */
  | 'phone-asks'
  | 'size'
  | 'opening'

export interface ParcelInHand {
  readonly deposit: DepositId
  readonly number: string
  /** Hex digest of carrier and number. */
  readonly digest: string
  readonly guesses: ScreenOf<'looking'>['parcel']['guesses']
  readonly step: ParcelStep
  /** The cloud was asked for a card by the network or by the phone, whatever it said. */
  readonly asked: boolean
  readonly phone: Phone | null
  /** The owner of the phone always consents here; null: not looked up. */
  readonly standing: boolean | null
  readonly consent: ScreenOf<'consent'>['state']
  readonly size: Size | null
  /** No door here fits: what the neighbours have. */
  readonly elsewhere: Overflow | null
  readonly problem: string | null
}

/** As it stands on the screen, and for which size. */
export type Overflow = NonNullable<ScreenOf<'size'>['elsewhere']> & { readonly size: Size }

/** Everything that the dialog may look at. Reading it changes nothing. */
export interface Sight {
  readonly id: CabinetId
  readonly cabinet: Cabinet
  readonly now: RunningMs
  readonly online: boolean
  readonly journal: JournalHealth
  readonly settings: Settings | undefined
  /** A planned outage runs until then: nothing is taken in. */
  readonly outageUntil: Instant | null
  /** Nobody can press anything here. */
  readonly untouchable: boolean
  /** The one on the screen now. */
  nonce(): CourierNonce
  card(parcel: string): Card | undefined
  recallable(carrier: CarrierId): readonly DepositId[]
  /** QR texts for the courier's phone; none once the cloud knows the deposit. */
  carried(deposit: DepositId): readonly string[]
  /** QR texts of the question that the courier's phone is to carry. */
  askTexts(deposit: DepositId): readonly string[]
  digest(carrier: CarrierId, number: string): string
  /** Fresh at each call. */
  drawDeposit(): DepositId
}

/** What is to be done next: plain data, for the desk to carry out in order. */
export type Deed =
  | { readonly do: 'submit'; readonly commands: readonly CabinetCommand[]; readonly means: Means }
  | {
      readonly do: 'submit-sealed'
      readonly commands: readonly CabinetCommand[]
      readonly deposit: DepositId
      readonly part: PrivatePart
      readonly means: Means
    }
  | { readonly do: 'prepare'; readonly request: CodeRequest }
  | { readonly do: 'enter'; readonly code: string; readonly tail: string | undefined }
  | { readonly do: 'present'; readonly text: string; readonly via: 'grant' | 'message-code' }
  | { readonly do: 'standing'; readonly deposit: DepositId; readonly phone: Phone }
  | { readonly do: 'ask'; readonly question: Question }
  | { readonly do: 'ask-by-phone'; readonly question: PhoneQuestion }
  | { readonly do: 'learn'; readonly card: Card }

/** What an accepted submission means to the conversation; a refused one is said on the screen. */
export type Means =
  | 'nothing'
  | 'begun'
  | 'joined'
  | 'former-confirmed'
  | 'detour'
  | 'finished'
  | 'to-scan'
  | 'last-confirmed'

export type DialogInput =
  | { readonly type: 'touch'; readonly touch: Touch }
  | { readonly type: 'scan'; readonly text: string }
  | { readonly type: 'presented'; readonly answer: ScanAnswer }
  | { readonly type: 'submitted'; readonly means: Means; readonly verdict: Verdict }
  | { readonly type: 'prepared'; readonly verdict: Verdict }
  | { readonly type: 'entered'; readonly answer: CodeAnswer }
  | { readonly type: 'standing-known'; readonly deposit: DepositId; readonly standing: boolean }
  | { readonly type: 'replied'; readonly question: Question; readonly replied: Replied }
  | { readonly type: 'picture'; readonly picture: string }
  | { readonly type: 'notice-missed'; readonly deposit: DepositId }
  | { readonly type: 'events'; readonly events: readonly CabinetEvent[] }
  /** Something that should have been done was not, and nobody can say why. */
  | { readonly type: 'failed' }
  /** Cards, settings, connection or journal changed. */
  | { readonly type: 'changed' }
  | { readonly type: 'tick' }

/** One turn of the conversation. */
export interface Turn<State = Dialog> {
  readonly state: State
  readonly deeds: readonly Deed[]
}

export const turn = <State>(state: State, ...deeds: readonly Deed[]): Turn<State> => ({ state, deeds })

export const quietPickup: PickupTalk = { complaining: false, lowDoors: null, problem: null, outcome: 'nothing' }

export const newDialog: Dialog = { page: { kind: 'idle' }, pickup: quietPickup, courier: null }
