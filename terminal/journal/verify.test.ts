import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeId } from '@holdfast/core/values/ids.ts'
import { durationMs, instant, runningMs } from '@holdfast/core/values/instants.ts'
import { toCanonical } from '@holdfast/wire/bytes/canonical.ts'
import { type ChainPoint, chainHash, readEntry } from '@holdfast/wire/seals/chain.ts'
import { createStandInSeals } from '@holdfast/wire/seals/stand-in.ts'
import { openJournal } from './open.ts'
import { createMemoryDisk, createMemoryStore, type MemoryDisk } from './store.memory.ts'
import type { StoredEntry } from './store.ts'
import { verifyJournal } from './verify.ts'

const seals = createStandInSeals(1)
const keys = seals.generate('p256')
const incarnation = makeId('incarnation', instant(1), seals.random(10))
const ports = (disk: MemoryDisk) => ({ store: createMemoryStore(disk), seals, keys, incarnation })

/** 150 entries, trimmed to 65…150, every third with a private part, erased up to 80; heads at 64, 128 and 150. */
function sample(): MemoryDisk {
  const disk = createMemoryDisk()
  const journal = openJournal(ports(disk))
  for (let i = 1; i <= 150; i += 1) {
    const event = { kind: 'tick', i }
    const moment = { running: runningMs(i), wall: instant(i), trusted: true }
    journal.append(moment, [i % 3 === 0 ? { event, private: seals.random(20) } : { event }])
  }
  journal.append({ running: runningMs(150), wall: instant(1), trusted: true }, [], { snapshot: seals.random(9) })
  journal.acknowledge(80)
  journal.erasePrivate(80)
  journal.trim(runningMs(150), durationMs(0))
  journal.signHead()
  return disk
}

const flipped = (bytes: Uint8Array, pick: number): Uint8Array =>
  bytes.map((byte, i) => (i === (pick >> 3) % bytes.length ? byte ^ (1 << (pick & 7)) : byte))

const nth = <Value>(map: ReadonlyMap<unknown, Value>, pick: number): Value | undefined =>
  [...map.values()][pick % map.size]

/** Each hurts one place of the disk, chosen by `pick`; none recomputes what it broke. */
const attacks: Readonly<Record<string, (disk: MemoryDisk, pick: number) => void>> = {
  'edit bytes': ({ rows }, pick) => {
    const entry = nth(rows.entries, pick)
    if (entry !== undefined) rows.entries.set(entry.seq, { ...entry, bytes: flipped(entry.bytes, pick >> 4) })
  },
  'edit a hash': ({ rows }, pick) => {
    const entry = nth(rows.entries, pick)
    if (entry !== undefined) rows.entries.set(entry.seq, { ...entry, hash: flipped(entry.hash, pick >> 4) })
  },
  'delete an entry': ({ rows }, pick) => rows.entries.delete(nth(rows.entries, pick)?.seq ?? 0),
  'swap two entries': ({ rows }, pick) => {
    const [one, other] = [nth(rows.entries, pick), nth(rows.entries, pick + 1 + (pick % 80))]
    if (one === undefined || other === undefined) return
    rows.entries.set(one.seq, { ...other, seq: one.seq })
    rows.entries.set(other.seq, { ...one, seq: other.seq })
  },
  'cut the end': ({ rows }, pick) => {
    const from = 65 + (pick % 86)
    for (const seq of rows.entries.keys()) if (seq >= from) rows.entries.delete(seq)
    for (const seq of rows.parts.keys()) if (seq >= from) rows.parts.delete(seq)
    rows.last = rows.entries.get(from - 1)
  },
  'edit a head': ({ rows }, pick) => {
    const head = nth(rows.heads, pick)
    if (head !== undefined) rows.heads.set(head.seq, { ...head, signature: flipped(head.signature, pick >> 4) })
  },
  'delete a due head': ({ rows }, pick) => rows.heads.delete(64 * (1 + (pick % 2))),
  'edit a private part': ({ rows }, pick) => {
    const seq = [...rows.parts.keys()][pick % rows.parts.size] ?? 0
    const part = rows.parts.get(seq)
    if (part === undefined) return
    const changed = pick & 1 ? { blob: flipped(part.blob, pick >> 4) } : { blind: flipped(part.blind, pick >> 4) }
    rows.parts.set(seq, { ...part, ...changed })
  },
  'delete a private part that the cloud has not': ({ rows }, pick) =>
    rows.parts.delete([...rows.parts.keys()][pick % rows.parts.size] ?? 0),
  'move the base': ({ rows }, pick) => {
    if (rows.marks !== undefined) rows.marks = { ...rows.marks, base: { ...rows.marks.base, seq: pick % 64 } }
  },
}

