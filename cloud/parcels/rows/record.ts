import { forAnother, parcelDecider } from '@holdfast/core/parcel/custody.ts'
import { newParcel, type Parcel as Custody, type ParcelEvent, type ParcelState } from '@holdfast/core/parcel/parcel.ts'
import {
  type CabinetId,
  type CarrierId,
  type ConsentId,
  idToBytes,
  makeId,
  type OperatorId,
  type ParcelId,
} from '@holdfast/core/values/ids.ts'
import type { Instant } from '@holdfast/core/values/instants.ts'
import type { BoxMm } from '@holdfast/core/values/sizes.ts'
import type { Card } from '@holdfast/wire/cabinet/desired.ts'
import type { Locale } from '@holdfast/wire/codes/messages.ts'
import type { ParcelNews, ParcelNewsType } from '../events.ts'

/** A parcel as the cloud keeps it: custody decided by core, and beside it who it is for. */
export type ParcelRecord = {
  readonly id: ParcelId
  readonly carrier: CarrierId
  readonly digest: string
  readonly number: string | null
  readonly custody: Custody
  readonly operator: OperatorId | null
  readonly consentRef: ConsentId | null
  /** Which cabinet the recipient agreed to; null where the question named none. */
  readonly consentCabinet: CabinetId | null
  readonly answers: Answers
  readonly phone: string | null
  readonly email: string | null
  readonly locale: Locale
  /** The announcement asked for a door within reach. */
  readonly lowDoor: boolean
  readonly box: BoxMm | null
  readonly namedCabinet: CabinetId | null
  readonly askedCabinet: CabinetId | null
  /** The one about that cabinet; null where none was ever put. */
  readonly question: Question | null
  readonly freshFood: boolean
  readonly valuables: boolean
  readonly agreement: string | null
  /** The one card that is out, and where. */
  readonly card: Card | null
  readonly cardCabinet: CabinetId | null
  readonly announcedAt: Instant | null
  readonly endedAt: Instant | null
  readonly changedAt: Instant
  readonly sequence: number
}

/** What the recipient was asked last. */
export type Question = {
  readonly about: CabinetId
  readonly at: Instant
  /** The first about this parcel is 1; a reply may name it. */
  readonly number: number
  /** Where the parcel was to go before. */
  readonly insteadOf: CabinetId | null
  /** Cabinets that he was asked about before and never answered. */
  readonly silent: readonly CabinetId[]
}

/** What was said about each cabinet, by recipient or sender, and the record of it. */
export type Answers = Readonly<Partial<Record<CabinetId, Answer>>>
export type Answer = { readonly kind: NonNullable<Custody['consent']>; readonly ref: ConsentId | null }

/**
 * A question that named a cabinet was about that one: neither yes nor no counts at another. One that named none was about
 * lockers: the answer holds wherever nothing else was said.
 */
export function saidAt(
  { custody: { consent }, consentCabinet, consentRef, answers }: ParcelRecord,
  cabinet: CabinetId | null,
): Answer | undefined {
  const own = cabinet === null ? undefined : answers[cabinet]
  if (own !== undefined) return own
  const isOfOne = consentCabinet !== null || consent === 'sender-named-cabinet'
  return consent === null || isOfOne ? undefined : { kind: consent, ref: consentRef }
}

/**
 * From now on it is for whoever has this phone. Answers are a person's, and so is the card that told a cabinet of them;
 * what the sender said about the cabinet that he named stands.
 */
export function handOver(record: ParcelRecord, phone: string | null): ParcelRecord {
  if (record.phone === null || record.phone === phone) return { ...record, phone }
  const custody = forAnother(record.custody)
  const answers = Object.fromEntries(
    Object.entries(record.answers).filter(([, answer]) => answer?.kind === 'sender-named-cabinet'),
  )
  const consentRef = custody.consent === null ? null : record.consentRef
  return {
    ...record,
    phone,
    email: null,
    custody,
    answers,
    consentRef,
    consentCabinet: null,
    askedCabinet: null,
    question: null,
  }
}

/** Where it happened, for the parcel's history; null where no cabinet has a part in it. */
export type Scene = {
  readonly operator: OperatorId
  readonly label: string | null
  readonly generation: number | null
}

export type Step = { readonly record: ParcelRecord; readonly news: readonly ParcelNews[] }

export type NewRecord = Pick<ParcelRecord, 'carrier' | 'digest' | 'number' | 'locale'> & { readonly at: Instant }

/** The id carries the shard, so that whoever has the id finds the row: bytes 10 and 11 begin with its ten bits. */
export function newRecord({ at, ...known }: NewRecord, random: Uint8Array): ParcelRecord {
  const bytes = random.slice(0, 10)
  bytes[4] = Number.parseInt(known.digest.slice(0, 2), 16)
  bytes[5] = Number.parseInt(known.digest.slice(2, 4), 16)
  return {
    ...known,
    id: makeId('parcel', at, bytes),
    custody: newParcel,
    operator: null,
    consentRef: null,
    consentCabinet: null,
    answers: {},
    phone: null,
    email: null,
    lowDoor: false,
    box: null,
    namedCabinet: null,
    askedCabinet: null,
    question: null,
    freshFood: false,
    valuables: false,
    agreement: null,
    card: null,
    cardCabinet: null,
    announcedAt: null,
    endedAt: null,
    changedAt: at,
    sequence: 0,
  }
}

