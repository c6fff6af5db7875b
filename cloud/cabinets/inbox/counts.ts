/** What came in since the start; garbage is counted, never thrown. */
const counted = [
  'messages',
  'facts',
  'duplicates',
  'gaps',
  'forks',
  'unknown-topic',
  'unknown-cabinet',
  'malformed',
  'forged',
  'other-incarnation',
  'tampered',
  'unknown-event',
  'retried',
] as const

export type IngestCount = (typeof counted)[number]
export type IngestCounts = ReadonlyMap<IngestCount, number>

export type Counts = {
  readonly add: (what: IngestCount, by?: number) => void
  readonly read: () => IngestCounts
}

export function createCounts(): Counts {
  const counts = new Map<IngestCount, number>(counted.map((what) => [what, 0]))
  return {
    add: (what, by = 1) => void counts.set(what, (counts.get(what) ?? 0) + by),
    read: () => new Map(counts),
  }
}
