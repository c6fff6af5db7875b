import { type StaffId, idFromUuid, idToUuid } from '@holdfast/core/values/ids.ts'
import type { Instant } from '@holdfast/core/values/instants.ts'
import type { Db, Query, Tx } from '../../platform/postgres/db.ts'
import type { Password } from './store.postgres.ts'

export type LinkPurpose = 'first' | 'invite' | 'reset'

export type LinkRow = {
  readonly purpose: LinkPurpose
  readonly staff: StaffId | undefined
  readonly name: string | null
  readonly email: string | null
  readonly operatorName: string | null
}

export type NewLink = {
  readonly token: Uint8Array
  readonly purpose: LinkPurpose
  readonly staff?: StaffId
  readonly at: Instant
  readonly expiresAt: Instant
}

/** A newer link of the same person takes the place of the older. */
export async function putLink(db: Db, link: NewLink): Promise<void> {
  const staff = link.staff === undefined ? null : idToUuid(link.staff)
  await db.transaction(async (tx) => {
    await tx.query('delete from staff_link where staff is not distinct from $1 and used_at is null', [staff])
    await tx.query(
      'insert into staff_link (token, purpose, staff, created_at, expires_at) values ($1, $2, $3, $4, $5)',
      [link.token, link.purpose, staff, link.at, link.expiresAt],
    )
  })
}

/** Undefined once used, expired, or when its colleague left. */
export async function readLink(query: Query, token: Uint8Array, at: Instant): Promise<LinkRow | undefined> {
  const [row] = await query<Omit<LinkRow, 'staff'> & { readonly staff: string | null }>(
    `select l.purpose, l.staff, s.name, s.email, o.name as "operatorName" from staff_link l
     left join staff s on s.staff = l.staff
     left join operator o on o.operator_id = s.operator_id
     where l.token = $1 and l.used_at is null and l.expires_at > $2
       and (l.staff is null or (s.staff is not null and s.left_at is null))`,
    [token, at],
  )
  if (row === undefined) return undefined
  return { ...row, staff: row.staff === null ? undefined : idFromUuid('staff', row.staff) }
}

/** False where somebody was quicker. */
export async function spendLink(tx: Tx, token: Uint8Array, at: Instant): Promise<boolean> {
  const spent = await tx.query(
    'update staff_link set used_at = $2 where token = $1 and used_at is null and expires_at > $2 returning purpose',
    [token, at],
  )
  return spent.length > 0
}

/** The new password is the only one, and whoever was signed in with the old one is not any more. */
export async function setPassword(tx: Tx, staff: StaffId, { salt, cost, hash }: Password, at: Instant): Promise<void> {
  await tx.query(
    `update staff set salt = $2, cost = $3, password = $4, joined_at = coalesce(joined_at, $5) where staff = $1`,
    [idToUuid(staff), salt, cost, hash, at],
  )
  await endStaffSessions(tx, staff, at)
}

export async function endStaffSessions(tx: Tx, staff: StaffId, at: Instant): Promise<void> {
  await tx.query(`update session set ended_at = $2 where subject = $1 and audience = 'operator' and ended_at is null`, [
    idToUuid(staff),
    at,
  ])
}

export const isHouseEmpty = async (query: Query): Promise<boolean> => {
  const [row] = await query<{ readonly empty: boolean }>('select not exists (select from staff) as empty')
  return row?.empty === true
}

/** The house that a configuration named without any staff; undefined where there is none, or more than one. */
export async function soleOperator(query: Query): Promise<string | undefined> {
  const rows = await query<{ readonly operator: string }>('select operator_id as operator from operator limit 2')
  return rows.length === 1 ? rows[0]?.operator : undefined
}
