import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { describe, expect, it } from 'vitest'
import { type IdKind, idPrefixes } from '@holdfast/core/values/ids.ts'

type Fields = Readonly<Record<string, unknown>>

export type MessageClaims = {
  readonly schema: TSchema
  /** A whole one, with every optional field. */
  readonly good: Fields
  /** Fields that a caller may leave out; without every other one the message is refused. */
  readonly optional?: readonly string[]
  /** Also good: what changes. */
  readonly also?: readonly (readonly [what: string, change: Fields])[]
  /** Refused: what changes. */
  readonly bad: readonly (readonly [what: string, change: Fields])[]
}

/** An id of the kind; different letters make different ids. */
export const idOf = (kind: IdKind, last = 'z'): string => `${idPrefixes[kind]}_01hzzzzzzzzzzzzzzzzzzzzzz${last}`

export const nonce = '0123456789abcdef'.repeat(2)
export const digest = '0123456789abcdef'.repeat(4)
export const instants = { announced: 1_795_000_000_000, stored: 1_795_000_100_000, due: 1_795_064_900_000 }
export const place = {
  cabinet: idOf('cabinet'),
  name: 'North gate',
  siteName: '云景花园',
  address: '12 Willow Road, Hangzhou',
}
export const door = { compartment: idOf('compartment'), label: 'B07', size: 'M' }

/** What a body of HTTP must say and may not say: one whole example, and each way of spoiling it. */
export function describeMessage(name: string, { schema, good, optional = [], also = [], bad }: MessageClaims): void {
  const check = Compile(schema)
  const without = (field: string): Fields => Object.fromEntries(Object.entries(good).filter(([key]) => key !== field))
  const needed = Object.keys(good).filter((field) => !optional.includes(field))

  describe(`a body of HTTP: ${name}`, () => {
    it('takes a whole one', () => {
      expect([...check.Errors(good)]).toEqual([])
    })
    it.each(needed)('is refused without %s', (field) => {
      expect(check.Check(without(field))).toBe(false)
    })
    it.each(optional)('may leave out %s', (field) => {
      expect([...check.Errors(without(field))]).toEqual([])
    })
    it.each(also)('takes %s', (_what, change) => {
      expect([...check.Errors({ ...good, ...change })]).toEqual([])
    })
    it.each([['a field that nobody named', { more: 1 }] as const, ...bad])('refuses %s', (_what, change) => {
      expect(check.Check({ ...good, ...change })).toBe(false)
    })
  })
}
