import type { CabinetId, OperatorId } from '@holdfast/core/values/ids.ts'
import { idFromUuid, idToUuid } from '@holdfast/core/values/ids.ts'
import type { Instant } from '@holdfast/core/values/instants.ts'
import type { Query, Tx } from '../../platform/postgres/db.ts'
import type { HealthChange } from '../facts.ts'

export type Beat = {
  readonly cabinet: string
  readonly id: string
  readonly operator: string
  readonly head: number
  readonly journal: string
  readonly kiosk: string
  readonly touch: string
  readonly scanner: string
  readonly silent_lines: readonly string[]
  /** null: not comparable, because one side is ahead. */
  readonly digest_agrees: boolean | null
  readonly desired: number
}

const outboxColumns = `'cabinet-health', c.id,
  json_build_object('cabinet', c.id, 'operator', c.operator, 'at', $2::bigint, 'change', c.change)`

/** One statement for all beats that wait. Gives the cabinets that know less than they should. */
export async function storeBeats(query: Query, beats: readonly Beat[], at: Instant): Promise<readonly CabinetId[]> {
  const rows = await query<{ cabinet: string }>(
    `with beat as materialized (
       select * from json_to_recordset($1::json) as b(cabinet uuid, id text, operator text, head bigint, journal text,
         kiosk text, touch text, scanner text, silent_lines jsonb, digest_agrees boolean, desired bigint)),
     old as (
       select h.* from cabinet_health h join beat using (cabinet) order by h.cabinet for update of h),
     front as (
       select b.cabinet, case when b.kiosk = 'ok' and b.touch = 'ok' then 'ok' else 'absent' end as now,
              case when o.kiosk = 'ok' and o.touch = 'ok' then 'ok' else 'absent' end as before
       from beat b join old o using (cabinet)),
     stored as (
       update cabinet_health h
       set online = true, heard_at = $2, head = b.head, journal = b.journal, kiosk = b.kiosk,
           touch = b.touch, scanner = b.scanner,
           screen_since = case when f.now = 'ok' then null
             when f.before = 'ok' and h.heard_at is not null then $2 else h.screen_since end,
           silent_lines = b.silent_lines, digest_agrees = coalesce(b.digest_agrees, h.digest_agrees)
       from beat b join front f using (cabinet) where h.cabinet = b.cabinet),
     change as (
       select b.id, b.operator, c.change from beat b join old using (cabinet) join front f using (cabinet)
       cross join lateral (values
         (case when not old.online then 'online' end),
         (case when old.journal <> b.journal then 'journal-' || b.journal end),
         (case when f.before <> f.now and old.heard_at is not null then 'kiosk-' || f.now end),
         (case when old.scanner <> 'absent' and b.scanner = 'absent' then 'scanner-absent'
               when old.scanner = 'absent' and b.scanner <> 'absent' then 'scanner-ok' end),
         (case when b.digest_agrees and not old.digest_agrees then 'digest-agrees' end),
         (case when not b.digest_agrees and old.digest_agrees then 'digest-differs' end)) as c(change)
       where c.change is not null),
     news as (insert into outbox (topic, key, payload) select ${outboxColumns} from change c)
     select b.cabinet from beat b join cabinet_desired d using (cabinet) where d.version > b.desired`,
    [JSON.stringify(beats), at],
  )
  return rows.map(({ cabinet }) => idFromUuid('cabinet', cabinet))
}

export type Change = {
  readonly cabinet: string
  readonly id: string
  readonly operator: string
  readonly change: HealthChange
}

/** A fork is told once; trouble is told each time it is seen. */
export async function storeChanges(query: Query, changes: readonly Change[], at: Instant): Promise<void> {
  await query(
    `with change as materialized (
       select distinct * from json_to_recordset($1::json) as c(cabinet uuid, id text, operator text, change text)),
     forked as (
       update cabinet_health h set forked = true from change c
       where h.cabinet = c.cabinet and c.change = 'journal-forked' and not h.forked returning h.cabinet)
     insert into outbox (topic, key, payload) select ${outboxColumns} from change c
     where c.change <> 'journal-forked' or c.cabinet in (select cabinet from forked)`,
    [JSON.stringify(changes), at],
  )
}

/** Cabinets that fell silent; any process may find them, each is told once. */
export async function markSilent(tx: Tx, silentSince: Instant): Promise<readonly Silent[]> {
  const rows = await tx.query<{ cabinet: string; operator_id: string }>(
    `update cabinet_health set online = false
     where cabinet in (
       select cabinet from cabinet_health where online and heard_at < $1 order by heard_at limit 500
       for update skip locked)
     returning cabinet, operator_id`,
    [silentSince],
  )
  return rows.map((row) => ({
    cabinet: idFromUuid('cabinet', row.cabinet),
    operator: idFromUuid('operator', row.operator_id),
  }))
}

export type Silent = { readonly cabinet: CabinetId; readonly operator: OperatorId }

export async function readOnline(query: Query, cabinet: CabinetId): Promise<boolean> {
  const [row] = await query<{ online: boolean }>('select online from cabinet_health where cabinet = $1', [
    idToUuid(cabinet),
  ])
  return row?.online === true
}
