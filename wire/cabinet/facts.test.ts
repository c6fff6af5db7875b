import { Compile } from 'typebox/compile'
import { describe, expect, it } from 'vitest'
import entries from '../examples/entry.v1.json' with { type: 'json' }
import facts from '../examples/facts.v1.json' with { type: 'json' }
import { entrySchema, factsHeaderSchema, factsPerMessage } from './facts.ts'

const header = Compile(factsHeaderSchema)
const [good] = Object.values(facts)
const part = { seq: 1, blind: 'a'.repeat(43), blob: 'b'.repeat(200) }
const head = { seq: 1, hash: 'a'.repeat(43), signature: 'b'.repeat(86) }
const times = <Item>(count: number, item: Item): Item[] => Array.from({ length: count }, () => item)

describe('a header of facts', () => {
  it('carries a private part and a head for each of its entries, and not one more', () => {
    const full = { ...good, privates: times(factsPerMessage, part), heads: times(factsPerMessage, head) }
    expect(header.Check(full)).toBe(true)
    expect(header.Check({ ...full, privates: times(factsPerMessage + 1, part) })).toBe(false)
    expect(header.Check({ ...full, heads: times(factsPerMessage + 1, head) })).toBe(false)
  })

  it.each([
    ['another version', { v: 2 }],
    ['a number below one', { from: 0 }],
    ['a number that is none', { from: 1.5 }],
    ['the id of something else', { cabinet: good?.incarnation }],
    ['no privates', { privates: undefined }],
    ['a blob beyond its limit', { privates: [{ ...part, blob: 'b'.repeat(65_537) }] }],
    ['a blind beyond its limit', { privates: [{ ...part, blind: 'b'.repeat(65) }] }],
    ['a signature beyond its limit', { heads: [{ ...head, signature: 'b'.repeat(129) }] }],
    ['a private part with a name', { privates: [{ ...part, phone: '+8613800138000' }] }],
  ])('with %s is refused', (_name, change) => {
    expect(header.Check({ ...good, ...change })).toBe(false)
  })
})

describe('a journal entry on the wire', () => {
  const entry = Compile(entrySchema)
  const [written] = Object.values(entries)

  it.each([
    ['boot 0', { boot: 0 }],
    ['running time below zero', { running: -1 }],
    ['a clock with a fraction', { wall: 0.5 }],
    ['trust that is a word', { trusted: 'yes' }],
    ['a field that nobody named', { phone: '1' }],
    ['a digest beyond its limit', { private: 'a'.repeat(65) }],
  ])('with %s is refused', (_name, change) => {
    expect(entry.Check(written)).toBe(true)
    expect(entry.Check({ ...written, ...change })).toBe(false)
  })
})
