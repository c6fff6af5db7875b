import { concatBytes } from '@holdfast/wire/bytes/concat.ts'
import type { Seals } from '@holdfast/wire/seals/seals.ts'

const checkLength = 8
const utf8 = new TextEncoder()

/**
 * What lies beside the chain is signed by nobody: it carries a check over its name and its bytes, so that a bent bit, or a
 * row in another's place, is noticed. Against a thief it helps nothing, nor need it: he could write rows of his own.
 */
export const withCheck = (seals: Seals, name: string, bytes: Uint8Array): Uint8Array =>
  concatBytes(checkOf(seals, name, bytes), bytes)

/** Undefined where it is not what was written. */
export function checked(seals: Seals, name: string, stored: Uint8Array): Uint8Array | undefined {
  const bytes = stored.subarray(checkLength)
  return seals.equal(stored.subarray(0, checkLength), checkOf(seals, name, bytes)) ? bytes : undefined
}

const checkOf = (seals: Seals, name: string, bytes: Uint8Array): Uint8Array =>
  seals.hash(concatBytes(utf8.encode(`${name}\0`), bytes)).subarray(0, checkLength)
