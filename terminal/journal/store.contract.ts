import { describe, expect, it } from 'vitest'
import { makeId } from '@holdfast/core/values/ids.ts'
import { instant, runningMs } from '@holdfast/core/values/instants.ts'
import { chainStart } from '@holdfast/wire/seals/chain.ts'
import type { JournalFault } from './failure.ts'
import type { Marks, Store, StoredEntry } from './store.ts'

/** A store on some disk that tests can reopen and make fail. */
export interface StoreBench {
  readonly store: Store
  /** The next write fails as the disk would; a fault half way, where the store writes row by row. */
  failNext(fault: 'journal-disk-full' | 'journal-failed'): void
  /** Closes and opens again on the same disk. */
  reopen(): Promise<Store>
}

export const marks: Marks = {
  incarnation: makeId('incarnation', instant(1_700_000_000_000), new Uint8Array(10)),
  boot: 1,
  running: runningMs(0),
  acknowledged: 0,
  base: chainStart,
}

const bytes = (...values: readonly number[]): Uint8Array => Uint8Array.from(values)
const entry = (seq: number, sealed = false): StoredEntry => ({
  seq,
  bytes: bytes(seq, 1),
  hash: bytes(seq, 2),
  running: runningMs(seq * 10),
  ...(sealed ? { private: { blind: bytes(seq, 3), blob: bytes(seq, 4) } } : {}),
})
const head = (seq: number) => ({ seq, hash: bytes(seq, 2), signature: bytes(seq, 5) })
const order = (id: string, at: number, outcome = 1) => ({ id, outcome: bytes(outcome), seenAt: runningMs(at) })

/** What every store keeps. */
export function storeContract(name: string, open: () => Promise<StoreBench>): void {
  describe(`journal store: ${name}`, () => {
    it('is empty before its first write', async () => {
      const { store } = await open()
      expect([store.marks(), store.last(), store.lastHead(), store.snapshot()]).toEqual(Array(4).fill(undefined))
      expect([store.entries(1, 9), store.heads(0), [...store.kept()]]).toEqual([[], [], []])
      store.close()
    })

    it('keeps everything of a batch across a reopening', async () => {
      const bench = await open()
      const batch = {
        marks,
        entries: [entry(1), entry(2, true)],
        heads: [head(2)],
        inbox: [order('ord_a', 5)],
        kept: new Map([['cards', bytes(9)]]),
        snapshot: { seq: 2, state: bytes(8) },
      }
      bench.store.write(batch)
      const store = await bench.reopen()
      expect(store.marks()).toEqual(marks)
      expect(store.entries(1, 9)).toEqual(batch.entries)
      expect(store.entries(2, 9)).toEqual([entry(2, true)])
      expect(store.entries(1, 1)).toEqual([entry(1)])
      expect(store.last()).toEqual({ seq: 2, hash: bytes(2, 2) })
      expect([store.heads(0), store.heads(3), store.lastHead()]).toEqual([[head(2)], [], head(2)])
      expect(store.seen('ord_a')).toEqual(bytes(1))
      expect([...store.kept()]).toEqual([...batch.kept])
      expect(store.snapshot()).toEqual(batch.snapshot)
      store.close()
    })

    it('replaces an outcome, a kept value and the snapshot, and drops a kept value', async () => {
      const { store } = await open()
      const kept = (...pairs: readonly [string, Uint8Array | undefined][]) => new Map(pairs)
      store.write({ marks, inbox: [order('ord_a', 5)], kept: kept(['a', bytes(1)], ['b', bytes(1)]) })
      store.write({ inbox: [order('ord_a', 50, 2)], kept: kept(['a', undefined], ['b', bytes(2)]) })
      expect(store.seen('ord_a')).toEqual(bytes(2))
      expect([...store.kept()]).toEqual([['b', bytes(2)]])
      store.write({ forgetOrdersBefore: runningMs(6) })
      expect(store.seen('ord_a')).toBeUndefined()
      store.close()
    })

    it.each(['journal-disk-full', 'journal-failed'] as const)(
      'keeps nothing of a batch that ends in %s',
      async (code) => {
        const bench = await open()
        bench.store.write({ marks, entries: [entry(1)] })
        bench.failNext(code)
        const write = (): void =>
          bench.store.write({
            marks: { ...marks, boot: 9 },
            entries: [entry(2, true), entry(3)],
            inbox: [order('ord_b', 5)],
            kept: new Map([['cards', bytes(9)]]),
            snapshot: { seq: 3, state: bytes(8) },
          })
        expect(write).toThrow(expect.objectContaining({ code }))
        expect(bench.store.entries(1, 9)).toEqual([entry(1)])
        write()
        expect(bench.store.entries(1, 9)).toHaveLength(3)
        const store = await bench.reopen()
        expect([store.entries(1, 9).length, store.marks()?.boot, store.seen('ord_b')]).toEqual([3, 9, bytes(1)])
        store.close()
      },
    )

    it.each([2, 4])('refuses an entry that leaves a gap or goes back (law 8): %i after 2', async (seq) => {
      const { store } = await open()
      store.write({ marks, entries: [entry(1), entry(2)] })
      const code: JournalFault = 'journal-failed'
      expect(() => store.write({ entries: [entry(seq)] })).toThrow(expect.objectContaining({ code }))
      expect(store.entries(1, 9)).toHaveLength(2)
      store.close()
    })

    it('erases private parts up to a number and leaves the entries', async () => {
      const { store } = await open()
      store.write({ marks, entries: [entry(1, true), entry(2, true), entry(3, true)] })
      store.write({ erasePrivateUpTo: 2 })
      expect(store.entries(1, 9)).toEqual([entry(1), entry(2), entry(3, true)])
      store.close()
    })

    it('trims from the front and goes on from there', async () => {
      const bench = await open()
      bench.store.write({ marks, entries: [entry(1, true), entry(2), entry(3)], heads: [head(1), head(2)] })
      bench.store.write({ marks: { ...marks, base: { seq: 2, hash: bytes(2, 2) } }, trimUpTo: 2 })
      const store = await bench.reopen()
      expect(store.entries(1, 9)).toEqual([entry(3)])
      expect(store.heads(0)).toEqual([head(2)])
      store.write({ entries: [entry(4)] })
      expect(store.last()?.seq).toBe(4)
      store.close()
    })

    it('finds the newest head within a number and an age', async () => {
      const { store } = await open()
      store.write({ marks, entries: [1, 2, 3, 4].map((seq) => entry(seq)), heads: [head(1), head(3)] })
      const before = (seq: number, running: number) => store.headBefore({ seq, running: runningMs(running) })?.seq
      expect([before(4, 99), before(2, 99), before(4, 29), before(0, 99), before(4, 9)]).toEqual([
        3,
        1,
        1,
        undefined,
        undefined,
      ])
      store.close()
    })
  })
}
