import { type CabinetId, type OperatorId, idToUuid } from '@holdfast/core/values/ids.ts'
import type { CabinetSettings } from '@holdfast/wire/http/desk/settings.ts'
import type { Query, Tx } from '../../platform/postgres/db.ts'

/**
 * With `h` and `w` joined. By the cabinet's own word only after its second heartbeat without a screen: a page that
 * is being loaded anew is none that is dead.
 */
export const screenDead = `(coalesce(w.screen_out, false) or coalesce(h.screen_since < h.heard_at, false))`

const nothingSet: CabinetSettings = { screenOut: false, night: null }

export async function readSettings(query: Query, cabinet: CabinetId): Promise<CabinetSettings> {
  const [row] = await query<{ screen_out: boolean; night: CabinetSettings['night'] }>(
    'select screen_out, night from cabinet_setting where cabinet = $1',
    [idToUuid(cabinet)],
  )
  return row === undefined ? nothingSet : { screenOut: row.screen_out, night: row.night }
}

export async function writeSettings(
  tx: Tx,
  at: { readonly operator: OperatorId; readonly cabinet: CabinetId },
  { screenOut, night }: CabinetSettings,
): Promise<void> {
  await tx.query(
    `insert into cabinet_setting (cabinet, operator_id, screen_out, night) values ($1, $2, $3, $4::jsonb)
     on conflict (cabinet) do update set screen_out = excluded.screen_out, night = excluded.night`,
    [idToUuid(at.cabinet), idToUuid(at.operator), screenOut, night === null ? null : JSON.stringify(night)],
  )
}

/** Whether this operator has such a cabinet (law 11). */
export async function hasCabinet(query: Query, operator: OperatorId, cabinet: CabinetId): Promise<boolean> {
  const rows = await query('select from cabinet where cabinet = $1 and operator_id = $2', [
    idToUuid(cabinet),
    idToUuid(operator),
  ])
  return rows.length > 0
}
