import { candidates, type CourierSession, type Deposit } from '@holdfast/core/cabinet/state.ts'
import { isReachable } from '@holdfast/core/cabinet/layout.ts'
import { chooseCompartment } from '@holdfast/core/compartment/allocate.ts'
import type { ParcelShown, Screen } from '@holdfast/wire/kiosk/screens.ts'
import { maskPhone } from '@holdfast/core/parcel/phone.ts'
import { referenceOf } from '@holdfast/core/values/reference.ts'
import type { CompartmentId, DepositId } from '@holdfast/core/values/ids.ts'
import { undoable } from '../courier/recall.ts'
import { lookDoor, looksScreen } from '../look/look-screen.ts'
import { doubts } from '../look/look.ts'
import { carriedAtOnce, isCarrying, toCarry } from '../carry/carry.ts'
import { inHand, listed } from '../courier/talk.ts'
import { nextSize } from '../courier/door.ts'
import type { CourierTalk, ParcelInHand, Sight } from '../dialog.ts'
import { hindrance } from './guest-screen.ts'
import { freeNow, isReminded, phaseOf } from './door-phase.ts'

/** One question a screen: the parcel in hand first, then the door, then the next scan. */
export function courierScreen(talk: CourierTalk, session: CourierSession, sight: Sight): Screen {
  const held = inHand(sight)
  if (session.look !== undefined) return lookDoor(talk, session.look, sight)
  if (isCarrying(talk, sight)) return carryScreen(talk, sight)
  if (talk.parcel !== null) return parcelScreen(talk, talk.parcel, sight)
  if (held?.stage === 'recalling') return recallDoor(talk, held, sight)
  if (held?.stage === 'undoing') return undoDoor(talk, held, sight)
  if (held !== undefined) return depositDoor(talk, held, session, sight)
  const { problem } = talk
  if (talk.page === 'recalls') {
    const doors = listed(sight).map(({ compartment }) => compartment)
    return { kind: 'recalls', doors, takenOut: talk.takenOut, problem }
  }
  if (talk.page === 'looks') return looksScreen(talk, sight)
  const doubtful = doubts(talk, sight).length
  return {
    kind: 'scan',
    free: freeNow(sight),
    delivered: talk.delivered,
    recalls: listed(sight).length,
    ...(doubtful === 0 ? {} : { doubts: doubtful }),
    alsoShut: [...session.leaving],
    undo: doorOf(undoable(sight), sight),
    missed: missedDoors(talk, sight),
    problem: problem ?? hindrance(sight),
  }
}

function carryScreen(talk: CourierTalk, sight: Sight): Screen {
  const all = toCarry(talk, sight)
  const now = all.slice(0, carriedAtOnce)
  const codes = now.flatMap((deposit) => [...sight.carried(deposit)])
  return { kind: 'carry', codes, deposits: now.length, more: all.length - now.length, last: talk.finishing }
}

const shown = ({ number, guesses }: ParcelInHand): ParcelShown => ({ number, guesses })

function parcelScreen(talk: CourierTalk, parcel: ParcelInHand, sight: Sight): Screen {
  const { step, phone, problem } = parcel
  switch (step) {
    case 'queued':
    case 'looking':
    case 'opening':
      return { kind: 'looking', parcel: shown(parcel) }
    case 'same-door':
      return sameDoor(parcel, sight)
    case 'recipient':
      return { kind: 'recipient', parcel: shown(parcel), problem }
    case 'recipient-check':
      // What the courier typed a moment ago and must compare: whole, and gone with this screen.
      return { kind: 'recipient-check', parcel: shown(parcel), phone: phone ?? '+' }
    case 'consent': {
      const masked = phone === null ? null : maskPhone(phone)
      const canAsk = parcel.consent !== 'waiting' && parcel.consent !== 'declined'
      return { kind: 'consent', parcel: shown(parcel), state: parcel.consent, phone: masked, canAsk }
    }
    case 'phone-asks':
      return phoneAsks(parcel, sight)
    case 'size': {
      const { size: _, ...overflow } = parcel.elsewhere ?? { size: null }
      const elsewhere = 'places' in overflow ? { elsewhere: overflow } : {}
      return {
        kind: 'size',
        parcel: shown(parcel),
        free: freeNow(sight),
        ...elsewhere,
        problem: problem ?? talk.problem,
      }
    }
  }
}

