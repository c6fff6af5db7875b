import type { IncarnationId } from '@holdfast/core/values/ids.ts'
import type { RunningMs } from '@holdfast/core/values/instants.ts'
import type { ChainPoint, Entry, SignedHead } from '@holdfast/wire/seals/chain.ts'

/** The one record about the journal itself. */
export interface Marks {
  readonly incarnation: IncarnationId
  readonly boot: number
  readonly running: RunningMs
  /** Everything up to this number is committed in the cloud. */
  readonly acknowledged: number
  /** Where the kept part of the chain begins; a signed head once anything was trimmed. */
  readonly base: ChainPoint
}

export interface StoredEntry extends Entry {
  readonly running: RunningMs
}

export interface StoredOrder {
  readonly id: string
  readonly outcome: Uint8Array
  readonly seenAt: RunningMs
}

export interface Snapshot {
  readonly seq: number
  readonly state: Uint8Array
}

/** Changes that become true together. */
export interface Batch {
  readonly marks?: Marks
  readonly entries?: readonly StoredEntry[]
  readonly heads?: readonly SignedHead[]
  readonly inbox?: readonly StoredOrder[]
  readonly kept?: ReadonlyMap<string, Uint8Array | undefined>
  readonly snapshot?: Snapshot
  /** Removes the private parts of entries up to this number. */
  readonly erasePrivateUpTo?: number
  /** Removes entries up to this number and the heads before it. */
  readonly trimUpTo?: number
  readonly forgetOrdersBefore?: RunningMs
}

/** Rows, without judgement: numbering, hashing and signing are the journal's. */
export interface Store {
  /** One transaction, synced when it returns; throws a journal failure and leaves nothing of the batch. */
  write(batch: Batch): void
  /** Undefined for a store that was never written. */
  marks(): Marks | undefined
  /** The newest entry; undefined where there is none. */
  last(): ChainPoint | undefined
  entries(from: number, limit: number): readonly StoredEntry[]
  heads(from: number): readonly SignedHead[]
  lastHead(): SignedHead | undefined
  /** The newest head at or before both limits. */
  headBefore(limit: { readonly seq: number; readonly running: RunningMs }): SignedHead | undefined
  snapshot(): Snapshot | undefined
  kept(): ReadonlyMap<string, Uint8Array>
  seen(orderId: string): Uint8Array | undefined
  close(): void
}
