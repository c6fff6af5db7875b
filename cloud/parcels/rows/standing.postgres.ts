import { type CabinetId, idFromUuid, idToUuid, type ParcelId, type PersonId } from '@holdfast/core/values/ids.ts'
import type { Instant } from '@holdfast/core/values/instants.ts'
import type { Query, Tx } from '../../platform/postgres/db.ts'

/** Somebody who always consents, where a parcel for him was put in. */
export type Neighbour = { readonly cabinet: CabinetId; readonly person: PersonId }
export type Seen = Neighbour & { readonly at: Instant }
/** null: no cabinet was told it yet. */
export type Gone = { readonly cabinet: CabinetId; readonly digest: string | null }

type Row = { readonly cabinet: string; readonly person: string }
type GoneRow = { readonly cabinet: string; readonly digest: string | null }

const toGone = ({ cabinet, digest }: GoneRow): Gone => ({ cabinet: idFromUuid('cabinet', cabinet), digest })

export async function rememberNeighbours(tx: Tx, seen: readonly Seen[]): Promise<void> {
  if (seen.length === 0) return
  await tx.query(
    `insert into parcel_standing as s (cabinet, person, seen_at)
     select cabinet, person, max(seen_at) from unnest($1::uuid[], $2::uuid[], $3::bigint[]) as t (cabinet, person, seen_at)
     group by cabinet, person
     on conflict (cabinet, person) do update set seen_at = greatest(s.seen_at, excluded.seen_at)`,
    [
      seen.map(({ cabinet }) => idToUuid(cabinet)),
      seen.map(({ person }) => idToUuid(person)),
      seen.map(({ at }) => at),
    ],
  )
}

/** Where this phone's parcels were put in, as far back as they still name it. */
export async function readCabinetsOf(
  query: Query,
  phone: string,
): Promise<readonly { readonly cabinet: CabinetId; readonly at: Instant }[]> {
  const rows = await query<{ readonly cabinet: string; readonly at: Instant }>(
    `select cabinet, max(changed_at) as at from parcel where phone = $1 and cabinet is not null group by cabinet`,
    [phone],
  )
  return rows.map(({ cabinet, at }) => ({ cabinet: idFromUuid('cabinet', cabinet), at }))
}

/** Whoever a parcel was for when it was put in; those that nobody is known of are left out. */
export async function readPhones(
  query: Query,
  parcels: readonly { readonly shard: number; readonly parcel: ParcelId }[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await query<{ readonly parcel: string; readonly phone: string }>(
    `select parcel, phone from parcel
     where phone is not null and (shard, parcel) in (select * from unnest($1::smallint[], $2::uuid[]))`,
    [parcels.map(({ shard }) => shard), parcels.map(({ parcel }) => idToUuid(parcel))],
  )
  return new Map(rows.map(({ parcel, phone }) => [idFromUuid('parcel', parcel), phone]))
}

export async function forgetPerson(tx: Tx, person: PersonId): Promise<readonly Gone[]> {
  const rows = await tx.query<GoneRow>('delete from parcel_standing where person = $1 returning cabinet, digest', [
    idToUuid(person),
  ])
  return rows.map(toGone)
}

export async function forgetNeighbours(tx: Tx, gone: readonly Neighbour[]): Promise<void> {
  if (gone.length === 0) return
  await tx.query(
    `delete from parcel_standing where (cabinet, person) in (select * from unnest($1::uuid[], $2::uuid[]))`,
    [gone.map(({ cabinet }) => idToUuid(cabinet)), gone.map(({ person }) => idToUuid(person))],
  )
}

/** Law 14. Returns at most `most` of them. */
export async function forgetSeenBefore(tx: Tx, before: Instant, most: number): Promise<readonly Gone[]> {
  const rows = await tx.query<GoneRow>(
    `delete from parcel_standing where (cabinet, person) in (
       select cabinet, person from parcel_standing where seen_at < $1 order by seen_at limit $2)
     returning cabinet, digest`,
    [before, most],
  )
  return rows.map(toGone)
}

/** What one cabinet cannot keep: of those that it was told, all but the `most` that it saw last. */
export async function forgetBeyond(tx: Tx, cabinet: CabinetId, most: number): Promise<readonly Gone[]> {
  const rows = await tx.query<GoneRow>(
    `delete from parcel_standing where cabinet = $1 and person in (
       select person from parcel_standing where cabinet = $1 and digest is not null
       order by seen_at desc, person offset $2)
     returning cabinet, digest`,
    [idToUuid(cabinet), most],
  )
  return rows.map(toGone)
}

/** Undefined once everybody was looked up; one process works on it at a time. */
export async function lockBackfill(tx: Tx): Promise<{ readonly after: PersonId | null } | undefined> {
  const [row] = await tx.query<{ readonly after: string | null }>(
    'select after from parcel_standing_backfill for update skip locked',
  )
  return row === undefined ? undefined : { after: row.after === null ? null : idFromUuid('person', row.after) }
}

/** null: that was the last page. */
export function moveBackfill(tx: Tx, after: PersonId | null): void {
  if (after === null) tx.write('delete from parcel_standing_backfill', [])
  else tx.write('update parcel_standing_backfill set after = $1', [idToUuid(after)])
}

/** Longest waiting first. */
export async function readUnhashed(query: Query, most: number): Promise<readonly Neighbour[]> {
  const rows = await query<Row>(
    'select cabinet, person from parcel_standing where digest is null order by seen_at limit $1',
    [most],
  )
  return rows.map(({ cabinet, person }) => ({
    cabinet: idFromUuid('cabinet', cabinet),
    person: idFromUuid('person', person),
  }))
}

/** False where it was withdrawn, or another process was faster, while it was hashed. */
export async function keepDigest(tx: Tx, { cabinet, person }: Neighbour, digest: string): Promise<boolean> {
  const rows = await tx.query(
    'update parcel_standing set digest = $3 where cabinet = $1 and person = $2 and digest is null returning person',
    [idToUuid(cabinet), idToUuid(person), digest],
  )
  return rows.length > 0
}
