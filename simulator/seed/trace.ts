import { concatBytes } from '@holdfast/wire/bytes/concat.ts'
import type { Seals } from '@holdfast/wire/seals/seals.ts'

/** Everything that happened, in order, as one hash: two runs of a seed are equal when their hashes are (law 15). */
export interface Trace {
  add(kind: string, bytes: Uint8Array | string): void
  /** Hex. */
  hash(): string
  length(): number
}

export function createTrace({ hash }: Pick<Seals, 'hash'>): Trace {
  let last: Uint8Array = new Uint8Array(32)
  let length = 0
  const utf8 = new TextEncoder()
  return {
    add: (kind, bytes) => {
      length += 1
      last = hash(concatBytes(last, utf8.encode(`${kind}\n`), typeof bytes === 'string' ? utf8.encode(bytes) : bytes))
    },
    hash: () => [...last].map((byte) => byte.toString(16).padStart(2, '0')).join(''),
    length: () => length,
  }
}
