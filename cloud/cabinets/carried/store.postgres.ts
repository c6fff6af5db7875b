import type { CabinetLayout } from '@holdfast/core/cabinet/layout.ts'
import { type CabinetId, type PersonId, idFromUuid, idToUuid } from '@holdfast/core/values/ids.ts'
import type { Instant } from '@holdfast/core/values/instants.ts'
import { base64FromBytes } from '@holdfast/wire/bytes/base64.ts'
import type { ReadCarried } from '@holdfast/wire/carry/facts.ts'
import type { Query } from '../../platform/postgres/db.ts'
import type { Change } from '../health/store.postgres.ts'

export type Origin = {
  readonly operator_id: string
  readonly incarnation: string
  readonly public_key: string
  readonly layout: CabinetLayout
  /** How far the journal itself has come. */
  readonly seq: number
}

export async function readOrigin(query: Query, cabinet: CabinetId): Promise<Origin | undefined> {
  const [row] = await query<Origin>(
    `select c.operator_id, c.incarnation, c.public_key, c.layout, j.seq
     from cabinet c join cabinet_journal j on j.cabinet = c.cabinet and j.incarnation = c.incarnation
     where c.cabinet = $1`,
    [idToUuid(cabinet)],
  )
  return row
}

export type Kept = { readonly operator: string; readonly person: PersonId; readonly at: Instant }

/** False where the same was brought before. */
export async function keepCarried(query: Query, facts: ReadCarried, { operator, person, at }: Kept): Promise<boolean> {
  const place = [idToUuid(facts.cabinet), idToUuid(facts.incarnation), idToUuid(facts.deposit)]
  const utf8 = new TextDecoder()
  const entries = facts.entries.map(({ content: { seq }, bytes }) => ({ seq, entry: utf8.decode(bytes) }))
  const rows = await query(
    `insert into cabinet_carried (cabinet, incarnation, deposit, seq, operator_id, person, received_at, entries)
     values ($1, $2, $3, $4, $5, $6, $7, $8::jsonb) on conflict do nothing returning seq`,
    [...place, entries.at(-1)?.seq ?? 0, operator, idToUuid(person), at, JSON.stringify(entries)],
  )
  if (rows.length === 0) return false
  for (const { content, private: part } of facts.entries) {
    if (part === undefined) continue
    await query(
      `insert into cabinet_private (cabinet, incarnation, deposit, seq, received_at, blob)
       values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
      [...place, content.seq, at, base64FromBytes(part.blob)],
    )
  }
  return true
}

/**
 * Takes away what the journal has passed, and what belongs to a journal that ended long ago. Gives the cabinets whose
 * journal says something else than the phone brought under the same signature (law 8).
 */
export async function settlePassed(query: Query, before: Instant): Promise<readonly Change[]> {
  const rows = await query<{ cabinet: string; operator_id: string }>(
    `with due as (
       delete from cabinet_carried c using cabinet_journal j
       where j.cabinet = c.cabinet and j.incarnation = c.incarnation and (j.seq >= c.seq or c.received_at < $1)
       returning c.cabinet, c.incarnation, c.operator_id, c.entries)
     select distinct d.cabinet, d.operator_id
     from due d cross join lateral jsonb_to_recordset(d.entries) as e(seq bigint, entry text)
     join cabinet_fact f on f.cabinet = d.cabinet and f.incarnation = d.incarnation and f.seq = e.seq
     where f.entry <> e.entry`,
    [before],
  )
  return rows.map(({ cabinet, operator_id }) => ({
    cabinet,
    id: idFromUuid('cabinet', cabinet),
    operator: idFromUuid('operator', operator_id),
    change: 'journal-forked',
  }))
}
