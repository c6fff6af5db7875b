import type { Instant } from '@holdfast/core/values/instants.ts'
import type { Db } from '../postgres/db.ts'

/** Deletes what is older than `before` and behind every cursor, and moves the floor, so that late readers are told. */
export async function prune(db: Db, before: Instant): Promise<number> {
  return await db.transaction(async (tx) => {
    // Two processes pruning at once must not lower the floor.
    await tx.query('select from outbox_floor for update')
    const [slowest] = await tx.query<{ tx: string; seq: number }>(
      'select tx::text, seq from outbox_cursor order by outbox_cursor.tx, seq limit 1',
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
