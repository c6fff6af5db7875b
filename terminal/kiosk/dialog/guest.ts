import { keypadStep } from '@holdfast/core/access/keypad.ts'
import { readPhone, type PhoneCountry } from '@holdfast/core/parcel/phone.ts'
import { after, minutes, seconds, type RunningMs } from '@holdfast/core/values/instants.ts'
import type { Touch } from '@holdfast/wire/kiosk/inputs.ts'
import type { CodeAnswer, Question, Replied } from '../../loop/loop.ts'
import { newDialog, turn, type Dialog, type Page, type Sight, type Turn, type Answering } from './dialog.ts'

export const pageLimits = { asking: minutes(2), farewell: seconds(8) } as const

const asking = (now: RunningMs): RunningMs => after(now, pageLimits.asking)

export const codePage = (now: RunningMs, problem: string | null = null): Page => ({
  kind: 'code',
  busy: false,
  problem,
  until: asking(now),
})

export const signInPage = (now: RunningMs, problem: string | null = null): Page => ({
  kind: 'sign-in',
  problem,
  until: asking(now),
})

const at = (dialog: Dialog, page: Page): Dialog => ({ ...dialog, page })

/** Touches while nobody is signed in. */
export function guestTouched(dialog: Dialog, touch: Answering, sight: Sight): Turn {
  const { now } = sight
  switch (touch.kind) {
    case 'pick-up':
      return turn(at(dialog, codePage(now)))
    case 'deliver':
      return turn(at(dialog, signInPage(now)))
    case 'by-phone':
      return turn(at(dialog, phonePage(sight)))
    case 'extend':
      return turn(at(dialog, extended(dialog.page, now)))
    case 'back':
      return turn(at(dialog, before(dialog.page, sight)))
    case 'finish':
      return turn(newDialog)
    case 'code':
      return typedCode(dialog, touch, sight)
    case 'phone':
      return typedPhone(dialog, touch.phone, sight)
    case 'message-code':
      return typedMessageCode(dialog, touch.code, sight)
    case 'all-good':
    case 'again':
    case 'ask-consent':
    case 'bigger':
    case 'cancel':
    case 'carried':
    case 'carry-later':
    case 'will-not-shut':
    case 'complain':
    case 'damaged':
    case 'number':
    case 'recall-next':
    case 'recalls':
    case 'recipient':
    case 'reopen':
    case 'right':
    case 'same-door':
    case 'size':
    case 'undo':
    case 'undo-empty':
    case 'undo-keep':
    case 'weight-off':
    case 'wrong':
      return turn(dialog)
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
      return phonePage(sight)
    case 'idle':
    case 'code':
    case 'sign-in':
    case 'farewell':
      return { kind: 'idle' }
  }
}

const extended = (page: Page, now: RunningMs): Page =>
  page.kind === 'idle' || page.kind === 'farewell' ? page : { ...page, until: asking(now) }

function typedCode(dialog: Dialog, touch: Extract<Touch, { kind: 'code' }>, sight: Sight): Turn {
  const { page } = dialog
  if (page.kind !== 'code' || page.busy) return turn(dialog)
  // Not asked for at the moment: one code with the digits of no phone would cost an attempt for nothing.
  const tail = keypadStep(sight.cabinet.keypad, sight.now) === 'code-and-tail' ? touch.tail : undefined
  const busy: Page = { ...page, busy: true, problem: null, until: asking(sight.now) }
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
  const { phone, deposit } = page
  const plain = { phone, code }
  return turn(at(dialog, { ...page, busy: true, problem: null, until: asking(sight.now) }), {
    do: 'ask',
    question: { kind: 'courier-sign-in', deposit, plain, challenge: sight.nonce() },
  })
}

/** The cloud's word on a courier's phone or message code. */
export function signInReplied(dialog: Dialog, question: Question, replied: Replied, sight: Sight): Turn {
  const { page } = dialog
  if (page.kind !== 'courier-phone' && page.kind !== 'courier-code') return turn(dialog)
  if (!page.busy || page.deposit !== question.deposit) return turn(dialog)
  const told = (problem: string): Turn => turn(at(dialog, { ...page, busy: false, problem }))
  if (!replied.answered) return told(replied.why === 'offline' ? 'sign-in-offline' : 'cloud-silent')
  const { refusal, grant } = replied.reply
  if (refusal !== undefined) return told('sign-in-refused')
  if (page.kind === 'courier-code') {
    return grant === undefined
      ? told('sign-in-refused')
      : turn(dialog, { do: 'present', text: grant, via: 'message-code' })
  }
  if (page.phone === null) return turn(dialog)
  const { phone, deposit } = page
  const until = asking(sight.now)
  return turn(at(dialog, { kind: 'courier-code', deposit, phone, busy: false, problem: null, until }))
}

/** Settings carry any country; core knows the numbers of some, and others are typed with their country code. */
export const countryOf = ({ settings }: Sight): PhoneCountry => {
  const wanted = settings?.defaultCountry
  return knownCountries.find((country) => country === wanted) ?? 'CN'
}
const knownCountries: readonly PhoneCountry[] = ['CN', 'DE', 'FR', 'GB', 'HK', 'JP', 'KR', 'MO', 'SG', 'TW', 'US']
