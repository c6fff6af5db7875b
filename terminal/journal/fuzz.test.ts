import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bend, flip } from '@holdfast/core/fuzz/bytes.testing.ts'
import { type Dice, fuzz } from '@holdfast/core/fuzz/fuzz.testing.ts'
import { makeId } from '@holdfast/core/values/ids.ts'
import { instant, type RunningMs, runningMs } from '@holdfast/core/values/instants.ts'
import { createStandInSeals } from '@holdfast/wire/seals/stand-in.ts'
import { isJournalFailure } from './failure.ts'
import { openJournal } from './open.ts'
import { createMemoryDisk, createMemoryStore, type MemoryDisk } from './store.memory.ts'
import { openSqliteStore } from './store.sqlite.ts'
import type { Store, StoredEntry } from './store.ts'
import { verifyJournal } from './verify.ts'

const seals = createStandInSeals(1)
const keys = seals.generate('p256')
const incarnation = makeId('incarnation', instant(1), seals.random(10))
const ports = (store: Store) => ({ store, seals, keys, incarnation })

/** So many entries, every second with a private part, the last one under a signed head. */
function fill(store: Store, count: number): readonly StoredEntry[] {
  const journal = openJournal(ports(store))
  for (let i = 1; i <= count; i += 1) {
    const moment = { running: runningMs(i * 1_000), wall: instant(i), trusted: true }
    const event = { type: 'tick', i }
    journal.append(moment, [i % 2 === 0 ? { event, private: seals.random(24) } : { event }])
  }
  journal.signHead()
  return store.entries(1, count)
}

const copyOf = ({ rows }: MemoryDisk): MemoryDisk => ({
  rows: { ...rows, entries: new Map(rows.entries), parts: new Map(rows.parts), heads: new Map(rows.heads) },
  beforeWrite: () => {},
})

/** One cell of the stored journal: what it holds, and the same disk with other bytes in it. */
interface Cell {
  readonly name: string
  readonly bytes: Uint8Array
  readonly write: (disk: MemoryDisk, bytes: Uint8Array) => void
}

const number64 = (value: number): Uint8Array => new Uint8Array(new BigInt64Array([BigInt(value)]).buffer)
const asNumber = (bytes: Uint8Array): number =>
  Number(new BigInt64Array(Uint8Array.from({ length: 8 }, (_, at) => bytes[at] ?? 0).buffer)[0] ?? 0n)

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a broken disk brands nothing.
const asRunning = (bytes: Uint8Array): RunningMs => asNumber(bytes) as RunningMs

function cellsOf({ rows }: MemoryDisk): readonly [Cell, ...Cell[]] {
  const cells: Cell[] = []
  for (const [seq, entry] of rows.entries) {
    const put = (name: string, bytes: Uint8Array, change: (bytes: Uint8Array) => Partial<StoredEntry>): void => {
      const write: Cell['write'] = (disk, bent) => disk.rows.entries.set(seq, { ...entry, ...change(bent) })
      cells.push({ name: `entry ${seq} ${name}`, bytes, write })
    }
    put('bytes', entry.bytes, (bytes) => ({ bytes }))
    put('hash', entry.hash, (hash) => ({ hash }))
    put('running', number64(entry.running), (bytes) => ({ running: asRunning(bytes) }))
    put('seq', number64(entry.seq), (bytes) => ({ seq: asNumber(bytes) }))
  }
  for (const [seq, part] of rows.parts) {
    for (const field of ['blind', 'blob'] as const) {
      const write: Cell['write'] = (disk, bytes) => disk.rows.parts.set(seq, { ...part, [field]: bytes })
      cells.push({ name: `part ${seq} ${field}`, bytes: part[field], write })
    }
  }
  for (const [seq, head] of rows.heads) {
    for (const field of ['hash', 'signature'] as const) {
      const write: Cell['write'] = (disk, bytes) => disk.rows.heads.set(seq, { ...head, [field]: bytes })
      cells.push({ name: `head ${seq} ${field}`, bytes: head[field], write })
    }
  }
  const [first, ...rest] = cells
  if (first === undefined) throw new Error('an empty journal')
  return [first, ...rest]
}

/** A journal may refuse by its own codes; anything else is a defect. */
const refusedOnly = (error: unknown): undefined => {
  if (!isJournalFailure(error)) throw error
}

const same = (one: Uint8Array, other: Uint8Array): boolean => Buffer.compare(one, other) === 0
type Judge = (store: Store) => boolean
const holds: Judge = (store) => verifyJournal(ports(store)).ok

