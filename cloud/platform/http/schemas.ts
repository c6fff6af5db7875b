import type { FastifySchemaCompiler } from 'fastify'
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { Value } from 'typebox/value'
import { unstorable } from '../unstorable.ts'

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Closes every object of a schema that does not say otherwise, so that an unknown field is an error, not a surprise. */
export function closed(schema: TSchema): TSchema {
  const done = close(schema)
  return isRecord(done) ? done : schema
}

function close(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(close)
  if (!isRecord(value)) return value
  // typebox keeps a schema's kind in hidden properties, which a spread would lose.
  const copy: Record<string, unknown> = Object.create(Object.prototype, Object.getOwnPropertyDescriptors(value))
  // The parts of an intersection would each refuse the other's fields.
  for (const [key, item] of Object.entries(value)) if (key !== 'allOf') copy[key] = close(item)
  const open = value['type'] === 'object' && isRecord(value['properties']) && !('additionalProperties' in value)
  if (open) copy['additionalProperties'] = false
  return copy
}

/** The converter cuts 1.5 down to a whole 1; what was not meant so stays text, for the schema to refuse. */
function converted(schema: TSchema, given: unknown): unknown {
  const value = Value.Convert(schema, structuredClone(given))
  if (!isRecord(given) || !isRecord(value)) return value
  const isCut = (key: string): boolean => typeof value[key] === 'number' && Number(given[key]) !== value[key]
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, isCut(key) ? given[key] : item]))
}

/** Paths and queries arrive as text and are converted to what their schema wants; bodies are taken as they are. */
export const validatorCompiler: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const compiled = Compile(schema)
  const isText = httpPart === 'querystring' || httpPart === 'params'
  return (given: unknown) => {
    const value = isText ? converted(schema, given) : given
    if (compiled.Check(value)) {
      const place = unstorable(value)
      if (place === undefined) return { value }
      const fields = [`${httpPart ?? ''}${place}: must hold no NUL and no half of a character`]
      return { error: Object.assign(new Error('request holds what is no text'), { fields }) }
    }
    const fields = compiled
      .Errors(value)
      .map(({ instancePath, message }) => `${httpPart ?? ''}${instancePath}: ${message}`)
    return { error: Object.assign(new Error('request does not match its schema'), { fields: fields.slice(0, 8) }) }
  }
}
