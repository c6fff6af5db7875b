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

/** Everything that waits for nothing but promises is done when this resolves. */
const settled = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve)
  })

export function createVirtualClock(): VirtualClock {
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
    await settled()
    while (outside > 0) await settled()
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

/** A binary heap: a town winds more timers than it has doors. */
function createHeap() {
  const heap: Timer[] = []
  const swap = (from: number, to: number): void => {
    const [left, right] = [heap[from], heap[to]]
    if (left === undefined || right === undefined) return
    heap[from] = right
    heap[to] = left
  }
  const before = (left: number, right: number): boolean => {
    const [first, second] = [heap[left], heap[right]]
    return first !== undefined && (second === undefined || isBefore(first, second))
  }
  const sink = (): void => {
    for (let at = 0; ;) {
      const child = before(2 * at + 2, 2 * at + 1) ? 2 * at + 2 : 2 * at + 1
      if (!before(child, at)) return
      swap(child, at)
      at = child
    }
  }
  return {
    push: (timer: Timer): void => {
      heap.push(timer)
      for (let at = heap.length - 1; at > 0 && before(at, (at - 1) >> 1); at = (at - 1) >> 1) swap(at, (at - 1) >> 1)
    },
    popUntil: (until: number): Timer | undefined => {
      const [first] = heap
      if (first === undefined || first.at > until) return undefined
      const last = heap.pop()
      if (last !== undefined && heap.length > 0) {
        heap[0] = last
        sink()
      }
      return first
    },
  }
}
