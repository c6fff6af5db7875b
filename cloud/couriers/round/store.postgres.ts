import {
  idFromUuid,
  idToUuid,
  type CabinetId,
  type CarrierId,
  type ParcelId,
  type PersonId,
} from '@holdfast/core/values/ids.ts'
import type { Instant } from '@holdfast/core/values/instants.ts'
import type { Query } from '../../platform/postgres/db.ts'

export type RoundRow = { readonly parcel: ParcelId; readonly carrier: CarrierId; readonly cabinet: CabinetId }

export async function readRound(query: Query, person: PersonId, since: Instant): Promise<readonly RoundRow[]> {
  const rows = await query<{ readonly parcel: string; readonly carrier_id: string; readonly cabinet: string }>(
    'select * from courier_round where person = $1 and added_at > $2 order by added_at, parcel',
    [idToUuid(person), since],
  )
  return rows.map(({ parcel, carrier_id, cabinet }) => ({
    parcel: idFromUuid('parcel', parcel),
    carrier: idFromUuid('carrier', carrier_id),
    cabinet: idFromUuid('cabinet', cabinet),
  }))
}

export type RoundLoad = {
  readonly cabinet: CabinetId
  readonly carrier: CarrierId
  readonly parcels: readonly ParcelId[]
  readonly at: Instant
}

/** A parcel listed again goes to the cabinet named last. */
export async function saveRound(query: Query, person: PersonId, load: RoundLoad): Promise<void> {
  if (load.parcels.length === 0) return
  await query(
    `insert into courier_round (person, parcel, carrier_id, cabinet, added_at)
     select $1, unnest($2::uuid[]), $3, $4, $5
     on conflict (person, parcel) do update set cabinet = excluded.cabinet, added_at = excluded.added_at`,
    [idToUuid(person), load.parcels.map(idToUuid), idToUuid(load.carrier), idToUuid(load.cabinet), load.at],
  )
}

export async function deleteFromRound(query: Query, person: PersonId, parcel: ParcelId): Promise<void> {
  await query('delete from courier_round where person = $1 and parcel = $2', [idToUuid(person), idToUuid(parcel)])
}
