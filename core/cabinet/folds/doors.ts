import { pulseSpacing, spendBudget } from '../../access/budget.ts'
import type { Cause } from '../../access/cause.ts'
import { doorDecider, type DoorEvent } from '../../door/door.ts'
import { after, type RunningMs } from '../../values/instants.ts'
import { heldNobody, releasedDoor } from '../safety/emergency-fold.ts'
import { depositIn, type Cabinet, type Cycle } from '../state.ts'
import { withEntry } from './entries.ts'
import { renewSession } from './sessions.ts'

export function evolveDoors(cabinet: Cabinet, event: DoorEvent): Cabinet {
  const door = cabinet.doors.get(event.door)
  if (door === undefined) return cabinet
  const moved = { ...cabinet, doors: withEntry(cabinet.doors, event.door, doorDecider.evolve(door, event)) }
  const spent = event.type === 'doorUnlockIntended' ? spend(moved, event.cause, event.at) : moved
  const seen = isOpen(event) ? heldNobody(spent, event.door) : spent
  return renewAtDoor(evolveCycle(isReleased(event) ? releasedDoor(seen, event.door) : seen, event), event)
}

const isOpen = (event: DoorEvent): boolean =>
  event.type === 'doorOpened' || (event.type === 'doorFound' && event.sight === 'open')

const isReleased = (event: DoorEvent): boolean =>
  isOpen(event) || (event.type === 'doorUnlockIntended' && event.cause.kind === 'emergency')

function spend(cabinet: Cabinet, cause: Cause, at: RunningMs): Cabinet {
  return {
    ...cabinet,
    budget: spendBudget(cabinet.budget, cause, at),
    lastIntentAt: laterOf(cabinet.lastIntentAt, pulseDueAt(cabinet, cause, at)),
  }
}

/** Pulses keep their distance; only in service mode with the switch seen closed they do not (Actuation). */
function pulseDueAt({ lastIntentAt, serviceSwitchClosed }: Cabinet, cause: Cause, at: RunningMs): RunningMs {
  const spaced = lastIntentAt !== null && !(cause.kind === 'service' && serviceSwitchClosed)
  return spaced ? laterOf(after(lastIntentAt, pulseSpacing), at) : at
}

const laterOf = (left: RunningMs | null, right: RunningMs): RunningMs => (left !== null && left > right ? left : right)

function evolveCycle(cabinet: Cabinet, event: DoorEvent): Cabinet {
  switch (event.type) {
    case 'doorOpened':
      return event.cause === null ? cabinet : turn(cabinet, event.cause, event, 'open')
    case 'doorOutcomeUnknown':
      return turn(cabinet, event.cause, event, 'unknown')
    case 'doorShut': {
      const looked = turnLook(cabinet, event, 'shut')
      const deposit = depositIn(cabinet, event.door)
      if (deposit?.cycle !== 'open') return looked
      return { ...looked, deposits: withEntry(cabinet.deposits, deposit.id, { ...deposit, cycle: 'shut' }) }
    }
    case 'doorUnlockIntended':
    case 'doorPulsed':
    case 'doorUnlatched':
    case 'doorNotOpened':
    case 'doorLost':
    case 'doorFound':
    case 'doorLeftOpen':
      return cabinet
  }
}

/** Only an opening for this very deposit moves its cycle. */
function turn(cabinet: Cabinet, cause: Cause, { door }: DoorEvent, cycle: Cycle): Cabinet {
  if (cause.kind === 'look') return turnLook(cabinet, { door }, cycle)
  if (!('deposit' in cause)) return cabinet
  const deposit = cabinet.deposits.get(cause.deposit)
  if (deposit === undefined || deposit.compartment !== door) return cabinet
  return { ...cabinet, deposits: withEntry(cabinet.deposits, deposit.id, { ...deposit, cycle }) }
}

/** Of the compartment that is looked into now; shut counts where it was seen open. */
function turnLook(cabinet: Cabinet, { door }: Pick<DoorEvent, 'door'>, cycle: Cycle): Cabinet {
  const { session } = cabinet
  if (session?.kind !== 'courier' || session.look?.compartment !== door) return cabinet
  if (cycle === 'shut' && session.look.cycle !== 'open') return cabinet
  return { ...cabinet, session: { ...session, look: { ...session.look, cycle } } }
}

/** Somebody is there: a reminder or a silent line is no sign of life. */
const signsOfLife: readonly DoorEvent['type'][] = ['doorUnlockIntended', 'doorOpened', 'doorNotOpened', 'doorShut']

function renewAtDoor(cabinet: Cabinet, { type, door, at }: DoorEvent): Cabinet {
  const { session } = cabinet
  if (session === null || !signsOfLife.includes(type)) return cabinet
  const inHand = session.deposit === null ? undefined : cabinet.deposits.get(session.deposit)
  const other = session.kind === 'courier' && (session.leaving.includes(door) || session.look?.compartment === door)
  return inHand?.compartment === door || other ? renewSession(cabinet, at) : cabinet
}
