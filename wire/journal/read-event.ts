import { Compile } from 'typebox/compile'
import type { CabinetEvent } from '@holdfast/core/cabinet/events.ts'
import { eventSchemas } from './events.ts'

const checks = new Map(eventSchemas.map((schema) => [typeName(schema.properties['type']), Compile(schema)]))

/** Undefined for an event that this program does not know, or that is not what its type promises. */
export const readEvent = (value: unknown): CabinetEvent | undefined => (isEvent(value) ? value : undefined)

function isEvent(value: unknown): value is CabinetEvent {
  if (typeof value !== 'object' || value === null || !('type' in value)) return false
  return typeof value.type === 'string' && checks.get(value.type)?.Check(value) === true
}

function typeName(schema: unknown): string {
  return typeof schema === 'object' && schema !== null && 'const' in schema ? String(schema.const) : ''
}
