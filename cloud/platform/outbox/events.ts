import type { DurationMs } from '@holdfast/core/values/instants.ts'
import type { Tx } from '../postgres/db.ts'

/** What one capability tells the others. `key` is the thing it is about (a cabinet, a parcel): order holds per key. */
export type NewEvent = {
  readonly topic: string
  /** The sort of news within its topic. Without it every consumer of the topic takes it. */
  readonly kind?: string
  readonly key: string
  readonly payload: unknown
}

/** `<transaction id>-<row>`: a place in the outbox, opaque outside this folder. */
export type Cursor = string

export type OutboxEvent = {
  readonly cursor: Cursor
  readonly topic: string
  readonly key: string
  readonly payload: unknown
  /** UTC milliseconds at which the row was written. */
  readonly at: number
}

/** Writes one or many, in order, into the caller's transaction; visible when that commits and never without it. */
export type Publish = (tx: Tx, events: NewEvent | readonly NewEvent[]) => Promise<void>

export type Handle = (tx: Tx, event: OutboxEvent) => Promise<void>

export type Consumer = {
  /** Names the cursor in the database: never reuse or rename. */
  readonly name: string
  readonly topics: readonly string[]
  /** Of these topics only these kinds: the others cost neither a look nor a transaction. */
  readonly kinds?: Readonly<Record<string, readonly string[]>>
  /** Topics that nobody waits for: taken so much later at most, in one batch with what came meanwhile. */
  readonly patience?: Readonly<Record<string, DurationMs>>
  /** 1 unless told. Events of one key always meet the same partition, in order. */
  readonly partitions?: number
  /** Where a consumer that never ran begins: 'start' of what is kept (default) or 'now'. */
  readonly from?: 'start' | 'now'
} & Handling

/** Runs in the transaction that moves the cursor: its effect on the database happens exactly once. */
type Handling =
  | { readonly handle: Handle }
  /** Whole batches, for few statements on a busy path; one that fails comes again in halves. */
  | { readonly handleAll: (tx: Tx, events: readonly OutboxEvent[]) => Promise<void> }

export type Page =
  | { readonly kind: 'events'; readonly events: readonly OutboxEvent[]; readonly next: Cursor }
  /** The cursor is older than what is kept, or not a cursor: read the state anew and go on from `next`. */
  | { readonly kind: 'reset'; readonly next: Cursor }
