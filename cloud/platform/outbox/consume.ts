import type { Instant } from '@holdfast/core/values/instants.ts'
import type { Db, Tx } from '../postgres/db.ts'
import type { Consumer } from './events.ts'
import { type EventRow, type Place, readHead, parseCursor, toEvent } from './read.ts'

export type Lane = { readonly consumer: Consumer; readonly part: number }

export type Outcome =
  | { readonly kind: 'moved'; readonly events: number }
  | { readonly kind: 'idle' }
  /** The transaction is undone; `done` events before the failing one may be taken alone. */
  | {
      readonly kind: 'failed'
      readonly done: number
      readonly error: unknown
      readonly event: Place & { topic: string }
    }

/** One row per consumer and partition; a new one begins at the start of what is kept, or now. */
export async function register(db: Db, { consumer, part }: Lane): Promise<void> {
  const start = consumer.from === 'now' ? parseCursor(await readHead(db.query)) : undefined
  await db.query(
    `insert into outbox_cursor (name, part, tx, seq) values ($1, $2, $3::xid8, $4) on conflict do nothing`,
    [consumer.name, part, start?.tx ?? '0', start?.seq ?? 0],
  )
}

/** Events of no concern are passed over in strides of this many: one write instead of one per event. */
const stride = 500

/** Reads without a lock, so that a consumer with nothing to do costs one select and no write. */
export async function hasWork(db: Db, { consumer, part }: Lane, now: Instant): Promise<boolean> {
  const unread = `from outbox o where (o.tx, o.seq) > (c.tx, c.seq) and o.tx < pg_snapshot_xmin(pg_current_snapshot())`
  const found = await db.query(
    `select from outbox_cursor c
     where c.name = $1 and c.part = $2 and c.retry_at <= $3
       and (exists (select ${unread} and o.topic = any($4::text[])) or exists (select ${unread} offset ${stride}))`,
    [consumer.name, part, now, consumer.topics],
  )
  return found.length > 0
}

/** Takes one batch: the handlers' effects and the cursor move together. Another process holding the lane means idle. */
export async function takeBatch(db: Db, lane: Lane, limit: number): Promise<Outcome> {
  let done = 0
  let current: EventRow | undefined
  try {
    return await db.transaction(async (tx): Promise<Outcome> => {
      done = 0
      current = undefined
      const from = await lockCursor(tx, lane)
      if (from === undefined) return { kind: 'idle' }
      const rows = await readWindow(tx, from, limit)
      const { consumer } = lane
      if ('handleAll' in consumer) {
        const mine = rows.filter((row) => concerns(lane, row))
        current = mine[0]
        // What may be taken alone if this fails: half of many, or all before the only one.
        done = mine.length > 1 || current === undefined ? rows.length >> 1 : rows.indexOf(current)
        if (current !== undefined) await consumer.handleAll(tx, mine.map(toEvent))
      } else {
        for (const row of rows) {
          current = row
          if (concerns(lane, row)) await consumer.handle(tx, toEvent(row))
          done += 1
        }
      }
      const last = rows.at(-1)
      if (last === undefined) return { kind: 'idle' }
      await moveCursor(tx, lane, last)
      return { kind: 'moved', events: rows.length }
    })
  } catch (error) {
    if (current === undefined) throw error
    return { kind: 'failed', done, error, event: { tx: current.tx, seq: current.seq, topic: current.topic } }
  }
}

/** Keeps the reason where an operator's page can show it; returns how often this event has failed in a row. */
export async function recordFailure(db: Db, { consumer, part }: Lane, reason: string): Promise<number> {
  const [row] = await db.query<{ failures: number }>(
    `update outbox_cursor set failures = failures + 1, failure = $3 where name = $1 and part = $2 returning failures`,
    [consumer.name, part, reason],
  )
  return row?.failures ?? 1
}

export async function postpone(db: Db, { consumer, part }: Lane, until: Instant): Promise<void> {
  await db.query('update outbox_cursor set retry_at = $3 where name = $1 and part = $2', [consumer.name, part, until])
}

async function lockCursor(tx: Tx, { consumer, part }: Lane): Promise<Place | undefined> {
  const [row] = await tx.query<Place>(
    'select tx::text, seq from outbox_cursor where name = $1 and part = $2 for update skip locked',
    [consumer.name, part],
  )
  return row
}

function concerns({ consumer, part }: Lane, row: EventRow): boolean {
  return consumer.topics.includes(row.topic) && partitionOf(row.key, consumer.partitions ?? 1) === part
}

/** FNV-1a: the same key meets the same partition in every process and version. */
export function partitionOf(key: string, partitions: number): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < key.length; i += 1) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193)
  return (hash >>> 0) % partitions
}

async function readWindow(tx: Tx, from: Place, limit: number): Promise<readonly EventRow[]> {
  return await tx.query<EventRow>(
    `select tx::text, seq, topic, key, payload, at from outbox
     where (tx, seq) > ($1::xid8, $2) and tx < pg_snapshot_xmin(pg_current_snapshot())
     order by outbox.tx, outbox.seq limit $3`,
    [from.tx, from.seq, limit],
  )
}

async function moveCursor(tx: Tx, { consumer, part }: Lane, to: Place): Promise<void> {
  await tx.query(
    `update outbox_cursor set tx = $3::xid8, seq = $4, failures = 0, failure = null, retry_at = 0
     where name = $1 and part = $2`,
    [consumer.name, part, to.tx, to.seq],
  )
}
