import {
  type CabinetId,
  type Id,
  type OperatorId,
  type PersonId,
  idFromUuid,
  idToUuid,
} from '@holdfast/core/values/ids.ts'
import type { Instant } from '@holdfast/core/values/instants.ts'
import type { Alert } from '@holdfast/wire/http/alerts.ts'
import type { Query, Tx } from '../platform/postgres/db.ts'

export type AlertId = Id<'alert'>
export type AlertRow = Omit<Alert, 'place'> & { readonly id: AlertId; readonly cabinet: CabinetId }
export type Touched = { readonly cabinet: CabinetId; readonly operator: OperatorId; readonly alert: AlertId }

/** uuids as text. */
export type Raise = {
  readonly alert: string
  readonly cabinet: string
  readonly operator: string
  readonly kind: string
  readonly compartment: string | null
  readonly label: string | null
  readonly size: string | null
  readonly at: Instant
  readonly person: string | null
  readonly asker: Alert['asker'] | null
}

export type End = Pick<Raise, 'cabinet' | 'kind' | 'compartment' | 'at'>

type TouchedRow = { readonly cabinet: string; readonly operator_id: string; readonly alert: string }

const touched = ({ cabinet, operator_id, alert }: TouchedRow): Touched => ({
  cabinet: idFromUuid('cabinet', cabinet),
  operator: idFromUuid('operator', operator_id),
  alert: idFromUuid('alert', alert),
})

/** One that is open already stays as it is. */
export async function raiseAlerts(tx: Tx, raises: readonly Raise[]): Promise<readonly Touched[]> {
  if (raises.length === 0) return []
  const rows = await tx.query<TouchedRow>(
    `insert into alert (cabinet, alert, operator_id, kind, compartment, label, size, raised_at, person, asker)
     select cabinet, alert, operator, kind, compartment, label, size, at, person, asker
     from json_to_recordset($1::json) as r(cabinet uuid, alert uuid, operator uuid, kind text, compartment uuid,
       label text, size text, at bigint, person uuid, asker text)
     on conflict do nothing returning cabinet, operator_id, alert`,
    [JSON.stringify(raises)],
  )
  return rows.map(touched)
}

export async function endAlerts(tx: Tx, ends: readonly End[]): Promise<readonly Touched[]> {
  if (ends.length === 0) return []
  const rows = await tx.query<TouchedRow>(
    `update alert a set ended_at = greatest(e.at, a.raised_at), person = null
     from json_to_recordset($1::json) as e(cabinet uuid, kind text, compartment uuid, at bigint)
     where a.cabinet = e.cabinet and a.kind = e.kind and a.compartment is not distinct from e.compartment
       and a.ended_at is null
     returning a.cabinet, a.operator_id, a.alert`,
    [JSON.stringify(ends)],
  )
  return rows.map(touched)
}

type RawAlert = {
  readonly alert: string
  readonly cabinet: string
  readonly kind: Alert['kind']
  readonly compartment: string | null
  readonly label: string | null
  readonly size: 'S' | 'M' | 'L' | 'XL' | null
  readonly raised_at: number
  readonly acknowledged_at: number | null
  readonly acknowledged_by: string | null
  readonly ended_at: number | null
  readonly asker: 'recipient' | 'courier' | null
}

const columns =
  'alert, cabinet, kind, compartment, label, size, asker, raised_at, acknowledged_at, acknowledged_by, ended_at'

function alertRow(row: RawAlert): AlertRow {
  const { compartment, label, size } = row
  const door =
    compartment === null || label === null || size === null
      ? null
      : { compartment: idFromUuid('compartment', compartment), label, size }
  return {
    id: idFromUuid('alert', row.alert),
    cabinet: idFromUuid('cabinet', row.cabinet),
    kind: row.kind,
    door,
    raisedAt: row.raised_at,
    acknowledgedAt: row.acknowledged_at,
    acknowledgedBy: row.acknowledged_by,
    endedAt: row.ended_at,
    ...(row.asker === null ? {} : { asker: row.asker }),
  }
}

/** The newest 500 of one operator (law 11). */
export async function readAlerts(
  query: Query,
  operator: OperatorId,
  which: { readonly openOnly: boolean; readonly only?: readonly AlertId[] },
): Promise<readonly AlertRow[]> {
  const rows = await query<RawAlert>(
    `select ${columns} from alert
     where operator_id = $1 and (not $2 or ended_at is null) and ($3::uuid[] is null or alert = any($3))
     order by raised_at desc, alert desc limit 500`,
    [idToUuid(operator), which.openOnly, which.only?.map(idToUuid)],
  )
  return rows.map(alertRow)
}

type Word = { readonly alert: AlertId; readonly name: string; readonly note: string | null; readonly at: Instant }

export async function acknowledgeAlert(tx: Tx, operator: OperatorId, by: Word): Promise<AlertRow | undefined> {
  const [row] = await tx.query<RawAlert>(
    `update alert set acknowledged_at = coalesce(acknowledged_at, $3),
       acknowledged_by = coalesce(acknowledged_by, $4), note = coalesce($5, note)
     where operator_id = $1 and alert = $2 returning ${columns}`,
    [idToUuid(operator), idToUuid(by.alert), by.at, by.name, by.note],
  )
  return row === undefined ? undefined : alertRow(row)
}

/** An alert that people asked for; undefined where there is none, or it is another kind's to end. */
export async function settleAlert(tx: Tx, operator: OperatorId, by: Word): Promise<AlertRow | undefined> {
  const [row] = await tx.query<RawAlert>(
    `update alert set acknowledged_at = coalesce(acknowledged_at, $3), acknowledged_by = coalesce(acknowledged_by, $4),
       note = coalesce($5, note), ended_at = coalesce(ended_at, greatest($3, raised_at)), person = null
     where operator_id = $1 and alert = $2 and asker is not null returning ${columns}`,
    [idToUuid(operator), idToUuid(by.alert), by.at, by.name, by.note],
  )
  return row === undefined ? undefined : alertRow(row)
}

/** Who asked, while the alert is open; its end forgets him (law 14). */
export async function readAsker(query: Query, operator: OperatorId, alert: AlertId): Promise<PersonId | undefined> {
  const [row] = await query<{ person: string }>(
    'select person from alert where operator_id = $1 and alert = $2 and person is not null',
    [idToUuid(operator), idToUuid(alert)],
  )
  return row === undefined ? undefined : idFromUuid('person', row.person)
}

export async function countOpen(query: Query, cabinets: readonly CabinetId[]): Promise<ReadonlyMap<CabinetId, number>> {
  if (cabinets.length === 0) return new Map()
  const rows = await query<{ cabinet: string; n: number }>(
    'select cabinet, count(*) as n from alert where cabinet = any($1::uuid[]) and ended_at is null group by cabinet',
    [cabinets.map(idToUuid)],
  )
  return new Map(rows.map(({ cabinet, n }) => [idFromUuid('cabinet', cabinet), n]))
}
