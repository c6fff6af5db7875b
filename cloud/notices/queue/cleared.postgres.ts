import { idToUuid, type OperatorId, type StaffId } from '@holdfast/core/values/ids.ts'
import type { Instant } from '@holdfast/core/values/instants.ts'
import type { Undelivered } from '@holdfast/wire/http/notices.ts'
import type { Query } from '../../platform/postgres/db.ts'

type Item = Undelivered['items'][number]

export type Clearing = {
  readonly operator: OperatorId
  readonly id: string
  readonly staff: StaffId
  readonly reason: string
  readonly at: Instant
}

/** Kept with the person and the reason: law 10 lets nothing go from the list by itself. */
export async function saveClearing(query: Query, { operator, id, staff, reason, at }: Clearing): Promise<void> {
  await query(
    `insert into undelivered_cleared (operator_id, id, staff, reason, at) values ($1, $2, $3, $4, $5)
     on conflict (operator_id, id) do update set staff = excluded.staff, reason = excluded.reason, at = excluded.at`,
    [idToUuid(operator), id, idToUuid(staff), reason, at],
  )
}

/** Without what was cleared since it failed last: what has failed again afterwards waits for a person anew. */
export async function withoutCleared(
  query: Query,
  operator: OperatorId,
  items: readonly Item[],
): Promise<readonly Item[]> {
  if (items.length === 0) return items
  const rows = await query<{ readonly id: string; readonly at: Instant }>(
    'select id, at from undelivered_cleared where operator_id = $1 and id = any($2::text[])',
    [idToUuid(operator), items.map(({ id }) => id)],
  )
  const clearedAt = new Map(rows.map(({ id, at }) => [id, at]))
  return items.filter(({ id, since }) => since > (clearedAt.get(id) ?? -1))
}
