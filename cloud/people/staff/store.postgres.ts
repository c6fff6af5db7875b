import { type OperatorId, type StaffId, idFromUuid, idToUuid } from '@holdfast/core/values/ids.ts'
import type { Instant } from '@holdfast/core/values/instants.ts'
import type { StaffRole } from '../../platform/http/route.ts'
import type { Db, Query } from '../../platform/postgres/db.ts'

export type Password = { readonly salt: Uint8Array; readonly cost: number; readonly hash: Uint8Array }

export type StaffRow = {
  readonly staff: StaffId
  readonly operator: OperatorId
  readonly operatorName: string
  readonly name: string
  readonly role: StaffRole
}

type Raw = Omit<StaffRow, 'staff' | 'operator'> & { readonly staff: string; readonly operator: string }

const toRow = <R extends Raw>(raw: R) => ({
  ...raw,
  staff: idFromUuid('staff', raw.staff),
  operator: idFromUuid('operator', raw.operator),
})

export async function putOperator(
  query: Query,
  operator: OperatorId,
  { name, at }: { readonly name: string; readonly at: Instant },
): Promise<void> {
  await query(
    `insert into operator (operator_id, name, created_at) values ($1, $2, $3)
     on conflict (operator_id) do update set name = excluded.name`,
    [idToUuid(operator), name, at],
  )
}

export type NewStaffRow = Omit<StaffRow, 'operatorName'> & {
  readonly email: string
  readonly at: Instant
  /** null: invited, without a password of their own yet. */
  readonly joinedAt: Instant | null
}

/** False where the e-mail has an account. */
export async function putStaff(query: Query, staff: NewStaffRow, { salt, cost, hash }: Password): Promise<boolean> {
  const { email, name, role, at, joinedAt } = staff
  const put = await query(
    `insert into staff (staff, operator_id, email, name, role, salt, cost, password, created_at, joined_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing returning staff`,
    [idToUuid(staff.staff), idToUuid(staff.operator), email, name, role, salt, cost, hash, at, joinedAt],
  )
  return put.length > 0
}

export async function staffByEmail(
  db: Db,
  email: string,
): Promise<(Password & { readonly staff: StaffId }) | undefined> {
  const [row] = await db.query<Password & { readonly staff: string }>(
    'select staff, salt, cost, password as hash from staff where lower(email) = lower($1) and left_at is null',
    [email],
  )
  return row === undefined ? undefined : { ...row, staff: idFromUuid('staff', row.staff) }
}

export async function staffById(db: Db, staff: StaffId): Promise<StaffRow | undefined> {
  const [row] = await db.query<Raw>(
    `select s.staff, s.operator_id as operator, o.name as "operatorName", s.name, s.role
     from staff s join operator o on o.operator_id = s.operator_id where s.staff = $1`,
    [idToUuid(staff)],
  )
  return row === undefined ? undefined : toRow(row)
}

export async function operatorName(db: Db, operator: OperatorId): Promise<string | undefined> {
  const [row] = await db.query<{ readonly name: string }>('select name from operator where operator_id = $1', [
    idToUuid(operator),
  ])
  return row?.name
}
