import type { Locale } from '@holdfast/wire/codes/messages.ts'
import { type Failure, failure } from '../../platform/failure.ts'
import type { MessageId } from '../notices.ts'

/** Ways that a letter can take. `app` is kept in the house until its owner looks. */
export type ChannelKind = 'app' | 'sms' | 'voice' | 'email' | 'slip'

/** One message as it leaves: the same bytes at each try, and the same id, by which the far side knows a repetition. */
export type Letter = {
  readonly id: MessageId
  readonly channel: ChannelKind
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly locale: Locale
}

export type Sent =
  /** Taken over; a receipt may follow. */
  | { readonly outcome: 'sent' }
  /** Nothing more will be heard: it is there. */
  | { readonly outcome: 'delivered' }
  /** It will never take this message: trying again is no use. `reason` names nobody. */
  | { readonly outcome: 'refused'; readonly reason: string }

/** Brings letters out of the house. Throws a `ChannelFailure` where another try may help. */
export type Channel = {
  readonly send: (letter: Letter, signal: AbortSignal) => Promise<Sent>
  readonly close: () => void
}

export type ChannelFailure = Failure<'channel-unreachable' | 'channel-busy'> & { readonly reason: string }

/** What a library says may hold an address: only a short reason of ours is kept. */
export const channelFailure = (code: ChannelFailure['code'], reason: string): ChannelFailure =>
  Object.assign(failure(code, `${code}: ${reason}`), { reason })
