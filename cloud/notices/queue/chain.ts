import { isPhone, type Phone } from '@holdfast/core/parcel/phone.ts'
import { type DurationMs, minutes } from '@holdfast/core/values/instants.ts'
import type { ChannelKind } from '../channels/channel.ts'
import type { Message } from '../notices.ts'
import type { Manner } from '../templates/words.ts'

/** One way that a message can take: the next is tried where this one fails or stays silent. */
export type Step = { readonly channel: ChannelKind; readonly to: string; readonly manner: Manner }

export type Ways = {
  readonly has: (channel: ChannelKind) => boolean
  readonly isLandline: (phone: Phone) => boolean
}

/** How long a receipt may take. A call is over when it is over; a text may wait for a phone in a tunnel. */
export const receiptWithin: Readonly<Record<ChannelKind, DurationMs>> = {
  sms: minutes(10),
  voice: minutes(5),
  email: minutes(30),
  slip: minutes(30),
}

/**
 * Text, call, e-mail, slip, as far as the house has them. A landline is rung up first; nobody can text to one, so
 * without a voice its text is tried for what it is worth and then stands in the undelivered list. Only what concerns
 * a waiting parcel is printed, and a sign-in code goes to its phone alone.
 */
export function stepsFor({ to, content, about }: Message, { has, isLandline }: Ways): readonly [Step, ...Step[]] {
  const phone = to.phone
  const text: Step = { channel: 'sms', to: phone, manner: 'read' }
  const call: readonly Step[] = has('voice') ? [{ channel: 'voice', to: phone, manner: 'spoken' }] : []
  const byPhone = isPhone(phone) && isLandline(phone) && call.length > 0 ? call : [text, ...call]
  const [first = text, ...rest] = byPhone
  if (content.template === 'sign-in-code') return [first]
  const waits = content.template === 'stored' || content.template === 'due-soon' || content.template === 'overdue'
  const slip: readonly Step[] =
    waits && has('slip') && about?.cabinet !== undefined ? [{ channel: 'slip', to: about.cabinet, manner: 'slip' }] : []
  return [first, ...rest, ...slip]
}
