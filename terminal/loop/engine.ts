import { act, type Alarm, type Effect } from '@holdfast/core/cabinet/act.ts'
import type { CabinetCommand, CabinetFact } from '@holdfast/core/cabinet/commands.ts'
import type { CabinetEvent } from '@holdfast/core/cabinet/events.ts'
import type { CompartmentId } from '@holdfast/core/values/ids.ts'
import { type Boards, lockKey } from '../boards/boards.ts'
import type { LockReading } from '../boards/watch/watch.ts'
import type { Journal } from '../journal/journal.ts'
import type { TerminalClock } from '../platform/clock.ts'
import { every } from '../platform/every.ts'
import type { Log } from '../platform/log.ts'
import { createGate, type Gate, type GatePast, type PulseEnd } from './gate.ts'
import type { Guard } from './guard.ts'
import type { Verdict } from './loop.ts'
import type { Beside, Committed, Machine } from './machine.ts'
import { sightOf } from './sight.ts'
import { readEvent } from './snapshot.ts'
import type { Time } from './time.ts'
import { createTrimmer } from './trim.ts'
import { readEntry } from '@holdfast/wire/seals/chain.ts'

export interface EnginePorts {
  readonly clock: TerminalClock
  readonly time: Time
  readonly journal: Journal
  readonly guard: Guard
  readonly machine: Machine
  readonly boards: Pick<Boards, 'unlock' | 'onReading' | 'setService'>
  readonly log: Log
  readonly alarm: (what: Alarm, door: CompartmentId | null) => void
}

/** Joins the machine to the doors and to time. */
export interface Engine {
  submit(commands: readonly CabinetCommand[], beside?: Beside): Verdict
  observe(fact: CabinetFact): readonly CabinetEvent[]
  stop(): void
}

export const saveRunningEveryMs = 10_000
const longestTimerMs = 60_000
/** A deadline that brings no event is asked again after this, not at once. */
const dullMs = 1_000
/** More openings than any budget allows in its window. */
const pastEntries = 1_000

export function createEngine(ports: EnginePorts): Engine {
  const { clock, time, journal, guard, machine, boards, log } = ports
  const gate = createGate({ coils: boards, clock, now: time.running, log }, readPast(journal))
  let started = false

  const absorb = (fact: CabinetFact): readonly CabinetEvent[] => {
    if (!started) return []
    const events = machine.absorb(fact)
    timer.set()
    return events
  }
  const observe = (fact: CabinetFact): readonly CabinetEvent[] => {
    sightings.catchUp()
    return absorb(fact)
  }
  const timer = createDueTimer(ports, () => observe({ type: 'timePassed' }).length > 0)
  const sightings = createSightings(ports, absorb)
  const start = (): void => {
    // Until the journal has taken the start, nothing is decided: doors of unfinished intents are not yet in doubt.
    machine.absorb({ type: 'started', boot: journal.boot })
    started = machine.cabinet().boot === journal.boot
    gate.serviceSwitch(machine.cabinet().serviceSwitchClosed)
    timer.set()
  }
  machine.onCommitted(performWith(ports, gate, observe))
  const trimmer = createTrimmer(ports)
  const stopSaving = every(clock, saveRunningEveryMs, () => {
    saveRunning(ports)
    if (guard.health() === 'failing') return
    trimmer.trim()
    if (!started) start()
    sightings.again()
  })
  start()
  return {
    submit: (commands, beside) => {
      if (!started) return { accepted: false, refusal: 'journal-failing' }
      sightings.catchUp()
      const verdict = machine.decide(commands, beside)
      timer.set()
      return verdict
    },
    observe,
    stop: () => {
      timer.stop()
      stopSaving()
    },
  }
}

function saveRunning({ guard, journal, time }: EnginePorts): void {
  const save = (): void => {
    journal.saveRunning(time.running())
  }
  if (guard.health() === 'ok') guard.write('other', save)
  else guard.recover(save)
}

/** One timer for the next instant that matters; deadlines are state, so no power cut loses one. */
function createDueTimer({ clock, time, machine }: EnginePorts, passed: () => boolean) {
  let cancel = (): void => {}
  let isDull = false
  const set = (): void => {
    cancel()
    const due = machine.due()
    if (due === undefined) return
    const waitMs = Math.max(due - time.running(), isDull ? dullMs : 0)
    cancel = clock.after(Math.min(waitMs, longestTimerMs), () => {
      isDull = due <= time.running() && !passed()
      set()
    })
  }
  return {
    set,
    stop: () => {
      cancel()
    },
  }
}

/** What the boards see, told to the core; told again after a time in which nothing could be written. */
function createSightings({ boards, machine, guard }: EnginePorts, observe: Engine['observe']) {
  const readings = new Map<string, LockReading>()
  let isBehind = false
  const see = ({ lock, reading }: LockReading): void => {
    const plan = machine.cabinet().layout.compartments.find(({ lock: wired }) => lockKey(wired) === lockKey(lock))
    if (plan === undefined) return
    observe({ type: 'door', door: plan.id, fact: { type: 'doorSeen', ...sightOf(reading, plan.witness) } })
    isBehind ||= guard.health() === 'failing'
  }
  const again = (): void => {
    isBehind = false
    for (const change of readings.values()) see(change)
  }
  boards.onReading((change) => {
    readings.set(lockKey(change.lock), change)
    see(change)
    if (isBehind && guard.health() !== 'failing') again()
  })
  return {
    /** What is known already brings no event. */
    again,
    /** Law 16: what could not be written down is told before anything is decided, or an open door is handed out. */
    catchUp: () => {
      if (isBehind) again()
    },
  }
}

function performWith({ alarm, machine }: EnginePorts, gate: Gate, observe: Engine['observe']) {
  const perform = (effect: Effect, seq: number): void => {
    switch (effect.kind) {
      case 'pulse':
        void gate.fire({ ...effect, seq }).then((end) => {
          observe({ type: 'door', door: effect.door, fact: factOf(end) })
        })
        return
      case 'alarm':
        alarm(effect.what, effect.door)
    }
  }
  return ({ events, entries }: Committed): void => {
    events.forEach((event, index) => {
      const seq = entries[index]?.seq
      if (event.type === 'serviceSwitchTurned') gate.serviceSwitch(event.closed)
      if (seq !== undefined) for (const effect of act(event, machine.cabinet())) perform(effect, seq)
    })
  }
}

type DoorFact = Extract<CabinetFact, { type: 'door' }>['fact']

const factOf = (end: PulseEnd): DoorFact =>
  end === 'sent' ? { type: 'doorPulseSent' } : { type: 'doorPulseFailed', why: end }

/** Read from the entries themselves and not from core's state: the gate trusts no table but its own. */
function readPast(journal: Journal): GatePast {
  const head = journal.head().seq
  const openings = journal.read(Math.max(1, head - pastEntries), pastEntries + 1).flatMap(({ bytes }) => {
    const event = readEvent(readEntry(bytes)?.event)
    return event.type === 'doorUnlockIntended' ? [{ cause: event.cause.kind, at: event.at }] : []
  })
  return { head, openings }
}
