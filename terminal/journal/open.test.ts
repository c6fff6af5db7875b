import { describe, expect, it } from 'vitest'
import { makeId } from '@holdfast/core/values/ids.ts'
import { durationMs, hours, instant, runningMs } from '@holdfast/core/values/instants.ts'
import { privateDigest, readEntry, verifyHead } from '@holdfast/wire/seals/chain.ts'
import { createStandInSeals } from '@holdfast/wire/seals/stand-in.ts'
import { journalFailure } from './failure.ts'
import type { Journal, Moment } from './journal.ts'
import { openJournal } from './open.ts'
import { createMemoryDisk, createMemoryStore, type MemoryDisk } from './store.memory.ts'
import { verifyJournal } from './verify.ts'

const seals = createStandInSeals(1)
const keys = seals.generate('p256')
const incarnation = makeId('incarnation', instant(1), seals.random(10))
const at = (running: number): Moment => ({
  running: runningMs(running),
  wall: instant(1_700_000_000_000),
  trusted: false,
})
const open = (disk: MemoryDisk, other = incarnation): Journal =>
  openJournal({ store: createMemoryStore(disk), seals, keys, incarnation: other })
const verdict = (disk: MemoryDisk) => verifyJournal({ store: createMemoryStore(disk), seals, keys })
const blob = (value: number): Uint8Array => new Uint8Array(8).fill(value)

function fill(journal: Journal, count: number): void {
  for (let i = 0; i < count; i += 1) journal.append(at(journal.load().running + 1), [{ event: { kind: 'tick', i } }])
}

