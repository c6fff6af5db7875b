/** What somebody was told has happened: the person at the screen, or the operator who asked. */
export interface Told {
  readonly event: string
  /** Its deposit or order. */
  readonly of: string
}

export interface Pulsed {
  readonly door: string
  readonly wallMs: number
}

interface Entry {
  readonly seq: number
  readonly wall: number
  readonly event: {
    readonly type: string
    readonly deposit?: string
    readonly order?: string
    readonly door?: string
    readonly cause?: { readonly order?: string }
  }
}

const read = (text: string): Entry => JSON.parse(text)

/** Acknowledged, and not in the journal any more: entries that the cloud holds, and what people were told. */
export function lost(
  journal: readonly string[],
  held: ReadonlyMap<number, string>,
  told: readonly Told[],
): readonly string[] {
  const entries = new Map(journal.map((text) => [read(text).seq, text]))
  const gone = [...held].filter(([seq, text]) => entries.get(seq) !== text).map(([seq]) => `entry ${seq}, acknowledged`)
  const known = new Set(
    journal.map((text) => read(text).event).flatMap(({ type, deposit, order }) => [`${type} ${deposit ?? order}`]),
  )
  const missing = told.map(({ event, of }) => `${event} ${of}`).filter((name) => !known.has(name))
  return [...gone, ...missing.map((name) => `${name}, told to a person`)]
}

/** Law 2: between an intent and the next of the same door at most one pulse, and none before the first. */
export function secondPulses(journal: readonly string[], pulses: readonly Pulsed[]): readonly string[] {
  const intents = journal.map(read).filter(({ event }) => event.type === 'doorUnlockIntended')
  const causes = pulses.map(({ door, wallMs }) => {
    const own = intents.findLast(({ event, wall }) => event.door === door && wall <= wallMs)
    return own === undefined ? undefined : own.seq
  })
  return pulses.flatMap(({ door }, nth) => {
    const cause = causes[nth]
    if (cause === undefined) return [`a pulse on ${door} without an intent`]
    return causes.indexOf(cause) < nth ? [`a second pulse on ${door} for entry ${cause}`] : []
  })
}

/** Law 2 where the cabinet went on: a door has no more pulses than intents, and an order no second intent. */
export function pulsesWithoutIntent(journal: readonly string[], doors: readonly string[]): readonly string[] {
  const intents = journal.map(read).filter(({ event }) => event.type === 'doorUnlockIntended')
  const count = (names: readonly (string | undefined)[], name: string): number =>
    names.filter((each) => each === name).length
  const intended = intents.map(({ event }) => event.door)
  const surplus = [...new Set(doors)].filter((door) => count(doors, door) > count(intended, door))
  const orders = intents.flatMap(({ event }) => event.cause?.order ?? [])
  const twice = [...new Set(orders)].filter((order) => count(orders, order) > 1)
  return [
    ...surplus.map((door) => `more pulses than intents on ${door}`),
    ...twice.map((order) => `two intents for ${order}`),
  ]
}

/** Nearest rank: of a hundred, the ninety-ninth is the second slowest. */
export function p99(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.ceil(sorted.length * 0.99) - 1] ?? 0
}
