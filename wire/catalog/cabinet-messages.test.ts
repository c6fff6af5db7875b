import { Compile } from 'typebox/compile'
import { describe, expect, it } from 'vitest'
import { parseCanonical, toCanonical } from '../bytes/canonical.ts'
import { eventSchemas } from '../journal/events.ts'
import { cabinetMessages, journalEntry } from './cabinet-messages.ts'
import { webhooks } from './webhooks.ts'

const kindsOf = (schema: object): readonly unknown[] => {
  const { anyOf } = schema as { anyOf?: readonly { properties: { kind?: { const?: unknown } } }[] }
  return (anyOf ?? []).map(({ properties }) => properties.kind?.const)
}

describe.each(Object.entries(cabinetMessages))('examples of %s', (_name, { schema, examples }) => {
  const check = Compile(schema)

  it.each(Object.entries(examples))('%s is what the schema says', (_example, message) => {
    expect([...check.Errors(message)]).toEqual([])
  })

  it.each(Object.entries(examples))('%s comes back from its canonical bytes', (_example, message) => {
    expect(parseCanonical(toCanonical(message))).toEqual({ ok: true, value: message })
  })

  it('show every kind of it', () => {
    const shown = new Set(Object.values(examples).map((message) => (message as { kind?: unknown }).kind))
    expect(kindsOf(schema).filter((kind) => !shown.has(kind))).toEqual([])
  })

  it.each(Object.entries(examples))('%s with a field that nobody named is refused', (_example, message) => {
    expect(check.Check({ ...(message as object), surprise: 1 })).toBe(false)
  })
})

describe('examples of journal entries', () => {
  const entry = Compile(journalEntry.schema)
  const examples: Readonly<Record<string, { readonly event: unknown }>> = journalEntry.examples

  it.each(Object.entries(examples))('%s is an entry with an event of its schema', (type, example) => {
    const schema = eventSchemas.find(({ properties }) => (properties.type as { const?: unknown }).const === type)
    expect(entry.Check(example)).toBe(true)
    expect(schema === undefined ? ['no schema'] : [...Compile(schema).Errors(example.event)]).toEqual([])
  })

  it('show every event', () => {
    expect(Object.keys(examples)).toHaveLength(eventSchemas.length)
  })
})

describe.each(Object.entries(webhooks))('examples of the webhook %s', (_name, { schema, examples }) => {
  it.each(Object.entries(examples))('%s is what the schema says', (_example, event) => {
    expect([...Compile(schema).Errors(event)]).toEqual([])
  })
})
