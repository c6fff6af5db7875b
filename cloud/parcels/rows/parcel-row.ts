import type { Parcel as Custody } from '@holdfast/core/parcel/parcel.ts'
import { type Id, type IdKind, idFromUuid, idToUuid, readId } from '@holdfast/core/values/ids.ts'
import { after, type DurationMs, type Instant } from '@holdfast/core/values/instants.ts'
import { type Answer, type Answers, type ParcelRecord, shardOfDigest } from './record.ts'

export const toUuid = (id: Id<IdKind> | null): string | null => (id === null ? null : idToUuid(id))
export const fromUuid = <Kind extends IdKind>(kind: Kind, uuid: string | null): Id<Kind> | null =>
  uuid === null ? null : idFromUuid(kind, uuid)

/** Columns of `parcel` whose type is not the record's own. */
type Columns = Pick<ParcelRecord, 'digest' | 'number' | 'phone' | 'email' | 'locale' | 'box' | 'valuables'> &
  Pick<ParcelRecord, 'agreement' | 'card' | 'question' | 'sequence'> &
  Pick<Custody, 'state' | 'announced' | 'size' | 'retention' | 'consent' | 'complaint'>

export type ParcelRow = Columns & {
  readonly shard: number
  readonly parcel: string
  readonly carrier_id: string
  readonly cabinet: string | null
  readonly deposit: string | null
  readonly stored_at: Instant | null
  readonly operator_id: string | null
  readonly consent_ref: string | null
  readonly consent_cabinet: string | null
  readonly answers: Readonly<Record<string, { readonly kind: Answer['kind']; readonly ref: string | null }>>
  readonly named_cabinet: string | null
  readonly asked_cabinet: string | null
  readonly fresh_food: boolean
  readonly low_door: boolean
  readonly card_cabinet: string | null
  readonly announced_at: Instant | null
  readonly due_at: Instant | null
  readonly ended_at: Instant | null
  readonly changed_at: Instant
}

export function toRow(record: ParcelRecord): ParcelRow {
  const {
    id,
    carrier,
    custody,
    operator,
    consentRef,
    consentCabinet,
    answers,
    namedCabinet,
    askedCabinet,
    freshFood,
    lowDoor,
    ...rest
  } = record
  const { cardCabinet, announcedAt, endedAt, changedAt, ...same } = rest
  const { storage, ...state } = custody
  return {
    ...same,
    ...state,
    shard: shardOfDigest(record.digest),
    parcel: idToUuid(id),
    carrier_id: idToUuid(carrier),
    cabinet: toUuid(storage?.cabinet ?? null),
    deposit: toUuid(storage?.deposit ?? null),
    stored_at: storage?.storedAt ?? null,
    operator_id: toUuid(operator),
    consent_ref: toUuid(consentRef),
    consent_cabinet: toUuid(consentCabinet),
    answers: answersToRow(answers),
    named_cabinet: toUuid(namedCabinet),
    asked_cabinet: toUuid(askedCabinet),
    fresh_food: freshFood,
    low_door: lowDoor,
    card_cabinet: toUuid(cardCabinet),
    announced_at: announcedAt,
    due_at: dueAt(custody),
    ended_at: endedAt,
    changed_at: changedAt,
  }
}

const answersToRow = (answers: Answers): ParcelRow['answers'] =>
  Object.fromEntries(
    Object.entries(answers).flatMap(([text, answer]) => {
      const cabinet = readId('cabinet', text)
      return cabinet === undefined || answer === undefined
        ? []
        : [[idToUuid(cabinet), { kind: answer.kind, ref: toUuid(answer.ref) }]]
    }),
  )

const answersFromRow = (answers: ParcelRow['answers']): Answers =>
  Object.fromEntries(
    Object.entries(answers).map(([uuid, { kind, ref }]) => [
      idFromUuid('cabinet', uuid),
      { kind, ref: fromUuid('consent', ref) },
    ]),
  )

/** Indexed for the overdue rounds, and empty in every state that cannot become overdue. */
const dueAt = ({ state, storage, retention }: Custody): Instant | null =>
  state === 'stored' ? lastDay(storage?.storedAt, retention) : null

/** Until when it may wait. */
export const lastDay = (storedAt: Instant | undefined, retention: DurationMs | null): Instant | null =>
  storedAt === undefined || retention === null ? null : after(storedAt, retention)

export function fromRow(row: ParcelRow): ParcelRecord {
  const [cabinet, deposit] = [fromUuid('cabinet', row.cabinet), fromUuid('deposit', row.deposit)]
  const { state, announced, size, retention, consent, complaint } = row
  const isStored = cabinet !== null && deposit !== null && row.stored_at !== null
  const storage = isStored ? { cabinet, deposit, storedAt: row.stored_at } : null
  return {
    id: idFromUuid('parcel', row.parcel),
    carrier: idFromUuid('carrier', row.carrier_id),
    digest: row.digest,
    number: row.number,
    custody: { state, announced, size, retention, consent, complaint, storage },
    operator: fromUuid('operator', row.operator_id),
    consentRef: fromUuid('consent', row.consent_ref),
    consentCabinet: fromUuid('cabinet', row.consent_cabinet),
    answers: answersFromRow(row.answers),
    phone: row.phone,
    email: row.email,
    locale: row.locale,
    box: row.box,
    namedCabinet: fromUuid('cabinet', row.named_cabinet),
    askedCabinet: fromUuid('cabinet', row.asked_cabinet),
    question: row.question,
    freshFood: row.fresh_food,
    lowDoor: row.low_door,
    valuables: row.valuables,
    agreement: row.agreement,
    card: row.card,
    cardCabinet: fromUuid('cabinet', row.card_cabinet),
    announcedAt: row.announced_at,
    endedAt: row.ended_at,
    changedAt: row.changed_at,
    sequence: row.sequence,
  }
}
