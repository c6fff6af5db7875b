import type { Cause } from '../../access/cause.ts'
import { refuse, type Given } from '../../decider/decider.ts'
import type { CourierCommand } from '../commands.ts'
import type { Cabinet } from '../state.ts'
import { answer, courierHand, courierSession, isBusy, isSpent, refuseWord, type Answer } from './hand.ts'
import { isAtRest } from '../../door/door.ts'
import { intendOpening } from './opening.ts'
import { letGo } from './settle.ts'

type Of<Type extends CourierCommand['type']> = Extract<CourierCommand, { type: Type }>

/** A carrier's courier takes out what the cloud lists; whether it is overdue is the cloud's word. */
export function beginRecall(cabinet: Cabinet, command: Of<'beginRecall'>, given: Given): Answer {
  const session = courierSession(cabinet, command.session)
  if (session === undefined) return refuse('session-unknown')
  if (isBusy(session)) return refuse('deposit-in-hand')
  if (isSpent(cabinet, session, given.now)) return refuse('certificate-spent')
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

/** The last deposit of this very session comes out again; its codes rest meanwhile and die with it. */
export function undoDeposit(cabinet: Cabinet, command: Of<'undoDeposit'>, given: Given): Answer {
  const session = courierSession(cabinet, command.session)
  if (session === undefined) return refuse('session-unknown')
  if (isBusy(session)) return refuse('deposit-in-hand')
  const deposit = cabinet.deposits.get(command.deposit)
  if (deposit === undefined) return refuse('deposit-unknown')
  const { lastMade } = cabinet
  const isLast = lastMade?.deposit === deposit.id && lastMade.session === session.id
  if (!isLast || deposit.stage !== 'stored') return refuse('undo-too-late')
  const { id, compartment } = deposit
  const cause: Cause = { kind: 'deposit', session: session.id, deposit: id }
  const opening = intendOpening(cabinet, { compartment, cause }, given)
  if (!opening.accepted) return opening
  return answer({ type: 'undoBegun', deposit: id, session: session.id, at: given.now }, ...opening.events)
}

/** "It is out, and empty" counts after a witnessed cycle (Custody); "it stays" once the door is shut. */
export function settleUndo(cabinet: Cabinet, command: Of<'confirmUndo' | 'keepDeposit'>, given: Given): Answer {
  const hand = courierHand(cabinet, command, ['undoing'])
  if ('refused' in hand) return hand.refused
  const { id, compartment } = hand.deposit
  if (command.type === 'keepDeposit') {
    if (hand.door.pulse !== null) return refuse('door-busy')
    return isAtRest(hand.door) ? answer({ type: 'depositKept', deposit: id, at: given.now }) : refuse('door-open')
  }
  const doubted = refuseWord(hand)
  if (doubted !== undefined) return refuse(doubted)
  return answer(
    { type: 'depositCancelled', deposit: id, why: 'courier', at: given.now },
    ...letGo(cabinet, compartment, true),
  )
}
