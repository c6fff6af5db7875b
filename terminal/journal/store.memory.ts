import type { PrivatePart, SignedHead } from '@holdfast/wire/seals/chain.ts'
import { journalFailure } from './failure.ts'
import type { Batch, Marks, Snapshot, Store, StoredEntry, StoredOrder } from './store.ts'

interface Rows {
  marks: Marks | undefined
  snapshot: Snapshot | undefined
  last: StoredEntry | undefined
  readonly entries: Map<number, StoredEntry>
  readonly parts: Map<number, PrivatePart>
  readonly heads: Map<number, SignedHead>
  readonly orders: Map<string, StoredOrder>
  readonly kept: Map<string, Uint8Array>
}

/** What survives a restart of a simulated terminal: hand the same disk to the next store. */
export interface MemoryDisk {
  readonly rows: Rows
  /** Called before each write; what it throws is what the disk did, and nothing is kept. */
  beforeWrite: () => void
}

export function createMemoryDisk(): MemoryDisk {
  const tables = { entries: new Map(), parts: new Map(), heads: new Map(), orders: new Map(), kept: new Map() }
  return { rows: { marks: undefined, snapshot: undefined, last: undefined, ...tables }, beforeWrite: () => {} }
}

/** The twin for tests and the simulator. */
export function createMemoryStore(disk: MemoryDisk): Store {
  const { rows } = disk
  return {
    write: (batch) => {
      disk.beforeWrite()
      refuseGap(rows, batch)
      add(rows, batch)
      remove(rows, batch)
    },
    marks: () => rows.marks,
    last: () => (rows.last === undefined ? undefined : { seq: rows.last.seq, hash: rows.last.hash }),
    entries: (from, limit) => {
      const found: StoredEntry[] = []
      for (let entry = firstFrom(rows, from); entry !== undefined && found.length < limit;) {
        const part = rows.parts.get(entry.seq)
        found.push(part === undefined ? entry : { ...entry, private: part })
        entry = rows.entries.get(entry.seq + 1)
      }
      return found
    },
    heads: (from) => [...rows.heads.values()].filter((head) => head.seq >= from),
    lastHead: () => [...rows.heads.values()].at(-1),
    headBefore: (limit) =>
      [...rows.heads.values()].findLast((head) => {
        const entry = rows.entries.get(head.seq)
        return entry !== undefined && entry.seq <= limit.seq && entry.running <= limit.running
      }),
    snapshot: () => rows.snapshot,
    kept: () => new Map(rows.kept),
    seen: (orderId) => rows.orders.get(orderId)?.outcome,
    close: () => {},
  }
}

const firstFrom = (rows: Rows, from: number): StoredEntry | undefined =>
  rows.entries.get(Math.max(from, (rows.marks?.base.seq ?? 0) + 1))

/** Law 8, as the SQL twin's trigger keeps it. */
function refuseGap(rows: Rows, batch: Batch): void {
  let expected = (rows.last?.seq ?? 0) + 1
  for (const entry of batch.entries ?? []) {
    if (entry.seq !== expected) throw journalFailure('journal-failed', new Error('law 8: gap'))
    expected += 1
  }
}

function add(rows: Rows, batch: Batch): void {
  rows.marks = batch.marks ?? rows.marks
  rows.snapshot = batch.snapshot ?? rows.snapshot
  for (const { private: part, ...entry } of batch.entries ?? []) {
    rows.entries.set(entry.seq, entry)
    rows.last = entry
    if (part !== undefined) rows.parts.set(entry.seq, part)
  }
  for (const head of batch.heads ?? []) rows.heads.set(head.seq, head)
  for (const order of batch.inbox ?? []) {
    rows.orders.set(order.id, { ...order, seenAt: rows.orders.get(order.id)?.seenAt ?? order.seenAt })
  }
  for (const [name, bytes] of batch.kept ?? []) {
    if (bytes === undefined) rows.kept.delete(name)
    else rows.kept.set(name, bytes)
  }
}

function remove(rows: Rows, batch: Batch): void {
  const { trimUpTo = 0, erasePrivateUpTo = 0, forgetOrdersBefore } = batch
  const erased = Math.max(erasePrivateUpTo, trimUpTo)
  if (erased > 0) for (const seq of rows.parts.keys()) if (seq <= erased) rows.parts.delete(seq)
  if (trimUpTo > 0) {
    for (const seq of rows.entries.keys()) if (seq <= trimUpTo) rows.entries.delete(seq)
    for (const seq of rows.heads.keys()) if (seq < trimUpTo) rows.heads.delete(seq)
  }
  if (forgetOrdersBefore === undefined) return
  for (const order of rows.orders.values()) if (order.seenAt < forgetOrdersBefore) rows.orders.delete(order.id)
}
