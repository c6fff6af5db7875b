import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Static, TSchema } from 'typebox'
import { Compile } from 'typebox/compile'

/** One JSON file that outlives the town's processes: whole or not there, readable by its owner alone. */
export interface Shelf<Value> {
  /** Undefined where there is none, or none that fits. */
  read(): Value | undefined
  write(value: Value): void
}

export function openShelf<Schema extends TSchema>(path: string, schema: Schema): Shelf<Static<Schema>> {
  const check = Compile(schema)
  return {
    read: () => {
      const found = parsed(path)
      return check.Check(found) ? found : undefined
    },
    write: (value) => writeWhole(path, value),
  }
}

export function writeWhole(path: string, value: unknown): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(`${path}.new`, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 })
  renameSync(`${path}.new`, path)
}

function parsed(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}
