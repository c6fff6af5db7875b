import type { Round, RoundItem } from '@holdfast/wire/http/courier/day.ts'

const numbersAtMost = 300

/** A column out of a table, a line with commas, one number: all the same. */
export function numbersIn(text: string): readonly string[] {
  const found = text
    .split(/[\s,;，；、]+/u)
    .map((each) => each.trim().slice(0, 64))
    .filter((each) => each !== '')
  return [...new Set(found)].slice(0, numbersAtMost)
}

export type ConsentCounts = Readonly<Record<RoundItem['consent'], number>>

/** What is still to come: parcels behind doors are no question any more. */
export function countsOf(items: readonly RoundItem[]): ConsentCounts {
  const counts = { none: 0, asked: 0, unanswered: 0, given: 0, declined: 0 }
  for (const { consent, state } of items) if (state === 'expected') counts[consent] += 1
  return counts
}

/** What was scanned last stands first, then what was not scanned, in the list's own order. */
export function scannedFirst(items: readonly RoundItem[], taken: readonly string[]): readonly RoundItem[] {
  const rank = ({ parcel }: RoundItem): number => taken.indexOf(parcel)
  return [...items].sort((left, right) => rank(right) - rank(left))
}

const soonMs = 3_000

/** Somebody was asked and may still answer: looked at again soon. */
export const pollOf = (round: Round): number | undefined => {
  const { asked, unanswered } = countsOf(round.items)
  return asked + unanswered > 0 ? soonMs : undefined
}
