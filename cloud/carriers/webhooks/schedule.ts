import { type DurationMs, durationMs, hours, minutes, seconds } from '@holdfast/core/values/instants.ts'

/** pauses before the second attempt, the third …; the first is at once. */
const pauses = [
  seconds(5),
  minutes(5),
  minutes(30),
  hours(2),
  hours(5),
  hours(10),
  hours(14),
  hours(20),
  hours(24),
] as const

/** Beside the schedule: who cannot be reached at all is knocked at this often, by one delivery. */
export const knockPause = seconds(30)

/** Up to a tenth more, so that what failed together does not come back together. Undefined: given up. */
export function pauseAfter(attempts: number, random: Uint8Array): DurationMs | undefined {
  const pause = pauses[attempts - 1]
  return pause === undefined ? undefined : durationMs(Math.round(pause * (1 + (random[0] ?? 0) / 2550)))
}

const longestRest = hours(24)
/** RFC 9110's one preferred form. */
const httpDate = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/

/** `Retry-After` in seconds or as a date; undefined for anything else. */
export function readRetryAfter(text: string | undefined, nowMs: number): DurationMs | undefined {
  if (text === undefined) return undefined
  // `Date.parse` makes a date of nearly anything with a figure in it.
  const at = httpDate.test(text) ? Date.parse(text) : Number.NaN
  const wait = /^\d{1,9}$/.test(text) ? Number(text) * 1000 : at - nowMs
  return Number.isNaN(wait) ? undefined : durationMs(Math.min(longestRest, Math.max(0, wait)))
}
