import type { CertificateRefusal } from '@holdfast/core/access/certificate.ts'
import type { Nonce } from '@holdfast/core/access/nonces.ts'
import type { Alarm } from '@holdfast/core/cabinet/act.ts'
import type { CabinetCommand, CabinetFact, CabinetRefusal } from '@holdfast/core/cabinet/commands.ts'
import type { CabinetEvent } from '@holdfast/core/cabinet/events.ts'
import type { Cabinet } from '@holdfast/core/cabinet/state.ts'
import type { Decision } from '@holdfast/core/decider/decider.ts'
import type { Phone } from '@holdfast/core/parcel/phone.ts'
import type {
  CabinetId,
  CarrierId,
  CompartmentId,
  DepositId,
  Id,
  IdKind,
  PersonId,
  SessionId,
} from '@holdfast/core/values/ids.ts'
import type { Instant, RunningMs } from '@holdfast/core/values/instants.ts'
import type {
  SealedCode,
  SealedNeighbours,
  SealedParcel,
  SealedPhone,
  SealedSignIn,
  SealedWish,
} from '@holdfast/wire/cabinet/asks.ts'
import type { Card, Settings } from '@holdfast/wire/cabinet/desired.ts'
import type { Order } from '@holdfast/wire/cabinet/orders.ts'
import type { Elsewhere } from '../codes/elsewhere.ts'
import type { PrivatePart } from '@holdfast/wire/journal/events.ts'

/** `journal-full`: the disk takes no new deposits; pickups go on. `journal-failing`: it takes nothing. */
export type JournalHealth = 'ok' | 'full' | 'failing'
/** `journal-forked`: the cloud holds another entry under one of our numbers: no deposits until somebody has looked. */
export type LoopRefusal = CabinetRefusal | 'journal-full' | 'journal-failing' | 'journal-forked'
export type Verdict = Decision<CabinetEvent, LoopRefusal>

/** What concerns a person, sealed to the cloud beside the first event of the batch that names the deposit (law 14). */
export interface Sealed {
  readonly deposit: DepositId
  readonly part: PrivatePart
}

export type CodeAnswer =
  /** The session is open and the pulse is on its way. */
  | { readonly outcome: 'opened'; readonly deposit: DepositId; readonly session: SessionId }
  /** Unknown, used and revoked alike; told no sooner than 2 s after it was typed. */
  | { readonly outcome: 'wrong' }
  /** Right at another cabinet of this site, which the cloud names: no attempt was spent. */
  | { readonly outcome: 'elsewhere'; readonly there: Elsewhere }
  /** The check digit does not fit: no attempt was spent. */
  | { readonly outcome: 'slip' | 'incomplete' }
  | { readonly outcome: 'refused'; readonly refusal: LoopRefusal }

/** `grant-not-served`: genuine, but its action is none that is done before this screen. */
export type GrantRefusal =
  | LoopRefusal
  | 'grant-malformed'
  | 'grant-key-unknown'
  | 'grant-forged'
  | 'grant-other-cabinet'
  | 'grant-not-served'
  | 'certificate-malformed'
  | 'certificate-forged'
  | CertificateRefusal

/** What became of a code with the cloud's answer: one of several parts, the answer itself, or why it is none. */
export type ReplyScan = 'part' | 'taken' | 'reply-malformed' | 'reply-forged' | 'reply-stale'

export type ScanAnswer =
  /** No grant: a label, which is the kiosk's to read. */
  | { readonly kind: 'label'; readonly text: string }
  /** A courier's phone brings the cloud's answer to `askByPhone`. */
  | { readonly kind: 'reply'; readonly scan: ReplyScan }
  | { readonly kind: 'grant'; readonly verdict: Decision<CabinetEvent, GrantRefusal> }

/** What the two sealed generations of a deposit are drawn with. */
export interface CodeRequest {
  readonly deposit: DepositId
  /** Tracking numbers and phone: sealed with the plain codes, kept nowhere else. */
  readonly parcels: NonNullable<PrivatePart['parcels']>
  readonly phone: string | null
  /** Last four digits where card or phone tell them: a second tag for the step-up. */
  readonly tail: string | null
}

export type CourierNonce = Pick<Nonce, 'nonce'> & { readonly number: string }

export interface PhoneScan {
  readonly person: PersonId
  readonly text: string
}

/** What a courier's phone saw behind the door that he looks into: the digest of a kept picture. */
export interface PhonePicture {
  readonly person: PersonId
  readonly picture: string
}

/** A message to a recipient that cannot be delivered, told while its courier may still be there. */
export interface MissedNotice {
  readonly person: PersonId
  readonly deposit: DepositId
}

