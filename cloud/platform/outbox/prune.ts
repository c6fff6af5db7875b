import type { Instant } from '@holdfast/core/values/instants.ts'
import type { Db, Query } from '../postgres/db.ts'

/** Deletes what is older than `before` and behind every cursor, and moves the floor, so that late readers are told. */
export async function prune(db: Db, before: Instant): Promise<number> {
  return await db.transaction(async (tx) => {
    // Two processes pruning at once must not lower the floor.
    await tx.query('select from outbox_floor for update')
    const [slowest] = await tx.query<{ tx: string; seq: number }>(
      `select tx::text, seq from outbox_cursor where retired_at is null
       order by outbox_cursor.tx, seq limit 1`,
    )
    const limit = slowest ?? { tx: '18446744073709551615', seq: 0 }
    const gone = await tx.query(
      `with gone as (
         delete from outbox
         where at < $1 and (tx, seq) <= ($2::xid8, $3) and tx < pg_snapshot_xmin(pg_current_snapshot())
         returning tx, seq),
       last as (select tx, seq from gone order by tx desc, seq desc limit 1),
       moved as (
         update outbox_floor f set tx = last.tx, seq = last.seq from last where (f.tx, f.seq) < (last.tx, last.seq))
       select from gone`,
      [before, limit.tx, limit.seq],
    )
    return gone.length
  })
}

/** `since`: when the first event was written that it has not passed. */
export type Laggard = { readonly name: string; readonly parts: number; readonly since: Instant }

/** A consumer that nothing concerns passes events in strides of hundreds: only who is further behind is waited for. */
const farBehind = 1000

const isBehind = `(select at from outbox o where (o.tx, o.seq) > (c.tx, c.seq)
  order by o.tx, o.seq offset ${farBehind} limit 1) < $1`

/** For whom what is older than `before` is kept: slow, stuck, or no part of the program any more. */
export async function readLaggards(query: Query, before: Instant): Promise<readonly Laggard[]> {
  return await query<Laggard>(
    `select c.name, count(*)::int as parts, min(first.at) as since from outbox_cursor c
     join lateral (select at from outbox o where (o.tx, o.seq) > (c.tx, c.seq) order by o.tx, o.seq limit 1) first on true
     where c.retired_at is null and ${isBehind} group by c.name order by since, c.name`,
    [before],
  )
}

/** Of a laggard only the parts that lag; returns how many. Whoever comes back goes on where it stood, with what is left. */
export async function retire(query: Query, name: string, { before, now }: Retiring): Promise<number> {
  const rows = await query(
    `update outbox_cursor c set retired_at = $3 where c.name = $2 and c.retired_at is null and ${isBehind} returning part`,
    [before, name, now],
  )
  return rows.length
}

type Retiring = { readonly before: Instant; readonly now: Instant }
