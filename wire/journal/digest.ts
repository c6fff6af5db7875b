import { digestInput } from '@holdfast/core/cabinet/digest.ts'
import type { Cabinet } from '@holdfast/core/cabinet/state.ts'
import { toCanonical } from '../bytes/canonical.ts'
import type { Seals } from '../seals/seals.ts'

/** What both sides compare after healing (law 12): SHA-256 over the canonical form of core's input, hex. */
export function cabinetDigest(seals: Seals, cabinet: Cabinet): string {
  const hash = seals.hash(toCanonical(digestInput(cabinet)))
  return [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
