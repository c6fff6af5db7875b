import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { idFromBytes } from '@holdfast/core/values/ids.ts'
import { toCanonical } from '../bytes/canonical.ts'
import { concatBytes } from '../bytes/concat.ts'
import { privateDigest } from '../seals/chain.ts'
import { createNodeSeals } from '../seals/node.ts'
import {
  type CarriedEntry,
  type CarriedFacts,
  carriedBytesMax,
  carriedFrom,
  openCarried,
  signCarried,
} from './facts.ts'

const seals = createNodeSeals()
const { publicKey, privateKey } = seals.generate('p256')
const sixteen = (value: number): Uint8Array => new Uint8Array(16).fill(value)
const ids = {
  cabinet: idFromBytes('cabinet', sixteen(1)),
  incarnation: idFromBytes('incarnation', sixteen(2)),
  deposit: idFromBytes('deposit', sixteen(3)),
}
const part = { blind: seals.random(32), blob: seals.random(300) }
const entry = (seq: number, more: object = {}): CarriedEntry => ({
  bytes: toCanonical({
    seq,
    incarnation: ids.incarnation,
    boot: 1,
    running: 5,
    wall: 6,
    trusted: false,
    event: { type: 'x' },
    ...more,
  }),
})
const sealed: CarriedEntry = { ...entry(7, { private: privateDigest(seals, part) }), private: part }
const facts: CarriedFacts = { ...ids, entries: [entry(3), sealed, entry(9)] }
const refusalOf = (bytes: Uint8Array, key = publicKey): string => {
  const read = openCarried(seals, key, bytes)
  return read.ok ? 'taken' : read.refusal
}

describe('facts that a phone carries', () => {
  it('come back as they were signed, entries and private parts byte for byte', () => {
    const read = openCarried(seals, publicKey, signCarried(seals, privateKey, facts))
    expect(read.ok && read.facts).toMatchObject({ ...ids, entries: facts.entries })
    expect(read.ok && read.facts.entries.map(({ content }) => content.seq)).toEqual([3, 7, 9])
  })

  it('say whose they claim to be before anything is believed', () => {
    const bytes = signCarried(seals, privateKey, facts)
    expect(carriedFrom(bytes)).toBe(ids.cabinet)
    expect(carriedFrom(bytes.subarray(0, 60))).toBeUndefined()
    expect(carriedFrom(new Uint8Array(carriedBytesMax + 1).fill(1))).toBeUndefined()
  })

  it('are refused with any bit flipped', () => {
    const bytes = signCarried(seals, privateKey, facts)
    for (let at = 0; at < bytes.length; at += 7) {
      const changed = bytes.map((byte, i) => (i === at ? byte ^ (1 << (at & 7)) : byte))
      expect(refusalOf(changed)).not.toBe('taken')
    }
  })

  it('are refused under another key, and under a signature for another purpose', () => {
    expect(refusalOf(signCarried(seals, privateKey, facts), seals.generate('p256').publicKey)).toBe('carried-forged')
    const bytes = signCarried(seals, privateKey, facts)
    const body = bytes.subarray(0, -64)
    expect(refusalOf(concatBytes(body, seals.sign(privateKey, { kind: 'facts', bytes: body })))).toBe('carried-forged')
  })

  it.each([
    ['out of turn', [entry(9), entry(3)]],
    ['twice', [entry(3), entry(3)]],
    ['of another incarnation', [entry(3, { incarnation: 'inc_x' })]],
    ['that are no entries', [{ bytes: toCanonical({ seq: 3 }) }]],
    ['whose private part is another', [{ ...sealed, private: { ...part, blob: seals.random(300) } }]],
    ['with a private part that no digest names', [{ ...entry(3), private: part }]],
  ])('are refused with entries %s, though the cabinet signed them', (_, entries) => {
    expect(refusalOf(signCarried(seals, privateKey, { ...facts, entries }))).toBe('carried-malformed')
  })

  it('are not made of nothing, nor of more than a phone can show', () => {
    expect(() => signCarried(seals, privateKey, { ...facts, entries: [] })).toThrow(RangeError)
    const many = Array.from({ length: 33 }, (_, n) => entry(n + 1))
    expect(() => signCarried(seals, privateKey, { ...facts, entries: many })).toThrow(RangeError)
    expect(() => signCarried(seals, privateKey, { ...facts, entries: [{ bytes: new Uint8Array(70_000) }] })).toThrow(
      RangeError,
    )
  })

  it('of any bytes are judged and never thrown', () => {
    const head = concatBytes(Uint8Array.of(1), sixteen(1), sixteen(2), sixteen(3))
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(refusalOf(bytes)).not.toBe('taken')
        expect(refusalOf(concatBytes(head, bytes))).not.toBe('taken')
      }),
    )
  })
})
