import { accept, refuse, type Decider, type Given } from '../decider/decider.ts'
import type { CabinetCommand, CabinetFact, CabinetRefusal, CourierCommand, PickupCommand } from './commands.ts'
import type { CabinetEvent } from './events.ts'
import { evolveCabinet } from './evolve.ts'
import { absorbFact } from './facts/absorb.ts'
import { attemptCode } from './facts/code.ts'
import { cabinetDue } from './facts/due.ts'
import { withLeases } from './facts/leases.ts'
import { isSound, type CabinetLayout } from './layout.ts'
import { takeOrder } from './orders.ts'
import { raiseEmergency } from './safety/emergency.ts'
import { beginLook, endLook, reopenLook, sayLook } from './safety/look.ts'
import { rebuildCabinet } from './rebuild/rebuild.ts'
import { cancelDeposit, moveDeposit, reopenDeposit } from './sessions/change.ts'
import { extendSession, finishSession, openCourierSession, turnParcelAway } from './sessions/courier.ts'
import { beginDeposit, confirmDeposit, joinParcel, prepareDeposit } from './sessions/deposit.ts'
import { answer, type Answer } from './sessions/hand.ts'
import { acceptGrant, confirmPickup, refuseParcel, reopenPickup, reportEmpty, reportStuck } from './sessions/pickup.ts'
import { beginRecall, confirmRecall, reopenRecall, settleUndo, undoDeposit } from './sessions/recall.ts'
import type { Cabinet } from './state.ts'

/** One cabinet: its doors, compartments, deposits, its one session and its keypad, as one unit of consistency. */
export const cabinetDecider: Decider<Cabinet, CabinetCommand, CabinetFact, CabinetEvent, CabinetRefusal> = {
  decide: (cabinet, command, given) => {
    const decision = decide(cabinet, command, given)
    return decision.accepted ? accept(...withLeases(cabinet, decision.events, given.now)) : decision
  },
  absorb: (cabinet, fact, given) => withLeases(cabinet, absorbFact(cabinet, fact, given), given.now),
  evolve: evolveCabinet,
  due: cabinetDue,
}

function decide(cabinet: Cabinet, command: CabinetCommand, given: Given): Answer {
  if ('order' in command) return accept(...takeOrder(cabinet, command, given))
  switch (command.type) {
    case 'takeLayout':
      return takeLayout(cabinet, command.layout, given)
    case 'raiseEmergency':
      return raiseEmergency(cabinet, command.what, given)
    case 'rebuildCabinet':
      return rebuildCabinet(cabinet, command, given)
    case 'attemptCode':
    case 'acceptGrant':
    case 'confirmPickup':
    case 'reopenPickup':
    case 'refuseParcel':
    case 'reportEmpty':
    case 'reportStuck':
      return decidePickup(cabinet, command, given)
    case 'openCourierSession':
    case 'beginDeposit':
    case 'prepareDeposit':
    case 'joinParcel':
    case 'moveDeposit':
    case 'reopenDeposit':
    case 'confirmDeposit':
    case 'cancelDeposit':
    case 'undoDeposit':
    case 'confirmUndo':
    case 'keepDeposit':
    case 'beginRecall':
    case 'reopenRecall':
    case 'confirmRecall':
    case 'beginLook':
    case 'reopenLook':
    case 'sayLook':
    case 'endLook':
    case 'turnParcelAway':
    case 'extendSession':
    case 'endSession':
      return decideCourier(cabinet, command, given)
  }
}

function decideCourier(cabinet: Cabinet, command: CourierCommand, given: Given): Answer {
  switch (command.type) {
    case 'openCourierSession':
      return openCourierSession(cabinet, command, given)
    case 'beginDeposit':
      return beginDeposit(cabinet, command, given)
    case 'prepareDeposit':
      return prepareDeposit(cabinet, command, given)
    case 'joinParcel':
      return joinParcel(cabinet, command, given)
    case 'moveDeposit':
      return moveDeposit(cabinet, command, given)
    case 'reopenDeposit':
      return reopenDeposit(cabinet, command, given)
    case 'confirmDeposit':
      return confirmDeposit(cabinet, command, given)
    case 'cancelDeposit':
      return cancelDeposit(cabinet, command, given)
    case 'undoDeposit':
      return undoDeposit(cabinet, command, given)
    case 'confirmUndo':
    case 'keepDeposit':
      return settleUndo(cabinet, command, given)
    case 'beginRecall':
      return beginRecall(cabinet, command, given)
    case 'reopenRecall':
      return reopenRecall(cabinet, command, given)
    case 'confirmRecall':
      return confirmRecall(cabinet, command, given)
    case 'beginLook':
      return beginLook(cabinet, command, given)
    case 'reopenLook':
      return reopenLook(cabinet, command, given)
    case 'sayLook':
      return sayLook(cabinet, command, given)
    case 'endLook':
      return endLook(cabinet, command, given)
    case 'turnParcelAway':
      return turnParcelAway(cabinet, command, given)
    case 'extendSession':
      return extendSession(cabinet, command, given)
    case 'endSession':
      return finishSession(cabinet, command, given)
  }
}

function decidePickup(cabinet: Cabinet, command: PickupCommand, given: Given): Answer {
  switch (command.type) {
    case 'attemptCode':
      return attemptCode(cabinet, command, given)
    case 'acceptGrant':
      return acceptGrant(cabinet, command, given)
    case 'confirmPickup':
      return confirmPickup(cabinet, command, given)
    case 'reopenPickup':
      return reopenPickup(cabinet, command, given)
    case 'refuseParcel':
      return refuseParcel(cabinet, command, given)
    case 'reportEmpty':
      return reportEmpty(cabinet, command, given)
    case 'reportStuck':
      return reportStuck(cabinet, command, given)
  }
}

/** What is in use must stay in the plan; the same plan told again changes nothing. */
function takeLayout(cabinet: Cabinet, layout: CabinetLayout, { now }: Given): Answer {
  const planned = new Set(layout.compartments.map(({ id }) => id))
  const lost = cabinet.layout.compartments.some(({ id }) => !planned.has(id) && isInUse(cabinet, id))
  if (!isSound(layout) || lost) return refuse('layout-unsound')
  if (isSame(layout, cabinet.layout)) return answer()
  return answer({ type: 'layoutTaken', layout, at: now })
}

function isInUse(cabinet: Cabinet, id: CabinetLayout['compartments'][number]['id']): boolean {
  const use = cabinet.compartments.get(id)?.use
  return use === 'held' || use === 'loaded' || use === 'suspect' || (cabinet.doors.get(id)?.pulse ?? null) !== null
}

/** A plan that came through the journal has its fields in another order: it is the same plan. */
function isSame(left: unknown, right: unknown): boolean {
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return left === right
  const [own, other] = [Object.entries(left), new Map(Object.entries(right))]
  return own.length === other.size && own.every(([name, value]) => isSame(value, other.get(name)))
}
