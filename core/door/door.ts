import type { Cause } from '../access/cause.ts'
import { accept, refuse, type Decider } from '../decider/decider.ts'
import type { CompartmentId } from '../values/ids.ts'
import { after, earliest, minutes, seconds, type RunningMs } from '../values/instants.ts'

/** What a poll of the lock shows. `unlatched`: the hook is free and the leaf has not moved. */
export type Sight = 'shut' | 'unlatched' | 'open' | 'unknown'
/** What the lock can sense: only the hook, or the leaf as well (law "Custody"). */
export type Witness = 'latch' | 'leaf'

export interface Pulse {
  readonly cause: Cause
  readonly intendedAt: RunningMs
  readonly pulsedAt: RunningMs | null
  /** The power failed between intent and outcome: what is read now proves nothing about the pulse. */
  readonly doubtful: boolean
}

export interface Door {
  readonly id: CompartmentId
  readonly position: 'shut' | 'unlatched' | 'open' | 'stuck' | 'unseen'
  readonly since: RunningMs
  /** Last position a sensor vouched for; matters while the door is unseen. */
  readonly lastSeen: 'shut' | 'open'
  readonly pulse: Pulse | null
  readonly reminded: boolean
}

export type DoorCommand = { readonly type: 'unlock'; readonly cause: Cause }

export type DoorFact =
  | { readonly type: 'doorSeen'; readonly sight: Sight; readonly witness: Witness }
  | { readonly type: 'doorPulseSent' }
  | { readonly type: 'doorPulseFailed'; readonly why: PulseFailure }
  | { readonly type: 'timePassed' }

/** `withheld`: the gate below all business code did not let the pulse through (budget, cool-down). */
export type PulseFailure = 'silent' | 'garbled' | 'refused' | 'absent' | 'withheld'

export type DoorEvent =
  | { readonly type: 'doorUnlockIntended'; readonly door: CompartmentId; readonly cause: Cause; readonly at: RunningMs }
  | { readonly type: 'doorPulsed'; readonly door: CompartmentId; readonly at: RunningMs }
  | {
      readonly type: 'doorUnlatched'
      readonly door: CompartmentId
      readonly explained: boolean
      readonly at: RunningMs
    }
  | {
      readonly type: 'doorOpened'
      readonly door: CompartmentId
      /** null: nobody had a right; an alarm within 2 s (law 2). */
      readonly cause: Cause | null
      readonly recovered: boolean
      readonly witness: Witness
      readonly at: RunningMs
    }
  | {
      readonly type: 'doorNotOpened'
      readonly door: CompartmentId
      readonly cause: Cause
      readonly why: 'stayed-shut' | Exclude<PulseFailure, 'silent' | 'garbled'>
      readonly at: RunningMs
    }
  | { readonly type: 'doorOutcomeUnknown'; readonly door: CompartmentId; readonly cause: Cause; readonly at: RunningMs }
  | { readonly type: 'doorShut'; readonly door: CompartmentId; readonly witness: Witness; readonly at: RunningMs }
  | { readonly type: 'doorLost'; readonly door: CompartmentId; readonly at: RunningMs }
  | {
      readonly type: 'doorFound'
      readonly door: CompartmentId
      readonly sight: 'shut' | 'open'
      readonly at: RunningMs
    }
  | { readonly type: 'doorLeftOpen'; readonly door: CompartmentId; readonly at: RunningMs }

export type DoorRefusal = 'door-open' | 'door-busy'

export const doorLimits = {
  /** A virtual leaf moves 80 ms after the pulse; a real one may be held by a finger or by frost. */
  openingWindow: seconds(3),
  /** An intent whose pulse never left the gate in this time is answered "not opened". */
  pulseWindow: seconds(30),
  leftOpen: minutes(1),
} as const

export const newDoor = (id: CompartmentId, now: RunningMs): Door => ({
  id,
  position: 'unseen',
  since: now,
  lastSeen: 'shut',
  pulse: null,
  reminded: false,
})

export const doorDecider: Decider<Door, DoorCommand, DoorFact, DoorEvent, DoorRefusal> = {
  decide(door, command, given) {
    if (door.pulse !== null) return refuse('door-busy')
    if (door.position === 'open') return refuse('door-open')
    return accept({ type: 'doorUnlockIntended', door: door.id, cause: command.cause, at: given.now })
  },

  absorb(door, fact, given) {
    switch (fact.type) {
      case 'doorSeen':
        return [...absorbSight(door, fact.sight, fact.witness, given.now)]
      case 'doorPulseSent':
        return door.pulse === null || door.pulse.pulsedAt !== null
          ? []
          : [{ type: 'doorPulsed', door: door.id, at: given.now }]
      case 'doorPulseFailed':
        return absorbFailure(door, fact.why, given.now)
      case 'timePassed':
        return absorbTime(door, given.now)
    }
  },

  evolve: evolveDoor,

  due(door) {
    return earliest([
      door.pulse === null ? undefined : outcomeDueAt(door.pulse),
      door.position === 'open' && !door.reminded ? after(door.since, doorLimits.leftOpen) : undefined,
    ])
  },
}

