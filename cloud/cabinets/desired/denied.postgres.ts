import { type CabinetId, idFromUuid } from '@holdfast/core/values/ids.ts'
import type { Instant } from '@holdfast/core/values/instants.ts'
import type { Tx } from '../../platform/postgres/db.ts'

/** As many as a cabinet keeps; the newest are the ones that may still open somewhere. */
export const deniedMost = 2_000

/** False where all of them stood there already. */
export async function putDenied(tx: Tx, serials: readonly string[], until: Instant): Promise<boolean> {
  const rows = await tx.query(
    `insert into cabinet_denied (serial, until_at) select s, $2 from unnest($1::text[]) s
     on conflict do nothing returning serial`,
    [serials, until],
  )
  return rows.length > 0
}

export async function readDenied({ query }: Pick<Tx, 'query'>): Promise<readonly string[]> {
  const rows = await query<{ readonly serial: string }>(
    'select serial from cabinet_denied order by until_at desc, serial limit $1',
    [deniedMost],
  )
  return rows.map(({ serial }) => serial)
}

export async function readCabinets({ query }: Pick<Tx, 'query'>): Promise<readonly CabinetId[]> {
  const rows = await query<{ readonly cabinet: string }>('select cabinet from cabinet_desired order by cabinet')
  return rows.map(({ cabinet }) => idFromUuid('cabinet', cabinet))
}

export async function forgetDenied({ query }: Pick<Tx, 'query'>, before: Instant): Promise<void> {
  await query('delete from cabinet_denied where until_at < $1', [before])
}
