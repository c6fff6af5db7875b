import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeId } from '@holdfast/core/values/ids.ts'
import { instant, runningMs } from '@holdfast/core/values/instants.ts'
import { createNodeSeals } from '@holdfast/wire/seals/node.ts'
import { checked, withCheck } from './checked.ts'
import { openJournal } from './open.ts'
import { createMemoryDisk, createMemoryStore } from './store.memory.ts'
import type { Batch } from './store.ts'

const seals = createNodeSeals()
const keys = seals.generate('p256')
const incarnation = makeId('incarnation', instant(1), new Uint8Array(10))
const bytes = fc.uint8Array({ maxLength: 64 })

function flip(of: Uint8Array, bit: number): Uint8Array {
  const bent = Uint8Array.from(of)
  bent[bit >> 3] = (bent[bit >> 3] ?? 0) ^ (1 << (bit & 7))
  return bent
}

describe('a row beside the chain', () => {
  it('comes back as it was written', () => {
    fc.assert(
      fc.property(fc.string(), bytes, (name, value) => {
        expect(checked(seals, name, withCheck(seals, name, value))).toEqual(value)
      }),
    )
  })

  it('is noticed with any bit bent, cut anywhere, or under another name', () => {
    fc.assert(
      fc.property(bytes, fc.nat(), (value, at) => {
        const stored = withCheck(seals, 'card/1', value)
        expect(checked(seals, 'card/1', flip(stored, at % (stored.length * 8)))).toBeUndefined()
        expect(checked(seals, 'card/1', stored.subarray(0, at % stored.length))).toBeUndefined()
        expect(checked(seals, 'card/2', stored)).toBeUndefined()
      }),
    )
  })
})

describe('a journal on a disk that bends bits', () => {
  const moment = (running: number) => ({ running: runningMs(running), wall: instant(1), trusted: false })
  /** Written, then changed behind the journal's back, then opened again. */
  function rig(change: (disk: ReturnType<typeof createMemoryStore>) => Batch) {
    const disk = createMemoryDisk()
    const open = () => openJournal({ store: createMemoryStore(disk), seals, keys, incarnation })
    const journal = open()
    const entries = Array.from({ length: 64 }, (_, n) => ({ event: { n } }))
    journal.append(moment(1), entries, {
      kept: new Map([
        ['card/1', Uint8Array.of(1)],
        ['desired', Uint8Array.of(2)],
      ]),
      inbox: [{ id: 'ord_1', outcome: Uint8Array.of(3) }],
      snapshot: Uint8Array.of(4),
    })
    journal.append(moment(2), [{ event: { n: 64 } }])
    journal.acknowledge(64)
    return {
      journal,
      bend: () => {
        const store = createMemoryStore(disk)
        store.write(change(store))
        return open()
      },
    }
  }
  const bentKept = (name: string) =>
    rig((store) => ({ kept: new Map([[name, flip(store.kept().get(name) ?? new Uint8Array(), 70)]]) }))

  it('leaves out what is bent, says what it was, and keeps the rest', () => {
    const loaded = bentKept('card/1').bend().load()
    expect([loaded.bent, [...loaded.kept]]).toEqual([['card/1'], [['desired', Uint8Array.of(2)]]])
  })

  it('obeys no order again whose answer is bent (law 2)', () => {
    const journal = rig(() => ({
      inbox: [{ id: 'ord_1', outcome: Uint8Array.of(9), seenAt: runningMs(1) }],
    })).bend()
    expect([journal.seen('ord_1'), journal.seen('ord_2')]).toEqual([new Uint8Array(), undefined])
  })

  it('folds everything again where the snapshot is bent, and refuses where the beginning is trimmed', () => {
    const bent = { snapshot: { seq: 64, state: Uint8Array.of(9) } }
    const again = rig(() => bent)
      .bend()
      .load()
    expect([again.snapshot, again.after.length]).toEqual([undefined, 65])
    const trimmed = rig(() => bent)
    trimmed.journal.trim(runningMs(10_000), runningMs(1) as never)
    const journal = trimmed.bend()
    expect(() => journal.load()).toThrow(expect.objectContaining({ code: 'journal-broken' }))
  })

  it.each([
    ['a cursor that hides facts from the cloud', { acknowledged: 60 }],
    ['running time that ends a pause', { running: runningMs(9_000_000) }],
    ['another boot', { boot: 7 }],
  ])('refuses to start on marks that are bent: %s', (_name, change) => {
    const at = rig((store) => {
      const marks = store.marks()
      if (marks === undefined) throw new Error('no marks')
      return { marks: { ...marks, ...change } }
    })
    expect(() => at.bend()).toThrow(expect.objectContaining({ code: 'journal-broken' }))
    expect(() => bentKept('marks').bend()).toThrow(expect.objectContaining({ code: 'journal-broken' }))
  })
})
