import { idToUuid, type OperatorId, type ParcelId, readId } from '@holdfast/core/values/ids.ts'
import { readReference } from '@holdfast/core/values/reference.ts'
import type { Query } from '../../platform/postgres/db.ts'
import { fromRow, type ParcelRow } from '../rows/parcel-row.ts'
import type { ParcelRecord } from '../rows/record.ts'

export type Search = { readonly search: string; readonly after: ParcelId | null; readonly limit: number }

const latestParcel = 'ffffffff-ffff-ffff-ffff-ffffffffffff'
const likely = (text: string): string => text.replaceAll(/[%_\\]/g, '\\$&')

/** Newest first. Stays say what an operator may see; the rest of the query only narrows it (law 11). */
export async function searchStays(
  query: Query,
  operator: OperatorId,
  { search, after, limit }: Search,
): Promise<readonly ParcelRecord[]> {
  const tail = /^\d{2,11}$/.test(search) ? `%${search}` : null
  const deposit = readId('deposit', search)
  const reference = readReference(search) ?? null
  const rows = await query<ParcelRow>(
    `select p.* from (
       select distinct shard, parcel from parcel_stay
       where operator_id = $1 and parcel < $2 and ($7::uuid is null or deposit = $7)) s
     join parcel p on p.shard = s.shard and p.parcel = s.parcel
     where $3 = '' or p.number like $4 or p.phone like $5 or $7::uuid is not null
       or ($8::text is not null and (p.shard, p.parcel) in (select shard, parcel from parcel_stay
         where operator_id = $1 and right(deposit::text, 8) = $8))
     order by p.parcel desc limit $6`,
    [
      idToUuid(operator),
      after === null ? latestParcel : idToUuid(after),
      search,
      `${likely(search.toUpperCase())}%`,
      tail,
      limit,
      deposit === undefined ? null : idToUuid(deposit),
      reference,
    ],
  )
  return rows.map(fromRow)
}

export async function readStayed(
  query: Query,
  operator: OperatorId,
  parcels: readonly ParcelId[],
): Promise<readonly ParcelRecord[]> {
  if (parcels.length === 0) return []
  const rows = await query<ParcelRow>(
    `select p.* from (
       select distinct shard, parcel from parcel_stay where operator_id = $1 and parcel = any($2::uuid[])) s
     join parcel p on p.shard = s.shard and p.parcel = s.parcel order by p.parcel desc`,
    [idToUuid(operator), parcels.map(idToUuid)],
  )
  return rows.map(fromRow)
}
