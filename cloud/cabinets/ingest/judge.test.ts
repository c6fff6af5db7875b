import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { newCabinet } from '@holdfast/core/cabinet/state.ts'
import { type Id, idToUuid } from '@holdfast/core/values/ids.ts'
import { runningMs } from '@holdfast/core/values/instants.ts'
import { openMessage } from '@holdfast/wire/cabinet/signed.ts'
import type { EnrolReply } from '@holdfast/wire/http/cabinets.ts'
import { chainStart } from '@holdfast/wire/seals/chain.ts'
import { readPublicKey } from '@holdfast/wire/seals/keys.ts'
import { createStandInSeals } from '@holdfast/wire/seals/stand-in.ts'
import {
  type ScriptedCabinet,
  createTestBroker,
  depositEvents,
  scriptCabinet,
  testId,
  testLayout,
  testOperator,
} from '../cabinets.testing.ts'
import { type Verdict, judgeFacts } from './judge.ts'
import { type FactsMessage, readFactsMessage } from './message.ts'
import type { CabinetRecord } from './records.ts'

const seals = createStandInSeals(8)
const ids = { cabinet: testId('cabinet', 1), incarnation: testId('incarnation', 1), operator: testOperator(1) }
const size = 12
/** The same in every telling, so that two journals may share their beginning. */
const part = { blind: seals.random(32), blob: seals.random(80) }

async function scripted(key = seals.generate('p256')): Promise<ScriptedCabinet> {
  const enrolled = { ...ids, shard: 1, cloudKeys: [] } as unknown as EnrolReply
  const cabinet = await scriptCabinet({ seals, link: createTestBroker().link(), key }, enrolled)
  cabinet.write({ type: 'cabinetStarted', boot: 1, at: runningMs(0) })
  cabinet.write({ type: 'layoutTaken', layout: testLayout(4, 1), at: runningMs(0) })
  const [begun, ...rest] = depositEvents(1, testId('compartment', 1000), { carrier: testId('carrier', 1) })
  if (begun === undefined) throw new Error('no event')
  cabinet.write({ event: begun, private: part }, ...rest)
  return cabinet
}

