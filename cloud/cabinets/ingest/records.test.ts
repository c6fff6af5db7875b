import { describe, expect, it } from 'vitest'
import { newCabinet } from '@holdfast/core/cabinet/state.ts'
import { idToUuid } from '@holdfast/core/values/ids.ts'
import { base64FromBytes } from '@holdfast/wire/bytes/base64.ts'
import { createStandInSeals } from '@holdfast/wire/seals/stand-in.ts'
import type { Query } from '../../platform/postgres/db.ts'
import { testId, testOperator } from '../cabinets.testing.ts'
import { type CabinetRecord, createRecords, isSnapshotDue } from './records.ts'
import type { JournalRow } from './store.postgres.ts'

const { publicKey } = createStandInSeals(1).generate('p256')
const rowOf = (n: number): JournalRow => ({
  cabinet: idToUuid(testId('cabinet', n)),
  operator_id: idToUuid(testOperator(1)),
  shard: n % 4,
  incarnation: idToUuid(testId('incarnation', n)),
  public_key: publicKey,
  seq: 0,
  hash: base64FromBytes(new Uint8Array(32)),
  snapshot_seq: null,
  state: null,
})

/** A database of cabinets 0 … `many` that remembers what it was asked. */
function journals(many: number, change: (row: JournalRow) => JournalRow = (row) => row) {
  const asked: number[] = []
  const known = new Map(Array.from({ length: many }, (_, n) => [idToUuid(testId('cabinet', n)), change(rowOf(n))]))
  const query = (async (_sql: string, params: readonly unknown[] = []) => {
    const ids = params[0] as readonly string[]
    asked.push(ids.length)
    return ids.flatMap((id) => known.get(id) ?? [])
  }) as unknown as Query
  return { query, asked }
}
const cabinets = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => testId('cabinet', from + i))
const held = (records: ReturnType<typeof createRecords>, upTo: number): number =>
  cabinets(0, upTo).filter((id) => records.get(id) !== undefined).length

describe('what ingest remembers of its cabinets', () => {
  it('asks the database once for each, however often it is named', async () => {
    const { query, asked } = journals(3)
    const records = createRecords()
    await records.load(query, [...cabinets(0, 2), ...cabinets(0, 2)])
    await records.load(query, cabinets(0, 2))
    await records.load(query, cabinets(1, 3))
    expect(asked).toEqual([2, 1])
  })

  it('knows nothing of a cabinet that never enrolled or whose key cannot be read, and asks again', async () => {
    const { query, asked } = journals(1, (row) => ({ ...row, public_key: 'no key' }))
    const records = createRecords()
    await records.load(query, cabinets(0, 2))
    await records.load(query, cabinets(0, 2))
    expect([held(records, 2), asked]).toEqual([0, [2, 2]])
  })

  it('forgets a cabinet whose word was doubted, and those of shards that it holds no more', async () => {
    const { query } = journals(8)
    const records = createRecords()
    await records.load(query, cabinets(0, 8))
    records.forget(testId('cabinet', 0))
    expect(held(records, 8)).toBe(7)
    records.keepShards(new Set([1, 2]))
    expect(cabinets(0, 8).map((id) => records.get(id)?.shard)).toEqual([
      undefined,
      1,
      2,
      undefined,
      undefined,
      1,
      2,
      undefined,
    ])
  })

  it('holds at most 4096, whether they send facts or heartbeats only', async () => {
    const { query } = journals(4600)
    const records = createRecords()
    for (let at = 0; at < 4600; at += 200) await records.load(query, cabinets(at, at + 200))
    expect(held(records, 4600)).toBe(4096)
    expect(records.get(testId('cabinet', 0))).toBeUndefined()
    expect(records.get(testId('cabinet', 4599))).toBeDefined()
  })

  it('never lets go of one of the very batch that it loads for', async () => {
    const { query } = journals(4600)
    const records = createRecords()
    for (let at = 0; at < 4096; at += 256) await records.load(query, cabinets(at, at + 256))
    const batch = [testId('cabinet', 0), ...cabinets(4096, 4300)]
    await records.load(query, batch)
    expect(batch.filter((id) => records.get(id) === undefined)).toEqual([])
    expect(records.get(testId('cabinet', 1))).toBeUndefined()
  })

  it.each([
    [255, 0, false],
    [256, 0, true],
    [256, 1, false],
    [700, 444, true],
  ])('stores the state anew every 256 facts: at %i after %i', (seq, snapshotSeq, due) => {
    const record = { seq, snapshotSeq, state: newCabinet } as unknown as CabinetRecord
    expect(isSnapshotDue(record)).toBe(due)
  })
})
