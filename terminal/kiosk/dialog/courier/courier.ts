import type { CabinetEvent } from '@holdfast/core/cabinet/events.ts'
import { readPhone } from '@holdfast/core/parcel/phone.ts'
import type { Size } from '@holdfast/core/values/sizes.ts'
import { turn, type CourierTalk, type Deed, type Sight, type Turn } from '../dialog.ts'
import type { TouchOf } from '../touches.ts'
import { typeInstead } from '../carry/ask.ts'
import { countryOf } from '../pages.ts'
import { carried, carryLater, depositMade, finish, isCarrying } from '../carry/carry.ts'
import { askConsent } from './consent.ts'
import { another, bigger, cancel, willNotShut, confirmation, detour, lower, reopen } from './door.ts'
import { proceed } from './proceed.ts'
import { nextRecall, showRecalls, undoTouched } from './recall.ts'
import { join } from './same-door.ts'
import { courierScanned } from './scan.ts'
import { courierSession, inHand, withParcel } from './talk.ts'
import { looksTouched, lookTouched } from '../look/look.ts'
import { askElsewhere } from '../overflow/overflow.ts'

/** Touches within a courier's session. */
export function courierTouched(talk: CourierTalk, touch: TouchOf<'courier'>, sight: Sight): Turn<CourierTalk> {
  if (courierSession(sight)?.look !== undefined) return lookTouched(talk, touch, sight)
  switch (touch.kind) {
    case 'number':
      return courierScanned(talk, touch.text, sight)
    case 'size':
      return sized(talk, touch.size, sight)
    case 'recipient':
      return recipientTyped(talk, touch.phone, sight)
    case 'right':
    case 'again':
      return rightOrAgain(talk, touch.kind, sight)
    case 'ask-consent':
    case 'type-recipient':
      return touch.kind === 'ask-consent' ? askConsent(talk, sight) : typeInstead(talk)
    case 'elsewhere':
      return askElsewhere(talk, touch.cabinet, sight)
    case 'same-door':
      return touch.same ? join(talk, sight) : apart(talk, sight)
    case 'bigger':
    case 'low-door':
    case 'will-not-shut':
    case 'cancel':
    case 'reopen':
      return doorTouched(talk, touch.kind, sight)
    case 'damaged':
    case 'weight-off':
      return unfit(talk, touch.kind, sight)
    case 'undo':
    case 'undo-empty':
    case 'undo-keep':
      return isCarrying(talk, sight) ? turn(talk) : undoTouched(talk, touch.kind, sight)
    case 'recalls':
    case 'recall-next':
      return touch.kind === 'recalls' ? showRecalls(talk, sight) : nextRecall(talk, sight)
    case 'looks':
    case 'look-next':
      return looksTouched(talk, touch.kind, sight)
    case 'look-empty':
    case 'look-parcel':
      return turn(talk)
    case 'back':
      return back(talk, sight)
    case 'extend':
    case 'finish':
    case 'carried':
    case 'carry-later':
      return forSession(talk, touch.kind, sight)
  }
}

function rightOrAgain(talk: CourierTalk, kind: 'right' | 'again', sight: Sight): Turn<CourierTalk> {
  if (kind === 'right') return talk.parcel?.step === 'recipient-check' ? proceed(talk, sight) : turn(talk)
  return talk.parcel === null ? another(talk, sight) : retype(talk)
}

function doorTouched(
  talk: CourierTalk,
  kind: 'bigger' | 'low-door' | 'will-not-shut' | 'cancel' | 'reopen',
  sight: Sight,
): Turn<CourierTalk> {
  if (kind === 'will-not-shut') return willNotShut(talk, sight)
  if (kind === 'bigger') return bigger(talk, sight)
  if (kind === 'low-door') return lower(talk, sight)
  return kind === 'cancel' ? cancel(talk, null, sight) : reopen(talk, sight)
}

function forSession(
  talk: CourierTalk,
  kind: 'extend' | 'finish' | 'carried' | 'carry-later',
  sight: Sight,
): Turn<CourierTalk> {
  const { session } = talk
  switch (kind) {
    case 'extend':
      return turn(talk, { do: 'submit', commands: [{ type: 'extendSession', session }], means: 'nothing' })
    case 'finish':
      return finish(talk, sight)
    case 'carried':
      return carried(talk, sight)
    case 'carry-later':
      return carryLater(talk, sight)
  }
}

