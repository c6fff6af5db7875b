import type { CabinetEvent } from '@holdfast/core/cabinet/events.ts'
import type { Touch } from '@holdfast/wire/kiosk/inputs.ts'
import type { ScanAnswer, Verdict } from '../../loop/loop.ts'
import { courierEvents, courierTouched } from './courier/courier.ts'
import { inHand, newCourierTalk } from './courier/talk.ts'
import { courierSubmitted } from './courier/submitted.ts'
import { courierChanged, courierReplied, standingKnown } from './courier/consent.ts'
import { pictured } from './look/look.ts'
import { replyScanned } from './carry/ask.ts'
import { courierScanned } from './courier/scan.ts'
import {
  newDialog,
  quietPickup,
  turn,
  type Deed,
  type Dialog,
  type DialogInput,
  type Sight,
  type Means,
  type Turn,
} from './dialog.ts'
import { codeEntered, guestReplied, guestTouched } from './guest.ts'
import { codePage, pageLimits, signInPage } from './pages.ts'
import { lowDoorsReplied, pickupTouched } from './pickup.ts'
import { isTouchOf } from './touches.ts'
import { after } from '@holdfast/core/values/instants.ts'

/** One turn of the conversation: pure, total, and without a say in what is right; that is the cabinet's. */
export function step(dialog: Dialog, input: DialogInput, sight: Sight): Turn {
  switch (input.type) {
    case 'touch':
      return touched(dialog, input.touch, sight)
    case 'scan':
      return scanned(dialog, input.text, sight)
    case 'presented':
      return presented(dialog, input.answer, sight)
    case 'submitted':
      return submitted(dialog, input.means, input.verdict, sight)
    case 'prepared':
      return input.verdict.accepted || isGivenBack(input.verdict.refusal, sight)
        ? turn(dialog)
        : troubled(dialog, input.verdict.refusal, sight)
    case 'entered':
      return codeEntered(dialog, input.answer)
    case 'standing-known':
      return inSession(dialog, (courier) => standingKnown(courier, input, sight))
    case 'replied':
      return sight.cabinet.session === null
        ? guestReplied(dialog, input.question, input.replied, sight)
        : sight.cabinet.session.kind === 'pickup'
          ? lowDoorsReplied(dialog, input.question, input.replied)
          : inSession(dialog, (courier) => courierReplied(courier, input, sight))
    case 'picture':
      return inSession(dialog, (courier) => pictured(courier, input.picture, sight))
    case 'notice-missed':
      return inSession(dialog, (courier) => turn({ ...courier, missed: [...courier.missed, input.deposit] }))
    case 'events':
      return happened(dialog, input.events, sight)
    case 'failed':
      return troubled(dialog, 'cloud-silent', sight)
    case 'changed':
      return inSession(dialog, (courier) => courierChanged(courier, sight))
    case 'tick':
      return ticked(dialog, sight)
  }
}

/** The parcel was handed back while its codes were being drawn: nobody waits for them. */
const isGivenBack = (refusal: string, sight: Sight): boolean =>
  (refusal === 'deposit-not-ready' || refusal === 'deposit-unknown') && inHand(sight)?.stage !== 'filling'

type Talking = NonNullable<Dialog['courier']>

function inSession(dialog: Dialog, answer: (courier: Talking) => Turn<Talking>): Turn {
  if (dialog.courier === null) return turn(dialog)
  const { state, deeds } = answer(dialog.courier)
  return turn({ ...dialog, courier: state }, ...deeds)
}

function touched(dialog: Dialog, touch: Touch, sight: Sight): Turn {
  if (touch.kind === 'emergency') return called(dialog, touch.what)
  const { session } = sight.cabinet
  if (session === null) return isTouchOf('guest', touch) ? guestTouched(dialog, touch, sight) : turn(dialog)
  if (session.kind === 'pickup') {
    return isTouchOf('recipient', touch) ? pickupTouched(dialog, touch, session, sight) : turn(dialog)
  }
  if (!isTouchOf('courier', touch)) return turn(dialog)
  return inSession(dialog, (courier) => courierTouched(courier, touch, sight))
}

/** Law 17: whoever stands there and whatever is under way. The conversation goes on where it was. */
const called = (dialog: Dialog, what: 'shut-in' | 'help'): Turn =>
  turn(dialog, { do: 'submit', commands: [{ type: 'raiseEmergency', what }], means: 'nothing' })

