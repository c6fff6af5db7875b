import type { Pause } from '@holdfast/core/tariff/keep-time.ts'
import { type CabinetId, idFromUuid, idToUuid } from '@holdfast/core/values/ids.ts'
import type { Instant } from '@holdfast/core/values/instants.ts'
import type { PlannedPause } from '../../../cabinets/facts.ts'
import type { Tx } from '../../../platform/postgres/db.ts'

/** What keeps people from their parcels: the cabinet is out of reach, or its screen is dead. */
export type Cause = 'away' | 'screen'
type At = { readonly cabinet: CabinetId; readonly cause: Cause }

/** Told again it is the same outage. */
export async function beginPause(tx: Tx, { cabinet, cause }: At, at: Instant): Promise<void> {
  await tx.query(
    `insert into parcel_outage (cabinet, cause, from_at) select $1, $2, $3
     where not exists (select 1 from parcel_outage where cabinet = $1 and cause = $2 and until_at is null)
     on conflict do nothing`,
    [idToUuid(cabinet), cause, at],
  )
}

/** When the one that ends now began; undefined where none was known. */
export async function endPause(tx: Tx, { cabinet, cause }: At, at: Instant): Promise<Instant | undefined> {
  const [ended] = await tx.query<{ readonly from_at: Instant }>(
    'update parcel_outage set until_at = $3 where cabinet = $1 and cause = $2 and until_at is null returning from_at',
    [idToUuid(cabinet), cause, at],
  )
  return ended?.from_at
}

export async function dropPause(tx: Tx, { cabinet, cause }: At, from: Instant): Promise<void> {
  await tx.query('delete from parcel_outage where cabinet = $1 and cause = $2 and from_at = $3 and planned is null', [
    idToUuid(cabinet),
    cause,
    from,
  ])
}

/** One that was said ahead, once. */
export async function planPause(tx: Tx, cabinet: CabinetId, { id, from, to }: PlannedPause): Promise<void> {
  await tx.query(
    `insert into parcel_outage (cabinet, from_at, until_at, planned) values ($1, $2, $3, $4) on conflict do nothing`,
    [idToUuid(cabinet), from, to, idToUuid(id)],
  )
}

export async function forgetPause(tx: Tx, { id }: PlannedPause): Promise<void> {
  await tx.query('delete from parcel_outage where planned = $1', [idToUuid(id)])
}

/** No parcel waits longer for its end than it was ever kept. */
const farthestBack = 1000 * 60 * 60 * 24 * 120

/** Those that are over and those that were said ahead, by cabinet: what a term is counted around. */
export async function readPauses(
  tx: Tx,
  cabinets: readonly CabinetId[],
  now: Instant,
): Promise<ReadonlyMap<CabinetId, readonly Pause[]>> {
  const pauses = new Map<CabinetId, Pause[]>()
  const rows = await tx.query<Pause & { readonly cabinet: string }>(
    `select cabinet, from_at as "from", until_at as "to" from parcel_outage
     where cabinet = any($1::uuid[]) and until_at > $2`,
    [cabinets.map(idToUuid), now - farthestBack],
  )
  for (const { cabinet: uuid, from, to } of rows) {
    const cabinet = idFromUuid('cabinet', uuid)
    pauses.set(cabinet, [...(pauses.get(cabinet) ?? []), { from, to }])
  }
  return pauses
}
