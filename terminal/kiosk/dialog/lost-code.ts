import { readPhone } from '@holdfast/core/parcel/phone.ts'
import type { Question, Replied } from '../../loop/loop.ts'
import { turn, type Dialog, type Page, type Sight, type Turn } from './dialog.ts'
import { asking, at, codePage, countryOf } from './pages.ts'

/** The code is lost: it goes once more to the phone that is right. Without a connection nothing can be sent. */
export function lostCodePage(sight: Sight): Page {
  if (!sight.online) return codePage(sight.now, 'lost-code-offline')
  const until = asking(sight.now)
  return { kind: 'lost-code', deposit: sight.drawDeposit(), busy: false, sent: false, problem: null, until }
}

export function typedLostPhone(dialog: Dialog, typed: string, sight: Sight): Turn {
  const { page } = dialog
  if (page.kind !== 'lost-code' || page.busy || page.sent) return turn(dialog)
  const read = readPhone(typed, countryOf(sight))
  if (!read.accepted) return turn(at(dialog, { ...page, problem: read.refusal }))
  return turn(at(dialog, { ...page, busy: true, problem: null, until: asking(sight.now) }), {
    do: 'ask',
    question: { kind: 'lost-code', deposit: page.deposit, plain: { phone: read.phone } },
  })
}

/** The same words whether anything waits for that phone or not: only the phone learns it. */
export function lostCodeReplied(dialog: Dialog, question: Question, replied: Replied, sight: Sight): Turn {
  const { page } = dialog
  if (page.kind !== 'lost-code' || !page.busy || page.deposit !== question.deposit) return turn(dialog)
  const told = (problem: string): Turn => turn(at(dialog, { ...page, busy: false, problem }))
  if (!replied.answered) return told(replied.why === 'offline' ? 'lost-code-offline' : 'cloud-silent')
  if (replied.reply.refusal === 'phone-unreadable') return told('phone-unreadable')
  if (replied.reply.refusal !== undefined) return told('lost-code-later')
  return turn(at(dialog, { ...page, busy: false, sent: true, problem: null, until: asking(sight.now) }))
}
