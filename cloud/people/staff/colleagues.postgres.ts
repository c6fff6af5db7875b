import { type OperatorId, type StaffId, idFromUuid, idToUuid } from '@holdfast/core/values/ids.ts'
import type { Instant } from '@holdfast/core/values/instants.ts'
import type { Colleague } from '@holdfast/wire/http/desk/staff.ts'
import type { Query, Tx } from '../../platform/postgres/db.ts'
import type { StaffRole } from '../../platform/http/route.ts'

export type Page = { readonly after: string | null; readonly limit: number }

export async function readColleagues(query: Query, operator: OperatorId, page: Page): Promise<readonly Colleague[]> {
  const rows = await query<Colleague>(
    `select s.staff, s.name, s.email, s.role,
       case when s.left_at is not null then 'left' when s.joined_at is null then 'invited' else 'active' end as state,
       (select max(seen_at) from session where subject = s.staff and audience = 'operator') as "seenAt"
     from staff s where s.operator_id = $1 and ($2::uuid is null or s.staff > $2) order by s.staff limit $3`,
    [idToUuid(operator), page.after, page.limit],
  )
  return rows.map((row) => ({ ...row, staff: idFromUuid('staff', row.staff) }))
}

export type ColleagueRow = { readonly role: StaffRole; readonly isActive: boolean; readonly hasJoined: boolean }

/** Locked with all managers of the operator, so that two of them cannot send each other away at once. */
export async function lockColleague(
  tx: Tx,
  operator: OperatorId,
  staff: StaffId,
): Promise<{ readonly colleague: ColleagueRow; readonly otherManagers: number } | undefined> {
  const rows = await tx.query<ColleagueRow & { readonly staff: string }>(
    `select staff, role, left_at is null as "isActive", joined_at is not null as "hasJoined" from staff
     where operator_id = $1 and (staff = $2 or role = 'manager') order by staff for update`,
    [idToUuid(operator), idToUuid(staff)],
  )
  const colleague = rows.find((row) => row.staff === idToUuid(staff))
  if (colleague === undefined) return undefined
  const others = rows.filter((row) => row !== colleague && row.role === 'manager' && row.isActive && row.hasJoined)
  return { colleague, otherManagers: others.length }
}

export async function changeColleague(
  tx: Tx,
  staff: StaffId,
  change: { readonly role: StaffRole | null; readonly leftAt: Instant | null },
): Promise<void> {
  await tx.query('update staff set role = coalesce($2, role), left_at = $3 where staff = $1', [
    idToUuid(staff),
    change.role,
    change.leftAt,
  ])
}
