import fc from 'fast-check'
import { Compile } from 'typebox/compile'
import { describe, expect, it } from 'vitest'
import { layoutSchema } from '@holdfast/wire/journal/events.ts'
import { parseLayout } from './parse-layout.ts'
import { type Problem, type Rule, fields, list, oneOf, whole, words } from './rules.ts'

const judge = (rule: Rule, value: unknown, path = ''): readonly Problem[] => {
  const problems: Problem[] = []
  rule(value, path, problems)
  return problems
}
const codes = (rule: Rule, value: unknown): readonly string[] => judge(rule, value).map(({ code }) => code)

describe('what is wrong in a layout file', () => {
  it.each([
    [0, []],
    [255, []],
    [-1, ['not-number']],
    [256, ['not-number']],
    [1.5, ['not-number']],
    ['7', ['not-number']],
    [null, ['not-number']],
    [Number.NaN, ['not-number']],
    [Number.POSITIVE_INFINITY, ['not-number']],
  ])('a whole number from 0 to 255: %s', (value, wrong) => expect(codes(whole(0, 255), value)).toEqual(wrong))

  it.each([
    ['A', []],
    ['A'.repeat(12), []],
    ['柜'.repeat(12), []],
    ['👋'.repeat(12), []],
    ['A'.repeat(13), ['not-text']],
    ['', ['not-text']],
    [7, ['not-text']],
  ])('words of at most twelve letters: %s', (value, wrong) => expect(codes(words(12), value)).toEqual(wrong))

  it.each([
    ['S', []],
    ['s', ['not-one-of']],
    ['toString', ['not-one-of']],
    [undefined, ['not-one-of']],
  ])('one of S and M: %s', (value, wrong) => expect(codes(oneOf('S', 'M'), value)).toEqual(wrong))

  it('is told by its place in a list, for each of its members', () => {
    expect(judge(list(whole(0, 9), 3), [1, 'x', 10], 'bodies')).toEqual([
      { path: 'bodies[1]', code: 'not-number', value: '0–9' },
      { path: 'bodies[2]', code: 'not-number', value: '0–9' },
    ])
    expect(codes(list(whole(0, 9), 3), [1, 2, 3])).toEqual([])
    expect(codes(list(whole(0, 9), 3), [1, 2, 3, 4])).toEqual(['too-many'])
    expect(codes(list(whole(0, 9), 3), { length: 0 })).toEqual(['not-list'])
  })

  it('is told by its name, what is missing and what nobody named', () => {
    const rule = fields({ a: whole(0, 9), b: words(3) }, { c: words(3) })
    expect(judge(rule, { a: 1, b: 'x', c: 'y' })).toEqual([])
    expect(judge(rule, { a: 1, b: 'x' })).toEqual([])
    expect(judge(rule, { a: 'x', d: 1 }, 'door')).toEqual([
      { path: 'door.b', code: 'missing' },
      { path: 'door.a', code: 'not-number', value: '0–9' },
      { path: 'door.d', code: 'unknown' },
    ])
    for (const value of [null, [], 'x', 1, undefined]) expect(codes(rule, value)).toEqual(['not-object'])
    expect(codes(rule, { a: 1, b: 'x', constructor: 1 })).toEqual(['unknown'])
  })
})

describe('a layout that this page would send', () => {
  const isLayout = Compile(layoutSchema)
  const mm = fc.oneof(fc.constantFrom(-1, 0, 100_000, 100_001, 0.5), fc.integer({ min: 0, max: 3000 }))
  const front = fc.record({ xMm: mm, yMm: mm, widthMm: mm, heightMm: mm })
  const compartment = fc.record({
    id: fc.constantFrom('cmp_01hzzzzzzzzzzzzzzzzzzzzzzz', 'cmp_1', 'dep_01hzzzzzzzzzzzzzzzzzzzzzzz'),
    label: fc.constantFrom('A', 'A'.repeat(12), 'A'.repeat(13), ''),
    body: fc.constantFrom(0, 1, -1),
    size: fc.constantFrom('S', 'XL', 'XXL'),
    inside: fc.record({ widthMm: mm, heightMm: mm, depthMm: mm }),
    front,
    lock: fc.record({
      line: fc.constantFrom('one', '', 'l'.repeat(32), 'l'.repeat(33)),
      board: fc.constantFrom(0, 255, 256),
      channel: fc.constantFrom(0, 255, 256, -1),
    }),
    witness: fc.constantFrom('latch', 'leaf', 'both'),
  })
  const body = fc.record(
    { kind: fc.constantFrom('mainCabinet', 'extensionCabinet', 'attic'), widthMm: mm, heightMm: mm, screen: front },
    { requiredKeys: ['kind', 'widthMm', 'heightMm'] },
  )
  const layout = fc.record({
    version: fc.constantFrom(0, 1, -1, 1.5),
    bodies: fc.array(body, { maxLength: 2 }),
    compartments: fc.array(compartment, { maxLength: 2 }),
  })

  it('is one that the wire takes, and the other way round', () => {
    let taken = 0
    fc.assert(
      fc.property(layout, (value) => {
        const read = parseLayout(value)
        expect([read.ok, JSON.stringify(value)]).toEqual([isLayout.Check(value), JSON.stringify(value)])
        if (read.ok) taken += 1
      }),
      { seed: 5, numRuns: 600 },
    )
    expect(taken).toBeGreaterThan(5)
  })
})
