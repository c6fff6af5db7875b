import { keypadStep } from '@holdfast/core/access/keypad.ts'
import { readPhone } from '@holdfast/core/parcel/phone.ts'
import type { DepositId } from '@holdfast/core/values/ids.ts'
import type { RunningMs } from '@holdfast/core/values/instants.ts'
import type { SealedSignIn } from '@holdfast/wire/cabinet/asks.ts'
import type { CodeAnswer, Question, Replied } from '../../loop/loop.ts'
import { newDialog, turn, type Deed, type Dialog, type Page, type Sight, type Turn } from './dialog.ts'
import { lostCodePage, lostCodeReplied, typedLostPhone } from './lost-code.ts'
import { asking, at, codePage, countryOf, signInPage } from './pages.ts'
import type { TouchOf } from './touches.ts'

/** Touches while nobody is signed in. */
export function guestTouched(dialog: Dialog, touch: TouchOf<'guest'>, sight: Sight): Turn {
  const { now } = sight
  switch (touch.kind) {
    case 'pick-up':
      return turn(at(dialog, codePage(now)))
    case 'deliver':
      return turn(at(dialog, signInPage(now)))
    case 'by-phone':
      return turn(at(dialog, phonePage(sight)))
    case 'lost-code':
      return turn(at(dialog, lostCodePage(sight)))
    case 'extend':
      return turn(at(dialog, extended(dialog.page, now)))
    case 'back':
      return turn(at(dialog, before(dialog.page, sight)))
    case 'finish':
      return turn(newDialog)
    case 'code':
      return typedCode(dialog, touch, sight)
    case 'phone':
      return dialog.page.kind === 'lost-code'
        ? typedLostPhone(dialog, touch.phone, sight)
        : typedPhone(dialog, touch.phone, sight)
    case 'message-code':
      return typedMessageCode(dialog, touch.code, sight)
    case 'carrier':
      return choseCarrier(dialog, touch.carrier, sight)
  }
}

function phonePage(sight: Sight): Page {
  if (!sight.online) return signInPage(sight.now, 'sign-in-offline')
  return {
    kind: 'courier-phone',
    deposit: sight.drawDeposit(),
    phone: null,
    busy: false,
    problem: null,
    until: asking(sight.now),
  }
}

function before(page: Page, sight: Sight): Page {
  switch (page.kind) {
    case 'courier-phone':
      return signInPage(sight.now)
    case 'courier-code':
    case 'courier-carrier':
      return phonePage(sight)
    case 'lost-code':
      return codePage(sight.now)
    case 'idle':
    case 'code':
    case 'sign-in':
    case 'farewell':
      return { kind: 'idle' }
  }
}

const extended = (page: Page, now: RunningMs): Page =>
  page.kind === 'idle' || page.kind === 'farewell' ? page : { ...page, until: asking(now) }

function typedCode(dialog: Dialog, touch: Extract<TouchOf<'guest'>, { kind: 'code' }>, sight: Sight): Turn {
  const { page } = dialog
  if (page.kind !== 'code' || page.busy) return turn(dialog)
  // Not asked for at the moment: one code with the digits of no phone would cost an attempt for nothing.
  const tail = keypadStep(sight.cabinet.keypad, sight.now) === 'code-and-tail' ? touch.tail : undefined
  const busy: Page = { ...page, busy: true, problem: null, elsewhere: null, until: asking(sight.now) }
  return turn(at(dialog, busy), { do: 'enter', code: touch.code, tail })
}

/** Law "Access": one text for unknown, used and revoked. */
export function codeEntered(dialog: Dialog, answer: CodeAnswer): Turn {
  const { page } = dialog
  if (page.kind !== 'code') return turn(dialog)
  const told = (problem: string | null): Turn => turn(at(dialog, { ...page, busy: false, problem }))
  switch (answer.outcome) {
    case 'opened':
      return turn(dialog)
    case 'wrong':
      return told('code-wrong')
    case 'elsewhere':
      return turn(at(dialog, { ...page, busy: false, problem: null, elsewhere: answer.there }))
    case 'slip':
    case 'incomplete':
      return told('code-slip')
    case 'refused':
      return told(answer.refusal)
  }
}

