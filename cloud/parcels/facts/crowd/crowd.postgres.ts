import { type CabinetId, type DepositId, idFromUuid, idToUuid } from '@holdfast/core/values/ids.ts'
import type { Instant } from '@holdfast/core/values/instants.ts'
import type { Query, Tx } from '../../../platform/postgres/db.ts'

/** `heard`: how many deposits it had when it was claimed. */
export type Crowd = { readonly cabinet: CabinetId; readonly heard: number }

/** Something was put in: how full these are now is worth a look. */
export function noteCrowds(tx: Tx, cabinets: readonly CabinetId[], at: Instant): void {
  if (cabinets.length === 0) return
  tx.write(
    `insert into parcel_crowd as c (cabinet, look_at, heard)
     select cabinet, $2::bigint, 1 from unnest($1::uuid[]) as t (cabinet) order by cabinet
     on conflict (cabinet) do update set heard = c.heard + 1`,
    [[...new Set(cabinets.map(idToUuid))], at],
  )
}

/** Each is one process's until its next look. */
export async function claimCrowds(
  query: Query,
  { now, until, limit }: { readonly now: Instant; readonly until: Instant; readonly limit: number },
): Promise<readonly Crowd[]> {
  const rows = await query<{ readonly cabinet: string; readonly heard: number }>(
    `update parcel_crowd set look_at = $2
     where cabinet in (select cabinet from parcel_crowd
       where look_at <= $1 order by look_at limit $3 for update skip locked)
     returning cabinet, heard`,
    [now, until, limit],
  )
  return rows.map(({ cabinet, heard }) => ({ cabinet: idFromUuid('cabinet', cabinet), heard }))
}

/** There is room again; one that was filled meanwhile is looked at once more. */
export async function forgetCrowd(query: Query, { cabinet, heard }: Crowd): Promise<void> {
  await query('delete from parcel_crowd where cabinet = $1 and heard = $2', [idToUuid(cabinet), heard])
}

export type Waiting = { readonly deposit: DepositId; readonly phone: string }

/**
 * Longest first, one of each person and nobody who was asked already. Left out is what no message of this kind belongs
 * to: frozen, refused, overdue or otherwise for a courier to take.
 */
export async function readLongest(
  query: Query,
  cabinet: CabinetId,
  { storedBefore, limit }: { readonly storedBefore: Instant; readonly limit: number },
): Promise<readonly Waiting[]> {
  const rows = await query<{ readonly deposit: string; readonly phone: string }>(
    `select deposit, phone from (
       select distinct on (p.phone) p.phone, d.deposit, d.made_at
       from parcel_deposit d join parcel p on p.cabinet = d.cabinet and p.deposit = d.deposit
       where d.cabinet = $1 and d.stage = 'stored' and d.recall is null and d.disowned_at is null
         and d.codes is not null and d.made_at <= $2 and p.state = 'stored' and p.phone is not null
         and not exists (select from parcel_asked a where a.phone = p.phone)
       order by p.phone, d.made_at, d.deposit) w
     order by made_at, deposit limit $3`,
    [idToUuid(cabinet), storedBefore, limit],
  )
  return rows.map(({ deposit, phone }) => ({ deposit: idFromUuid('deposit', deposit), phone }))
}

/** False where somebody was asked meanwhile, about whatever cabinet. */
export async function claimPerson(tx: Tx, phone: string, at: Instant): Promise<boolean> {
  const rows = await tx.query(
    'insert into parcel_asked (phone, asked_at) values ($1, $2) on conflict do nothing returning phone',
    [phone, at],
  )
  return rows.length > 0
}

export async function forgetAsked(query: Query, before: Instant): Promise<void> {
  await query('delete from parcel_asked where asked_at <= $1', [before])
}
