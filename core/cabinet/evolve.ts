import { abandonAttempt, evolveKeypad, type KeypadEvent } from '../access/keypad.ts'
import { evolveCompartment, newCompartment, type CompartmentEvent } from '../compartment/compartment.ts'
import { evolveLeases, type LeaseEvent } from '../compartment/lease.ts'
import { doubtDoor, newDoor } from '../door/door.ts'
import type { CabinetEvent, LifeEvent, OrderEvent, SessionEvent, SafetyEvent } from './events.ts'
import { evolveDeposit, keepCodes } from './folds/deposits.ts'
import { evolveDoors } from './folds/doors.ts'
import { withEntry } from './folds/entries.ts'
import { evolveSession, leftBehind } from './folds/sessions.ts'
import { evolveSafety, heldNobody, isSafetyEvent } from './safety/emergency-fold.ts'
import { evolveRebuilt } from './rebuild/evolve-rebuilt.ts'
import { depositIn, type Cabinet } from './state.ts'

/** Total: what an event speaks of and the cabinet does not have is left alone, never thrown. */
export const evolveCabinet = (cabinet: Cabinet, event: CabinetEvent): Cabinet =>
  isSafetyEvent(event) ? evolveSafety(cabinet, event) : evolveUse(cabinet, event)

function evolveUse(cabinet: Cabinet, event: Exclude<CabinetEvent, SafetyEvent>): Cabinet {
  if ('door' in event) return evolveDoors(cabinet, event)
  if (event.type === 'compartmentRebuilt') return evolveRebuilt(cabinet, event)
  if (isOfCompartment(event)) return evolveCompartments(cabinet, event)
  switch (event.type) {
    case 'courierSessionOpened':
    case 'pickupSessionOpened':
    case 'pickupContinued':
    case 'pickupReopened':
    case 'parcelTurnedAway':
    case 'lookBegun':
    case 'lookEnded':
    case 'sessionExtended':
    case 'sessionEnded':
    case 'codeAttempted':
    case 'codeRejected':
    case 'codeElsewhere':
    case 'cabinetStarted':
    case 'layoutTaken':
    case 'serviceSwitchTurned':
    case 'orderAccepted':
    case 'orderRefused':
    case 'leaseAsked':
    case 'leaseGranted':
    case 'leaseLost':
    case 'leaseEnded':
      return evolveLife(cabinet, event)
    case 'depositBegun':
    case 'depositPrepared':
    case 'parcelJoined':
    case 'depositMoved':
    case 'depositMade':
    case 'depositCancelling':
    case 'depositCancelled':
    case 'codeAccepted':
    case 'codeRenewed':
    case 'codesRevoked':
    case 'refusalBegun':
    case 'depositRefused':
    case 'depositDisputed':
    case 'depositCollected':
    case 'depositKept':
    case 'undoBegun':
    case 'recallBegun':
    case 'depositRecalled':
      return evolveDeposit(cabinet, event)
  }
}

const isOfCompartment = (event: CabinetEvent): event is CompartmentEvent => event.type.startsWith('compartment')

function evolveCompartments(cabinet: Cabinet, event: CompartmentEvent): Cabinet {
  const compartment = cabinet.compartments.get(event.compartment)
  if (compartment === undefined) return cabinet
  const seen = seenBehind(
    event.type === 'compartmentInspected' ? heldNobody(cabinet, event.compartment) : cabinet,
    event,
  )
  const changed = {
    ...seen,
    compartments: withEntry(seen.compartments, compartment.id, evolveCompartment(compartment, event)),
  }
  return event.type === 'compartmentReleased' ||
    event.type === 'compartmentSuspected' ||
    event.type === 'compartmentFaulted'
    ? leftBehind(changed, compartment.id)
    : changed
}

/** What somebody's word about a compartment means for the deposit in it. */
function seenBehind(cabinet: Cabinet, event: CompartmentEvent): Cabinet {
  if (event.type === 'compartmentInspected' && event.seen === 'parcel-inside') {
    return foundInside(cabinet, event.compartment)
  }
  const isStuck = event.type === 'compartmentSuspected' && event.why === 'did-not-open'
  const deposit = isStuck ? depositIn(cabinet, event.compartment) : undefined
  if (deposit?.stage !== 'collecting') return cabinet
  // Whatever the lock has told of this opening is worth nothing: silence after it is no pickup.
  return { ...cabinet, deposits: withEntry(cabinet.deposits, deposit.id, { ...deposit, cycle: 'unknown' }) }
}

/**
 * A pickup whose outcome nobody knew came to nothing: the parcel waits again. The code that was used may have had
 * its opening, so it and those below it stay dead (law 4).
 */
function foundInside(cabinet: Cabinet, compartment: CompartmentEvent['compartment']): Cabinet {
  const deposit = depositIn(cabinet, compartment)
  if (deposit?.stage !== 'collecting') return cabinet
  const used = deposit.pickup?.generation ?? null
  const kept = keepCodes(cabinet, deposit.id, ({ generation }) => used === null || generation > used)
  const stored = kept.deposits.get(deposit.id) ?? deposit
  return {
    ...kept,
    deposits: withEntry(kept.deposits, deposit.id, {
      ...stored,
      stage: 'stored',
      cycle: 'none',
      session: null,
      pickup: null,
    }),
  }
}

type WholeEvent = LifeEvent | SessionEvent | OrderEvent | KeypadEvent | LeaseEvent

/** What concerns the cabinet as a whole. */
function evolveLife(cabinet: Cabinet, event: WholeEvent): Cabinet {
  switch (event.type) {
    case 'cabinetStarted':
      return {
        ...cabinet,
        boot: event.boot,
        doors: new Map([...cabinet.doors].map(([id, door]) => [id, doubtDoor(door, event.at)])),
        keypad: abandonAttempt(cabinet.keypad, event.at),
        serviceSwitchClosed: false,
        release: null,
      }
    case 'layoutTaken': {
      // A compartment that leaves the layout keeps its state: were it to come back, its epoch must not start again (law 6).
      const doors = new Map(cabinet.doors)
      const compartments = new Map(cabinet.compartments)
      for (const { id } of event.layout.compartments) {
        if (!doors.has(id)) doors.set(id, newDoor(id, event.at))
        if (!compartments.has(id)) compartments.set(id, newCompartment(id))
      }
      return { ...cabinet, layout: event.layout, doors, compartments }
    }
    case 'serviceSwitchTurned':
      return { ...cabinet, serviceSwitchClosed: event.closed }
    case 'codeAttempted':
    case 'codeRejected':
    case 'codeElsewhere':
      return { ...cabinet, keypad: evolveKeypad(cabinet.keypad, event) }
    case 'leaseAsked':
    case 'leaseGranted':
    case 'leaseLost':
    case 'leaseEnded':
      return { ...cabinet, leases: evolveLeases(cabinet.leases, event) }
    case 'orderAccepted':
    case 'orderRefused':
      return cabinet
    case 'courierSessionOpened':
    case 'pickupSessionOpened':
    case 'pickupContinued':
    case 'pickupReopened':
    case 'parcelTurnedAway':
    case 'lookBegun':
    case 'lookEnded':
    case 'sessionExtended':
    case 'sessionEnded':
      return evolveSession(cabinet, event)
  }
}
