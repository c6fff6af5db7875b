import type { CabinetCommand } from '@holdfast/core/cabinet/commands.ts'
import type { ConsentProof } from '@holdfast/core/cabinet/events.ts'
import type { Need } from '@holdfast/core/compartment/allocate.ts'
import type { Card } from '@holdfast/wire/cabinet/desired.ts'
import { turn, type CourierTalk, type ParcelInHand, type ParcelStep, type Sight, type Turn } from '../dialog.ts'
import { askByPhone, mayAskFirst } from '../carry/ask.ts'
import { askNeighbours, hasRoom } from '../overflow/overflow.ts'
import { cardOf, courierSession, withParcel } from './talk.ts'

export const fineInspection = { offered: true, damaged: false, weightOff: false } as const
const nothingDeclared = { freshFood: false, valuables: false, agreement: false } as const

/**
 * Takes the scanned parcel as far as it goes without a person: card here, else the cloud's, else the recipient's
 * phone; consent; size; door. Stops at the one thing that is still to be asked.
 */
export function proceed(talk: CourierTalk, sight: Sight): Turn<CourierTalk> {
  const { parcel } = talk
  const session = courierSession(sight)
  if (parcel === null || session === undefined) return turn(talk)
  if (sight.outageUntil !== null) return turn({ ...talk, parcel: null, problem: 'outage-running' })
  const stop = (step: ParcelStep, change: Partial<ParcelInHand> = {}): Turn<CourierTalk> =>
    turn(withParcel(talk, { ...change, step }))
  const card = cardOf(parcel, sight)
  if (card === undefined && !parcel.asked && sight.online) {
    const plain = { carrier: session.carrier, number: parcel.number }
    return turn(withParcel(talk, { step: 'looking', asked: true }), {
      do: 'ask',
      question: { kind: 'card', parcel: parcel.digest, deposit: parcel.deposit, courier: session.person, plain },
    })
  }
  if (card === undefined && parcel.phone === null) {
    return mayAskFirst(parcel, session, sight) ? askByPhone(talk, session) : stop('recipient')
  }
  const need = needOf(parcel, card)
  // Before anybody is asked to agree to a cabinet that has no door.
  if (card !== undefined && need !== null && sight.online && !hasRoom(need, sight))
    return askNeighbours(talk, need, sight)
  if (consentOf(parcel, card) === null) {
    if (parcel.phone !== null && parcel.standing === null) {
      const { deposit, phone } = parcel
      return turn(withParcel(talk, { step: 'looking' }), { do: 'standing', deposit, phone })
    }
    // Announced without a phone: nobody can be asked before the courier types one.
    if (parcel.phone === null && card?.tail === null) return stop('recipient')
    return sight.online ? stop('consent') : askByPhone(talk, session)
  }
  if (need === null) return stop('size')
  return open(talk, parcel, sight)
}

function open(talk: CourierTalk, parcel: ParcelInHand, sight: Sight): Turn<CourierTalk> {
  const card = cardOf(parcel, sight)
  const need = needOf(parcel, card)
  const session = courierSession(sight)
  if (need === null || session === undefined) return turn(talk)
  const command: CabinetCommand = {
    type: 'beginDeposit',
    session: session.id,
    deposit: parcel.deposit,
    parcels: [parcel.digest],
    need,
    consent: consentOf(parcel, card),
    inspection: fineInspection,
    declared: card?.declared ?? nothingDeclared,
  }
  return turn(withParcel(talk, { step: 'opening' }), { do: 'submit', commands: [command], means: 'begun' })
}

/** the record it stands on, from the card or from the phone's standing preference. */
function consentOf(parcel: ParcelInHand, card: Card | undefined): ConsentProof | null {
  if (card !== undefined && card.consent !== null) return { ...card.consent, cardVersion: card.version }
  return parcel.standing === true ? { kind: 'standing', ref: 'standing-phone', cardVersion: card?.version ?? 0 } : null
}

/** Measures say more than a class; where there is neither, one tap does. */
export function needOf(parcel: ParcelInHand, card: Card | undefined): Need | null {
  const box = card?.box ?? null
  const size = parcel.size ?? card?.size ?? (box === null ? null : 'S')
  return size === null ? null : { size, box: parcel.size === null ? box : null, lowDoor: card?.lowDoor ?? false }
}
