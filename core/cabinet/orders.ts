import type { Cause } from '../access/cause.ts'
import { permits, type CompartmentEvent } from '../compartment/compartment.ts'
import { leaseLimits } from '../compartment/lease.ts'
import type { Given } from '../decider/decider.ts'
import { isAtRest } from '../door/door.ts'
import type { CompartmentId } from '../values/ids.ts'
import { after, hours, minutes } from '../values/instants.ts'
import { fitsSize } from '../values/sizes.ts'
import type { CabinetRefusal, OrderCommand } from './commands.ts'
import type { CabinetEvent, OrderKind, OrderRefusal } from './events.ts'
import { inspected, isInHand } from './safety/look.ts'
import { beginRelease, plansOf } from './safety/emergency.ts'
import { isTagTaken } from './sessions/deposit.ts'
import { intendOpening } from './sessions/opening.ts'
import { pickUpFromAfar } from './sessions/pickup.ts'
import { depositIn, type Cabinet, type Deposit } from './state.ts'

type Of<Type extends OrderCommand['type']> = Extract<OrderCommand, { type: Type }>
type Outcome = { readonly refused: OrderRefusal } | { readonly events: readonly CabinetEvent[] }

export const renewLimits = { apart: minutes(1), times: 5, within: hours(24) } as const

/** An order is always answered, and its answer journaled: accepted with what follows, or refused with its reason. */
export function takeOrder(cabinet: Cabinet, command: OrderCommand, given: Given): readonly CabinetEvent[] {
  const { order, staff } = command
  const outcome = orderOutcome(cabinet, command, given)
  if ('refused' in outcome) return [{ type: 'orderRefused', order, reason: outcome.refused, at: given.now }]
  return [{ type: 'orderAccepted', order, staff, what: orderKinds[command.type], at: given.now }, ...outcome.events]
}

export type OrderAnswer = { readonly accepted: true } | { readonly accepted: false; readonly reason: OrderRefusal }

/** What a decision answered to its order; the shell stores it and says it again to a duplicate. */
export function answerOf(events: readonly CabinetEvent[]): OrderAnswer | undefined {
  for (const event of events) {
    if (event.type === 'orderAccepted') return { accepted: true }
    if (event.type === 'orderRefused') return { accepted: false, reason: event.reason }
  }
  return undefined
}

/** The generation that a renewed code takes: above all that were ever drawn for this deposit (law 5). */
export const nextGeneration = ({ codes, usedGeneration, revokedThrough }: Deposit): number =>
  Math.max(usedGeneration ?? -1, revokedThrough ?? -1, ...codes.map(({ generation }) => generation)) + 1

const orderKinds: Readonly<Record<OrderCommand['type'], OrderKind>> = {
  orderOpen: 'open',
  orderRetire: 'retire',
  orderRestore: 'restore',
  orderInspect: 'inspect',
  orderRenew: 'renew',
  orderHold: 'hold',
  orderGiveBack: 'give-back',
  orderPickup: 'pickup',
  orderRelease: 'release',
  orderCalm: 'calm',
}

function orderOutcome(cabinet: Cabinet, command: OrderCommand, given: Given): Outcome {
  if (command.freshness !== 'asked' && command.freshness !== 'screen') return { refused: 'order-stale-nonce' }
  if (command.type === 'orderRenew') return renew(cabinet, command, given)
  if (command.type === 'orderHold') return hold(cabinet, command, given)
  if (command.type === 'orderGiveBack') return giveBack(cabinet, command, given)
  if (command.type === 'orderPickup') return pickUp(cabinet, command, given)
  if (command.type === 'orderRelease') return release(cabinet, command, given)
  if (command.type === 'orderCalm') return calm(cabinet, command, given)
  const compartment = cabinet.compartments.get(command.compartment)
  if (compartment === undefined) return { refused: 'order-unknown-compartment' }
  if (compartment.epoch !== command.epoch) return { refused: 'order-stale-epoch' }
  const { order } = command
  switch (command.type) {
    case 'orderOpen':
      return open(cabinet, command, given)
    case 'orderRetire':
      return allowed(
        cabinet,
        { type: 'compartmentRetired', compartment: compartment.id, order },
        'order-compartment-in-use',
      )
    case 'orderRestore':
      return allowed(
        cabinet,
        { type: 'compartmentRestored', compartment: compartment.id, order },
        'order-compartment-not-retired',
      )
    case 'orderInspect':
      return inspect(cabinet, command, given)
  }
}

function open(cabinet: Cabinet, command: Of<'orderOpen'>, given: Given): Outcome {
  const { order, staff, compartment, service } = command
  if (service && !cabinet.serviceSwitchClosed) return { refused: 'order-out-of-budget' }
  const cause: Cause = service ? { kind: 'service', order, person: staff } : { kind: 'order', order, staff }
  const opening = intendOpening(cabinet, { compartment, cause }, given)
  if (opening.accepted) return { events: opening.events }
  switch (opening.refusal) {
    case 'door-open':
      return { refused: 'order-door-open' }
    case 'door-busy':
      return { refused: 'order-door-busy' }
    case 'budget-spent':
      return { refused: 'order-out-of-budget' }
  }
}

