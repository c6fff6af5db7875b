import { readdirSync, readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { Compile } from 'typebox/compile'
import { describe, expect, it } from 'vitest'
import { bendJson } from '@holdfast/core/fuzz/json.testing.ts'
import { diceOf } from '@holdfast/core/fuzz/fuzz.testing.ts'
import { parseCanonical, toCanonical } from '../bytes/canonical.ts'
import { kioskMessages } from './messages.ts'

type Json = Readonly<Record<string, unknown>>

const folder = new URL('../examples/', import.meta.url)
const checks = new Map(Object.entries(kioskMessages).map(([name, schema]) => [name, Compile(schema)]))
const examples = readdirSync(folder)
  .filter((name) => name.startsWith('kiosk-'))
  .map((file) => {
    const check = [...checks].find(([name]) => file.startsWith(`${name}.`))?.[1]
    if (check === undefined) throw new Error(`no schema for ${file}`)
    return { file, check, value: JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Json }
  })

/** Every place in a message, as the names that lead there. */
function* placesIn(value: unknown, path: readonly string[] = []): Generator<readonly string[]> {
  if (typeof value !== 'object' || value === null) return
  for (const [name, inner] of Object.entries(value)) {
    yield [...path, name]
    yield* placesIn(inner, [...path, name])
  }
}

/** The same message with one place changed; `undefined` takes the field out. */
function changed(value: unknown, [name, ...rest]: readonly string[], to: unknown): unknown {
  if (name === undefined) return to
  if (Array.isArray(value))
    return to === undefined && rest.length === 0
      ? value.filter((_, i) => String(i) !== name)
      : value.map((each, i) => (String(i) === name ? changed(each, rest, to) : each))
  const { [name]: inner, ...others } = value as Json
  const next = changed(inner, rest, to)
  return next === undefined ? others : { ...others, [name]: next }
}

describe('a message between terminal and touchscreen', () => {
  it.each(examples)('$file comes back whole from its canonical bytes, and from no part of them', ({ value }) => {
    const bytes = toCanonical(value)
    expect(parseCanonical(bytes)).toMatchObject({ ok: true, value })
    for (let cut = 0; cut < bytes.length; cut += Math.max(1, bytes.length >> 5))
      expect(parseCanonical(bytes.slice(0, cut)).ok).toBe(false)
  })

  it.each(examples)('$file takes no number, list or nothing in the place of a word', ({ check, value }) => {
    for (const path of placesIn(value)) {
      const was = path.reduce<unknown>((inner, name) => (inner as Json)[name], value)
      if (typeof was !== 'string') continue
      for (const other of [7, [was], { was }, true]) expect(check.Check(changed(value, path, other))).toBe(false)
    }
  })

  it.each(examples)('$file takes no word, half or list in the place of a number, nor a number for a claim', (one) => {
    for (const path of placesIn(one.value)) {
      const was = path.reduce<unknown>((inner, name) => (inner as Json)[name], one.value)
      const others =
        typeof was === 'number' ? [String(was), was + 0.5, [was]] : typeof was === 'boolean' ? [0, 'no'] : []
      for (const other of others) expect(one.check.Check(changed(one.value, path, other))).toBe(false)
    }
  })

  it.each(examples)('$file has no place for what nobody named, at any depth', ({ check, value }) => {
    for (const path of [[], ...placesIn(value)]) {
      const inner = path.reduce<unknown>((at, name) => (at as Json)[name], value)
      if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) continue
      expect(check.Check(changed(value, [...path, 'compartmentToOpen'], 'cmp_1'))).toBe(false)
    }
  })

  it.each(examples)('$file is no other message: each schema takes its own alone', ({ check, value }) => {
    for (const other of checks.values()) if (other !== check) expect(other.Check(value)).toBe(false)
    for (const v of [0, 2, '1', null]) expect(check.Check({ ...value, v })).toBe(false)
  })

  it('bent anywhere is judged and never thrown, and what passes still is of its message and version', () => {
    const seeds = fc.tuple(fc.nat(), fc.constantFrom(...examples))
    fc.assert(
      fc.property(seeds, ([seed, { check, value }]) => {
        const bent = bendJson(diceOf(seed), value)
        if (!check.Check(bent)) return
        expect(bent).toMatchObject({ v: value['v'], message: value['message'] })
      }),
      { numRuns: 1_000 },
    )
  })
})
