import type { Revocation } from '@holdfast/core/cabinet/commands.ts'
import { type CabinetId, type DepositId, idToUuid } from '@holdfast/core/values/ids.ts'
import type { Card } from '@holdfast/wire/cabinet/desired.ts'
import type { Query, Tx } from '../../platform/postgres/db.ts'

/** Also the lock that keeps versions in order. Undefined for an unknown cabinet. */
export async function raiseVersion(tx: Tx, cabinet: CabinetId, by: number): Promise<number | undefined> {
  const [row] = await tx.query<{ version: number }>(
    'update cabinet_desired set version = version + $2 where cabinet = $1 returning version',
    [idToUuid(cabinet), by],
  )
  return row?.version
}

export function putCards(tx: Tx, cabinet: CabinetId, cards: readonly Card[]): void {
  if (cards.length === 0) return
  tx.write(
    `insert into cabinet_card (cabinet, parcel, card)
     select $1, c->>'parcel', c from jsonb_array_elements($2::jsonb) c
     on conflict (cabinet, parcel) do update set card = excluded.card`,
    [idToUuid(cabinet), JSON.stringify(cards)],
  )
}

export function dropCards(tx: Tx, cabinet: CabinetId, parcels: readonly string[]): void {
  if (parcels.length === 0) return
  tx.write('delete from cabinet_card where cabinet = $1 and parcel = any($2::text[])', [idToUuid(cabinet), parcels])
}

export function putRecalls(tx: Tx, cabinet: CabinetId, deposits: readonly DepositId[]): void {
  tx.write('update cabinet_desired set recalls = $2::jsonb where cabinet = $1', [
    idToUuid(cabinet),
    JSON.stringify(deposits),
  ])
}

export function putRevocations(tx: Tx, cabinet: CabinetId, revocations: readonly Revocation[]): void {
  tx.write('update cabinet_desired set revocations = $2::jsonb where cabinet = $1', [
    idToUuid(cabinet),
    JSON.stringify(revocations),
  ])
}

export function changeStanding(
  tx: Tx,
  cabinet: CabinetId,
  { put, drop }: { readonly put: readonly string[]; readonly drop: readonly string[] },
): void {
  const id = idToUuid(cabinet)
  tx.write('delete from cabinet_standing where cabinet = $1 and digest = any($2::text[])', [id, drop])
  tx.write('insert into cabinet_standing select $1, d from unnest($2::text[]) d on conflict do nothing', [id, put])
}

export type DesiredState = {
  readonly version: number
  readonly revocations: readonly Revocation[]
  readonly recalls: readonly DepositId[]
  readonly denied: readonly string[]
  readonly standing: readonly string[]
  readonly cards: readonly Card[]
}

/** One snapshot: version, recalls and cards belong together. */
export async function readDesired(query: Query, cabinet: CabinetId): Promise<DesiredState | undefined> {
  const [row] = await query<DesiredState>(
    `select d.version, d.recalls, d.revocations,
            coalesce((select jsonb_agg(n.serial) from (select serial from cabinet_denied
              order by until_at desc, serial limit 2000) n), '[]') as denied,
            coalesce((select jsonb_agg(s.digest order by s.digest) from cabinet_standing s
              where s.cabinet = d.cabinet), '[]') as standing,
            coalesce((select jsonb_agg(c.card order by c.parcel) from cabinet_card c where c.cabinet = d.cabinet), '[]')
              as cards
     from cabinet_desired d where d.cabinet = $1`,
    [idToUuid(cabinet)],
  )
  return row
}
