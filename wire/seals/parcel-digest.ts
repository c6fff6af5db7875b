import type { CarrierId } from '@holdfast/core/values/ids.ts'
import type { Seals } from './seals.ts'

const utf8 = new TextEncoder()

/** What journal and cards say instead of a tracking number: SHA-256 over `<carrier id> NUL <number>`, hex. */
export function parcelDigest(seals: Seals, carrier: CarrierId, number: string): string {
  return [...seals.hash(utf8.encode(`${carrier}\0${number}`))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
}
