import { type Cabinet, type Deposit, newCabinet } from '@holdfast/core/cabinet/state.ts'
import type { Compartment } from '@holdfast/core/compartment/compartment.ts'
import type { Door } from '@holdfast/core/door/door.ts'

type Stored = Omit<Cabinet, 'doors' | 'compartments' | 'deposits'> & {
  readonly shape: number
  readonly doors: readonly Door[]
  readonly compartments: readonly Compartment[]
  readonly deposits: readonly Deposit[]
}

/** Names what a stored state looks like: another shape is not read but folded anew from the facts. */
const shape = 1

/** As plain data: the store writes it as JSON. */
export function packCabinet(cabinet: Cabinet): object {
  const stored: Stored = {
    ...cabinet,
    shape,
    doors: [...cabinet.doors.values()],
    compartments: [...cabinet.compartments.values()],
    deposits: [...cabinet.deposits.values()],
  }
  return stored
}

/** Undefined for the state of another shape. */
export function unpackCabinet(state: unknown): Cabinet | undefined {
  if (!isStored(state)) return undefined
  const { shape: _, ...stored } = state
  return {
    // What this shape had no word for yet stands as in a new cabinet.
    ...newCabinet,
    ...stored,
    doors: new Map(stored.doors.map((door) => [door.id, door])),
    compartments: new Map(stored.compartments.map((compartment) => [compartment.id, compartment])),
    deposits: new Map(stored.deposits.map((deposit) => [deposit.id, deposit])),
  }
}

/** This program wrote it into its own database: only the shape is asked. */
const isStored = (value: unknown): value is Stored =>
  typeof value === 'object' && value !== null && 'shape' in value && value.shape === shape

/** The cloud keeps no tags of dead codes, only how many died. */
export const withoutUsedTags = (cabinet: Cabinet): Cabinet =>
  cabinet.usedTags.length === 0 ? cabinet : { ...cabinet, usedTags: newCabinet.usedTags }
