import type { Dice } from './fuzz.testing.ts'

export function flip(bytes: Uint8Array, ...bits: readonly number[]): Uint8Array {
  const bent = bytes.slice()
  for (const bit of bits) bent[bit >> 3] = (bent[bit >> 3] ?? 0) ^ (1 << (bit & 7))
  return bent
}

/** Every single bit and every pair of bits of so many bytes. */
export function* flips(length: number): Generator<readonly number[]> {
  for (let one = 0; one < length * 8; one += 1) {
    yield [one]
    for (let other = 0; other < one; other += 1) yield [other, one]
  }
}

export const noise = (dice: Dice, longest: number, shortest = 0): Uint8Array =>
  Uint8Array.from({ length: shortest + dice.below(longest - shortest + 1) }, () => dice.below(256))

export const joined = (...parts: readonly Uint8Array[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => [...part]))

type Bend = (dice: Dice, bytes: Uint8Array, other: Uint8Array) => Uint8Array

const place = (dice: Dice, bytes: Uint8Array): number => dice.below(bytes.length + 1)

/** What lines, disks and strangers do to bytes. */
const bends: readonly [Bend, ...Bend[]] = [
  (dice, bytes) => flip(bytes, dice.below(bytes.length * 8)),
  (dice, bytes) => flip(bytes, dice.below(bytes.length * 8), dice.below(bytes.length * 8)),
  (dice, bytes) => bytes.slice(0, place(dice, bytes)),
  (dice, bytes) => bytes.slice(place(dice, bytes)),
  (dice, bytes, other) => joined(bytes.slice(0, place(dice, bytes)), other.slice(place(dice, other))),
  (dice, bytes) => {
    const at = place(dice, bytes)
    return joined(bytes.slice(0, at), noise(dice, 6), bytes.slice(at))
  },
  (dice, bytes) => {
    const at = place(dice, bytes)
    return joined(bytes.slice(0, at), bytes.slice(at + 1 + dice.below(3)))
  },
  (_, bytes) => joined(bytes, bytes),
  (_, bytes, other) => joined(other, bytes),
  (_, bytes, other) => joined(bytes, other),
  (dice, bytes) => noise(dice, bytes.length * 2),
  (_, bytes) => bytes,
]

/** One to three bends; `others` lend what is spliced in. */
export function bend(dice: Dice, bytes: Uint8Array, others: readonly [Uint8Array, ...Uint8Array[]]): Uint8Array {
  let bent = bytes
  for (let left = 1 + dice.below(3); left > 0; left -= 1) bent = dice.pick(bends)(dice, bent, dice.pick(others))
  return bent
}
