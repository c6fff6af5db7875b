import { hasBudget } from '../../access/budget.ts'
import type { Cause } from '../../access/cause.ts'
import { chooseCompartment, type Candidate, type Need } from '../../compartment/allocate.ts'
import type { CompartmentEvent } from '../../compartment/compartment.ts'
import { leaseUsed, type LeaseEvent } from '../../compartment/lease.ts'
import { refuse, type Given } from '../../decider/decider.ts'
import type { DoorEvent } from '../../door/door.ts'
import type { CompartmentId, DepositId, PersonId, SessionId } from '../../values/ids.ts'
import type { CabinetRefusal, CourierCommand } from '../commands.ts'
import type { Inspection } from '../events.ts'
import { candidates, parcelsMax, type Cabinet } from '../state.ts'
import { answer, courierHand, courierSession, isBusy, isSpent, refuseWord, type Answer } from './hand.ts'
import { intendOpening } from './opening.ts'

type Of<Type extends CourierCommand['type']> = Extract<CourierCommand, { type: Type }>

export function beginDeposit(cabinet: Cabinet, command: Of<'beginDeposit'>, given: Given): Answer {
  const session = courierSession(cabinet, command.session)
  if (session === undefined) return refuse('session-unknown')
  if (isBusy(session) || cabinet.deposits.has(command.deposit)) return refuse('deposit-in-hand')
  if (isSpent(cabinet, session, given.now)) return refuse('certificate-spent')
  // No consent, no door: asked before anything else is.
  const { consent } = command
  if (consent === null) return refuse('consent-missing')
  const unfit = refuseGoods(command) ?? refuseParcels(cabinet, command.parcels)
  if (unfit !== undefined) return refuse(unfit)
  const place = allocate(cabinet, command, given)
  if (place.refused !== undefined) return refuse(place.refused)
  const { deposit, parcels, need, inspection } = command
  const { compartment, epoch } = place
  const at = given.now
  return answer(
    {
      type: 'depositBegun',
      deposit,
      session: session.id,
      carrier: session.carrier,
      person: session.person,
      compartment,
      epoch,
      parcels,
      need,
      consent,
      inspection,
      at,
    },
    ...place.events,
  )
}

/** The codes are drawn while the door is open; equal to none that lives or was used (law 7). */
export function prepareDeposit(cabinet: Cabinet, command: Of<'prepareDeposit'>, given: Given): Answer {
  const deposit = cabinet.deposits.get(command.deposit)
  if (deposit === undefined) return refuse('deposit-unknown')
  // Drawn once: what was taken back before the deposit was made would come again below the mark, and open nothing (law 3).
  const drawn = deposit.codes.length > 0 || deposit.revokedThrough !== undefined
  if (deposit.stage !== 'filling' || drawn) return refuse('deposit-not-ready')
  const { codes } = command
  const twoGenerations = codes.length === 2 && codes.every(({ generation }, i) => generation === i)
  const fresh =
    new Set(codes.map(({ tag }) => tag)).size === codes.length && !codes.some(({ tag }) => isTagTaken(cabinet, tag))
  if (!twoGenerations || !fresh) return refuse('deposit-not-ready')
  return answer({ type: 'depositPrepared', deposit: deposit.id, codes, at: given.now })
}

export function isTagTaken(cabinet: Cabinet, tag: string): boolean {
  if (cabinet.usedTags.includes(tag)) return true
  return [...cabinet.deposits.values()].some(({ codes }) => codes.some((code) => code.tag === tag))
}

export function joinParcel(cabinet: Cabinet, command: Of<'joinParcel'>, given: Given): Answer {
  const hand = courierHand(cabinet, command, ['filling'])
  if ('refused' in hand) return hand.refused
  const { deposit } = hand
  const damaged = refuseInspection(command.inspection)
  if (damaged !== undefined) return refuse(damaged)
  if (isInside(cabinet, command.parcel)) return refuse('parcel-already-inside')
  if (deposit.parcels.length >= parcelsMax) return refuse('too-many-parcels')
  const { parcel, inspection } = command
  return answer({ type: 'parcelJoined', deposit: deposit.id, parcel, inspection, at: given.now })
}

