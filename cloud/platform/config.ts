import type { Static, TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { failure } from './failure.ts'

/**
 * Parses a configuration once, at the start: text is converted to what the schema wants, defaults are filled in, and
 * everything wrong is told at once with `config-invalid`. Values are never repeated: they may be secrets.
 */
export function parseConfig<Schema extends TSchema>(schema: Schema, given: unknown, source: string): Static<Schema> {
  const value = Value.Convert(schema, Value.Default(schema, structuredClone(given)))
  if (Value.Check(schema, value)) return value
  const wrong = Value.Errors(schema, value).map(({ instancePath, message }) => `${instancePath || '/'} ${message}`)
  throw failure('config-invalid', `${source}: ${wrong.join('; ')}`)
}
