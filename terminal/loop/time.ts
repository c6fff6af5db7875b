import { instant, type Instant, runningMs, type RunningMs } from '@holdfast/core/values/instants.ts'
import type { Moment } from '../journal/journal.ts'
import type { TerminalClock } from '../platform/clock.ts'

/** Between what the wall clock and the monotonic clock say has passed; more is a jump. */
export const jumpMs = 120_000
/** How far a fresh, signed instant of the cloud may lie from the wall clock here. */
export const trustMs = 60_000
const lastWall = 253_402_300_799_999

export interface Time {
  running(): RunningMs
  wall(): Instant
  moment(): Moment
  /** A signed instant of the cloud that is known to be fresh, because it answers a question of ours. */
  heard(sentAt: number): void
}

/**
 * Running time goes on from where the journal left it and follows the monotonic clock alone: a wall clock a year
 * off, or set back, moves no pause and no window.
 */
export function createTime(clock: TerminalClock, persisted: RunningMs): Time {
  const startedAt = clock.now()
  let last: RunningMs = persisted
  let vouched: { readonly wall: number; readonly at: number } | undefined

  const running = (): RunningMs => {
    const passed = Math.floor(clock.now() - startedAt)
    last = runningMs(Math.max(last, persisted + passed))
    return last
  }
  const wall = (): Instant => instant(Math.min(Math.max(Math.round(clock.wall()), 0), lastWall))
  const trusted = (): boolean => {
    if (vouched === undefined) return false
    const drift = clock.wall() - vouched.wall - (clock.now() - vouched.at)
    if (Math.abs(drift) > jumpMs) vouched = undefined
    return vouched !== undefined
  }
  return {
    running,
    wall,
    moment: () => ({ running: running(), wall: wall(), trusted: trusted() }),
    heard: (sentAt) => {
      const off = Math.abs(clock.wall() - sentAt)
      vouched = off <= trustMs ? { wall: clock.wall(), at: clock.now() } : undefined
    },
  }
}
