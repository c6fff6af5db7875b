import type { Cause } from '../../access/cause.ts'
import { inTurn, type Given } from '../../decider/decider.ts'
import { doorDecider, type DoorEvent, type DoorFact } from '../../door/door.ts'
import type { CompartmentId } from '../../values/ids.ts'
import type { RunningMs } from '../../values/instants.ts'
import type { CabinetEvent } from '../events.ts'
import { evolveCabinet } from '../evolve.ts'
import { isLarge } from '../layout.ts'
import { endSession, letGo, settle, suspect } from '../sessions/settle.ts'
import { depositIn, type Cabinet, type Deposit } from '../state.ts'

/** What a sensor says of one door, and what follows from it for compartment, deposit and session. */
export function absorbDoor(cabinet: Cabinet, id: CompartmentId, fact: DoorFact, given: Given): readonly CabinetEvent[] {
  const door = cabinet.doors.get(id)
  if (door === undefined) return []
  const events = doorDecider.absorb(door, fact, given)
  return inTurn<Cabinet, CabinetEvent>(
    evolveCabinet,
    cabinet,
    events.flatMap((event) => [() => [event], (at: Cabinet) => consequences(at, event, given.now)]),
  )
}

/** Asked with the door's event already folded in. */
function consequences(cabinet: Cabinet, event: DoorEvent, now: RunningMs): readonly CabinetEvent[] {
  const { door } = event
  switch (event.type) {
    case 'doorOpened':
      return suspectOpening(cabinet, door, event.cause)
    case 'doorUnlatched':
      return event.explained ? [] : suspect(cabinet, door, 'opened-without-cause')
    case 'doorNotOpened':
      return thenSettle(cabinet, event, now, (at) =>
        isDeadToOthers(at, event) ? suspect(at, door, 'did-not-open') : [],
      )
    case 'doorOutcomeUnknown':
      return thenSettle(cabinet, event, now, (at) => suspect(at, door, 'outcome-unknown'))
    case 'doorShut':
      return [...largeShut(cabinet, door, now), ...afterShut(cabinet, event, now)]
    case 'doorFound':
      return event.sight === 'shut' ? afterShut(cabinet, event, now) : []
    case 'doorUnlockIntended':
    case 'doorPulsed':
    case 'doorLost':
    case 'doorLeftOpen':
      return []
  }
}

/** Nobody's right, or somebody's who is not the recipient: whatever was inside may not be any more. */
function suspectOpening(cabinet: Cabinet, door: CompartmentId, cause: Cause | null): readonly CabinetEvent[] {
  if (cause === null) return suspect(cabinet, door, 'opened-without-cause')
  switch (cause.kind) {
    case 'order':
    case 'look':
    case 'service':
    case 'emergency':
      return suspect(cabinet, door, 'opened-remotely')
    case 'deposit':
    case 'pickup':
    case 'recall':
      return depositIn(cabinet, door)?.id === cause.deposit ? [] : suspect(cabinet, door, 'session-broken-off')
  }
}

/** A lock that did not follow for whoever tried: the next courier is not sent to it until somebody has looked. */
function isDeadToOthers(cabinet: Cabinet, { door, why }: Extract<DoorEvent, { type: 'doorNotOpened' }>): boolean {
  const use = cabinet.compartments.get(door)?.use
  return use === 'held' || (use === 'free' && why === 'stayed-shut')
}

function thenSettle(
  cabinet: Cabinet,
  { door }: DoorEvent,
  now: RunningMs,
  first: (at: Cabinet) => readonly CabinetEvent[],
): readonly CabinetEvent[] {
  return inTurn<Cabinet, CabinetEvent>(evolveCabinet, cabinet, [
    first,
    (at) => settle(at, depositIn(at, door), { late: false, now }),
  ])
}

function afterShut(cabinet: Cabinet, event: DoorEvent, now: RunningMs): readonly CabinetEvent[] {
  const { session } = cabinet
  if (session?.kind === 'courier' && session.leaving.includes(event.door)) return letGo(cabinet, event.door, true)
  const deposit = depositIn(cabinet, event.door)
  if (deposit === undefined) return []
  if (deposit.session === null) return settle(cabinet, deposit, { late: event.type === 'doorShut', now })
  return deposit.cycle === 'shut' ? inHandAndShut(cabinet, deposit, now) : []
}

/** Whoever shut it, nobody at the screen asked for it: perhaps somebody is inside (law 17). */
function largeShut(cabinet: Cabinet, door: CompartmentId, now: RunningMs): readonly CabinetEvent[] {
  const plan = cabinet.layout.compartments.find(({ id }) => id === door)
  const { session, serviceSwitchClosed } = cabinet
  const leaving = session?.kind === 'courier' && session.leaving.includes(door)
  const inHand =
    session !== null &&
    (depositIn(cabinet, door)?.session === session.id ||
      (session.kind === 'courier' && session.look?.compartment === door))
  if (plan === undefined || !isLarge(plan) || serviceSwitchClosed || leaving || inHand) return []
  return [{ type: 'largeDoorShut', door, at: now }]
}

/** Two cycles need no word: a parcel handed back to the courier, and one that the recipient puts back. */
function inHandAndShut(cabinet: Cabinet, deposit: Deposit, now: RunningMs): readonly CabinetEvent[] {
  const { id, compartment, stage } = deposit
  if (stage === 'cancelling') {
    return [{ type: 'depositCancelled', deposit: id, why: 'courier', at: now }, ...letGo(cabinet, compartment, true)]
  }
  if (stage !== 'putting-back') return []
  return inTurn<Cabinet, CabinetEvent>(evolveCabinet, cabinet, [
    () => [{ type: 'depositRefused', deposit: id, why: deposit.complaint ?? 'not-wanted', at: now }],
    (at) => endSession(at, 'done', now),
  ])
}
