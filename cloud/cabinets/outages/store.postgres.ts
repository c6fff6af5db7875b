import {
  type CabinetId,
  idFromUuid,
  idToUuid,
  type OperatorId,
  type OutageId,
  type StaffId,
} from '@holdfast/core/values/ids.ts'
import type { Instant } from '@holdfast/core/values/instants.ts'
import type { OutageRequest } from '@holdfast/wire/http/desk/outages.ts'
import type { Query, Tx } from '../../platform/postgres/db.ts'

export type OutageRow = {
  readonly outage: OutageId
  readonly from: Instant
  readonly to: Instant
  readonly reason: string
  readonly staff: StaffId
  readonly plannedAt: Instant
  readonly cancelledAt: Instant | null
  readonly cancelledBy: StaffId | null
}

type StoredRow = Omit<OutageRow, 'outage' | 'staff' | 'cancelledBy'> & {
  readonly outage: string
  readonly staff: string
  readonly cancelledBy: string | null
}

const columns = `outage, from_at as "from", until_at as "to", reason, staff, planned_at as "plannedAt",
  cancelled_at as "cancelledAt", cancelled_by as "cancelledBy"`

const fromRow = ({ outage, staff, cancelledBy, ...row }: StoredRow): OutageRow => ({
  ...row,
  outage: idFromUuid('outage', outage),
  staff: idFromUuid('staff', staff),
  cancelledBy: cancelledBy === null ? null : idFromUuid('staff', cancelledBy),
})

export type NewOutage = OutageRequest & {
  readonly outage: OutageId
  readonly operator: OperatorId
  readonly cabinet: CabinetId
  readonly staff: StaffId
  readonly at: Instant
}

export async function putOutage(tx: Tx, { outage, operator, cabinet, staff, ...asked }: NewOutage): Promise<void> {
  await tx.query(
    `insert into planned_outage (outage, operator_id, cabinet, from_at, until_at, reason, staff, planned_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      idToUuid(outage),
      idToUuid(operator),
      idToUuid(cabinet),
      asked.from,
      asked.to,
      asked.reason,
      idToUuid(staff),
      asked.at,
    ],
  )
}

type Where = { readonly operator: OperatorId; readonly cabinet: CabinetId }

/** A year of them is the cabinet's story. */
export async function readOutages(query: Query, { operator, cabinet }: Where): Promise<readonly OutageRow[]> {
  const rows = await query<StoredRow>(
    `select ${columns} from planned_outage where cabinet = $1 and operator_id = $2
     order by from_at desc, planned_at desc limit 100`,
    [idToUuid(cabinet), idToUuid(operator)],
  )
  return rows.map(fromRow)
}

/** Locked: two people who call it off at once are two calls, one after the other. */
export async function lockOutage(
  tx: Tx,
  { operator, cabinet }: Where,
  outage: OutageId,
): Promise<OutageRow | undefined> {
  const [row] = await tx.query<StoredRow>(
    `select ${columns} from planned_outage where outage = $1 and cabinet = $2 and operator_id = $3 for update`,
    [idToUuid(outage), idToUuid(cabinet), idToUuid(operator)],
  )
  return row === undefined ? undefined : fromRow(row)
}

export async function markCancelled(tx: Tx, outage: OutageId, staff: StaffId, at: Instant): Promise<void> {
  await tx.query('update planned_outage set cancelled_at = $2, cancelled_by = $3 where outage = $1', [
    idToUuid(outage),
    at,
    idToUuid(staff),
  ])
}
