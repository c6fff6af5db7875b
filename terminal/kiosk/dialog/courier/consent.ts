import type { Deed } from '../dialog.ts'
import { turn, type CourierTalk, type DialogInput, type Sight, type Turn } from '../dialog.ts'
import { askByPhone, phoneReplied } from '../carry/ask.ts'
import { goOn, isCarrying } from '../carry/carry.ts'
import { neighboursReplied } from '../overflow/overflow.ts'
import { proceed } from './proceed.ts'
import { cardOf, courierSession, withParcel } from './talk.ts'

type Replied = Extract<DialogInput, { type: 'replied' }>

/** A message to the recipient: accept or decline. The courier may wait, or go on and come back to it. */
export function askConsent(talk: CourierTalk, sight: Sight): Turn<CourierTalk> {
  const { parcel } = talk
  const session = courierSession(sight)
  if (parcel === null || session === undefined || parcel.step !== 'consent') return turn(talk)
  if (!sight.online) return askByPhone(talk, session)
  const phone = parcel.phone === null ? {} : { phone: parcel.phone }
  const plain = { carrier: session.carrier, number: parcel.number, ...phone }
  return turn(withParcel(talk, { consent: 'asking' }), {
    do: 'ask',
    question: { kind: 'consent', parcel: parcel.digest, deposit: parcel.deposit, courier: session.person, plain },
  })
}

export function courierReplied(talk: CourierTalk, { question, replied }: Replied, sight: Sight): Turn<CourierTalk> {
  const { parcel } = talk
  if (parcel === null || question.deposit !== parcel.deposit) return turn(talk)
  if (parcel.step === 'phone-asks') return phoneReplied(talk, replied)
  if (question.kind === 'neighbours') return neighboursReplied(talk, question.plain, replied)
  const card = replied.answered ? (replied.reply.card ?? undefined) : undefined
  const learn: readonly Deed[] = card?.parcel === parcel.digest ? [{ do: 'learn', card }] : []
  if (question.kind === 'card' && parcel.step === 'looking') {
    if (learn.length > 0) return turn(talk, ...learn)
    const { state, deeds } = proceed(talk, sight)
    return turn(state, ...deeds)
  }
  if (question.kind !== 'consent' || parcel.step !== 'consent') return turn(talk, ...learn)
  if (!replied.answered) return turn(withParcel(talk, { consent: 'unreachable' }))
  const { refusal } = replied.reply
  if (refusal !== undefined) {
    return turn(withParcel(talk, { consent: refusal.includes('declined') ? 'declined' : 'unreachable' }), ...learn)
  }
  return turn(withParcel(talk, { consent: 'waiting' }), ...learn)
}

/** A card that was learnt or came by itself: the recipient has answered, or the parcel is known now. */
export function courierChanged(talk: CourierTalk, sight: Sight): Turn<CourierTalk> {
  // The network is back: it brings what the phone was to carry.
  if (talk.page === 'carry' && !isCarrying(talk, sight)) return goOn(talk, sight)
  const { parcel } = talk
  if (parcel?.step === 'phone-asks') return whilePhoneAsks(talk, sight)
  const card = cardOf(parcel, sight)
  if (parcel === null || card === undefined) return turn(talk)
  switch (parcel.step) {
    case 'looking':
    case 'recipient':
    case 'recipient-check':
      return proceed(talk, sight)
    case 'consent':
      return card.consent === null ? turn(talk) : proceed(talk, sight)
    case 'queued':
    case 'same-door':
    case 'size':
    case 'opening':
      return turn(talk)
  }
}

/** A consent that came goes on; a network that is back asks by itself. */
function whilePhoneAsks(talk: CourierTalk, sight: Sight): Turn<CourierTalk> {
  const consents = (cardOf(talk.parcel, sight)?.consent ?? null) !== null
  if (consents) return proceed(talk, sight)
  return sight.online ? proceed(withParcel(talk, { asked: false }), sight) : turn(talk)
}

type StandingKnown = Extract<DialogInput, { type: 'standing-known' }>

export function standingKnown(
  talk: CourierTalk,
  { deposit, standing }: StandingKnown,
  sight: Sight,
): Turn<CourierTalk> {
  if (talk.parcel?.deposit !== deposit || talk.parcel.step !== 'looking') return turn(talk)
  return proceed(withParcel(talk, { standing }), sight)
}