export function confirmDeposit(cabinet: Cabinet, command: Of<'confirmDeposit'>, given: Given): Answer {
  const hand = courierHand(cabinet, command, ['filling'])
  if ('refused' in hand) return hand.refused
  const { id, compartment, codes } = hand.deposit
  const doubted = refuseWord(hand)
  if (doubted !== undefined) return refuse(doubted)
  // A code for a door that nobody saw shut would open on a guess.
  if (hand.door.position === 'unseen') return refuse('door-not-cycled')
  if (codes.length === 0) return refuse('deposit-not-ready')
  return answer(
    { type: 'depositMade', deposit: id, by: 'person', at: given.now },
    { type: 'compartmentLoaded', compartment, deposit: id },
  )
}

interface Wanted {
  readonly session: SessionId
  readonly deposit: DepositId
  readonly need: Need
}

type Place =
  | { readonly refused: CabinetRefusal }
  | {
      readonly refused?: undefined
      readonly compartment: CompartmentId
      readonly epoch: number
      readonly events: readonly (CompartmentEvent | DoorEvent | LeaseEvent)[]
    }

/** Finds, holds and opens a compartment: budget first, so that a full cabinet is only said where it is one. */
export function allocate(cabinet: Cabinet, { session, deposit, need }: Wanted, given: Given): Place {
  const cause: Cause = { kind: 'deposit', session, deposit }
  const person = courierSession(cabinet, session)?.person ?? null
  const free = candidates(cabinet, person)
  const chosen = chooseLeased(cabinet, free, { person, need })
  if (!hasBudget(cabinet.budget, 'courier', given.now)) return { refused: 'budget-spent' }
  if (chosen === undefined) {
    const onlyLow = need.lowDoor && chooseCompartment(free, { ...need, lowDoor: false }) !== undefined
    return { refused: onlyLow ? 'no-low-door-free' : 'cabinet-full' }
  }
  const compartment = chosen.plan.id
  const epoch = chosen.compartment.epoch + 1
  const opening = intendOpening(cabinet, { compartment, cause }, given)
  if (!opening.accepted) return { refused: opening.refusal }
  return {
    compartment,
    epoch,
    events: [
      ...leaseUsed(cabinet.leases, compartment, given.now),
      { type: 'compartmentHeld', compartment, epoch, deposit, session },
      ...opening.events,
    ],
  }
}

/** Held for this courier in this very size first; then what is free to all; then whatever else is held for him. */
function chooseLeased(
  { leases }: Cabinet,
  free: readonly Candidate[],
  { person, need }: { readonly person: PersonId | null; readonly need: Need },
): Candidate | undefined {
  const own = new Map(
    leases.flatMap(({ person: of, held, size }) => (of === person && held !== null ? [[held.compartment, size]] : [])),
  )
  const exact = free.filter(({ plan }) => own.get(plan.id) === need.size)
  const open = free.filter(({ plan }) => !own.has(plan.id))
  return chooseCompartment(exact, need) ?? chooseCompartment(open, need) ?? chooseCompartment(free, need)
}

function refuseGoods({ inspection, declared }: Of<'beginDeposit'>): CabinetRefusal | undefined {
  const damaged = refuseInspection(inspection)
  if (damaged !== undefined) return damaged
  const needsAgreement = declared.freshFood || declared.valuables
  return needsAgreement && !declared.agreement ? 'goods-need-agreement' : undefined
}

function refuseInspection({ damaged, weightOff }: Inspection): CabinetRefusal | undefined {
  if (damaged) return 'parcel-damaged'
  return weightOff ? 'weight-differs' : undefined
}

function refuseParcels(cabinet: Cabinet, parcels: readonly string[]): CabinetRefusal | undefined {
  if (parcels.some((parcel) => isInside(cabinet, parcel)) || new Set(parcels).size < parcels.length) {
    return 'parcel-already-inside'
  }
  if (parcels.length === 0) return 'deposit-not-ready'
  return parcels.length > parcelsMax ? 'too-many-parcels' : undefined
}

function isInside(cabinet: Cabinet, parcel: string): boolean {
  return [...cabinet.deposits.values()].some(({ parcels }) => parcels.includes(parcel))
}