function typedPhone(dialog: Dialog, typed: string, sight: Sight): Turn {
  const { page } = dialog
  if (page.kind !== 'courier-phone' || page.busy) return turn(dialog)
  const read = readPhone(typed, countryOf(sight))
  if (!read.accepted) return turn(at(dialog, { ...page, problem: read.refusal }))
  const { phone } = read
  return turn(at(dialog, { ...page, phone, busy: true, problem: null, until: asking(sight.now) }), {
    do: 'ask',
    question: { kind: 'courier-code', deposit: page.deposit, plain: { phone } },
  })
}

function typedMessageCode(dialog: Dialog, code: string, sight: Sight): Turn {
  const { page } = dialog
  if (page.kind !== 'courier-code' || page.busy) return turn(dialog)
  const busy: Page = { ...page, busy: true, problem: null, until: asking(sight.now) }
  return turn(at(dialog, busy), askSignIn(page.deposit, { phone: page.phone, code }, sight))
}

const askSignIn = (deposit: DepositId, plain: SealedSignIn, sight: Sight): Deed => ({
  do: 'ask',
  question: { kind: 'courier-sign-in', deposit, plain, challenge: sight.nonce() },
})

/** What the cloud says to a question of somebody who is not signed in. */
export const guestReplied = (dialog: Dialog, question: Question, replied: Replied, sight: Sight): Turn =>
  question.kind === 'lost-code'
    ? lostCodeReplied(dialog, question, replied, sight)
    : signInReplied(dialog, question, replied, sight)

/** The cloud's word on a courier's phone, message code or carrier. */
function signInReplied(dialog: Dialog, question: Question, replied: Replied, sight: Sight): Turn {
  const { page } = dialog
  if (page.kind !== 'courier-phone' && page.kind !== 'courier-code' && page.kind !== 'courier-carrier') {
    return turn(dialog)
  }
  if (!page.busy || page.deposit !== question.deposit) return turn(dialog)
  const told = (problem: string): Turn => turn(at(dialog, { ...page, busy: false, problem }))
  if (!replied.answered) return told(replied.why === 'offline' ? 'sign-in-offline' : 'cloud-silent')
  const { refusal, grant, carriers = [] } = replied.reply
  if (refusal !== undefined) return told('sign-in-refused')
  if (page.kind === 'courier-phone') {
    if (page.phone === null) return turn(dialog)
    const { phone, deposit } = page
    const until = asking(sight.now)
    return turn(at(dialog, { kind: 'courier-code', deposit, phone, busy: false, problem: null, until }))
  }
  if (grant !== undefined) return turn(dialog, { do: 'present', text: grant, via: 'message-code' })
  const code = question.kind === 'courier-sign-in' ? question.plain.code : undefined
  return offerCarriers(dialog, page, code, carriers, sight) ?? told('sign-in-refused')
}

type CodePage = Extract<Page, { kind: 'courier-code' | 'courier-carrier' }>

/** Only carriers that this cabinet serves; one that is left alone needs no question. */
function offerCarriers(
  dialog: Dialog,
  { deposit, phone }: CodePage,
  code: string | undefined,
  offered: readonly string[],
  sight: Sight,
): Turn | undefined {
  const served = sight.settings?.carriers.map(({ id }) => id).filter((id) => offered.includes(id)) ?? []
  const [first, second] = served
  if (code === undefined || first === undefined) return undefined
  const until = asking(sight.now)
  const page = { kind: 'courier-carrier', deposit, phone, code, carriers: served, problem: null, until } as const
  if (second !== undefined) return turn(at(dialog, { ...page, busy: false }))
  return turn(at(dialog, { ...page, busy: true }), askSignIn(deposit, { phone, code, carrier: first }, sight))
}

function choseCarrier(dialog: Dialog, carrier: string, sight: Sight): Turn {
  const { page } = dialog
  if (page.kind !== 'courier-carrier' || page.busy || !page.carriers.includes(carrier)) return turn(dialog)
  const { deposit, phone, code } = page
  const busy: Page = { ...page, busy: true, problem: null, until: asking(sight.now) }
  return turn(at(dialog, busy), askSignIn(deposit, { phone, code, carrier }, sight))
}
