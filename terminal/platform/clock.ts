import { createMonotonicClock, type Clock } from '../boards/line/clock.ts'

/** Monotonic milliseconds and timers, as the boards have them, and the wall clock that is only a label. */
export interface TerminalClock extends Clock {
  /** UTC milliseconds as the machine believes them; may jump. */
  wall(): number
}

export const createSystemClock = (): TerminalClock => ({ ...createMonotonicClock(), wall: () => Date.now() })