describe('the rows of a journal (law 8)', () => {
  const disk = createMemoryDisk()
  fill(createMemoryStore(disk), 70)
  const cells = cellsOf(disk)
  const bentCell = (cell: Cell, bytes: Uint8Array): MemoryDisk => {
    const bent = copyOf(disk)
    cell.write(bent, bytes)
    return bent
  }

  it('are found with any one bit of any cell bent, and the number is said', () => {
    const small = createMemoryDisk()
    fill(createMemoryStore(small), 4)
    const accepted: string[] = []
    for (const cell of cellsOf(small)) {
      for (let bit = 0; bit < cell.bytes.length * 8; bit += 1) {
        const bent = copyOf(small)
        cell.write(bent, flip(cell.bytes, bit))
        const verdict = verifyJournal(ports(createMemoryStore(bent)))
        if (verdict.ok || !Number.isSafeInteger(verdict.seq)) accepted.push(`${cell.name} bit ${bit}`)
      }
    }
    expect(accepted).toEqual([])
  })

  interface Bent {
    readonly cell: Cell
    readonly bytes: Uint8Array
  }
  const make = (dice: Dice): Bent => {
    const cell = dice.pick(cells)
    return { cell, bytes: bend(dice, cell.bytes, [cell.bytes, dice.pick(cells).bytes]) }
  }
  /** Every cell cut to nothing, and every cell with its neighbour's content. */
  const kept = cells.flatMap((cell, at): readonly Bent[] => [
    { cell, bytes: new Uint8Array() },
    { cell, bytes: cells[(at + 1) % cells.length]?.bytes ?? cell.bytes },
  ])
  const target = (judge: Judge) => ({
    name: 'journal rows',
    kept,
    fresh: 2_000,
    make,
    judge: ({ cell, bytes }: Bent) => {
      const isNumber = / (running|seq)$/.test(cell.name)
      const unchanged = isNumber ? asNumber(bytes) === asNumber(cell.bytes) : same(bytes, cell.bytes)
      if (!unchanged && judge(createMemoryStore(bentCell(cell, bytes)))) throw new Error(`accepted: ${cell.name}`)
    },
  })

  it('are found when cells are bent, cut, spliced and swapped', async () => {
    expect(await fuzz(target(holds))).toBeGreaterThan(kept.length)
  })

  it('find a reader that looks at the heads alone', async () => {
    const headsOnly: Judge = (store) =>
      store.heads(0).every((head) => {
        const entry = store.entries(head.seq, 1)[0]
        return entry !== undefined && same(entry.hash, head.hash)
      })
    await expect(fuzz(target(headsOnly))).rejects.toThrow('accepted: entry 1')
  })
})

describe('the file of a journal', () => {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-fuzz-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'bent.db')
  let whole = new Uint8Array()
  let entries: readonly StoredEntry[] = []
  beforeAll(async () => {
    const store = await openSqliteStore(join(folder, 'whole.db'))
    entries = fill(store, 130)
    store.close()
    whole = new Uint8Array(readFileSync(join(folder, 'whole.db')))
  })

  /** What a terminal would read of it: undefined where the journal refuses. */
  async function readBack(bytes: Uint8Array): Promise<readonly StoredEntry[] | undefined> {
    for (const beside of ['-wal', '-shm', '-journal']) rmSync(path + beside, { force: true })
    writeFileSync(path, bytes)
    const held: Store[] = []
    const read = async (): Promise<readonly StoredEntry[] | undefined> => {
      const store = await openSqliteStore(path)
      held.push(store)
      openJournal(ports(store))
      return verifyJournal(ports(store)).ok ? store.entries(1, 1_000) : undefined
    }
    const entriesRead = await read().catch(refusedOnly)
    for (const store of held) await Promise.resolve().then(store.close).catch(refusedOnly)
    return entriesRead
  }
  const make = (dice: Dice): { readonly cut: number; readonly bits: readonly number[] } => ({
    cut: dice.below(6) === 0 ? dice.below(whole.length) : whole.length,
    bits: Array.from({ length: dice.below(4) }, () => dice.below(whole.length * 8)),
  })

  it('is read as it was written or not at all, whatever bits of it are bent or cut off', async () => {
    copyFileSync(join(folder, 'whole.db'), path)
    expect(await readBack(whole)).toEqual(entries)
    let refused = 0
    await fuzz({
      name: 'journal file',
      kept: [
        { cut: 0, bits: [] },
        { cut: 512, bits: [] },
        { cut: 4_096, bits: [] },
        { cut: whole.length - 1, bits: [] },
      ],
      fresh: 80,
      make,
      judge: async ({ cut, bits }) => {
        const back = await readBack(flip(whole, ...bits).slice(0, cut))
        refused += back === undefined ? 1 : 0
        // An empty file is a new journal: the cloud sees another head.
        if (back !== undefined && back.length > 0) expect(back).toEqual(entries)
      },
    })
    expect(refused).toBeGreaterThan(10)
  })
})
