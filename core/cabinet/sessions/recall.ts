import type { Cause } from '../../access/cause.ts'
import { refuse, type Given } from '../../decider/decider.ts'
import type { CourierCommand } from '../commands.ts'
import type { Cabinet } from '../state.ts'
import { answer, courierHand, courierSession, refuseWord, type Answer } from './hand.ts'
import { intendOpening } from './opening.ts'
import { letGo } from './settle.ts'

type Of<Type extends CourierCommand['type']> = Extract<CourierCommand, { type: Type }>

/** A carrier's courier takes out what the cloud lists; whether it is overdue is the cloud's word. */
export function beginRecall(cabinet: Cabinet, command: Of<'beginRecall'>, given: Given): Answer {
  const session = courierSession(cabinet, command.session)
  if (session === undefined) return refuse('session-unknown')
  if (session.deposit !== null) return refuse('deposit-in-hand')
  const deposit = cabinet.deposits.get(command.deposit)
  if (deposit === undefined || deposit.carrier !== session.carrier) return refuse('deposit-unknown')
  if (deposit.stage !== 'stored' && deposit.stage !== 'refused') return refuse('deposit-unknown')
  if (!command.listed) return refuse('recall-not-listed')
  const { id, compartment } = deposit
  const cause: Cause = { kind: 'recall', session: session.id, deposit: id }
  const opening = intendOpening(cabinet, { compartment, cause }, given)
  if (!opening.accepted) return opening
  return answer({ type: 'recallBegun', deposit: id, session: session.id, at: given.now }, ...opening.events)
}

export function reopenRecall(cabinet: Cabinet, command: Of<'reopenRecall'>, given: Given): Answer {
  const hand = courierHand(cabinet, command, ['recalling'])
  if ('refused' in hand) return hand.refused
  const { id: deposit, compartment } = hand.deposit
  return intendOpening(cabinet, { compartment, cause: { kind: 'recall', session: command.session, deposit } }, given)
}

export function confirmRecall(cabinet: Cabinet, command: Of<'confirmRecall'>, given: Given): Answer {
  const hand = courierHand(cabinet, command, ['recalling'])
  if ('refused' in hand) return hand.refused
  const doubted = refuseWord(hand)
  if (doubted !== undefined) return refuse(doubted)
  const { id, compartment } = hand.deposit
  return answer(
    { type: 'depositRecalled', deposit: id, by: 'person', at: given.now },
    ...letGo(cabinet, compartment, true),
  )
}
