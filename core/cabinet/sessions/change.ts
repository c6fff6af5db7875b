import { refuse, type Given } from '../../decider/decider.ts'
import { isAtRest } from '../../door/door.ts'
import type { CourierCommand } from '../commands.ts'
import type { Cabinet } from '../state.ts'
import { allocate } from './deposit.ts'
import { answer, courierHand, type Answer } from './hand.ts'
import { intendOpening } from './opening.ts'
import { letGo } from './settle.ts'

type Of<Type extends CourierCommand['type']> = Extract<CourierCommand, { type: Type }>

/** "A bigger door", or another one where this one will not open. What was prepared stays valid. */
export function moveDeposit(cabinet: Cabinet, command: Of<'moveDeposit'>, given: Given): Answer {
  const hand = courierHand(cabinet, command, ['filling'])
  if ('refused' in hand) return hand.refused
  const { deposit, door, session } = hand
  if (door.pulse !== null) return refuse('door-busy')
  const faulty = command.faulty === true && !isAtRest(door)
  const place = allocate(cabinet, command, given)
  if (place.refused !== undefined) return refuse(place.refused)
  const from = deposit.compartment
  const { compartment: to, epoch } = place
  // Seen shut, it is free again: never opened, or emptied in a cycle by the courier's word. Else it is freed when it shuts.
  const left = isAtRest(door) ? letGo(cabinet, from, deposit.cycle === 'shut') : []
  return answer(
    { type: 'depositMoved', deposit: deposit.id, from, to, epoch, need: command.need, at: given.now },
    ...left,
    ...(faulty ? [{ type: 'compartmentFaulted', compartment: from, by: session.person } as const] : []),
    ...place.events,
  )
}

export function reopenDeposit(cabinet: Cabinet, command: Of<'reopenDeposit'>, given: Given): Answer {
  const hand = courierHand(cabinet, command, ['filling', 'cancelling', 'undoing'])
  if ('refused' in hand) return hand.refused
  const { id: deposit, compartment } = hand.deposit
  return intendOpening(cabinet, { compartment, cause: { kind: 'deposit', session: command.session, deposit } }, given)
}

/** The parcel is handed back: at once where the door never opened, else when it shuts on an empty compartment. */
export function cancelDeposit(cabinet: Cabinet, command: Of<'cancelDeposit'>, given: Given): Answer {
  const hand = courierHand(cabinet, command, ['filling', 'cancelling'])
  if ('refused' in hand) return hand.refused
  const { id: deposit, compartment, stage, cycle } = hand.deposit
  const { door } = hand
  const cancelling = { type: 'depositCancelling', deposit, at: given.now } as const
  if (door.pulse !== null) return refuse('door-busy')
  if (door.position === 'open') return stage === 'cancelling' ? refuse('door-open') : answer(cancelling)
  if (stage === 'filling' && (cycle === 'none' || cycle === 'unknown')) {
    return answer(
      { type: 'depositCancelled', deposit, why: 'courier', at: given.now },
      ...letGo(cabinet, compartment, false),
    )
  }
  const opening = intendOpening(
    cabinet,
    { compartment, cause: { kind: 'deposit', session: command.session, deposit } },
    given,
  )
  if (!opening.accepted) return opening
  return answer(...(stage === 'cancelling' ? [] : [cancelling]), ...opening.events)
}
