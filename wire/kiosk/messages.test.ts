import { readFileSync, readdirSync } from 'node:fs'
import { Compile } from 'typebox/compile'
import { describe, expect, it } from 'vitest'
import { cabinetCodes } from '../codes/cabinet.ts'
import { locales } from '../codes/messages.ts'
import { kioskCodes } from './codes.ts'
import { inputSchema } from './inputs.ts'
import { kioskMessages } from './messages.ts'
import { showSchema } from './show.ts'

const folder = new URL('../examples/', import.meta.url)
const examples = readdirSync(folder)
  .filter((name) => name.startsWith('kiosk-'))
  .map((name) => ({ name, value: JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Record<string, unknown> }))

const kindsIn = (schema: { readonly anyOf: readonly object[] }): string[] =>
  schema.anyOf.flatMap((one) => {
    const { kind } = (one as { properties: { kind: { const?: string } } }).properties
    return kind.const ?? []
  })

describe('the messages of the kiosk', () => {
  it.each(examples)('$name is a valid example of its message', ({ name, value }) => {
    const schema = Object.entries(kioskMessages).find(([message]) => name.startsWith(`${message}.1`))?.[1]
    expect(schema).toBeDefined()
    if (schema !== undefined) expect([...Compile(schema).Errors(value)]).toEqual([])
  })

  it('have an example of every screen', () => {
    const shown = new Set(examples.map(({ value }) => (value['screen'] as { kind?: string } | undefined)?.kind))
    expect(kindsIn(showSchema.properties.screen).filter((kind) => !shown.has(kind))).toEqual([])
  })

  it('are closed: nothing unknown passes', () => {
    for (const { name, value } of examples) {
      const schema = Object.entries(kioskMessages).find(([message]) => name.startsWith(message))?.[1]
      if (schema !== undefined) expect(Compile(schema).Check({ ...value, more: 1 })).toBe(false)
    }
  })

  it('let nobody ask for a door by name', () => {
    expect(kindsIn(inputSchema)).not.toContain('open')
    expect(JSON.stringify(inputSchema)).not.toContain('compartment')
  })
})

describe('the words of the kiosk’s own codes', () => {
  it('are there in every language, and not twice', () => {
    for (const [code, { messages }] of Object.entries(kioskCodes)) {
      for (const locale of locales) expect(messages[locale].length).toBeGreaterThan(4)
      expect(code in cabinetCodes).toBe(false)
    }
  })
})
