import type { Query } from '../postgres/db.ts'
import type { Cursor, OutboxEvent, Page } from './events.ts'

export type Place = { readonly tx: string; readonly seq: number }

export type EventRow = Place & {
  readonly topic: string
  readonly kind: string | null
  readonly key: string
  readonly payload: unknown
  readonly at: number
}

/** xid8 is unsigned and 64 bits wide; cursors come from outside. */
const lastTransaction = 2n ** 64n - 1n
const shape = /^(\d{1,20})-(\d{1,16})$/

export function placeBefore(a: Place, b: Place): boolean {
  const [left, right] = [BigInt(a.tx), BigInt(b.tx)]
  return left < right || (left === right && a.seq < b.seq)
}

export const writeCursor = ({ tx, seq }: Place): Cursor => `${tx}-${seq}`

export function parseCursor(text: string): Place | undefined {
  const found = shape.exec(text)
  const [, tx, seq] = found ?? []
  if (tx === undefined || seq === undefined || BigInt(tx) > lastTransaction) return undefined
  return { tx, seq: Number(seq) }
}

export const toEvent = (row: Omit<EventRow, 'kind'>): OutboxEvent => ({
  cursor: writeCursor(row),
  topic: row.topic,
  key: row.key,
  payload: row.payload,
  at: row.at,
})

/** Everything before this place is visible to everyone; everything after it is still to come. */
export async function readHead(query: Query): Promise<Cursor> {
  const [head] = await query<{ tx: string }>('select pg_snapshot_xmin(pg_current_snapshot())::text as tx')
  return writeCursor({ tx: head?.tx ?? '0', seq: 0 })
}

/**
 * The next events for a live stream, at most `limit`, never skipping a late commit. `next` may move on without events.
 * A cursor that is missing, malformed or older than what is kept gets `reset`.
 */
export async function readAfter(query: Query, cursor: Cursor | undefined, limit: number): Promise<Page> {
  const place = cursor === undefined ? undefined : parseCursor(cursor)
  if (place === undefined || cursor === undefined) return { kind: 'reset', next: await readHead(query) }
  const rows = await query<Omit<EventRow, 'kind'>>(
    `select tx::text, seq, topic, key, payload, at from outbox
     where (tx, seq) > ($1::xid8, $2) and tx < pg_snapshot_xmin(pg_current_snapshot())
     order by outbox.tx, outbox.seq limit $3`,
    [place.tx, place.seq, limit],
  )
  // Qualified above: a bare `tx` would be the text of the select list, where 10 comes before 9.
  // Read after the rows: a pruning between the two statements shows here.
  const [kept] = await query<{ ok: boolean }>('select (tx, seq) <= ($1::xid8, $2) as ok from outbox_floor', [
    place.tx,
    place.seq,
  ])
  if (kept?.ok !== true) return { kind: 'reset', next: await readHead(query) }
  const last = rows.at(-1)
  return { kind: 'events', events: rows.map(toEvent), next: last === undefined ? cursor : writeCursor(last) }
}
