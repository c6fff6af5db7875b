import { type DurationMs, type Instant, after, durationMs, instant } from '@holdfast/core/values/instants.ts'

export type Cancel = () => void

/** Time as a port. `timer` rings once; cancelling a rung timer does nothing. */
export type Clock = {
  readonly now: () => Instant
  readonly timer: (delay: DurationMs, ring: () => void) => Cancel
}

export const systemClock: Clock = {
  now: () => instant(Date.now()),
  timer: (delay, ring) => {
    const handle = setTimeout(ring, delay)
    return () => clearTimeout(handle)
  },
}

export type ManualClock = Clock & { readonly advance: (by: DurationMs) => void }

/** A clock that moves only when told; timers ring in the order of their instants. */
export function createManualClock(start: Instant): ManualClock {
  let now = start
  const timers = new Set<{ readonly at: Instant; readonly ring: () => void }>()
  return {
    now: () => now,
    timer: (delay, ring) => {
      const timer = { at: after(now, delay), ring }
      timers.add(timer)
      return () => {
        timers.delete(timer)
      }
    },
    advance: (by) => {
      const until = after(now, by)
      for (;;) {
        const next = [...timers].filter((timer) => timer.at <= until).sort((a, b) => a.at - b.at)[0]
        if (next === undefined) break
        timers.delete(next)
        now = next.at
        next.ring()
      }
      now = until
    },
  }
}

/** Resolves after the delay, or at once when the signal is already aborted; never rejects. */
export function pause(clock: Clock, delay: DurationMs, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) {
      resolve()
      return
    }
    const finish = (): void => {
      cancel()
      signal?.removeEventListener('abort', finish)
      resolve()
    }
    const cancel = clock.timer(delay, finish)
    signal?.addEventListener('abort', finish)
  })
}

/** A pause anywhere in the upper half of `longest`, so that many who failed together do not come back together. */
export const jittered = (longest: DurationMs): DurationMs => durationMs(Math.round(longest * (0.5 + Math.random() / 2)))