function absorbSight(door: Door, sight: Sight, witness: Witness, now: RunningMs): readonly DoorEvent[] {
  switch (sight) {
    case 'open':
      if (door.position === 'open') return []
      if (door.position === 'unseen' && door.lastSeen === 'open' && door.pulse === null) {
        return [{ type: 'doorFound', door: door.id, sight: 'open', at: now }]
      }
      return [
        {
          type: 'doorOpened',
          door: door.id,
          cause: door.pulse?.cause ?? null,
          recovered: door.pulse?.doubtful ?? false,
          witness,
          at: now,
        },
      ]
    case 'unlatched':
      if (door.position === 'unlatched' || door.position === 'open') return []
      return [{ type: 'doorUnlatched', door: door.id, explained: door.pulse !== null, at: now }]
    case 'shut':
      return absorbShut(door, witness, now)
    case 'unknown':
      return door.position === 'unseen' ? [] : [{ type: 'doorLost', door: door.id, at: now }]
  }
}

function absorbShut(door: Door, witness: Witness, now: RunningMs): readonly DoorEvent[] {
  if (door.pulse?.doubtful === true) {
    const unknown: DoorEvent = { type: 'doorOutcomeUnknown', door: door.id, cause: door.pulse.cause, at: now }
    return [unknown, ...absorbShut({ ...door, pulse: null }, witness, now)]
  }
  switch (door.position) {
    case 'open':
      return [{ type: 'doorShut', door: door.id, witness, at: now }]
    case 'unlatched':
      return door.pulse === null ? [{ type: 'doorShut', door: door.id, witness, at: now }] : []
    case 'unseen':
      if (door.lastSeen === 'open') return [{ type: 'doorShut', door: door.id, witness, at: now }]
      return [{ type: 'doorFound', door: door.id, sight: 'shut', at: now }]
    case 'shut':
    case 'stuck':
      return []
  }
}

function absorbFailure(door: Door, why: PulseFailure, now: RunningMs): readonly DoorEvent[] {
  if (door.pulse === null) return []
  switch (why) {
    case 'silent':
    case 'garbled':
      // The bytes may have worked: only the sensor tells, by the end of the opening window.
      return door.pulse.pulsedAt === null ? [{ type: 'doorPulsed', door: door.id, at: now }] : []
    case 'refused':
    case 'absent':
    case 'withheld':
      return [{ type: 'doorNotOpened', door: door.id, cause: door.pulse.cause, why, at: now }]
  }
}

function absorbTime(door: Door, now: RunningMs): readonly DoorEvent[] {
  if (door.pulse !== null && now >= outcomeDueAt(door.pulse)) {
    if (door.pulse.doubtful || door.position === 'unseen') {
      return [{ type: 'doorOutcomeUnknown', door: door.id, cause: door.pulse.cause, at: now }]
    }
    return [{ type: 'doorNotOpened', door: door.id, cause: door.pulse.cause, why: 'stayed-shut', at: now }]
  }
  if (door.position === 'open' && !door.reminded && now >= after(door.since, doorLimits.leftOpen)) {
    return [{ type: 'doorLeftOpen', door: door.id, at: now }]
  }
  return []
}

function outcomeDueAt(pulse: Pulse): RunningMs {
  return pulse.pulsedAt === null
    ? after(pulse.intendedAt, doorLimits.pulseWindow)
    : after(pulse.pulsedAt, doorLimits.openingWindow)
}

function evolveDoor(door: Door, event: DoorEvent): Door {
  switch (event.type) {
    case 'doorUnlockIntended':
      return { ...door, pulse: { cause: event.cause, intendedAt: event.at, pulsedAt: null, doubtful: false } }
    case 'doorPulsed':
      return door.pulse === null ? door : { ...door, pulse: { ...door.pulse, pulsedAt: event.at } }
    case 'doorUnlatched':
      return { ...door, position: 'unlatched', since: event.at }
    case 'doorOpened':
      return { ...door, position: 'open', since: event.at, lastSeen: 'open', pulse: null, reminded: false }
    case 'doorNotOpened':
      // A hook that hangs free or a line that fell silent is no door at rest: only one seen shut is stuck.
      return { ...door, position: door.position === 'shut' ? 'stuck' : door.position, since: event.at, pulse: null }
    case 'doorOutcomeUnknown':
      return { ...door, pulse: null }
    case 'doorShut':
      return { ...door, position: 'shut', since: event.at, lastSeen: 'shut', reminded: false }
    case 'doorLost':
      return { ...door, position: 'unseen', since: event.at }
    case 'doorFound':
      return { ...door, position: event.sight, since: event.at, lastSeen: event.sight }
    case 'doorLeftOpen':
      return { ...door, reminded: true }
  }
}

/** After a restart the pulse of an unfinished intent is in doubt: read, never pulse again (Actuation). */
export function doubtDoor(door: Door, now: RunningMs): Door {
  const pulse = door.pulse === null ? null : { ...door.pulse, pulsedAt: now, doubtful: true }
  return { ...door, position: 'unseen', since: now, pulse }
}

/** Seen shut, and nothing under way that could move it. Only such a door may free a compartment (law 16). */
export const isAtRest = (door: Door): boolean =>
  door.pulse === null && (door.position === 'shut' || door.position === 'stuck')