const tenBits = (first: number, second: number): number => first * 4 + (second >> 6)

export function shardOfParcel(parcel: ParcelId): number {
  const bytes = idToBytes(parcel)
  return tenBits(bytes[10] ?? 0, bytes[11] ?? 0)
}

export const shardOfDigest = (digest: string): number =>
  tenBits(Number.parseInt(digest.slice(0, 2), 16), Number.parseInt(digest.slice(2, 4), 16))

/** What is said where the number was lost with its private part. */
export const numberOf = ({ number, digest }: Pick<ParcelRecord, 'number' | 'digest'>): string =>
  number ?? `#${digest.slice(0, 12)}`

const ended: ReadonlySet<ParcelState> = new Set([
  'collected',
  'returned',
  'recalled',
  'cancelled',
  'disputed',
  'never-arrived',
])

/** Folds core's events in, each with the next number of the parcel's own sequence. */
export function advance(start: ParcelRecord, events: readonly ParcelEvent[], scene: Scene | null): Step {
  const news: ParcelNews[] = []
  let record = start
  for (const event of events) {
    const custody = parcelDecider.evolve(record.custody, event)
    record = {
      ...record,
      custody,
      operator: scene?.operator ?? record.operator,
      announcedAt: event.type === 'parcelAnnounced' ? event.at : record.announcedAt,
      endedAt: ended.has(custody.state) ? (record.endedAt ?? event.at) : null,
      changedAt: event.at,
      sequence: record.sequence + 1,
    }
    news.push(newsOf(record, event, scene))
  }
  return { record, news }
}

/** A line of history that custody does not depend on: a moved deposit, a new code. */
export function remark(start: ParcelRecord, type: ParcelNewsType, at: Instant, scene: Scene): Step {
  const record = { ...start, changedAt: at, sequence: start.sequence + 1 }
  return { record, news: [{ ...newsBase(record, scene), type, at, reason: null }] }
}

/** Not behind a door of this cabinet: custody stays where it was, and the line is its operator's alone (law 11). */
export function turnAway(start: ParcelRecord, { why, ...where }: TurnedAway): Step {
  const record = { ...start, changedAt: where.at, sequence: start.sequence + 1 }
  return { record, news: [{ ...newsBase(record, null), deposit: null, ...where, type: 'turned-away', reason: why }] }
}

export type TurnedAway = {
  readonly cabinet: CabinetId
  readonly operator: OperatorId
  readonly why: string
  readonly at: Instant
}

function newsBase(record: ParcelRecord, scene: Scene | null): Omit<ParcelNews, 'type' | 'at' | 'reason'> {
  const { storage } = record.custody
  return {
    parcel: record.id,
    carrier: record.carrier,
    trackingNumber: numberOf(record),
    sequence: record.sequence,
    locale: record.locale,
    cabinet: storage?.cabinet ?? null,
    operator: record.operator,
    deposit: storage?.deposit ?? null,
    label: scene?.label ?? null,
    generation: scene?.generation ?? null,
  }
}

function newsOf(record: ParcelRecord, event: ParcelEvent, scene: Scene | null): ParcelNews {
  const place = 'cabinet' in event ? { cabinet: event.cabinet } : {}
  const deposit = 'deposit' in event ? { deposit: event.deposit } : {}
  return { ...newsBase(record, scene), ...place, ...deposit, ...wordsOf(event), at: event.at }
}

function wordsOf(event: ParcelEvent): { readonly type: ParcelNewsType; readonly reason: string | null } {
  switch (event.type) {
    case 'parcelAnnounced':
      return { type: 'announced', reason: event.late ? 'late' : null }
    case 'parcelCorrected':
      return { type: 'corrected', reason: event.phoneChanged ? 'phone' : 'size' }
    case 'parcelCancelled':
      return { type: 'cancelled', reason: null }
    case 'consentAsked':
      return { type: 'consent-asked', reason: null }
    case 'consentRecorded':
      return event.kind === 'declined'
        ? { type: 'consent-declined', reason: null }
        : { type: 'consent-given', reason: event.kind }
    case 'parcelDeposited':
      return { type: 'deposited', reason: null }
    case 'parcelKeptLonger':
      return { type: 'kept-longer', reason: null }
    case 'parcelKeptShorter':
      return { type: 'kept-shorter', reason: null }
    case 'parcelOverdue':
      return { type: 'overdue', reason: null }
    case 'parcelCollected':
      return { type: 'collected', reason: event.by }
    case 'parcelRefused':
      return { type: 'refused', reason: event.why }
    case 'parcelRecalled':
      return { type: 'recalled', reason: null }
    case 'parcelDisputed':
      return { type: 'disputed', reason: 'empty' }
    case 'parcelTakenBack':
      return { type: 'taken-back', reason: null }
    case 'parcelReturned':
      return { type: 'returned', reason: null }
    case 'parcelNeverArrived':
      return { type: 'never-arrived', reason: null }
    case 'surpriseNoted':
      return { type: 'surprise', reason: event.fact }
  }
}
