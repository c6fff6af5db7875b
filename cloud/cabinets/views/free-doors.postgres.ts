import { type CabinetId, idFromUuid, idToUuid } from '@holdfast/core/values/ids.ts'
import type { Instant } from '@holdfast/core/values/instants.ts'
import type { Size } from '@holdfast/core/values/sizes.ts'
import type { Query } from '../../platform/postgres/db.ts'

export type FreeDoors = {
  readonly cabinet: CabinetId
  readonly online: boolean
  readonly heardAt: Instant | null
  readonly doors: number
  readonly free: Readonly<Partial<Record<Size, number>>>
}

type Row = {
  readonly cabinet: string
  readonly online: boolean
  readonly heard_at: Instant | null
  readonly plans: readonly { readonly id: string; readonly size: Size }[]
  readonly free: readonly string[] | null
}

const cabinetsAtMost = 500

/** Counts only: what lies behind the other doors is nobody's business here. Free and seen shut, or not offered. */
export async function readFreeDoors(query: Query, of?: readonly CabinetId[]): Promise<readonly FreeDoors[]> {
  const rows = await query<Row>(
    `select c.cabinet, h.online, h.heard_at,
       (select jsonb_agg(jsonb_build_object('id', l->>'id', 'size', l->>'size'))
        from jsonb_array_elements(c.layout->'compartments') l) as plans,
       (select jsonb_agg(r.compartment) from cabinet_compartment r
        where r.cabinet = c.cabinet and r.use = 'free' and r.door = 'shut') as free
     from cabinet c
     join placement p on p.cabinet = c.cabinet and p.until_at is null
     join cabinet_health h on h.cabinet = c.cabinet
     where c.incarnation is not null and ($2::uuid[] is null or c.cabinet = any($2::uuid[]))
     order by c.name, c.cabinet limit $1`,
    [cabinetsAtMost, of === undefined ? null : of.map(idToUuid)],
  )
  return rows.map(({ cabinet, online, heard_at: heardAt, plans, free }) => {
    const ids = new Set<string>((free ?? []).map((uuid) => idFromUuid('compartment', uuid)))
    const counts: Partial<Record<Size, number>> = {}
    for (const { id, size } of plans) if (ids.has(id)) counts[size] = (counts[size] ?? 0) + 1
    return { cabinet: idFromUuid('cabinet', cabinet), online, heardAt, doors: plans.length, free: counts }
  })
}
