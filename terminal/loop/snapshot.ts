import type { CabinetEvent } from '@holdfast/core/cabinet/events.ts'
import { newCabinet, type Cabinet, type Deposit } from '@holdfast/core/cabinet/state.ts'
import type { Compartment } from '@holdfast/core/compartment/compartment.ts'
import type { Door } from '@holdfast/core/door/door.ts'
import { eventSchemas } from '@holdfast/wire/journal/events.ts'
import { Compile } from 'typebox/compile'
import { journalFailure } from '../journal/failure.ts'

/** A state whose shape changed cannot be read by folding alone: the number names the shape. */
const shape = 1

interface Stored extends Omit<Cabinet, 'doors' | 'compartments' | 'deposits'> {
  readonly shape: number
  readonly doors: readonly Door[]
  readonly compartments: readonly Compartment[]
  readonly deposits: readonly Deposit[]
}

export function packCabinet(cabinet: Cabinet): Uint8Array {
  const stored: Stored = {
    ...cabinet,
    shape,
    doors: [...cabinet.doors.values()],
    compartments: [...cabinet.compartments.values()],
    deposits: [...cabinet.deposits.values()],
  }
  return new TextEncoder().encode(JSON.stringify(stored))
}

/** The cabinet's own bytes, under its own chain: only the shape is asked. */
export function unpackCabinet(bytes: Uint8Array): Cabinet {
  const { shape: found, ...stored }: Stored = JSON.parse(new TextDecoder().decode(bytes))
  if (found !== shape) throw journalFailure('journal-broken')
  return {
    // What this shape had no word for yet stands as in a new cabinet.
    ...newCabinet,
    ...stored,
    doors: new Map(stored.doors.map((door) => [door.id, door])),
    compartments: new Map(stored.compartments.map((compartment) => [compartment.id, compartment])),
    deposits: new Map(stored.deposits.map((deposit) => [deposit.id, deposit])),
  }
}

const checks = new Map(eventSchemas.map((schema) => [typeName(schema.properties['type']), Compile(schema)]))

/** Folding takes nothing but events that core knows. */
export function readEvent(value: unknown): CabinetEvent {
  if (!isEvent(value)) throw journalFailure('journal-broken')
  return value
}

/** Whether a later start could read it. */
export function isEvent(value: unknown): value is CabinetEvent {
  const type = typeof value === 'object' && value !== null && 'type' in value ? String(value.type) : ''
  return checks.get(type)?.Check(value) === true
}

function typeName(schema: unknown): string {
  return typeof schema === 'object' && schema !== null && 'const' in schema ? String(schema.const) : ''
}
