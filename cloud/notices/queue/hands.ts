/** What is worked on right behind the commit that made it, in memory: no claim, and no round before it. */
export type Hands = {
  /** How many more may be taken; none unless open. What is not taken waits for a round. */
  readonly free: () => number
  /** Behind the commit. Its row carries a lease: what dies with this process, or comes after `close`, is claimed later. */
  readonly take: (work: () => Promise<void>) => void
  readonly open: () => void
  /** Takes nothing more and waits for what is under way. */
  readonly close: () => Promise<void>
}

export function createHands(most: number, failed: (error: unknown) => void): Hands {
  const busy = new Set<Promise<void>>()
  let isOpen = false
  return {
    free: () => (isOpen ? Math.max(0, most - busy.size) : 0),
    take: (work) => {
      if (!isOpen) return
      const done = work()
        .catch(failed)
        .finally(() => busy.delete(done))
      busy.add(done)
    },
    open: () => {
      isOpen = true
    },
    close: async () => {
      isOpen = false
      await Promise.all(busy)
    },
  }
}