/** Answers to another question never stand for this one: a size must not confirm a phone. */
function sized(talk: CourierTalk, size: Size, sight: Sight): Turn<CourierTalk> {
  return talk.parcel?.step === 'size'
    ? proceed(withParcel(talk, { size, elsewhere: null, problem: null }), sight)
    : turn(talk)
}

const retype = (talk: CourierTalk): Turn<CourierTalk> =>
  talk.parcel?.step === 'recipient-check'
    ? turn(withParcel(talk, { step: 'recipient', phone: null, standing: null }))
    : turn(talk)

function recipientTyped(talk: CourierTalk, typed: string, sight: Sight): Turn<CourierTalk> {
  if (talk.parcel?.step !== 'recipient') return turn(talk)
  const read = readPhone(typed, countryOf(sight))
  if (!read.accepted) return turn(withParcel(talk, { problem: read.refusal }))
  return turn(withParcel(talk, { step: 'recipient-check', phone: read.phone, standing: null, problem: null }))
}

/** A door of its own: the former is confirmed first. */
function apart(talk: CourierTalk, sight: Sight): Turn<CourierTalk> {
  const held = inHand(sight)
  const confirm = held === undefined ? undefined : confirmation(held, sight)
  if (talk.parcel?.step !== 'same-door') return turn(talk)
  if (confirm === undefined) return proceed(talk, sight)
  return turn(withParcel(talk, { step: 'queued' }), { do: 'submit', commands: [confirm], means: 'former-confirmed' })
}

/** a "yes" to either question, and the parcel does not stay; R-10: the answer is kept. */
function unfit(talk: CourierTalk, why: 'damaged' | 'weight-off', sight: Sight): Turn<CourierTalk> {
  const problem = why === 'damaged' ? 'parcel-damaged' : 'weight-differs'
  const parcel = (talk.parcel ?? talk.behind)?.digest
  if (parcel === undefined) return cancel(talk, problem, sight)
  const record = { type: 'turnParcelAway', session: talk.session, parcel, why } as const
  const kept: Deed = { do: 'submit', commands: [record], means: 'nothing' }
  if (talk.parcel !== null) return turn({ ...talk, parcel: null, problem }, kept)
  const cancelled = cancel(talk, problem, sight)
  return { ...cancelled, deeds: [kept, ...cancelled.deeds] }
}

function back(talk: CourierTalk, sight: Sight): Turn<CourierTalk> {
  const held = inHand(sight)
  const former = held === undefined ? undefined : confirmation(held, sight)
  if (talk.parcel !== null) return turn({ ...talk, parcel: null, problem: null })
  if (held?.stage === 'recalling' && former !== undefined) {
    return turn({ ...talk, problem: null }, { do: 'submit', commands: [former], means: 'to-scan' })
  }
  return turn({ ...talk, page: 'scan', problem: null })
}

/** What the cabinet did, as far as it changes the courier's work. */
export function courierEvents(talk: CourierTalk, event: CabinetEvent, sight: Sight): Turn<CourierTalk> {
  if (event.type === 'depositPrepared') return afterPrepared(talk, sight)
  if (event.type === 'depositMade') return turn(depositMade(talk, event.deposit, sight))
  if (event.type === 'depositCancelled') {
    return turn({ ...talk, behind: null, instead: null, problem: talk.problem ?? 'deposit-cancelled' })
  }
  // What is undone was counted when it was made.
  if (event.type === 'undoBegun') return turn({ ...talk, delivered: talk.delivered - 1 })
  if (event.type === 'depositKept' && event.deposit === sight.cabinet.lastMade?.deposit) {
    return turn({ ...talk, delivered: talk.delivered + 1 })
  }
  if (event.type === 'lookBegun') {
    return turn({ ...talk, page: 'looks', looked: [...talk.looked, event.compartment], picture: null })
  }
  if (event.type === 'depositRecalled') return turn({ ...talk, takenOut: talk.takenOut + 1 })
  const ours = event.type === 'doorNotOpened' && event.cause.kind === 'deposit' && event.cause.session === talk.session
  return ours ? detour(talk, sight) : turn(talk)
}

/** Done or the next scan had to wait for the code. */
function afterPrepared(talk: CourierTalk, sight: Sight): Turn<CourierTalk> {
  if (talk.finishing) return finish(talk, sight)
  const held = inHand(sight)
  const confirm = held === undefined ? undefined : confirmation(held, sight)
  if (talk.parcel?.step !== 'queued' || confirm === undefined) return turn(talk)
  return turn(talk, { do: 'submit', commands: [confirm], means: 'former-confirmed' })
}