/** Questions for the cloud; what is personal goes sealed. */
export type Question =
  | {
      readonly kind: 'card' | 'consent'
      readonly parcel: string
      readonly deposit: DepositId
      readonly courier: PersonId
      readonly plain: SealedParcel
    }
  | {
      readonly kind: 'neighbours'
      readonly parcel: string
      readonly deposit: DepositId
      readonly courier: PersonId
      readonly plain: SealedNeighbours
    }
  | { readonly kind: 'courier-code'; readonly deposit: DepositId; readonly plain: SealedSignIn }
  | { readonly kind: 'elsewhere'; readonly deposit: DepositId; readonly plain: SealedCode }
  | { readonly kind: 'low-doors'; readonly deposit: DepositId; readonly plain: SealedWish }
  | { readonly kind: 'lost-code'; readonly deposit: DepositId; readonly plain: SealedPhone }
  | {
      readonly kind: 'courier-sign-in'
      readonly deposit: DepositId
      readonly plain: SealedSignIn
      readonly challenge: CourierNonce
    }

/** What the courier's phone carries to the cloud while the cabinet is offline: may this parcel stay here? */
export type PhoneQuestion = Extract<Question, { readonly plain: SealedParcel }> & { readonly kind: 'consent' }

export type Reply = Extract<Order, { kind: 'reply' }>
export type Replied =
  | { readonly answered: true; readonly reply: Reply }
  /** No uplink, or no answer in time. */
  | { readonly answered: false; readonly why: 'offline' | 'timeout' }

/** What the cloud last told the cabinet; served with the network down as well. */
export interface Cards {
  /** Hex digest of carrier and number (`wire/seals/parcel-digest.ts`). */
  lookup(parcel: string): Card | undefined
  /** Takes in a card that came as a reply, so that the parcel is known from then on. */
  learn(card: Card): void
  /** Deposits a courier of this carrier may take out. */
  recallable(carrier: CarrierId): readonly DepositId[]
  isListed(deposit: DepositId): boolean
  /** Whether the owner of this phone always consents here; slow by intent (a slow hash). */
  standing(phone: Phone): Promise<boolean>
  /** Undefined until the cloud has spoken for the first time. */
  settings(): Settings | undefined
}

/**
 * The heart of the terminal: the one place where input meets core, journal and the world. Everything is
 * decided in the order in which it arrived, and nothing acts before it is synced.
 */
export interface Loop {
  readonly id: CabinetId
  cabinet(): Cabinet
  /** Running time: the only clock that rights and pauses know. */
  now(): RunningMs
  /** A label for people's eyes. */
  wall(): Instant
  /**
   * One synced transaction for all commands, or none of them; each is decided on the state the one before left.
   * Returns after the sync: an accepted verdict is a fact. Pulses follow by themselves.
   */
  submit(commands: CabinetCommand | readonly CabinetCommand[]): Verdict
  /** The same with a private part; waits for the sealing only, then decides on the state of that moment. */
  submitSealed(commands: CabinetCommand | readonly CabinetCommand[], sealed: Sealed): Promise<Verdict>
  /** Events that followed; none where the journal takes nothing. */
  observe(fact: CabinetFact): readonly CabinetEvent[]
  /** After sync and evolve, in order. The returned function ends it. */
  onEvents(listener: (events: readonly CabinetEvent[]) => void): () => void
  /** Something that is no event changed: connection, journal health, cards, settings. */
  onChange(listener: () => void): () => void
  /** Doors to make a noise about, within the moment they were seen. */
  onAlarm(listener: (what: Alarm, door: CompartmentId | null) => void): () => void
  drawId<Kind extends IdKind>(kind: Kind): Id<Kind>

  /** The one to show now: a new one every 30 s, the last three are good for 90 s. */
  screenNonce(): CourierNonce
  /** Whatever the scanner read. `message-code`: a sign-in grant that came as the reply to `courier-sign-in`. */
  present(text: string, via?: 'grant' | 'message-code'): ScanAnswer
  /** `tail`: the phone's last four digits, where the keypad asks for them (`keypadStep`). */
  enterCode(typed: string, tail?: string): Promise<CodeAnswer>
  /** Draws, hashes and seals both generations and submits `prepareDeposit`. Begin it when the door is held. */
  prepareCodes(request: CodeRequest): Promise<Verdict>

  readonly cards: Cards
  ask(question: Question): Promise<Replied>
  /** By the courier's phone: codes on the screen, the answer before the scanner. One question at a time. */
  askByPhone(question: PhoneQuestion): Promise<Replied>
  /** The codes of the question that stands about this deposit: none before they are sealed, and after the answer. */
  askTexts(deposit: DepositId): readonly string[]
  /** What a phone carries of a deposit that the cloud does not know: texts of QR codes; none where it knows all. */
  carried(deposit: DepositId): readonly string[]
  /** Scans that a courier's phone sent through the cloud; true: a session of that person took it. */
  onPhoneScan(listener: (scan: PhoneScan) => boolean): () => void
  /** True: a session of that person shows it. */
  onPhonePicture(listener: (picture: PhonePicture) => boolean): () => void
  onNoticeMissed(listener: (notice: MissedNotice) => boolean): () => void
  online(): boolean
  journalHealth(): JournalHealth
}
