import Type, { type TString } from 'typebox'
import { idPrefixes, type IdKind } from '@holdfast/core/values/ids.ts'

/** A prefixed Crockford base32 id of one kind (wire.md). */
export const idField = (kind: IdKind): TString =>
  Type.String({ pattern: `^${idPrefixes[kind]}_[0-7][0-9a-hjkmnp-tv-z]{25}$` })

export const instantField = Type.Integer({ minimum: 0, maximum: 253402300799999, description: 'UTC milliseconds' })
export const runningField = Type.Integer({ minimum: 0, description: "milliseconds of the cabinet's running time" })
export const digestField = Type.String({ pattern: '^[0-9a-f]{64}$', description: 'SHA-256, hex' })
export const tagField = Type.String({ pattern: '^[0-9a-f]{64}$', description: 'keyed tag of a pickup code, hex' })
export const nonceField = Type.String({ pattern: '^[0-9a-f]{32}$' })
export const sizeField = Type.Enum(['S', 'M', 'L', 'XL'])
export const seqField = Type.Integer({ minimum: 1 })
export const epochField = Type.Integer({ minimum: 0, maximum: 4294967295 })
export const textField = (maxLength: number): TString => Type.String({ minLength: 1, maxLength })
/** Open: a language is added by its files, and an unknown one is answered in English. */
export const localeField = Type.String({ pattern: '^[a-z]{2,3}$' })

/** Objects on the wire are closed: an unknown field is an error, not an extension. */
export const closed = { additionalProperties: false } as const

/** What an order asked for, as the journal says it. */
export const orderKindField = Type.Enum([
  'open',
  'retire',
  'restore',
  'inspect',
  'renew',
  'hold',
  'give-back',
  'pickup',
  'release',
  'calm',
])
