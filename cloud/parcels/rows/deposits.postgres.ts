import type { Revocation } from '@holdfast/core/cabinet/commands.ts'
import {
  type CabinetId,
  type CarrierId,
  type DepositId,
  idFromUuid,
  idToUuid,
  type IncarnationId,
  type PersonId,
} from '@holdfast/core/values/ids.ts'
import type { Instant } from '@holdfast/core/values/instants.ts'
import type { Size } from '@holdfast/core/values/sizes.ts'
import type { Query, Tx } from '../../platform/postgres/db.ts'
import type { DepositPlace } from '../parcels.ts'
import type { DepositRecord } from './deposit.ts'

type Same = Pick<
  DepositRecord,
  'label' | 'size' | 'epoch' | 'stage' | 'codes' | 'generation' | 'recall' | 'revoked' | 'carried'
>
type DepositRow = Same & {
  readonly cabinet: string
  readonly deposit: string
  readonly operator_id: string
  readonly carrier_id: string
  readonly person: string
  readonly compartment: string
  readonly made_at: Instant | null
  readonly recall_since: Instant | null
  readonly disowned_at: Instant | null
  readonly renew_at: Instant | null
}

export async function lockDeposits(tx: Tx, at: readonly DepositPlace[]): Promise<readonly DepositRecord[]> {
  if (at.length === 0) return []
  const rows = await tx.query<DepositRow>(
    `select * from parcel_deposit
     where (cabinet, deposit) in (select * from unnest($1::uuid[], $2::uuid[]))
     order by cabinet, deposit for update`,
    uuidsOf(at),
  )
  return rows.map(fromRow)
}

export async function readDeposits(query: Query, at: readonly DepositPlace[]): Promise<readonly DepositRecord[]> {
  if (at.length === 0) return []
  const rows = await query<DepositRow>(
    'select * from parcel_deposit where (cabinet, deposit) in (select * from unnest($1::uuid[], $2::uuid[]))',
    uuidsOf(at),
  )
  return rows.map(fromRow)
}

/** What waits in these cabinets and has a code. */
export async function readStoredAt(query: Query, cabinets: readonly CabinetId[]): Promise<readonly DepositRecord[]> {
  if (cabinets.length === 0) return []
  const rows = await query<DepositRow>(
    `select * from parcel_deposit
     where cabinet = any($1::uuid[]) and stage in ('stored', 'refused') and codes is not null
     order by made_at desc limit 2000`,
    [cabinets.map(idToUuid)],
  )
  return rows.map(fromRow)
}

export async function readCourierDeposits(
  query: Query,
  person: PersonId,
  since: Instant,
): Promise<readonly DepositRecord[]> {
  const rows = await query<DepositRow>(
    'select * from parcel_deposit where person = $1 and made_at >= $2 order by made_at desc limit 500',
    [idToUuid(person), since],
  )
  return rows.map(fromRow)
}

export async function readRecalls(query: Query, carriers: readonly CarrierId[]): Promise<readonly DepositRecord[]> {
  if (carriers.length === 0) return []
  const rows = await query<DepositRow>(
    `select * from parcel_deposit where recall is not null and carrier_id = any($1::uuid[])
     order by recall_since limit 1000`,
    [carriers.map(idToUuid)],
  )
  return rows.map(fromRow)
}

export type RecallList = { readonly cabinet: CabinetId; readonly deposits: readonly DepositId[] }

/** What couriers may take out of these cabinets, longest waiting first; a cabinet with nothing has an empty list. */
export async function readRecallLists(tx: Tx, cabinets: readonly CabinetId[]): Promise<readonly RecallList[]> {
  const rows = await tx.query<{ cabinet: string; deposits: readonly string[] }>(
    `select c.cabinet, coalesce(array_agg(d.deposit::text order by d.recall_since) filter (where d.deposit is not null),
            '{}') as deposits
     from unnest($1::uuid[]) as c (cabinet)
     left join parcel_deposit d on d.cabinet = c.cabinet and d.recall is not null
     group by c.cabinet order by c.cabinet`,
    [cabinets.map(idToUuid)],
  )
  return rows.map(({ cabinet, deposits }) => ({
    cabinet: idFromUuid('cabinet', cabinet),
    deposits: deposits.map((deposit) => idFromUuid('deposit', deposit)),
  }))
}

/** What of a cabinet's codes opens nothing any more, while its parcel waits. */
export async function readRevocations(tx: Tx, cabinet: CabinetId): Promise<readonly Revocation[]> {
  const rows = await tx.query<{ readonly deposit: string; readonly through: number }>(
    `select deposit, revoked as through from parcel_deposit
     where cabinet = $1 and revoked is not null order by deposit limit 1000`,
    [idToUuid(cabinet)],
  )
  return rows.map(({ deposit, through }) => ({ deposit: idFromUuid('deposit', deposit), through }))
}

/** Each is one process's for a while. */
export async function claimRenewals(
  query: Query,
  { now, until, limit }: { readonly now: Instant; readonly until: Instant; readonly limit: number },
): Promise<readonly DepositPlace[]> {
  const rows = await query<{ readonly cabinet: string; readonly deposit: string }>(
    `update parcel_deposit set renew_at = $2
     where (cabinet, deposit) in (select cabinet, deposit from parcel_deposit
       where renew_at <= $1 order by renew_at limit $3 for update skip locked)
     returning cabinet, deposit`,
    [now, until, limit],
  )
  return rows.map(({ cabinet, deposit }) => ({
    cabinet: idFromUuid('cabinet', cabinet),
    deposit: idFromUuid('deposit', deposit),
  }))
}

