import { after, between, type DurationMs, durationMs, type Instant } from '../values/instants.ts'

/** A stretch of time that does not count: the site was closed, or the cabinet could not be reached. */
export interface Pause {
  readonly from: Instant
  readonly to: Instant
}

/** When a wait that begins at `start` has lasted `keep`, counting only what lies outside the pauses. */
export function keptUntil(start: Instant, keep: DurationMs, pauses: readonly Pause[]): Instant {
  let until = after(start, keep)
  let counted = start
  for (const { from, to } of [...pauses].sort((left, right) => left.from - right.from)) {
    if (from >= until) break
    const begun = from > counted ? from : counted
    if (to <= begun) continue
    until = after(until, between(begun, to))
    counted = to
  }
  return until
}

/** How long the wait lasts by the clock on the wall. */
export const keptFor = (start: Instant, keep: DurationMs, pauses: readonly Pause[]): DurationMs =>
  durationMs(between(start, keptUntil(start, keep, pauses)))
