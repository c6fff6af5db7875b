/** A monotonic clock with timers: milliseconds, fractions allowed, no relation to the wall. */
export interface Clock {
  now(): number
  /** Runs once after `ms`; the returned function cancels. */
  after(ms: number, run: () => void): () => void
}

export function createMonotonicClock(): Clock {
  return {
    now: () => performance.now(),
    after: (ms, run) => {
      const timer = setTimeout(run, ms)
      return () => {
        clearTimeout(timer)
      }
    },
  }
}
