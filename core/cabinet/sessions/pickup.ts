import type { Cause } from '../../access/cause.ts'
import { refuse, type Given } from '../../decider/decider.ts'
import { isAtRest } from '../../door/door.ts'
import type { SessionId } from '../../values/ids.ts'
import { after, type RunningMs } from '../../values/instants.ts'
import type { CabinetRefusal, PickupCommand } from '../commands.ts'
import type { CabinetEvent } from '../events.ts'
import { reopenLimits, type Cabinet, type Deposit, type PickupSession } from '../state.ts'
import { refuseFreshness } from './courier.ts'
import { answer, pickupHand, refuseWord, type Answer } from './hand.ts'
import { intendOpening } from './opening.ts'
import { endSession, letGo, settle } from './settle.ts'

type Of<Type extends PickupCommand['type']> = Extract<PickupCommand, { type: Type }>

/** A signed grant over the nonce on the screen. The nonce of the live session opens its person's next door. */
export function acceptGrant(cabinet: Cabinet, command: Of<'acceptGrant'>, given: Given): Answer {
  const { session: live } = cabinet
  if (live?.kind === 'pickup' && live.nonce === command.nonce && live.person === command.person) {
    return continuePickup(cabinet, live, command, given)
  }
  const refusal =
    refuseFreshness(command.freshness) ??
    (live === null ? undefined : 'session-open') ??
    refuseGrant(cabinet, command, given.now)
  if (refusal !== undefined) return refuse(refusal)
  const { session, deposit, person, nonce, compartment } = command
  const opening = intendOpening(cabinet, { compartment, cause: pickupCause(session, deposit) }, given)
  if (!opening.accepted) return opening
  return answer(
    { type: 'pickupSessionOpened', session, deposit, person, via: 'grant', nonce, generation: null, at: given.now },
    ...opening.events,
  )
}

/** One deposit behind one door, named by somebody who cannot show it at the screen. */
export type Wanted = Pick<Of<'acceptGrant'>, 'session' | 'deposit' | 'compartment' | 'epoch'>

/**
 * The recipient's own order where the screen is dead. It is a pickup like any other, on the budget of pickups; only
 * nobody can say "all good", so whoever comes next ends the session before it, once that door is shut.
 */
export function pickUpFromAfar(cabinet: Cabinet, wanted: Wanted, given: Given): Answer {
  const { session: live } = cabinet
  const inHand = live?.kind === 'pickup' ? cabinet.deposits.get(live.deposit) : undefined
  if (live?.kind === 'pickup' && inHand?.session === live.id && inHand.id === wanted.deposit) {
    const elsewhere = refusePlace(inHand, wanted)
    if (elsewhere !== undefined) return refuse(elsewhere)
    return reopenPickup(cabinet, { type: 'reopenPickup', session: live.id }, given)
  }
  if (live?.kind === 'courier' || (live !== null && refuseLeaving(cabinet, live) !== undefined)) {
    return refuse('session-open')
  }
  const refusal = refuseGrant(cabinet, wanted, given.now)
  if (refusal !== undefined) return refuse(refusal)
  const { session, deposit, compartment } = wanted
  const opening = intendOpening(cabinet, { compartment, cause: pickupCause(session, deposit) }, given)
  if (!opening.accepted) return opening
  const own = { session, deposit, person: null, via: 'grant', nonce: null, generation: null, at: given.now } as const
  return answer(...endSession(cabinet, 'done', given.now), { type: 'pickupSessionOpened', ...own }, ...opening.events)
}

export const pickupCause = (session: SessionId, deposit: Deposit['id']): Cause => ({ kind: 'pickup', session, deposit })

/** Whether a right that was used and whose opening is unfinished may open once more (law 4). */
export function mayReopen({ pickup }: Deposit, now: RunningMs): boolean {
  return pickup !== null && pickup.reopened < reopenLimits.times && now < after(pickup.startedAt, reopenLimits.within)
}

/** "All good". A code has had its one session; a grant's session may go on to the next door. */
export function confirmPickup(cabinet: Cabinet, command: Of<'confirmPickup'>, given: Given): Answer {
  const hand = pickupHand(cabinet, command.session, ['collecting'])
  if ('refused' in hand) return hand.refused
  const doubted = refuseWord(hand)
  if (doubted !== undefined) return refuse(doubted)
  const { session, deposit } = hand
  return answer(
    { type: 'depositCollected', deposit: deposit.id, by: 'person', at: given.now },
    ...letGo(cabinet, deposit.compartment, true),
    ...(session.via === 'code'
      ? [{ type: 'sessionEnded', session: session.id, why: 'done', at: given.now } as const]
      : []),
  )
}

export function reopenPickup(cabinet: Cabinet, command: Of<'reopenPickup'>, given: Given): Answer {
  const hand = pickupHand(cabinet, command.session, ['collecting', 'putting-back'])
  if ('refused' in hand) return hand.refused
  const { session, deposit } = hand
  if (!mayReopen(deposit, given.now)) return refuse('reopen-spent')
  const { id, compartment } = deposit
  const opening = intendOpening(cabinet, { compartment, cause: pickupCause(session.id, id) }, given)
  if (!opening.accepted) return opening
  return answer({ type: 'pickupReopened', session: session.id, deposit: id, at: given.now }, ...opening.events)
}

