import type { CabinetCommand, CabinetFact, CabinetRefusal } from '@holdfast/core/cabinet/commands.ts'
import type { CabinetEvent } from '@holdfast/core/cabinet/events.ts'
import { type Cabinet, newCabinet } from '@holdfast/core/cabinet/state.ts'
import { type Decider, type Given, replay } from '@holdfast/core/decider/decider.ts'
import type { RunningMs } from '@holdfast/core/values/instants.ts'
import type { Entry } from '@holdfast/wire/seals/chain.ts'
import type { Alongside, Journal, Loaded, NewEntry, SeenOrder } from '../journal/journal.ts'
import type { Guard, Writing } from './guard.ts'
import type { LoopRefusal, Verdict } from './loop.ts'
import { isEvent, packCabinet, readEvent, unpackCabinet } from './snapshot.ts'
import type { Time } from './time.ts'

export type CabinetDecider = Decider<Cabinet, CabinetCommand, CabinetFact, CabinetEvent, CabinetRefusal>

export interface MachinePorts {
  readonly decider: CabinetDecider
  readonly journal: Journal
  readonly loaded: Loaded
  readonly guard: Guard
  readonly time: Time
  readonly random: (length: number) => Uint8Array
  /** Answers that follow from events: they are stored in the same transaction (law 2). */
  readonly outcomes: (events: readonly CabinetEvent[]) => readonly SeenOrder[]
}

/** What goes into the transaction beside the events. */
export interface Beside {
  /** Bound to the first event that names this deposit. */
  readonly sealed?: { readonly deposit: string; readonly blob: Uint8Array }
  readonly inbox?: readonly SeenOrder[]
}

export interface Committed {
  readonly events: readonly CabinetEvent[]
  readonly entries: readonly Entry[]
}

/** The state and the only way to change it. Everything here is synchronous: when a call returns, it is synced. */
export interface Machine {
  cabinet(): Cabinet
  decide(commands: readonly CabinetCommand[], beside?: Beside): Verdict
  absorb(fact: CabinetFact): readonly CabinetEvent[]
  /** Events that the shell vouches for itself; false where the journal took nothing. */
  record(events: readonly CabinetEvent[], beside?: Beside): boolean
  due(): RunningMs | undefined
  /** Called in order of the journal; a listener that causes more is finished first. */
  onCommitted(listener: (committed: Committed) => void): () => void
}

export const snapshotEvery = 500

export function createMachine(ports: MachinePorts): Machine {
  const { decider, journal, guard, loaded } = ports
  const start = loaded.snapshot === undefined ? newCabinet : unpackCabinet(loaded.snapshot.state)
  let cabinet = replay(
    decider.evolve,
    start,
    loaded.after.map(({ event }) => readEvent(event)),
  )
  let sinceSnapshot = loaded.after.length
  const committed = createAnnouncer<Committed>()

  const commit = (events: readonly CabinetEvent[], writing: Writing, beside: Beside = {}): LoopRefusal | undefined => {
    // Once written it would keep the terminal from ever starting again.
    if (!events.every(isEvent)) throw new TypeError('an event that no start could read')
    const next = replay(decider.evolve, cabinet, events)
    const snapshot = sinceSnapshot + events.length >= snapshotEvery && events.length > 0
    const inbox = [...(beside.inbox ?? []), ...ports.outcomes(events)]
    const alongside: Alongside = { inbox, ...(snapshot ? { snapshot: packCabinet(next) } : {}) }
    const written = guard.write(writing, () =>
      journal.append(ports.time.moment(), entriesOf(events, beside.sealed), alongside),
    )
    if (!written.ok) return written.refusal
    cabinet = next
    sinceSnapshot = snapshot ? 0 : sinceSnapshot + events.length
    if (events.length > 0) committed.announce({ events, entries: written.value })
    return undefined
  }

  return {
    cabinet: () => cabinet,
    decide: (commands, beside) => {
      const given = givenNow(ports)
      const events: CabinetEvent[] = []
      let state = cabinet
      for (const command of commands) {
        const verdict = decider.decide(state, command, { ...given, random: ports.random(randomBytes) })
        if (!verdict.accepted) return verdict
        events.push(...verdict.events)
        state = replay(decider.evolve, state, verdict.events)
      }
      const refusal = commit(events, commands.some(isDeposit) ? 'deposit' : 'other', beside)
      return refusal === undefined ? { accepted: true, events } : { accepted: false, refusal }
    },
    absorb: (fact) => {
      const events = decider.absorb(cabinet, fact, givenNow(ports))
      return events.length > 0 && commit(events, 'other') !== undefined ? [] : events
    },
    record: (events, beside) => commit(events, 'other', beside) === undefined,
    due: () => decider.due(cabinet),
    onCommitted: committed.listen,
  }
}

const randomBytes = 64

function givenNow({ time, random }: MachinePorts): Given {
  const { running, wall, trusted } = time.moment()
  return { now: running, wall, clockTrusted: trusted, random: random(randomBytes) }
}

/** What takes something in: refused while the disk is full, so that the last space goes to people's way out. */
const isDeposit = ({ type }: CabinetCommand): boolean => type === 'beginDeposit' || type === 'joinParcel'

function entriesOf(events: readonly CabinetEvent[], sealed: Beside['sealed']): readonly NewEntry[] {
  const at =
    sealed === undefined ? -1 : events.findIndex((event) => 'deposit' in event && event.deposit === sealed.deposit)
  return events.map((event, index) =>
    index === at && sealed !== undefined ? { event, private: sealed.blob } : { event },
  )
}

interface Announcer<News> {
  announce(news: News): void
  listen(listener: (news: News) => void): () => void
}

/** Listeners may cause more news while they hear some: every listener hears all of it in one order. */
function createAnnouncer<News>(): Announcer<News> {
  const listeners = new Set<(news: News) => void>()
  const waiting: News[] = []
  let telling = false
  return {
    listen: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    announce: (news) => {
      waiting.push(news)
      if (telling) return
      telling = true
      try {
        for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
          for (const listener of listeners) listener(next)
        }
      } finally {
        telling = false
      }
    },
  }
}
