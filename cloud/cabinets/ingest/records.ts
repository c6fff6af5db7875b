import { type Cabinet, newCabinet } from '@holdfast/core/cabinet/state.ts'
import { evolveCabinet } from '@holdfast/core/cabinet/evolve.ts'
import { type CabinetId, type IncarnationId, type OperatorId, idFromUuid } from '@holdfast/core/values/ids.ts'
import { bytesFromBase64 } from '@holdfast/wire/bytes/base64.ts'
import { readEntry } from '@holdfast/wire/seals/chain.ts'
import { type PublicKey, readPublicKey } from '@holdfast/wire/seals/keys.ts'
import type { Query } from '../../platform/postgres/db.ts'
import { readEvent } from '@holdfast/wire/journal/read-event.ts'
import { unpackCabinet, withoutUsedTags } from './snapshot.ts'
import { type JournalRow, readFactsAfter, readJournals } from './store.postgres.ts'

/** What ingest knows of one cabinet while it holds its shard: where the journal stands and what it folds to. */
export type CabinetRecord = {
  readonly cabinet: CabinetId
  readonly operator: OperatorId
  readonly incarnation: IncarnationId
  readonly key: PublicKey
  readonly shard: number
  /** The same ids as the database has them, made once. */
  readonly uuids: { readonly cabinet: string; readonly operator: string; readonly incarnation: string }
  readonly seq: number
  readonly hash: Uint8Array
  readonly state: Cabinet
  readonly snapshotSeq: number
}

export type Records = {
  readonly get: (cabinet: CabinetId) => CabinetRecord | undefined
  /** Loads those that are not known yet, all at once. */
  readonly load: (query: Query, cabinets: readonly CabinetId[]) => Promise<void>
  readonly put: (record: CabinetRecord) => void
  readonly forget: (cabinet: CabinetId) => void
  readonly keepShards: (held: ReadonlySet<number>) => void
}

/** About 30 kB each: above this the ones least lately loaded are folded again when they speak. */
const kept = 4096

export function createRecords(): Records {
  const known = new Map<CabinetId, CabinetRecord>()
  /** As the newest, and the oldest goes. */
  const put = (record: CabinetRecord): void => {
    known.delete(record.cabinet)
    known.set(record.cabinet, record)
    const oldest = known.size > kept ? known.keys().next().value : undefined
    if (oldest !== undefined) known.delete(oldest)
  }
  return {
    get: (cabinet) => known.get(cabinet),
    load: async (query, cabinets) => {
      const missing = [...new Set(cabinets)].filter((cabinet) => !known.has(cabinet))
      const read = missing.length === 0 ? [] : await readRecords(query, missing)
      // Those that are known are of this batch too, and must not make room for the rest of it.
      for (const record of [...cabinets.flatMap((cabinet) => known.get(cabinet) ?? []), ...read]) put(record)
    },
    put,
    forget: (cabinet) => void known.delete(cabinet),
    keepShards: (held) => {
      for (const { cabinet, shard } of known.values()) if (!held.has(shard)) known.delete(cabinet)
    },
  }
}

/** Cabinets that never enrolled have no key and no record. */
export async function readRecords(query: Query, cabinets: readonly CabinetId[]): Promise<readonly CabinetRecord[]> {
  const rows = await readJournals(query, cabinets)
  const started = rows.flatMap(startRecord)
  const behind = started.filter(({ snapshotSeq, seq }) => snapshotSeq < seq)
  const facts = behind.length === 0 ? [] : await readFactsAfter(query, behind)
  const states = new Map(started.map(({ uuids, state }) => [uuids.cabinet, state]))
  for (const { cabinet, entry } of facts) {
    const event = readEvent(readEntry(utf8.encode(entry))?.event)
    const state = states.get(cabinet)
    if (event !== undefined && state !== undefined) states.set(cabinet, withoutUsedTags(evolveCabinet(state, event)))
  }
  return started.map((record) => ({ ...record, state: states.get(record.uuids.cabinet) ?? record.state }))
}

const utf8 = new TextEncoder()

function startRecord(row: JournalRow): readonly CabinetRecord[] {
  const key = readPublicKey(row.public_key)
  const hash = bytesFromBase64(row.hash)
  if (key === undefined || hash === undefined) return []
  const snapshot = row.state === null ? undefined : unpackCabinet(row.state)
  return [
    {
      cabinet: idFromUuid('cabinet', row.cabinet),
      operator: idFromUuid('operator', row.operator_id),
      incarnation: idFromUuid('incarnation', row.incarnation),
      key,
      shard: row.shard,
      uuids: { cabinet: row.cabinet, operator: row.operator_id, incarnation: row.incarnation },
      seq: row.seq,
      hash,
      state: snapshot ?? newCabinet,
      snapshotSeq: snapshot === undefined ? 0 : (row.snapshot_seq ?? 0),
    },
  ]
}

/** A snapshot every so many facts: what a new holder must fold at most. */
const snapshotEvery = 256

export const isSnapshotDue = ({ seq, snapshotSeq }: CabinetRecord): boolean => seq - snapshotSeq >= snapshotEvery