/** Law 13: from afar recipients open only where nobody could show a right at the screen, and as pickups. */
function pickUp(cabinet: Cabinet, command: Of<'orderPickup'>, given: Given): Outcome {
  if (!command.screenDead) return { refused: 'order-screen-works' }
  const decision = pickUpFromAfar(cabinet, command, given)
  return decision.accepted ? { events: decision.events } : { refused: pickupRefusal(decision.refusal) }
}

function pickupRefusal(refusal: CabinetRefusal): OrderRefusal {
  const known: Partial<Record<CabinetRefusal, OrderRefusal>> = {
    'door-open': 'order-door-open',
    'door-busy': 'order-door-busy',
    'budget-spent': 'order-out-of-budget',
    'session-open': 'order-session-open',
    'reopen-spent': 'order-reopen-spent',
    'order-stale-epoch': 'order-stale-epoch',
  }
  return known[refusal] ?? 'order-unknown-deposit'
}

function allowed(cabinet: Cabinet, event: CompartmentEvent, otherwise: OrderRefusal): Outcome {
  const compartment = cabinet.compartments.get(event.compartment)
  return compartment === undefined || permits(compartment, event) !== undefined
    ? { refused: otherwise }
    : { events: [event] }
}

/** Somebody looked. Whatever he saw, the door must be seen shut again before his word counts (law 16). */
function inspect(cabinet: Cabinet, command: Of<'orderInspect'>, { now }: Given): Outcome {
  const { compartment, seen, staff, picture } = command
  if (cabinet.compartments.get(compartment)?.use !== 'suspect') return { refused: 'order-compartment-not-suspect' }
  const deposit = depositIn(cabinet, compartment)
  if (deposit !== undefined && isInHand(deposit)) return { refused: 'order-compartment-in-use' }
  const unshut = refuseUnshut(cabinet, compartment)
  // Law 16: against a sensor that lies only a named person's word with a picture counts.
  const vouched = unshut === 'order-door-open' && picture !== undefined
  if (unshut !== undefined && !vouched) return { refused: unshut }
  return { events: inspected(cabinet, { compartment, seen, by: staff, picture }, now) }
}

function refuseUnshut(cabinet: Cabinet, compartment: CompartmentId): OrderRefusal | undefined {
  const door = cabinet.doors.get(compartment)
  if (door === undefined || door.pulse !== null) return 'order-door-busy'
  return isAtRest(door) ? undefined : 'order-door-open'
}

/** Law 17: refused only where it names no door that is here. */
function release(cabinet: Cabinet, { order, staff, doors }: Of<'orderRelease'>, given: Given): Outcome {
  const plans = plansOf(cabinet, doors)
  if (plans === undefined) return { refused: 'order-unknown-compartment' }
  return { events: beginRelease(cabinet, plans, { kind: 'emergency', order, staff }, given) }
}

const calm = (cabinet: Cabinet, { order }: Of<'orderCalm'>, { now }: Given): Outcome =>
  cabinet.emergency === null
    ? { refused: 'order-no-emergency' }
    : { events: [{ type: 'emergencyEnded', order, at: now }] }

/** The cabinet draws the next generation; all lower ones die at once. */
function renew(cabinet: Cabinet, command: Of<'orderRenew'>, { now }: Given): Outcome {
  const deposit = cabinet.deposits.get(command.deposit)
  if (deposit?.stage !== 'stored') return { refused: 'order-unknown-deposit' }
  const recent = deposit.renewals.filter((at) => now < after(at, renewLimits.within))
  const tooSoon = recent.some((at) => now < after(at, renewLimits.apart))
  const taken = isTagTaken(cabinet, command.code.tag)
  if (tooSoon || recent.length >= renewLimits.times || taken) return { refused: 'order-renew-limit' }
  const code = { ...command.code, generation: nextGeneration(deposit) }
  return { events: [{ type: 'codeRenewed', deposit: deposit.id, code, order: command.order, at: now }] }
}

/** A place in the queue; a door follows at once where one is free (`facts/leases.ts`). */
function hold(cabinet: Cabinet, { order, person, carrier, size }: Of<'orderHold'>, { now }: Given): Outcome {
  if (!cabinet.layout.compartments.some((plan) => fitsSize(size, plan.size))) {
    return { refused: 'order-unknown-compartment' }
  }
  const own = cabinet.leases.filter((lease) => lease.person === person)
  if (own.length >= leaseLimits.each || cabinet.leases.length >= leaseLimits.all) return { refused: 'order-hold-limit' }
  return { events: [{ type: 'leaseAsked', order, person, carrier, size, at: now }] }
}

function giveBack(cabinet: Cabinet, { hold: id }: Of<'orderGiveBack'>, { now }: Given): Outcome {
  if (!cabinet.leases.some(({ order }) => order === id)) return { refused: 'order-unknown-hold' }
  return { events: [{ type: 'leaseEnded', order: id, why: 'given-back', at: now }] }
}
