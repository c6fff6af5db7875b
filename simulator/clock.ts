/** Time that stands still until the next thing is due, and then jumps there. */
export interface VirtualClock {
  now(): number
  after(ms: number, run: () => void): () => void
  sleep(ms: number): Promise<void>
  /** Runs everything due up to `until`, in order; `step` is called whenever all that followed from one thing is done. */
  run(until: number, step: () => void): Promise<void>
}

interface Timer {
  readonly at: number
  readonly run: () => void
}

/** Everything that waits for nothing but promises is done when this resolves. */
const settled = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve)
  })

export function createVirtualClock(): VirtualClock {
  const timers = new Set<Timer>()
  let now = 0
  const next = (until: number): Timer | undefined => {
    let first: Timer | undefined
    for (const timer of timers) if (timer.at <= until && (first === undefined || timer.at < first.at)) first = timer
    return first
  }
  const after: VirtualClock['after'] = (ms, run) => {
    const timer = { at: now + Math.max(ms, 0), run }
    timers.add(timer)
    return () => {
      timers.delete(timer)
    }
  }
  return {
    now: () => now,
    after,
    sleep: (ms) =>
      new Promise((resolve) => {
        after(ms, resolve)
      }),
    run: async (until, step) => {
      await settled()
      step()
      for (let timer = next(until); timer !== undefined; timer = next(until)) {
        timers.delete(timer)
        now = timer.at
        timer.run()
        await settled()
        step()
      }
      now = until
    },
  }
}
