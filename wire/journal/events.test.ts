import type { CabinetEvent } from '@holdfast/core/cabinet/events.ts'
import { Compile } from 'typebox/compile'
import { describe, expect, it } from 'vitest'
import { newCabinet } from '@holdfast/core/cabinet/state.ts'
import { evolveCabinet } from '@holdfast/core/cabinet/evolve.ts'
import { parseCanonical, toCanonical } from '../bytes/canonical.ts'
import { eventSchemas, privatePartSchema } from './events.ts'
import { alsoGood, eventExamples, neverGood } from './events.testing.ts'

const typeOf = (schema: (typeof eventSchemas)[number]): unknown => (schema.properties.type as { const?: unknown }).const

describe('journal events on the wire', () => {
  it('have one schema for each event that core can say, and no other', () => {
    expect(new Set(eventSchemas.map(typeOf))).toEqual(new Set(Object.keys(eventExamples)))
    expect(eventSchemas).toHaveLength(Object.keys(eventExamples).length)
  })

  it('are closed: a field that nobody named is an error', () => {
    const shut = eventSchemas.find((schema) => typeOf(schema) === 'doorShut')
    const check = Compile(shut ?? eventSchemas[0] ?? privatePartSchema)
    const event = { type: 'doorShut', door: 'cmp_01hzzzzzzzzzzzzzzzzzzzzzzz', witness: 'latch', at: 7 }
    expect(check.Check(event)).toBe(true)
    expect(check.Check({ ...event, phone: '+8613812345678' })).toBe(false)
    expect(check.Check({ ...event, at: 7.5 })).toBe(false)
    expect(check.Check({ ...event, door: 'cab_01hzzzzzzzzzzzzzzzzzzzzzzz' })).toBe(false)
  })
})

const examples = Object.values(eventExamples)
const schemaOf = (type: CabinetEvent['type']) => {
  const schema = eventSchemas.find((one) => typeOf(one) === type)
  if (schema === undefined) throw new Error(`no schema of ${type}`)
  return Compile(schema)
}

describe('each event of a journal', () => {
  it.each(examples)('$type has an example that its schema takes', (event) => {
    expect([...schemaOf(event.type).Errors(event)]).toEqual([])
  })

  it.each(examples)('$type is whole: nothing of it may be left out', (event) => {
    const fits = Object.keys(event).filter((field) =>
      schemaOf(event.type).Check(Object.fromEntries(Object.entries(event).filter(([key]) => key !== field))),
    )
    expect(fits).toEqual([])
  })

  it.each(examples)('$type names no person, and nothing that opens (law 14)', (event) => {
    for (const more of [{ phone: '+8613800000011' }, { trackingNumber: 'SF1' }, { code: '012345678' }, { name: 'Li' }])
      expect(schemaOf(event.type).Check({ ...event, ...more })).toBe(false)
  })

  it.each(examples)('$type is no other: a schema takes its own type alone', (event) => {
    const takers = eventSchemas.filter((schema) => Compile(schema).Check(event)).map(typeOf)
    expect(takers).toEqual([event.type])
  })

  it.each(examples)('$type comes back from its bytes as it was', (event) => {
    expect(parseCanonical(toCanonical(event))).toEqual({ ok: true, value: event })
  })

  it.each(examples)('$type is folded by an empty cabinet without a fall: folding is total', (event) => {
    expect(() => evolveCabinet(newCabinet, event)).not.toThrow()
  })

  it.each(alsoGood)('%s may say %o', (type, change) => {
    expect([...schemaOf(type).Errors({ ...eventExamples[type], ...change })]).toEqual([])
  })

  it.each(neverGood)('%s never holds %s', (type, _what, change) => {
    expect(schemaOf(type).Check({ ...eventExamples[type], ...change })).toBe(false)
  })
})

describe('a private part', () => {
  const check = Compile(privatePartSchema)
  const parcel = {
    digest: '0123456789abcdef'.repeat(4),
    carrier: 'car_01hzzzzzzzzzzzzzzzzzzzzzzz',
    number: 'SF1000000000001',
  }
  const whole = {
    parcels: [parcel],
    phone: '+8613800000011',
    codes: [
      { generation: 0, code: '012345678' },
      { generation: 1, code: '112345678' },
    ],
  }

  it.each(['parcels', 'phone', 'codes'])('may be without %s', (field) => {
    expect(check.Check(whole)).toBe(true)
    expect(check.Check(Object.fromEntries(Object.entries(whole).filter(([key]) => key !== field)))).toBe(true)
  })

  it.each([
    ['a name', { name: 'Li' }],
    ['a phone as it was typed', { phone: '138 0000 0011' }],
    ['a phone without its country', { phone: '13800000011' }],
    ['a code with spaces', { codes: [{ generation: 0, code: '012 345 678' }] }],
    ['a code whose leading zero is lost', { codes: [{ generation: 0, code: 12_345_678 }] }],
    ['three codes', { codes: [...whole.codes, { generation: 2, code: '212345678' }] }],
    ['a parcel without its number', { parcels: [{ ...parcel, number: '' }] }],
  ])('has no place for %s', (_what, change) => {
    expect(check.Check({ ...whole, ...change })).toBe(false)
  })
})