describe('journal', () => {
  it('numbers from 1 without gaps and writes canonical entries that say where, when and what', () => {
    const journal = open(createMemoryDisk())
    const made = journal.append(at(5), [{ event: { kind: 'b' } }, { event: { kind: 'a' } }])
    expect(made.map((entry) => entry.seq)).toEqual([1, 2])
    expect(new TextDecoder().decode(made[0]?.bytes)).toBe(
      `{"boot":1,"event":{"kind":"b"},"incarnation":"${incarnation}","running":5,"seq":1,"trusted":false,"wall":1700000000000}`,
    )
    expect(journal.head()).toEqual({ seq: 2, hash: made[1]?.hash })
    expect(journal.read(2, 9)).toEqual([expect.objectContaining({ seq: 2, bytes: made[1]?.bytes })])
  })

  it('goes on after a restart: same incarnation, next boot, same head', () => {
    const disk = createMemoryDisk()
    const first = open(disk)
    first.append(at(5), [{ event: { kind: 'a' } }])
    const second = open(disk, makeId('incarnation', instant(2), new Uint8Array(10)))
    expect([second.incarnation, second.boot, second.head()]).toEqual([incarnation, 2, first.head()])
    expect(readEntry(second.append(at(6), [{ event: {} }])[0]?.bytes ?? blob(0))?.boot).toBe(2)
    expect(verdict(disk).ok).toBe(true)
  })

  it('replays from the newest snapshot', () => {
    const disk = createMemoryDisk()
    const journal = open(disk)
    journal.append(at(1), [{ event: { n: 1 } }, { event: { n: 2 } }], { snapshot: blob(2) })
    journal.append(at(2), [{ event: { n: 3 } }], { kept: new Map([['cards', blob(7)]]) })
    const loaded = open(disk).load()
    expect(loaded.snapshot).toEqual({ seq: 2, state: blob(2) })
    expect(loaded.after.map((entry) => entry.event)).toEqual([{ n: 3 }])
    expect([...loaded.kept]).toEqual([['cards', blob(7)]])
    expect(loaded.running).toBe(2)
  })

  it('replays more entries than one page holds', () => {
    const journal = open(createMemoryDisk())
    journal.append(
      at(1),
      Array.from({ length: 2_500 }, (_, i) => ({ event: { i } })),
    )
    expect(journal.load().after.map((entry) => entry.seq)).toEqual(Array.from({ length: 2_500 }, (_, i) => i + 1))
  })

  it('answers a duplicate order with its stored outcome, for 30 days of running time', () => {
    const journal = open(createMemoryDisk())
    journal.append(at(10), [{ event: {} }], { inbox: [{ id: 'ord_1', outcome: blob(1) }] })
    journal.append(at(20), [], { inbox: [{ id: 'ord_1', outcome: blob(2) }] })
    expect([journal.seen('ord_1'), journal.seen('ord_2')]).toEqual([blob(2), undefined])
    const month = hours(720)
    journal.trim(runningMs(10 + month), durationMs(0))
    expect(journal.seen('ord_1')).toEqual(blob(2))
    journal.trim(runningMs(11 + month), durationMs(0))
    expect(journal.seen('ord_1')).toBeUndefined()
  })

  it.each(['journal-disk-full', 'journal-failed'] as const)(
    'leaves nothing of an append that ends in %s, then goes on',
    (code) => {
      const disk = createMemoryDisk()
      const journal = open(disk)
      fill(journal, 63)
      const head = journal.head()
      disk.beforeWrite = () => {
        throw journalFailure(code)
      }
      const append = () => journal.append(at(99), [{ event: {} }], { inbox: [{ id: 'ord_1', outcome: blob(1) }] })
      expect(append).toThrow(expect.objectContaining({ code }))
      expect([journal.head(), journal.heads(0), journal.seen('ord_1')]).toEqual([head, [], undefined])
      disk.beforeWrite = () => {}
      expect(append()[0]?.seq).toBe(64)
      expect(verdict(disk).ok).toBe(true)
    },
  )

  it('refuses an event with no canonical form and a running time that falls, keeping nothing', () => {
    const journal = open(createMemoryDisk())
    fill(journal, 2)
    expect(() => journal.append(at(9), [{ event: {} }, { event: { weight: 1.5 } }])).toThrow('canonical-not-integer')
    expect(() => journal.append(at(1), [{ event: {} }])).toThrow(RangeError)
    expect(journal.head().seq).toBe(2)
  })

  it('signs every 64th head, and one on demand', () => {
    const journal = open(createMemoryDisk())
    fill(journal, 130)
    expect(journal.heads(0).map((head) => head.seq)).toEqual([64, 128])
    const head = journal.signHead()
    expect([head.seq, journal.signHead()]).toEqual([130, head])
    expect(journal.heads(65).map((stored) => stored.seq)).toEqual([128, 130])
    for (const stored of journal.heads(0))
      expect(verifyHead(seals, keys.publicKey, { ...stored, incarnation })).toBe(true)
  })

  it('binds a private part by a blinded digest and erases it only once acknowledged (law 14)', () => {
    const disk = createMemoryDisk()
    const journal = open(disk)
    const [made] = journal.append(at(1), [{ event: {}, private: blob(3) }])
    const [stored] = journal.read(1, 1)
    expect(stored?.private).toMatchObject({ blob: blob(3), blind: expect.objectContaining({ length: 32 }) })
    const part = stored?.private ?? { blind: blob(0), blob: blob(0) }
    expect(readEntry(made?.bytes ?? blob(0))?.private).toBe(privateDigest(seals, part))
    expect([journal.erasePrivate(1), journal.read(1, 1)[0]?.private]).toEqual([false, part])
    journal.acknowledge(1)
    expect([journal.erasePrivate(1), journal.read(1, 1)[0]?.private]).toEqual([true, undefined])
    expect(verdict(disk).ok).toBe(true)
  })

  it('moves the cursor forward only and never beyond the head', () => {
    const disk = createMemoryDisk()
    const journal = open(disk)
    fill(journal, 3)
    expect([journal.acknowledge(2), journal.acknowledge(1), journal.acknowledge(4)]).toEqual([true, true, false])
    expect([journal.acknowledged(), open(disk).acknowledged()]).toEqual([2, 2])
  })

  it('trims only what is acknowledged, behind a snapshot, before a signed head and old', () => {
    const disk = createMemoryDisk()
    const journal = open(disk)
    fill(journal, 200)
    const first = (): number | undefined => journal.read(1, 1)[0]?.seq
    const trim = (): number | undefined => (journal.trim(runningMs(300), durationMs(150)), first())
    expect(trim()).toBe(1)
    journal.acknowledge(190)
    expect(trim()).toBe(1)
    journal.append(at(201), [], { snapshot: blob(1) })
    expect(trim()).toBe(129)
    expect([verdict(disk).ok, open(disk).head()]).toEqual([true, journal.head()])
    fill(journal, 1)
    expect(journal.head().seq).toBe(201)
  })

  it('persists running time between entries and never lets it fall', () => {
    const disk = createMemoryDisk()
    const journal = open(disk)
    fill(journal, 1)
    journal.saveRunning(runningMs(500))
    journal.saveRunning(runningMs(400))
    expect(open(disk).load().running).toBe(500)
    expect(() => journal.append(at(499), [{ event: {} }])).toThrow(RangeError)
  })
})
