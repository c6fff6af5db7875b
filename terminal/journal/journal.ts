import type { IncarnationId } from '@holdfast/core/values/ids.ts'
import type { Instant, RunningMs, DurationMs } from '@holdfast/core/values/instants.ts'
import type { ChainPoint, Entry, EntryContent, SignedHead } from '@holdfast/wire/seals/chain.ts'

/** The labels of an append: when it happened, by running time and by the wall clock that nobody relies on. */
export interface Moment {
  readonly running: RunningMs
  readonly wall: Instant
  readonly trusted: boolean
}

export interface NewEntry {
  /** A core event: canonical JSON (integers only, no undefined), ids and digests only. */
  readonly event: object
  /** A blob already sealed to the cloud; bound to the entry by digest, erasable (law 14). */
  readonly private?: Uint8Array
}

/** An order that was seen. A duplicate gets `outcome` again and never pulses (law 2, actuation). */
export interface SeenOrder {
  readonly id: string
  /** Bytes of the answer as sent; a later append with the same id replaces it. */
  readonly outcome: Uint8Array
}

/** Whatever must be true together with the entries: one synced transaction, all or nothing. */
export interface Alongside {
  readonly inbox?: readonly SeenOrder[]
  /** State that is no event (cards, deny list, desired settings): last value by name; undefined removes. */
  readonly kept?: ReadonlyMap<string, Uint8Array | undefined>
  /** The state after these entries, in the caller's own bytes; replay starts from the newest one. */
  readonly snapshot?: Uint8Array
}

export interface Loaded {
  readonly snapshot?: { readonly seq: number; readonly state: Uint8Array }
  /** Every entry behind the snapshot (or from 1), in order: fold them and the state is back. */
  readonly after: readonly EntryContent[]
  readonly kept: ReadonlyMap<string, Uint8Array>
  /** Names of what was kept and is not what was written any more: whoever kept it asks for it anew. */
  readonly bent: readonly string[]
  /** Running time as last persisted by an entry or `saveRunning`; never lower than before. */
  readonly running: RunningMs
}

/**
 * Facts on disk before acts in the world. Every method is synchronous: when it returns, it is synced.
 * Failures are thrown with the codes of `failure.ts` and leave nothing behind.
 */
export interface Journal {
  readonly incarnation: IncarnationId
  /** Counts starts of this incarnation, from 1. */
  readonly boot: number
  append(moment: Moment, entries: readonly NewEntry[], alongside?: Alongside): readonly Entry[]
  /** Entries from `from` on, oldest first; fewer where the journal ends. Trimmed ones are gone. */
  read(from: number, limit: number): readonly Entry[]
  /** The newest entry's number and hash; 0 and zero bytes for an empty journal. */
  head(): ChainPoint
  /** Signs and stores the head on demand; by itself that happens every 64 entries. */
  signHead(): SignedHead
  /** Stored heads with `seq` ≥ from, oldest first. */
  heads(from: number): readonly SignedHead[]
  load(): Loaded
  /** The stored outcome of an order, for 30 days of running time; empty where the disk has bent it. */
  seen(orderId: string): Uint8Array | undefined
  /** The cloud has committed everything up to `seq`; the cursor never falls. False, and nothing done, beyond the head. */
  acknowledge(seq: number): boolean
  acknowledged(): number
  /** Law 14: removes the private parts up to `seq`. False, and nothing done, where that is not acknowledged yet. */
  erasePrivate(seq: number): boolean
  /**
   * Removes entries that are acknowledged, behind a snapshot, before a signed head and older than `keep`;
   * and orders seen over 30 days ago.
   */
  trim(now: RunningMs, keep: DurationMs): void
  /** Between entries: so that a power cut costs no more running time than the interval of the calls. */
  saveRunning(running: RunningMs): void
  close(): void
}