/** Damaged, wrong or unwanted: it goes back through the same door, and the compartment stays bound to it. */
export function refuseParcel(cabinet: Cabinet, command: Of<'refuseParcel'>, given: Given): Answer {
  const hand = pickupHand(cabinet, command.session, ['collecting'])
  if ('refused' in hand) return hand.refused
  const { session, deposit, door } = hand
  const { id, compartment, cycle } = deposit
  if (door.pulse !== null) return refuse('door-busy')
  if (cycle === 'none' || cycle === 'unknown') return refuse('door-not-cycled')
  const begun = { type: 'refusalBegun', deposit: id, why: command.why, at: given.now } as const
  if (cycle === 'open') return answer(begun)
  const opening = intendOpening(cabinet, { compartment, cause: pickupCause(session.id, id) }, given)
  return opening.accepted ? answer(begun, ...opening.events) : opening
}

export function reportEmpty(cabinet: Cabinet, command: Of<'reportEmpty'>, given: Given): Answer {
  const hand = pickupHand(cabinet, command.session, ['collecting'])
  if ('refused' in hand) return hand.refused
  const { id, compartment, cycle } = hand.deposit
  if (hand.door.pulse !== null) return refuse('door-busy')
  if (cycle === 'none' || cycle === 'unknown') return refuse('door-not-cycled')
  return answer(
    { type: 'depositDisputed', deposit: id, why: 'empty', at: given.now },
    { type: 'compartmentSuspected', compartment, why: 'found-empty' },
    { type: 'sessionEnded', session: command.session, why: 'done', at: given.now },
  )
}

/**
 * The lock says open and the leaf did not follow: no pickup (law 3). The door is in doubt until somebody has looked, and
 * the same right may come back to it.
 */
export function reportStuck(cabinet: Cabinet, command: Of<'reportStuck'>, given: Given): Answer {
  const hand = pickupHand(cabinet, command.session, ['collecting'])
  if ('refused' in hand) return hand.refused
  const { compartment } = hand.deposit
  if (hand.door.pulse !== null) return refuse('door-busy')
  return answer(
    { type: 'compartmentSuspected', compartment, why: 'did-not-open' },
    { type: 'sessionEnded', session: command.session, why: 'done', at: given.now },
  )
}

function refuseGrant(cabinet: Cabinet, command: Wanted, now: RunningMs): CabinetRefusal | undefined {
  const deposit = cabinet.deposits.get(command.deposit)
  const waits = deposit?.stage === 'stored' || (deposit?.stage === 'collecting' && mayReopen(deposit, now))
  if (deposit === undefined || !waits) return 'deposit-unknown'
  return refusePlace(deposit, command)
}

const refusePlace = (deposit: Deposit, { compartment, epoch }: Wanted): CabinetRefusal | undefined =>
  deposit.compartment === compartment && deposit.epoch === epoch ? undefined : 'order-stale-epoch'

/** Asking for the next door says that nobody objects to the former. */
function continuePickup(cabinet: Cabinet, live: PickupSession, command: Of<'acceptGrant'>, given: Given): Answer {
  const inHand = cabinet.deposits.get(live.deposit)
  if (inHand?.session === live.id && command.deposit === inHand.id) {
    const elsewhere = refusePlace(inHand, command)
    if (elsewhere !== undefined) return refuse(elsewhere)
    return reopenPickup(cabinet, { type: 'reopenPickup', session: live.id }, given)
  }
  const refusal = refuseLeaving(cabinet, live) ?? refuseGrant(cabinet, command, given.now)
  if (refusal !== undefined) return refuse(refusal)
  const { deposit, compartment } = command
  const former = settleFormer(cabinet, live, given.now)
  const opening = intendOpening(cabinet, { compartment, cause: pickupCause(live.id, deposit) }, given)
  if (!opening.accepted) return opening
  return answer(...former, { type: 'pickupContinued', session: live.id, deposit, at: given.now }, ...opening.events)
}

function refuseLeaving(cabinet: Cabinet, live: PickupSession): CabinetRefusal | undefined {
  const deposit = cabinet.deposits.get(live.deposit)
  if (deposit === undefined || deposit.session !== live.id) return undefined
  const door = cabinet.doors.get(deposit.compartment)
  if (door === undefined) return undefined
  if (door.pulse !== null) return 'door-busy'
  return isAtRest(door) ? undefined : 'door-open'
}

function settleFormer(cabinet: Cabinet, live: PickupSession, now: RunningMs): readonly CabinetEvent[] {
  const deposit = cabinet.deposits.get(live.deposit)
  return deposit?.session === live.id ? settle(cabinet, { ...deposit, session: null }, { late: false, now }) : []
}
