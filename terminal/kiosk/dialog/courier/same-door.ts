import type { Need } from '@holdfast/core/compartment/allocate.ts'
import { fitsBeside } from '@holdfast/core/compartment/allocate.ts'
import { turn, type CourierTalk, type ParcelInHand, type Sight, type Turn } from '../dialog.ts'
import { fineInspection, needOf } from './proceed.ts'
import { cardOf, courierSession, inHand } from './talk.ts'

/** Known here to be the same recipient's, of the same carrier: one door, one code, one fee. */
export function sharesDoor(talk: CourierTalk, parcel: ParcelInHand, sight: Sight): boolean {
  const recipient = cardOf(parcel, sight)?.recipient ?? null
  const consent = cardOf(parcel, sight)?.consent ?? null
  return recipient !== null && consent !== null && recipient === cardOf(talk.behind, sight)?.recipient
}

/** Beyond doubt beside what is there: then nobody is asked. Where it is not sure, one tap says. */
export function fitsHere(talk: CourierTalk, parcel: ParcelInHand, sight: Sight): boolean {
  const need = needOf(parcel, cardOf(parcel, sight))
  const at = inHand(sight)?.compartment
  const plan = sight.cabinet.layout.compartments.find(({ id }) => id === at)
  return need !== null && plan !== undefined && talk.load.length > 0 && fitsBeside(plan, [...talk.load, need])
}

/** Behind the door that is open, or opened again for it. */
export function join(talk: CourierTalk, sight: Sight): Turn<CourierTalk> {
  const { parcel } = talk
  const session = courierSession(sight)
  const held = inHand(sight)
  if (parcel?.step !== 'same-door' || session === undefined || held === undefined) return turn(talk)
  const { digest, number } = parcel
  const joining = {
    type: 'joinParcel',
    session: session.id,
    deposit: held.id,
    parcel: digest,
    inspection: fineInspection,
  } as const
  const shut = sight.cabinet.doors.get(held.compartment)?.position !== 'open'
  const opening = { type: 'reopenDeposit', session: session.id, deposit: held.id } as const
  return turn(talk, {
    do: 'submit-sealed',
    commands: shut ? [joining, opening] : [joining],
    deposit: held.id,
    part: { parcels: [{ digest, carrier: session.carrier, number }] },
    means: 'joined',
  })
}

/** What another parcel of the same recipient has to fit beside. Unknown is unknown: then it is asked. */
export function loaded(talk: CourierTalk, load: readonly Need[], sight: Sight): readonly Need[] {
  const need = talk.parcel === null ? null : needOf(talk.parcel, cardOf(talk.parcel, sight))
  return need === null ? [] : [...load, need]
}
