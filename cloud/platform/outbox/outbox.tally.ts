/** What a consumer has taken since the start of this process, all its lanes together. */
export type Tally = {
  readonly batches: number
  readonly events: number
  /** From asking for a batch to its commit. */
  readonly tookMs: number
}

export type Tallies = {
  readonly add: (consumer: string, batch: { readonly events: number; readonly tookMs: number }) => void
  readonly read: (consumer: string) => Tally
}

const none: Tally = { batches: 0, events: 0, tookMs: 0 }

/** Batches that were committed and held something; what was undone comes again and is counted then. */
export function createTallies(): Tallies {
  const known = new Map<string, Tally>()
  const read = (consumer: string): Tally => known.get(consumer) ?? none
  return {
    read,
    add: (consumer, { events, tookMs }) => {
      if (events === 0) return
      const { batches, ...before } = read(consumer)
      known.set(consumer, { batches: batches + 1, events: before.events + events, tookMs: before.tookMs + tookMs })
    },
  }
}
