import { type CabinetId, type DepositId, idToUuid, type ParcelId } from '@holdfast/core/values/ids.ts'
import type { Instant } from '@holdfast/core/values/instants.ts'
import { failure } from '../../platform/failure.ts'
import { isDbFailure, type Query, type Tx } from '../../platform/postgres/db.ts'
import { fromRow, type ParcelRow, toRow } from './parcel-row.ts'
import { type ParcelRecord, shardOfDigest, shardOfParcel } from './record.ts'

/** In one order, so that two batches never wait for each other in a circle. */
export async function lockByDigest(tx: Tx, digests: readonly string[]): Promise<readonly ParcelRecord[]> {
  if (digests.length === 0) return []
  const rows = await tx.query<ParcelRow>(
    `select p.* from parcel p
     where (p.shard, p.digest) in (select * from unnest($1::smallint[], $2::text[]))
     order by p.shard, p.parcel for update`,
    [digests.map(shardOfDigest), digests],
  )
  return rows.map(fromRow)
}

export async function readByDigest(query: Query, digest: string): Promise<ParcelRecord | undefined> {
  const [row] = await query<ParcelRow>('select * from parcel where shard = $1 and digest = $2', [
    shardOfDigest(digest),
    digest,
  ])
  return row === undefined ? undefined : fromRow(row)
}

export async function readById(query: Query, parcel: ParcelId): Promise<ParcelRecord | undefined> {
  const [row] = await query<ParcelRow>('select * from parcel where shard = $1 and parcel = $2', [
    shardOfParcel(parcel),
    idToUuid(parcel),
  ])
  return row === undefined ? undefined : fromRow(row)
}

export async function readByIds(query: Query, parcels: readonly ParcelId[]): Promise<readonly ParcelRecord[]> {
  if (parcels.length === 0) return []
  const rows = await query<ParcelRow>(
    `select * from parcel where (shard, parcel) in (select * from unnest($1::smallint[], $2::uuid[]))`,
    [parcels.map(shardOfParcel), parcels.map(idToUuid)],
  )
  return rows.map(fromRow)
}

export async function lockById(tx: Tx, parcel: ParcelId): Promise<ParcelRecord | undefined> {
  const [row] = await tx.query<ParcelRow>('select * from parcel where shard = $1 and parcel = $2 for update', [
    shardOfParcel(parcel),
    idToUuid(parcel),
  ])
  return row === undefined ? undefined : fromRow(row)
}

export async function readByPhone(query: Query, phone: string, most: number): Promise<readonly ParcelRecord[]> {
  const rows = await query<ParcelRow>(
    `select * from parcel where phone = $1 and state <> 'unheard' order by changed_at desc limit $2`,
    [phone, most],
  )
  return rows.map(fromRow)
}

/** This phone's parcels whose card is out. */
export async function lockCarded(tx: Tx, phone: string): Promise<readonly ParcelRecord[]> {
  const rows = await tx.query<ParcelRow>(
    `select * from parcel where phone = $1 and state = 'expected' and card_cabinet is not null
     order by shard, parcel for update`,
    [phone],
  )
  return rows.map(fromRow)
}

export async function readByDeposits(
  query: Query,
  at: readonly { readonly cabinet: CabinetId; readonly deposit: DepositId }[],
): Promise<readonly ParcelRecord[]> {
  if (at.length === 0) return []
  const rows = await query<ParcelRow>(
    `select * from parcel
     where (cabinet, deposit) in (select * from unnest($1::uuid[], $2::uuid[])) order by parcel`,
    [at.map(({ cabinet }) => idToUuid(cabinet)), at.map(({ deposit }) => idToUuid(deposit))],
  )
  return rows.map(fromRow)
}

/** A page of what is due, locked; rows that others hold are left for the next round. */
export async function lockDue(tx: Tx, now: Instant, limit: number): Promise<readonly ParcelRecord[]> {
  const rows = await tx.query<ParcelRow>(
    `select * from parcel where due_at <= $1
       and not exists (select 1 from parcel_outage o where o.cabinet = parcel.cabinet and o.until_at is null)
     order by due_at limit $2 for update skip locked`,
    [now, limit],
  )
  return rows.map(fromRow)
}

/** A page of those that are expected and of which nothing was heard since then; longest first. */
export async function lockUnseen(tx: Tx, before: Instant, limit: number): Promise<readonly ParcelRecord[]> {
  const rows = await tx.query<ParcelRow>(
    `select * from parcel where state = 'expected' and changed_at < $1
     order by changed_at limit $2 for update skip locked`,
    [before, limit],
  )
  return rows.map(fromRow)
}

/**
 * New rows and changed ones alike. Somebody else's new row of the same number in between is a
 * `db-serialization` failure: the transaction runs again and finds it.
 */
export async function saveParcels(tx: Tx, records: readonly ParcelRecord[]): Promise<void> {
  if (records.length === 0) return
  try {
    await tx.query(upsert, [JSON.stringify(records.map(toRow))])
  } catch (error) {
    if (!isDbFailure(error, 'db-unique-violation')) throw error
    throw failure('db-serialization', 'another transaction made the same parcel', error)
  }
}

const changing =
  `state announced size retention cabinet deposit stored_at operator_id consent consent_ref complaint phone email locale
  box consent_cabinet answers named_cabinet asked_cabinet question fresh_food low_door valuables agreement card card_cabinet
  announced_at due_at ended_at changed_at sequence number`.split(/\s+/)
const upsert = `insert into parcel select * from jsonb_populate_recordset(null::parcel, $1::jsonb)
  on conflict (shard, parcel) do update set ${changing.map((column) => `${column} = excluded.${column}`).join(', ')}`

/** Law 14: who it was for is forgotten, the card that told cabinets of it too; what happened stays. Returns how many. */
export async function forgetRecipients(query: Query, endedBefore: Instant, most: number): Promise<number> {
  const rows = await query(
    `update parcel set phone = null, email = null, low_door = false, card = null, card_cabinet = null
     where (shard, parcel) in (
       select shard, parcel from parcel where (phone is not null or email is not null) and ended_at < $1 order by ended_at limit $2)
     returning parcel`,
    [endedBefore, most],
  )
  return rows.length
}
