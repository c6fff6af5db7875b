import type { Brand } from './brand.ts'

/** UTC milliseconds since 1970. A label in the cabinet (law "Time"), the truth in the cloud. */
export type Instant = Brand<number, 'Instant'>

/** The cabinet's running time in milliseconds: persisted, monotonic, stands still while the power is off. */
export type RunningMs = Brand<number, 'RunningMs'>

export type DurationMs = Brand<number, 'DurationMs'>

export const instant = (utcMs: number): Instant => whole(utcMs) as Instant
export const runningMs = (ms: number): RunningMs => whole(ms) as RunningMs
export const durationMs = (ms: number): DurationMs => whole(ms) as DurationMs

export const seconds = (n: number): DurationMs => durationMs(n * 1_000)
export const minutes = (n: number): DurationMs => durationMs(n * 60_000)
export const hours = (n: number): DurationMs => durationMs(n * 3_600_000)
export const days = (n: number): DurationMs => hours(n * 24)

/** Works on either time line, never across the two. */
export function after<Line extends Instant | RunningMs>(start: Line, duration: DurationMs): Line {
  return (start + duration) as Line
}

export function between<Line extends Instant | RunningMs>(from: Line, to: Line): DurationMs {
  return (to - from) as DurationMs
}

/** The earliest of several deadlines; undefined where there is none. */
export function earliest<Line extends Instant | RunningMs>(deadlines: Iterable<Line | undefined>): Line | undefined {
  let first: Line | undefined
  for (const deadline of deadlines) {
    if (deadline !== undefined && (first === undefined || deadline < first)) first = deadline
  }
  return first
}

function whole(ms: number): number {
  if (!Number.isSafeInteger(ms)) throw new RangeError(`not a whole number of milliseconds: ${ms}`)
  return ms
}
