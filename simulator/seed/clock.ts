/** Time that stands still until the next thing is due, and then jumps there. */
export interface VirtualClock {
  now(): number
  after(ms: number, run: () => void): () => void
  sleep(ms: number): Promise<void>
  /** Work outside of this time, a database or a slow hash: the clock stands until it has ended. */
  hold<Value>(outside: Promise<Value>): Promise<Value>
  /** Runs everything due up to `until`, in order; `step` is called whenever all that followed from one thing is done. */
  run(until: number, step: () => void): Promise<void>
}

interface Timer {
  readonly at: number
  /** Of two that are due together the older runs first. */
  readonly born: number
  run: (() => void) | undefined
}

/** Everything that waits for nothing but promises is done when this resolves: a tick comes behind all of them. */
const settled = (): Promise<void> =>
  new Promise((resolve) => {
    process.nextTick(resolve)
  })

/** The same, and the process has looked around once: what is outside may have gone on. */
const lookedOutside = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve)
  })

/** `isAlone`: nobody works outside of this time but by `hold`, and no look around is needed between two things. */
export function createVirtualClock({ isAlone = true }: { readonly isAlone?: boolean } = {}): VirtualClock {
  const timers = createHeap()
  let now = 0
  let born = 0
  let outside = 0
  const after: VirtualClock['after'] = (ms, run) => {
    const timer: Timer = { at: now + Math.max(ms, 0), born: (born += 1), run }
    timers.push(timer)
    return () => {
      timer.run = undefined
    }
  }
  const rest = async (): Promise<void> => {
    await (isAlone ? settled() : lookedOutside())
    while (outside > 0) await lookedOutside()
  }
  return {
    now: () => now,
    after,
    sleep: (ms) =>
      new Promise((resolve) => {
        after(ms, resolve)
      }),
    hold: async (work) => {
      outside += 1
      try {
        return await work
      } finally {
        outside -= 1
      }
    },
    run: async (until, step) => {
      await rest()
      step()
      for (let timer = timers.popUntil(until); timer !== undefined; timer = timers.popUntil(until)) {
        if (timer.run === undefined) continue
        now = timer.at
        timer.run()
        await rest()
        step()
      }
      now = until
    },
  }
}

const isBefore = (left: Timer, right: Timer): boolean =>
  left.at < right.at || (left.at === right.at && left.born < right.born)

/** A binary heap: a town winds more timers than it has doors. A place is free while it is looked for what belongs there. */
function createHeap() {
  const heap: Timer[] = []
  const rise = (timer: Timer): void => {
    let at = heap.length
    heap.push(timer)
    while (at > 0) {
      const above = (at - 1) >> 1
      const parent = heap[above]
      if (parent === undefined || isBefore(parent, timer)) break
      heap[at] = parent
      at = above
    }
    heap[at] = timer
  }
  const sink = (timer: Timer): void => {
    let at = 0
    for (;;) {
      const [left, right] = [2 * at + 1, 2 * at + 2]
      const [first, second] = [heap[left], heap[right]]
      if (first === undefined) break
      const isRight = second !== undefined && isBefore(second, first)
      const least = isRight ? second : first
      if (isBefore(timer, least)) break
      heap[at] = least
      at = isRight ? right : left
    }
    heap[at] = timer
  }
  return {
    push: rise,
    popUntil: (until: number): Timer | undefined => {
      const [first] = heap
      if (first === undefined || first.at > until) return undefined
      const last = heap.pop()
      if (last !== undefined && heap.length > 0) sink(last)
      return first
    },
  }
}
