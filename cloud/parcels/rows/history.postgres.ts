import {
  type CabinetId,
  type CarrierId,
  type ConsentId,
  idFromUuid,
  idToUuid,
  type OperatorId,
  type ParcelId,
  type PersonId,
  type StaffId,
} from '@holdfast/core/values/ids.ts'
import type { Instant } from '@holdfast/core/values/instants.ts'
import type { Query, Tx } from '../../platform/postgres/db.ts'
import type { ParcelNews, ParcelNewsType } from '../events.ts'
import type { CourierWord, DepositPlace, StaffWord } from '../parcels.ts'
import { fromUuid, toUuid } from './parcel-row.ts'
import { shardOfParcel } from './record.ts'

export function saveHistory(tx: Tx, news: readonly ParcelNews[]): void {
  if (news.length === 0) return
  const rows = news.map(({ parcel, carrier, operator, cabinet, deposit, sequence, type, at, label, reason }) => ({
    shard: shardOfParcel(parcel),
    parcel: idToUuid(parcel),
    sequence,
    carrier_id: idToUuid(carrier),
    operator_id: toUuid(operator),
    type,
    at,
    cabinet: toUuid(cabinet),
    deposit: toUuid(deposit),
    label,
    reason,
  }))
  tx.write('insert into parcel_event select * from jsonb_populate_recordset(null::parcel_event, $1::jsonb)', [
    JSON.stringify(rows),
  ])
}

/** Beside each line that a courier or a person of the operator's caused. */
export function saveWords(tx: Tx, news: readonly ParcelNews[], word: StaffWord | CourierWord): void {
  const who = 'staff' in word ? { staff: idToUuid(word.staff) } : { courier: idToUuid(word.courier) }
  const rows = news.map(({ parcel, sequence }) => ({
    shard: shardOfParcel(parcel),
    parcel: idToUuid(parcel),
    sequence,
    ...who,
    words: word.words,
  }))
  tx.write('insert into parcel_staff_word select * from jsonb_populate_recordset(null::parcel_staff_word, $1::jsonb)', [
    JSON.stringify(rows),
  ])
}

export type HistoryLine = {
  readonly sequence: number
  readonly type: ParcelNewsType
  readonly at: Instant
  readonly cabinet: CabinetId | null
  readonly operator: OperatorId | null
  readonly label: string | null
  readonly reason: string | null
  /** Whose doing it was, and why, where it was a courier's or a person of the operator's. */
  readonly staff: StaffId | null
  readonly courier: PersonId | null
  readonly words: string | null
}

export async function readHistory(query: Query, parcel: ParcelId): Promise<readonly HistoryLine[]> {
  const rows = await query<
    Omit<HistoryLine, 'cabinet' | 'operator' | 'staff' | 'courier'> & {
      cabinet: string | null
      operator_id: string | null
      staff: string | null
      courier: string | null
    }
  >(
    `select e.sequence, e.type, e.at, e.cabinet, e.operator_id, e.label, e.reason, w.staff, w.courier, w.words
     from parcel_event e left join parcel_staff_word w using (shard, parcel, sequence)
     where e.shard = $1 and e.parcel = $2 order by e.sequence`,
    [shardOfParcel(parcel), idToUuid(parcel)],
  )
  return rows.map(({ operator_id, ...row }) => ({
    ...row,
    cabinet: fromUuid('cabinet', row.cabinet),
    operator: fromUuid('operator', operator_id),
    staff: fromUuid('staff', row.staff),
    courier: fromUuid('person', row.courier),
  }))
}

/** When a line of this type was written since then. */
export async function readWhen(
  query: Query,
  parcel: ParcelId,
  { type, since }: { readonly type: ParcelNewsType; readonly since: Instant },
): Promise<readonly Instant[]> {
  const rows = await query<{ readonly at: Instant }>(
    'select at from parcel_event where shard = $1 and parcel = $2 and type = $3 and at > $4',
    [shardOfParcel(parcel), idToUuid(parcel), type, since],
  )
  return rows.map(({ at }) => at)
}

/** who, when, by which channel, for which cabinet, on which wording. */
export type ConsentRow = {
  readonly parcel: ParcelId
  readonly consent: ConsentId
  readonly carrier: CarrierId
  readonly given: boolean
  readonly byWhom: 'recipient' | 'sender'
  readonly channel: 'announcement' | 'app' | 'reply'
  readonly cabinet: CabinetId | null
  readonly wording: string
  readonly at: Instant
}

export function saveConsent(tx: Tx, row: ConsentRow): void {
  tx.write(
    `insert into parcel_consent (shard, parcel, consent, carrier_id, given, by_whom, channel, cabinet, wording, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      shardOfParcel(row.parcel),
      idToUuid(row.parcel),
      idToUuid(row.consent),
      idToUuid(row.carrier),
      row.given,
      row.byWhom,
      row.channel,
      toUuid(row.cabinet),
      row.wording,
      row.at,
    ],
  )
}

export type Stay = DepositPlace & {
  readonly parcel: ParcelId
  readonly operator: OperatorId
  readonly carrier: CarrierId
  readonly number: string | null
}

export function saveStays(tx: Tx, stays: readonly Stay[]): void {
  if (stays.length === 0) return
  const rows = stays.map((stay) => ({
    cabinet: idToUuid(stay.cabinet),
    deposit: idToUuid(stay.deposit),
    parcel: idToUuid(stay.parcel),
    shard: shardOfParcel(stay.parcel),
    operator_id: idToUuid(stay.operator),
    carrier_id: idToUuid(stay.carrier),
    number: stay.number,
  }))
  tx.write(
    `insert into parcel_stay select * from jsonb_populate_recordset(null::parcel_stay, $1::jsonb)
     on conflict do nothing`,
    [JSON.stringify(rows)],
  )
}

/** Where the parcel was in cabinets of this operator; empty means that it is none of the operator's concern (law 11). */
export async function readStays(
  query: Query,
  operator: OperatorId,
  parcel: ParcelId,
): Promise<readonly DepositPlace[]> {
  const rows = await query<{ cabinet: string; deposit: string }>(
    'select cabinet, deposit from parcel_stay where operator_id = $1 and parcel = $2 order by deposit',
    [idToUuid(operator), idToUuid(parcel)],
  )
  return rows.map(({ cabinet, deposit }) => ({
    cabinet: idFromUuid('cabinet', cabinet),
    deposit: idFromUuid('deposit', deposit),
  }))
}
