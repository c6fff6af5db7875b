import type { Instant } from '@holdfast/core/values/instants.ts'
import type { Db, Tx } from '../postgres/db.ts'
import type { Consumer } from './events.ts'
import { type EventRow, type Place, parseCursor, readHead, toEvent } from './read.ts'

export type Lane = { readonly consumer: Consumer; readonly part: number }

export type Batch = {
  /** Everything up to here is visible to everyone: the lane may pass over what does not concern it. */
  readonly upTo: Place
  readonly limit: number
  readonly now: Instant
}

export type Outcome =
  | { readonly kind: 'moved'; readonly isThere: boolean; readonly events: number }
  /** Another process has the lane, or its event rests after a failure. */
  | { readonly kind: 'held' }
  /** The transaction is undone; `done` events before the failing one may be taken alone. */
  | {
      readonly kind: 'failed'
      readonly done: number
      readonly error: unknown
      readonly event: Place & { topic: string }
    }

/** One row per consumer and partition; a new one begins at the start of what is kept, or now. It is waited for. */
export async function register(db: Db, { consumer, part }: Lane): Promise<void> {
  const start = consumer.from === 'now' ? parseCursor(await readHead(db.query)) : undefined
  await db.query(
    `insert into outbox_cursor as c (name, part, tx, seq) values ($1, $2, $3::xid8, $4)
     on conflict (name, part) do update set retired_at = null where c.retired_at is not null`,
    [consumer.name, part, start?.tx ?? '0', start?.seq ?? 0],
  )
}

/** Takes one batch: the handlers' effects and the cursor move together. */
export async function takeBatch(db: Db, lane: Lane, batch: Batch): Promise<Outcome> {
  let done = 0
  let current: EventRow | undefined
  try {
    return await db.transaction(async (tx): Promise<Outcome> => {
      done = 0
      current = undefined
      const rows = await lockAndRead(tx, lane, batch)
      if (rows === undefined) return { kind: 'held' }
      const { consumer } = lane
      if ('handleAll' in consumer) {
        const mine = rows.filter((row) => concerns(lane, row))
        current = mine[0]
        // What may be taken alone if this fails: half of many, or all before the only one.
        done = mine.length > 1 || current === undefined ? (rows.length + 1) >> 1 : rows.indexOf(current)
        if (current !== undefined) await consumer.handleAll(tx, mine.map(toEvent))
      } else {
        for (const row of rows) {
          current = row
          if (concerns(lane, row)) await consumer.handle(tx, toEvent(row))
          done += 1
        }
        // What was only written fails at the latest with the commit: half of many is taken alone, or the one is to blame.
        done = rows.length >> 1
      }
      const last = rows.length < batch.limit ? undefined : rows.at(-1)
      moveCursor(tx, lane, last ?? batch.upTo)
      return { kind: 'moved', isThere: last === undefined, events: rows.length }
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

export function concerns({ consumer, part }: Lane, { topic, kind, key }: Pick<EventRow, 'topic' | 'kind' | 'key'>) {
  const kinds = kind === null ? undefined : consumer.kinds?.[topic]
  const isWanted = consumer.topics.includes(topic) && (kinds === undefined || kinds.includes(kind ?? ''))
  return isWanted && partitionOf(key, consumer.partitions ?? 1) === part
}

/** FNV-1a: the same key meets the same partition in every process and version. */
function partitionOf(key: string, partitions: number): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < key.length; i += 1) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193)
  return (hash >>> 0) % partitions
}

/**
 * The lock and the rows in one round trip: those of the lane's topics and kinds between its cursor and `upTo`. The rows
 * are looked for once the lock is had, so the cursor is where the last who had it left it. A lock on its row would do as
 * well, but would number this transaction before it writes, and whoever reads the outbox waits for all lower numbers.
 */
async function lockAndRead(
  tx: Tx,
  { consumer, part }: Lane,
  { upTo, limit, now }: Batch,
): Promise<readonly EventRow[] | undefined> {
  const { topics, kinds = {} } = consumer
  const sorts = Object.entries(kinds).flatMap(([topic, some]) => some.map((kind) => `${topic}/${kind}`))
  const locking = tx.query<{ free: boolean }>(
    `select pg_try_advisory_xact_lock('outbox_cursor'::regclass::oid::int, hashtext($1)) as free`,
    [`${consumer.name}/${part}`],
  )
  const reading = tx.query<EventRow | { readonly tx: null }>(
    `with mine as materialized (
       select tx, seq from outbox_cursor where name = $1 and part = $2 and retry_at <= $3)
     select o.tx::text, o.seq, o.topic, o.kind, o.key, o.payload, o.at from mine left join lateral (
       select * from outbox o
       where (o.tx, o.seq) > (mine.tx, mine.seq) and (o.tx, o.seq) <= ($4::xid8, $5) and o.topic = any($6::text[])
         and (o.kind is null or o.topic <> all($8::text[]) or o.topic || '/' || o.kind = any($9::text[]))
       order by o.tx, o.seq limit $7) o on true
     order by o.tx, o.seq`,
    [consumer.name, part, now, upTo.tx, upTo.seq, topics, limit, Object.keys(kinds), sorts],
  )
  const [[lock], rows] = await Promise.all([locking, reading])
  if (lock?.free !== true || rows.length === 0) return undefined
  return rows.filter((row): row is EventRow => row.tx !== null)
}

/** Forward only: another process may have looked further. */
function moveCursor(tx: Tx, { consumer, part }: Lane, to: Place): void {
  tx.write(
    `update outbox_cursor set tx = $3::xid8, seq = $4, failures = 0, failure = null, retry_at = 0
     where name = $1 and part = $2 and (tx, seq) < ($3::xid8, $4)`,
    [consumer.name, part, to.tx, to.seq],
  )
}
