import type { Phone } from '@holdfast/core/parcel/phone.ts'
import type { PersonId } from '@holdfast/core/values/ids.ts'
import { after, type DurationMs, type Instant, minutes } from '@holdfast/core/values/instants.ts'
import type { ChannelKind } from '../channels/channel.ts'
import type { Content, Message } from '../notices.ts'
import type { Manner } from '../templates/words.ts'

/** One way that a message can take: the next is tried where this one fails or stays silent. */
export type Step = {
  readonly channel: ChannelKind
  readonly to: string
  readonly manner: Manner
  /** At the same time as the first, which does not wait for what comes of it. */
  readonly beside?: true
}

/** Whose app a message can be kept in, and when they looked last. */
export type AppOwner = { readonly person: PersonId; readonly looked: Instant }

export type Ways = {
  readonly has: (channel: ChannelKind) => boolean
  readonly isLandline: (phone: Phone) => boolean
  /** Undefined where nobody with this phone is signed in. */
  readonly app?: (AppOwner & { readonly goesFirst: boolean }) | undefined
}

/** How long a receipt may take. A call is over when it is over; a text may wait for a phone in a tunnel. */
export const receiptWithin: Readonly<Record<ChannelKind, DurationMs>> = {
  app: minutes(2),
  sms: minutes(10),
  voice: minutes(5),
  email: minutes(30),
  slip: minutes(30),
}

/** Who looked so lately will see it, and needs no text. */
const lately = minutes(15)
/** A courier stands at the door with it, or a text is what it answers: nothing goes before the text. */
const byTextFirst: ReadonlySet<Content['template']> = new Set<Content['template']>(['consent-asked', 'recalled'])
const neverInApp: ReadonlySet<Content['template']> = new Set<Content['template']>([
  'sign-in-code',
  'which-not-mine',
  'yes-too-late',
])
/** Only what concerns a waiting parcel is printed. */
const printed: ReadonlySet<Content['template']> = new Set<Content['template']>(['stored', 'due-soon', 'overdue'])

export const isForApp = ({ content }: Pick<Message, 'content'>): boolean => !neverInApp.has(content.template)

/**
 * App, text, call, e-mail, slip, as far as the house and the recipient have them. The app goes first for who looked lately;
 * for others, and where nobody can wait, beside the text. A landline is rung up first; nobody can text to one, so without a
 * voice its text is tried for what it is worth and then stands in the undelivered list. E-mail is a way where there is no
 * phone, else a copy. A sign-in code goes to its phone alone, in one way: somebody waits for it. Who has neither has the slip, also
 * where the house prints none: then it stands in the undelivered list. Empty where nobody can be reached.
 */
export function stepsFor(
  { to, content, about }: Message,
  { has, isLandline, app }: Ways,
  now: Instant,
): readonly Step[] {
  const { phone, email } = to
  const { template } = content
  const text: readonly Step[] = phone === undefined ? [] : [{ channel: 'sms', to: phone, manner: 'read' }]
  const call: readonly Step[] =
    phone !== undefined && has('voice') ? [{ channel: 'voice', to: phone, manner: 'spoken' }] : []
  const byPhone = phone !== undefined && isLandline(phone) && call.length > 0 ? call : [...text, ...call]
  if (template === 'sign-in-code') return byPhone.slice(0, 1)
  const letter: readonly Step[] =
    phone === undefined && email !== undefined && has('email') ? [{ channel: 'email', to: email, manner: 'read' }] : []
  const isLast = byPhone.length + letter.length === 0
  const slip: readonly Step[] =
    printed.has(template) && about?.cabinet !== undefined && (has('slip') || isLast)
      ? [{ channel: 'slip', to: about.cabinet, manner: phone === undefined ? 'slip-by-call' : 'slip' }]
      : []
  const outside = [...byPhone, ...letter, ...slip]
  if (app === undefined || !isForApp({ content })) return outside
  const kept = { channel: 'app', to: app.person, manner: 'read' } as const
  const goesFirst = app.goesFirst && now < after(app.looked, lately) && !byTextFirst.has(template)
  return [goesFirst ? kept : { ...kept, beside: true }, ...outside]
}
