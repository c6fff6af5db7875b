import type { CourierSession } from '@holdfast/core/cabinet/state.ts'
import type { Replied, ReplyScan } from '../../../loop/loop.ts'
import { turn, type CourierTalk, type ParcelInHand, type Sight, type Turn } from '../dialog.ts'
import { withParcel } from '../courier/talk.ts'

/** With a certificate there is hardly a network on the phone either: then the number is typed at once. */
export const mayAskFirst = (parcel: ParcelInHand, { via }: CourierSession, { online }: Sight): boolean =>
  !online && !parcel.asked && via !== 'certificate'

/** May it stay here? One question for card and consent; the phone waits for the recipient where it has to. */
export function askByPhone(talk: CourierTalk, { carrier, person }: CourierSession): Turn<CourierTalk> {
  const { parcel } = talk
  if (parcel === null) return turn(talk)
  const { deposit, digest, number, phone } = parcel
  const plain = { carrier, number, ...(phone === null ? {} : { phone }) }
  return turn(withParcel(talk, { step: 'phone-asks', asked: true, problem: null }), {
    do: 'ask-by-phone',
    question: { kind: 'consent', parcel: digest, deposit, courier: person, plain },
  })
}

/** What the scanner made of the phone's codes; the answer itself comes as a reply. */
export function replyScanned(talk: CourierTalk, scan: ReplyScan): Turn<CourierTalk> {
  if (talk.parcel?.step !== 'phone-asks') return turn(talk)
  const refused = scan !== 'part' && scan !== 'taken'
  return turn(withParcel(talk, { problem: refused ? 'reply-refused' : null }))
}

/** The recipient's number by hand: a standing consent may know it, and the phone can ask again with it. */
export function typeInstead(talk: CourierTalk): Turn<CourierTalk> {
  if (talk.parcel?.step !== 'phone-asks') return turn(talk)
  return turn(withParcel(talk, { step: 'recipient', phone: null, standing: null, problem: null }))
}

/** The cloud's word by way of the phone; a card with consent opens by itself. */
export function phoneReplied(talk: CourierTalk, replied: Replied): Turn<CourierTalk> {
  const { parcel } = talk
  if (parcel === null || !replied.answered) return turn(talk)
  const { card, refusal } = replied.reply
  if (card?.parcel === parcel.digest && card.consent !== null) return turn(talk, { do: 'learn', card })
  if (refusal?.includes('declined') === true) return turn(withParcel(talk, { step: 'consent', consent: 'declined' }))
  if (parcel.phone === null && (card ?? null) === null) return turn(withParcel(talk, { step: 'recipient' }))
  return turn(withParcel(talk, { step: 'consent', consent: 'unreachable' }))
}