/** A label: a courier's, or one held up before anybody has signed in. */
function scanned(dialog: Dialog, text: string, sight: Sight): Turn {
  const { session } = sight.cabinet
  if (session === null) return turn({ ...dialog, page: signInPage(sight.now, 'sign-in-first') })
  return inSession(dialog, (courier) => courierScanned(courier, text, sight))
}

/** An accepted grant shows by its session; a refused one is said where a phone is expected. */
function presented(dialog: Dialog, answer: ScanAnswer, sight: Sight): Turn {
  if (answer.kind === 'label') return scanned(dialog, answer.text, sight)
  if (answer.kind === 'reply') return inSession(dialog, (courier) => replyScanned(courier, answer.scan))
  return answer.verdict.accepted ? turn(dialog) : troubled(dialog, answer.verdict.refusal, sight)
}

function submitted(dialog: Dialog, means: Means, verdict: Verdict, sight: Sight): Turn {
  if (sight.cabinet.session?.kind === 'courier' || dialog.courier !== null) {
    return inSession(dialog, (courier) => courierSubmitted(courier, means, verdict, sight))
  }
  return verdict.accepted ? turn(dialog) : troubled(dialog, verdict.refusal, sight)
}

function troubled(dialog: Dialog, problem: string, { cabinet: { session }, now }: Sight): Turn {
  if (session?.kind === 'pickup') return turn({ ...dialog, pickup: { ...dialog.pickup, problem } })
  if (dialog.courier !== null) return turn({ ...dialog, courier: { ...dialog.courier, problem } })
  switch (dialog.page.kind) {
    case 'idle':
    case 'farewell':
    case 'code':
      return turn({ ...dialog, page: codePage(now, problem) })
    case 'sign-in':
      return turn({ ...dialog, page: signInPage(now, problem) })
    case 'lost-code':
    case 'courier-phone':
    case 'courier-code':
    case 'courier-carrier':
      return turn({ ...dialog, page: { ...dialog.page, busy: false, problem } })
  }
}

/** The end of a session last: what it settled belongs to it. */
function happened(dialog: Dialog, events: readonly CabinetEvent[], sight: Sight): Turn {
  const isEnd = ({ type }: CabinetEvent): boolean => type === 'sessionEnded'
  const deeds: Deed[] = []
  let state = dialog
  for (const event of [...events.filter((one) => !isEnd(one)), ...events.filter(isEnd)]) {
    const next = happenedOne(state, event, sight)
    state = next.state
    deeds.push(...next.deeds)
  }
  return turn(state, ...deeds)
}

const outcomes = {
  depositCollected: 'collected',
  depositRefused: 'refused',
  depositDisputed: 'disputed',
} as const

function happenedOne(dialog: Dialog, event: CabinetEvent, sight: Sight): Turn {
  if (event.type === 'pickupSessionOpened' || event.type === 'pickupContinued' || event.type === 'pickupReopened') {
    return turn(newDialog)
  }
  if (event.type === 'courierSessionOpened') return turn({ ...newDialog, courier: newCourierTalk(event.session) })
  if (event.type === 'sessionEnded') return turn(farewell(dialog, event.why, sight))
  if (event.type === 'depositCollected' || event.type === 'depositRefused' || event.type === 'depositDisputed') {
    return turn({ ...dialog, pickup: { ...quietPickup, outcome: outcomes[event.type] } })
  }
  // Whoever stands there says that the door did not open, whatever its lock has told.
  const isStuck = event.type === 'compartmentSuspected' && event.why === 'did-not-open'
  if (isStuck && dialog.courier === null) return turn({ ...dialog, pickup: { ...quietPickup, outcome: 'stuck' } })
  return inSession(dialog, (courier) => courierEvents(courier, event, sight))
}

function farewell(dialog: Dialog, why: 'done' | 'timeout' | 'restart', { now }: Sight): Dialog {
  const { courier, pickup } = dialog
  if (why === 'restart') return newDialog
  const { delivered, takenOut } = courier ?? { delivered: 0, takenOut: 0 }
  const until = after(now, pageLimits.farewell)
  const ended = courier === null ? pickup.outcome : delivered + takenOut === 0 ? 'nothing' : 'delivered'
  return { ...newDialog, page: { kind: 'farewell', outcome: ended, delivered, takenOut, until } }
}

function ticked(dialog: Dialog, { now, cabinet }: Sight): Turn {
  const { page } = dialog
  if (cabinet.session !== null || page.kind === 'idle' || now < page.until) return turn(dialog)
  return page.kind === 'code' && page.busy ? turn(dialog) : turn(newDialog)
}
