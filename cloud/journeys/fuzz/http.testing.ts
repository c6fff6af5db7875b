import { bend } from '@holdfast/core/fuzz/bytes.testing.ts'
import type { Dice } from '@holdfast/core/fuzz/fuzz.testing.ts'
import { bendJson, nasty } from '@holdfast/core/fuzz/json.testing.ts'

interface Schema {
  readonly type?: string | undefined
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly minItems?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
}

interface Documented {
  readonly parameters?: readonly { readonly in: string; readonly name: string }[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> }
}

export interface Operation {
  /** `POST /v1/parcels/:parcel`, as the table of tenants has it. */
  readonly name: string
  readonly schema: Schema | undefined
  readonly queries: readonly string[]
  /** A call that its owner may make. */
  readonly url: string
  readonly body?: unknown
  readonly headers: Readonly<Record<string, string>>
}

export interface Asked {
  readonly name: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

/** What the document says of each route, without a call of its own yet. */
export function operationsOf(document: object): readonly Operation[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own document, whose form its own tests hold.
  const { paths } = document as { readonly paths: Readonly<Record<string, Readonly<Record<string, Documented>>>> }
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters = [], requestBody }]) => ({
      name: `${method.toUpperCase()} ${path.replaceAll(/\{([^}]+)\}/g, ':$1')}`,
      schema: requestBody?.content['application/json']?.schema,
      queries: parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name),
      url: path,
      headers: {},
    })),
  )
}

/** A value that the schema allows, or nearly: strings do not care for patterns. */
function fromSchema(dice: Dice, schema: Schema): unknown {
  if ('const' in schema) return schema.const
  const [one, ...others] = schema.enum ?? []
  if (one !== undefined) return dice.pick([one, ...others])
  const [first, ...rest] = schema.anyOf ?? schema.oneOf ?? []
  if (first !== undefined) return fromSchema(dice, dice.pick([first, ...rest]))
  if (schema.allOf !== undefined) return Object.assign({}, ...schema.allOf.map((part) => fromSchema(dice, part)))
  switch (schema.type) {
    case 'object': {
      const fields = Object.entries(schema.properties ?? {})
      const chosen = fields.filter(([name]) => schema.required?.includes(name) === true || dice.below(2) === 0)
      return Object.fromEntries(chosen.map(([name, field]) => [name, fromSchema(dice, field)]))
    }
    case 'array':
      return Array.from({ length: (schema.minItems ?? 0) + dice.below(3) }, () => fromSchema(dice, schema.items ?? {}))
    case 'integer':
    case 'number':
      return dice.pick([schema.minimum ?? 0, schema.maximum ?? 2 ** 31, dice.below(100), (schema.maximum ?? 0) + 1])
    case 'boolean':
      return dice.below(2) === 0
    case 'string':
      return dice
        .pick(['a', '文', 'x@y.example', '+8613800000011', ' '])
        .repeat(dice.pick([Math.max(1, schema.minLength ?? 1), Math.min(300, schema.maxLength ?? 20), 1]))
    case undefined:
    default:
      return dice.pick(nasty)
  }
}

const printable = (value: unknown): string => {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
  // A lone half of a character has no form in a URL.
  return encodeURIComponent(text.slice(0, 600).replaceAll(/\p{Surrogate}/gu, '%'))
}

function bentUrl(dice: Dice, { url, queries }: Operation): string {
  const segments = url.split('/')
  const at = 2 + dice.below(segments.length - 2)
  const bent = (): string => dice.pick([printable(dice.pick(nasty)), `${segments[at] ?? ''}0`, '%', '%00', '..', ''])
  const path = dice.below(3) === 0 ? segments.map((segment, nth) => (nth === at ? bent() : segment)).join('/') : url
  const [first, ...rest] = queries
  if (first === undefined || dice.below(2) === 0) return path
  const name = dice.pick([first, ...rest, 'limit', 'extra'])
  return `${path}${path.includes('?') ? '&' : '?'}${name}=${printable(dice.pick(nasty))}`
}

function bentBody(dice: Dice, { body, schema }: Operation): string | undefined {
  if (body === undefined && schema === undefined) return dice.below(4) === 0 ? '{}' : undefined
  const made = (): unknown => (schema === undefined ? {} : fromSchema(dice, schema))
  const value = dice.below(3) === 0 ? made() : (body ?? made())
  const text = JSON.stringify(dice.below(4) === 0 ? value : bendJson(dice, value)) ?? ''
  if (dice.below(8) > 0) return text
  const bytes = new TextEncoder().encode(text)
  return new TextDecoder().decode(bend(dice, bytes, [bytes, new TextEncoder().encode('{"a":[1,')]))
}

export function askedOf(dice: Dice, operation: Operation): Asked {
  const { name, headers } = operation
  const body = bentBody(dice, operation)
  const key = { 'idempotency-key': dice.pick(['k', 'k'.repeat(300), 'ключ', `k${dice.below(1_000_000)}`]) }
  const type =
    dice.below(20) === 0 ? { 'content-type': dice.pick(['text/plain', 'application/json; charset=x', 'x']) } : {}
  const extra = name.startsWith('POST') ? { ...key, ...type } : {}
  return {
    name,
    url: bentUrl(dice, operation),
    headers: { ...headers, ...extra },
    ...(body === undefined ? {} : { body }),
  }
}
