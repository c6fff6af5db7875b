import fc from 'fast-check'
import { Type, type TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { describe, expect, it } from 'vitest'
import { closed, validatorCompiler } from './schemas.ts'

type Part = 'body' | 'querystring' | 'params'
type Judged = { readonly value?: unknown; readonly error?: Error & { readonly fields?: readonly string[] } }

function judge(schema: TSchema, httpPart: Part, given: unknown): Judged {
  const compiled = validatorCompiler({ schema, httpPart, method: 'POST', url: '/' })
  return compiled(given) as Judged
}
const fieldsOf = (schema: TSchema, given: unknown, part: Part = 'body') => judge(schema, part, given).error?.fields

describe('a schema that is closed', () => {
  const person = Type.Object({ name: Type.String(), home: Type.Object({ city: Type.String() }) })
  const home = { city: 'Suwon' }
  it.each([
    ['at the top', person, { name: 'Kim', home, more: 1 }],
    ['further in', person, { name: 'Kim', home: { ...home, more: 1 } }],
    ['in a list', Type.Array(person), [{ name: 'Kim', home, more: 1 }]],
    ['in a choice', Type.Union([person, Type.String()]), { name: 'Kim', home, more: 1 }],
  ])('refuses a field that it does not know, %s', (_, schema, given) => {
    expect(Compile(schema).Check(given)).toBe(true)
    expect(Compile(closed(schema)).Check(given)).toBe(false)
  })

  it('leaves open what says that it is open, and what is put together of parts', () => {
    const open = Type.Object({ name: Type.String() }, { additionalProperties: true })
    expect(Compile(closed(open)).Check({ name: 'Kim', more: 1 })).toBe(true)
    const both = Type.Intersect([Type.Object({ a: Type.String() }), Type.Object({ b: Type.String() })])
    expect(Compile(closed(both)).Check({ a: '1', b: '2' })).toBe(true)
  })

  it('takes everything that it took before, without the strangers', () => {
    const schema = Type.Object({ a: Type.Integer(), b: Type.Optional(Type.Array(Type.Object({ c: Type.Boolean() }))) })
    const good = fc.record({ a: fc.integer(), b: fc.array(fc.record({ c: fc.boolean() })) }, { requiredKeys: ['a'] })
    fc.assert(
      fc.property(good, (value) => Compile(closed(schema)).Check(value)),
      { seed: 1, numRuns: 60 },
    )
  })

  it('does not change the schema that it was given', () => {
    const before = JSON.stringify(person)
    closed(person)
    expect(JSON.stringify(person)).toBe(before)
  })
})

describe('a request that is judged', () => {
  const paging = Type.Object({ limit: Type.Integer({ minimum: 1, maximum: 100 }) })

  it.each(['1.5', '99.999', '1e-1'])('is refused where a whole number is wanted and %s stands there', (limit) => {
    expect(fieldsOf(paging, { limit }, 'querystring')).toEqual(['querystring/limit: must be integer'])
  })

  it.each([
    ['querystring', '7', 7],
    ['params', '7', 7],
  ] as const)('has its %s turned from text into what the schema wants', (part, limit, value) => {
    expect(judge(paging, part, { limit })).toEqual({ value: { limit: value } })
  })

  it.each([
    [0, false],
    [1, true],
    [100, true],
    [101, false],
  ])('keeps to its limits: %d', (limit, fits) => {
    expect('value' in judge(paging, 'querystring', { limit: String(limit) })).toBe(fits)
  })

  it('has its body taken as it is: a number in quotes is no number', () => {
    expect(fieldsOf(paging, { limit: '7' })?.[0]).toMatch(/^body\/limit: /)
  })

  it('is told what is wrong by place, at most eight places', () => {
    const wide = Type.Object(Object.fromEntries('abcdefghijkl'.split('').map((name) => [name, Type.Integer()])))
    const wrong = Object.fromEntries('abcdefghijkl'.split('').map((name) => [name, 'x']))
    const fields = fieldsOf(wide, wrong)
    expect(fields).toHaveLength(8)
    expect(fields?.[0]).toMatch(/^body\/a: /)
  })

  const text = Type.Object({ name: Type.String(), tags: Type.Optional(Type.Array(Type.String())) })
  it.each([
    ['a NUL', { name: 'a\0b' }, 'body/name'],
    ['the first half of a character', { name: 'a\ud83d' }, 'body/name'],
    ['the second half of a character', { name: '\ude00a' }, 'body/name'],
    ['a NUL deep inside', { name: 'a', tags: ['fine', '\0'] }, 'body/tags/1'],
  ])('holds no %s, which no database takes', (_, given, place) => {
    expect(fieldsOf(text, given)).toEqual([`${place}: must hold no NUL and no half of a character`])
  })

  it('may hold any character that is whole', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        const storable = !name.includes('\0')
        expect('value' in judge(text, 'body', { name })).toBe(storable)
      }),
      { seed: 2, numRuns: 200 },
    )
  })
})