/** Until the question is sealed there is nothing to show. */
function phoneAsks(parcel: ParcelInHand, sight: Sight): Screen {
  const { deposit, phone, problem } = parcel
  const codes = [...sight.askTexts(deposit)]
  if (codes.length === 0) return { kind: 'looking', parcel: shown(parcel) }
  const about = phone === null && sight.card(parcel.digest) === undefined ? 'parcel' : 'consent'
  const masked = phone === null ? null : maskPhone(phone)
  return { kind: 'phone-asks', parcel: shown(parcel), about, phone: masked, codes, problem }
}

function sameDoor(parcel: ParcelInHand, sight: Sight): Screen {
  const held = inHand(sight)
  if (held === undefined) return { kind: 'looking', parcel: shown(parcel) }
  const open = phaseOf(held, sight.cabinet) === 'open'
  return { kind: 'same-door', parcel: shown(parcel), compartment: held.compartment, open }
}

function depositDoor(talk: CourierTalk, held: Deposit, { leaving }: CourierSession, sight: Sight): Screen {
  const phase = phaseOf(held, sight.cabinet)
  const { lowDoor: low } = held.need
  const lower = held.stage === 'filling' && !low && isLowerFree(held, sight)
  return {
    kind: 'deposit-door',
    parcel: talk.behind === null ? null : shown(talk.behind),
    compartment: held.compartment,
    phase,
    reminded: isReminded(held.compartment, sight.cabinet),
    parcels: held.parcels.length,
    cancelling: held.stage === 'cancelling',
    bigger: held.stage === 'filling' && isBiggerFree(held, sight),
    alsoShut: [...leaving],
    instead: talk.instead,
    ...(low ? { low } : {}),
    ...(lower ? { lower } : {}),
    ...(phase === 'shut' && held.stage === 'filling' ? { reference: referenceOf(held.id) } : {}),
    waiting: talk.finishing,
    missed: missedDoors(talk, sight),
    problem: talk.problem,
  }
}

function undoDoor(talk: CourierTalk, { compartment, ...held }: Deposit, sight: Sight): Screen {
  return {
    kind: 'undo-door',
    compartment,
    phase: phaseOf({ compartment, ...held }, sight.cabinet),
    reminded: isReminded(compartment, sight.cabinet),
    problem: talk.problem,
  }
}

const doorOf = (deposit: DepositId | null, { cabinet }: Sight): CompartmentId | null =>
  (deposit === null ? undefined : cabinet.deposits.get(deposit)?.compartment) ?? null

const missedDoors = ({ missed }: CourierTalk, sight: Sight): CompartmentId[] =>
  missed.flatMap((deposit) => doorOf(deposit, sight) ?? [])

function isBiggerFree(held: Deposit, sight: Sight): boolean {
  const next = nextSize(held, sight)
  if (next === undefined) return false
  // Exactly what moving there would find: none out of reach for somebody who asked for a low door.
  return chooseCompartment(candidates(sight.cabinet, held.person), { ...held.need, size: next }) !== undefined
}

/** None where it stands within reach already: the wish would change nothing. */
function isLowerFree(held: Deposit, { cabinet }: Sight): boolean {
  const plan = cabinet.layout.compartments.find(({ id }) => id === held.compartment)
  if (plan === undefined || isReachable(plan)) return false
  return chooseCompartment(candidates(cabinet, held.person), { ...held.need, lowDoor: true }) !== undefined
}

function recallDoor(talk: CourierTalk, held: Deposit, sight: Sight): Screen {
  const { compartment } = held
  return {
    kind: 'recall-door',
    compartment,
    phase: phaseOf(held, sight.cabinet),
    reminded: isReminded(compartment, sight.cabinet),
    left: listed(sight).filter(({ id }) => id !== held.id).length,
    problem: talk.problem,
  }
}