describe('a run of facts beside where the journal stands (law 8)', () => {
  let cabinet: ScriptedCabinet
  let fresh: CabinetRecord
  beforeAll(async () => {
    cabinet = await scripted()
    fresh = recordOf(cabinet)
  })

  function recordOf({ key }: ScriptedCabinet): CabinetRecord {
    const publicKey = readPublicKey(key.publicKey)
    if (publicKey === undefined) throw new Error('no key')
    const uuids = {
      cabinet: idToUuid(ids.cabinet),
      operator: idToUuid(ids.operator),
      incarnation: idToUuid(ids.incarnation as Id<'incarnation'>),
    }
    const { hash } = chainStart
    return { ...ids, key: publicKey, shard: 1, uuids, seq: 0, hash, state: newCabinet, snapshotSeq: 0 }
  }
  const read = (from: number, to: number, of = cabinet): FactsMessage => {
    const opened = openMessage(seals, new Map([[0, recordOf(of).key]]), 'facts', of.message(from, to))
    const message = opened.ok ? readFactsMessage(opened.body) : undefined
    if (message === undefined) throw new Error('not a facts message')
    return message
  }
  const judge = (record: CabinetRecord, message: FactsMessage): Verdict => judgeFacts(seals, record, message)
  const after = (record: CabinetRecord, verdict: Verdict): CabinetRecord => {
    const last = verdict.kind === 'follows' ? verdict.entries.at(-1) : undefined
    return last === undefined ? record : { ...record, seq: last.content.seq, hash: last.hash }
  }
  const at = (seq: number): CabinetRecord => (seq === 0 ? fresh : after(fresh, judge(fresh, read(1, seq))))

  it('says of every run at every place whether it follows, is old or leaves a gap', () => {
    for (let known = 0; known <= size; known += 1) {
      const record = at(known)
      for (let from = 1; from <= size; from += 1) {
        const verdict = judge(record, read(from, size))
        if (from > known + 1) expect(verdict.kind).toBe('gap')
        else expect(verdict).toMatchObject({ kind: 'follows', head: { seq: size } })
        if (verdict.kind === 'follows')
          expect(verdict.entries.map(({ content: { seq } }) => seq)).toEqual(
            Array.from({ length: size - known }, (_, i) => known + 1 + i),
          )
        if (from < known) expect(judge(record, read(from, known - 1))).toMatchObject({ kind: 'old', seq: known - 1 })
      }
    }
  })

  it('comes to the same end however the journal is cut, and whatever is told twice', () => {
    const cut = fc.integer({ min: 1, max: size })
    fc.assert(
      fc.property(fc.array(fc.tuple(cut, cut), { maxLength: 12 }), (runs) => {
        let record = fresh
        for (const [a, b] of runs) record = after(record, judge(record, read(Math.min(a, b), Math.max(a, b))))
        record = after(record, judge(record, read(1, size)))
        expect(record).toMatchObject({ seq: size, hash: at(size).hash })
      }),
      { seed: 8, numRuns: 60 },
    )
  })

  it('calls another past under the same numbers a fork, at the end and in the middle', async () => {
    const other = await scripted(cabinet.key)
    other.restoreTo(6)
    for (let boot = 2; boot < 8; boot += 1) other.write({ type: 'cabinetStarted', boot, at: runningMs(boot) })
    for (const [known, from] of [
      [7, 1],
      [7, 8],
      [12, 1],
      [12, 7],
    ] as const)
      expect([known, from, judge(at(known), read(from, size, other)).kind]).toEqual([known, from, 'forked'])
    expect(judge(at(6), read(7, size, other)).kind).toBe('follows')
    expect(judge(at(6), read(1, size, other)).kind).toBe('follows')
  })

  const spoilt: readonly (readonly [string, (message: FactsMessage) => FactsMessage])[] = [
    ['no entries', (m) => ({ ...m, entries: [] })],
    ['two entries in the wrong order', (m) => ({ ...m, entries: [...m.entries].reverse() })],
    ['one entry left out', (m) => ({ ...m, entries: m.entries.filter((_, i) => i !== 1) })],
    ['one entry twice', (m) => ({ ...m, entries: m.entries.flatMap((e, i) => (i === 1 ? [e, e] : [e])) })],
    [
      'an entry of another life of the cabinet',
      (m) => ({
        ...m,
        entries: m.entries.map((e) => ({ ...e, content: { ...e.content, incarnation: testId('incarnation', 2) } })),
      }),
    ],
    [
      'a head whose hash is another',
      (m) => ({ ...m, heads: m.heads.map((h) => ({ ...h, hash: new Uint8Array(32) })) }),
    ],
    [
      'a head whose signature is another',
      (m) => ({ ...m, heads: m.heads.map((h) => ({ ...h, signature: h.signature.map((b) => b ^ 1) })) }),
    ],
    [
      'a good head before one whose hash is another',
      (m) => ({ ...m, heads: m.heads.flatMap((h) => [h, { ...h, hash: new Uint8Array(32) }]) }),
    ],
    ['a head beyond the entries', (m) => ({ ...m, heads: m.heads.map((h) => ({ ...h, seq: h.seq + 1 })) })],
    [
      'a private part that its entry does not name',
      (m) => ({
        ...m,
        privates: new Map([...m.privates].map(([seq, part]) => [seq, { ...part, blob: seals.random(80) }])),
      }),
    ],
    [
      'a private part under another’s blind',
      (m) => ({
        ...m,
        privates: new Map([...m.privates].map(([seq, part]) => [seq, { ...part, blind: seals.random(32) }])),
      }),
    ],
    [
      'a private part of an entry that is not there',
      (m) => ({ ...m, privates: new Map([...m.privates].map(([, part]) => [99, part])) }),
    ],
    [
      'a private part for an entry that has none',
      (m) => ({ ...m, privates: new Map([...m.privates].map(([, part]) => [1, part])) }),
    ],
  ]
  it.each(spoilt)('takes nothing of a message with %s', (_, spoil) => {
    const good = read(1, size)
    expect(judge(fresh, good).kind).toBe('follows')
    expect(good.privates.size).toBe(1)
    expect(judge(fresh, spoil(good))).toEqual({ kind: 'tampered' })
  })

  it('takes facts whose private part is erased already', () => {
    expect(judge(fresh, { ...read(1, size), privates: new Map() }).kind).toBe('follows')
  })

  it('takes no head that another key signed', async () => {
    const stranger = await scripted()
    expect(judge(fresh, read(1, size, stranger)).kind).toBe('tampered')
  })
})