/** Rows are never changed in place, so that copying the tables is enough. */
const copyOf = ({ rows }: MemoryDisk): MemoryDisk => ({
  rows: {
    ...rows,
    entries: new Map(rows.entries),
    parts: new Map(rows.parts),
    heads: new Map(rows.heads),
  },
  beforeWrite: () => {},
})

/** Writes the chain anew from one place on, as somebody would who knows everything but the key. */
function rewrite({ rows }: MemoryDisk, from: number): void {
  let previous: ChainPoint | undefined = rows.entries.get(from - 1)
  for (
    let entry = rows.entries.get(from);
    entry !== undefined && previous !== undefined;
    entry = rows.entries.get(entry.seq + 1)
  ) {
    const content = readEntry(entry.bytes)
    const bytes = toCanonical({ ...content, event: { kind: 'forged' } })
    const forged: StoredEntry = { ...entry, bytes, hash: chainHash(seals, previous.hash, bytes) }
    rows.entries.set(entry.seq, forged)
    previous = forged
  }
}

describe('verifying a journal (law 8)', () => {
  const whole = sample()

  it('passes an untouched one, trimmed and partly erased', () => {
    expect(verifyJournal(ports(copyOf(whole)))).toMatchObject({ ok: true, end: { seq: 150 } })
    expect(verifyJournal(ports(createMemoryDisk()))).toMatchObject({ ok: true, end: { seq: 0 } })
  })

  it('finds every one of 10,000 random edits, deletions, swaps and cuts', () => {
    const attack = fc.tuple(fc.constantFrom(...Object.keys(attacks)), fc.nat())
    fc.assert(
      fc.property(attack, ([name, pick]) => {
        const disk = copyOf(whole)
        attacks[name]?.(disk, pick)
        return !verifyJournal(ports(disk)).ok
      }),
      { numRuns: 10_000 },
    )
  }, 120_000)

  it('finds a chain rewritten anywhere below the last signed head', () => {
    for (let from = 66; from <= 150; from += 1) {
      const disk = copyOf(whole)
      rewrite(disk, from)
      expect(verifyJournal(ports(disk))).toMatchObject({ ok: false, refusal: 'head-differs' })
    }
  })

  it('finds a head signed by another key', () => {
    const other = { ...ports(copyOf(whole)), keys: seals.generate('p256') }
    expect(verifyJournal(other)).toEqual({ ok: false, refusal: 'head-differs', seq: 64 })
  })

  it('stops the opening where the tail was touched, and only there reads', () => {
    const tail = copyOf(whole)
    // `cut` counts from entry 65: 85 takes only the last entry, whose head stays.
    for (const cut of [85, 70, 10]) {
      attacks['cut the end']?.(tail, cut)
      expect(() => openJournal(ports(tail))).toThrow(expect.objectContaining({ code: 'journal-broken' }))
    }
    const old = copyOf(whole)
    attacks['edit bytes']?.(old, 3)
    expect(openJournal(ports(old)).head().seq).toBe(150)
    expect(verifyJournal(ports(old)).ok).toBe(false)
  })
})
