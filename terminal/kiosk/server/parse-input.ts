import { Compile } from 'typebox/compile'
import { inputSchema, type KioskInput } from '@holdfast/wire/kiosk/inputs.ts'

const inputs = Compile(inputSchema)

/** Undefined for whatever is no input of this version. */
export function parseInput(text: string): KioskInput | undefined {
  try {
    const read: unknown = JSON.parse(text)
    return inputs.Check(read) ? read : undefined
  } catch {
    return undefined
  }
}