/** The cabinet owes a new code where the one that was told is none of those that still open (law 3). */
export function owedRenewal(tx: Tx, { cabinet, deposit }: DepositPlace, alive: readonly number[], at: Instant): void {
  tx.write(
    `update parcel_deposit set renew_at = $3
     where cabinet = $1 and deposit = $2 and stage = 'stored' and disowned_at is null
       and not (generation = any($4::int[]))`,
    [idToUuid(cabinet), idToUuid(deposit), at, alive],
  )
}

/** Deposits that people may come for. */
export async function waitingAt(tx: Tx, cabinet: CabinetId): Promise<readonly DepositPlace[]> {
  const rows = await tx.query<{ readonly deposit: string }>(
    `select deposit from parcel_deposit where cabinet = $1 and stage = 'stored' order by deposit`,
    [idToUuid(cabinet)],
  )
  return rows.map(({ deposit }) => ({ cabinet, deposit: idFromUuid('deposit', deposit) }))
}

/** Only while one is owed: the new code may have come meanwhile. */
export async function setRenewAt(query: Query, { cabinet, deposit }: DepositPlace, at: Instant): Promise<void> {
  await query('update parcel_deposit set renew_at = $3 where cabinet = $1 and deposit = $2 and renew_at is not null', [
    idToUuid(cabinet),
    idToUuid(deposit),
    at,
  ])
}

export function saveDeposits(tx: Tx, records: readonly DepositRecord[]): void {
  if (records.length === 0) return
  tx.write(
    `insert into parcel_deposit select * from jsonb_populate_recordset(null::parcel_deposit, $1::jsonb)
     on conflict (cabinet, deposit) do update set
       compartment = excluded.compartment, label = excluded.label, size = excluded.size, epoch = excluded.epoch,
       stage = excluded.stage, codes = excluded.codes, generation = excluded.generation, made_at = excluded.made_at,
       recall = excluded.recall, recall_since = excluded.recall_since,
       revoked = excluded.revoked, disowned_at = excluded.disowned_at, renew_at = excluded.renew_at, carried = excluded.carried`,
    [JSON.stringify(records.map(toRow))],
  )
}

export type Mark = { readonly cabinet: CabinetId; readonly incarnation: IncarnationId; readonly seq: number }

/** How far each journal was heard; locked, so that one batch of a cabinet works at a time. */
export async function lockMarks(tx: Tx, cabinets: readonly CabinetId[]): Promise<readonly Mark[]> {
  const rows = await tx.query<{ cabinet: string; incarnation: string; seq: number }>(
    'select * from parcel_mark where cabinet = any($1::uuid[]) order by cabinet, incarnation for update',
    [cabinets.map(idToUuid)],
  )
  return rows.map((row) => ({
    cabinet: idFromUuid('cabinet', row.cabinet),
    incarnation: idFromUuid('incarnation', row.incarnation),
    seq: row.seq,
  }))
}

export function saveMarks(tx: Tx, marks: readonly Mark[]): void {
  if (marks.length === 0) return
  tx.write(
    `insert into parcel_mark select * from unnest($1::uuid[], $2::uuid[], $3::bigint[])
     on conflict (cabinet, incarnation) do update set seq = excluded.seq`,
    [
      marks.map(({ cabinet }) => idToUuid(cabinet)),
      marks.map(({ incarnation }) => idToUuid(incarnation)),
      marks.map(({ seq }) => seq),
    ],
  )
}

const uuidsOf = (at: readonly DepositPlace[]): readonly (readonly string[])[] => [
  at.map(({ cabinet }) => idToUuid(cabinet)),
  at.map(({ deposit }) => idToUuid(deposit)),
]

const toRow = ({
  operator,
  carrier,
  madeAt,
  recallSince,
  disownedAt,
  renewAt,
  ...record
}: DepositRecord): DepositRow => ({
  ...record,
  cabinet: idToUuid(record.cabinet),
  deposit: idToUuid(record.deposit),
  operator_id: idToUuid(operator),
  carrier_id: idToUuid(carrier),
  person: idToUuid(record.person),
  compartment: idToUuid(record.compartment),
  made_at: madeAt,
  recall_since: recallSince,
  disowned_at: disownedAt,
  renew_at: renewAt,
})

const fromRow = ({
  operator_id,
  carrier_id,
  made_at,
  recall_since,
  disowned_at,
  renew_at,
  ...row
}: DepositRow): DepositRecord => ({
  ...row,
  cabinet: idFromUuid('cabinet', row.cabinet),
  deposit: idFromUuid('deposit', row.deposit),
  operator: idFromUuid('operator', operator_id),
  carrier: idFromUuid('carrier', carrier_id),
  person: idFromUuid('person', row.person),
  compartment: idFromUuid('compartment', row.compartment),
  madeAt: made_at,
  recallSince: recall_since,
  disownedAt: disowned_at,
  renewAt: renew_at,
})

/** The size that the last parcel of this phone and carrier turned out to need: its own, else its door's. */
export async function readUsualSize(query: Query, carrier: CarrierId, phone: string): Promise<Size | null> {
  const [row] = await query<{ readonly size: Size | null }>(
    `select coalesce(p.size, d.size) as size
     from parcel p join parcel_deposit d on d.cabinet = p.cabinet and d.deposit = p.deposit
     where p.phone = $1 and p.carrier_id = $2 and d.made_at is not null and d.stage <> 'cancelled'
     order by d.made_at desc limit 1`,
    [phone, idToUuid(carrier)],
  )
  return row?.size ?? null
}
