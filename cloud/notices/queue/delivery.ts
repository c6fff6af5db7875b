import { type DurationMs, after, durationMs, hours, minutes, seconds } from '@holdfast/core/values/instants.ts'
import { codeOf } from '../../platform/failure.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Ports } from '../../platform/ports.ts'
import type { Channel, ChannelKind, Letter, Sent } from '../channels/channel.ts'
import type { Envelope } from './envelope.ts'
import { receiptWithin } from './chain.ts'
import { type QuietHours, quietUntil } from './quiet.ts'
import { type Claimed, claimDue, passSilent, postponeMessage, settleMessage } from './store.postgres.ts'

/** How long after the n-th try the next one follows; after the last the message stands in the undelivered list. */
export const retrySchedule: readonly DurationMs[] = [
  seconds(5),
  seconds(30),
  minutes(2),
  minutes(10),
  minutes(30),
  hours(2),
  hours(6),
  hours(12),
]

export const delivery = { tryFor: seconds(20), lease: minutes(1), atOnce: 16 } as const

export type Channels = { readonly sms: Channel } & { readonly [Kind in Exclude<ChannelKind, 'sms'>]?: Channel }

export type DeliveryPorts = Ports & {
  readonly channels: Channels
  readonly envelope: Envelope
  readonly quiet: QuietHours
}

/** Sends what is due; how many that were. */
export async function deliverDue(ports: DeliveryPorts): Promise<number> {
  const { db, clock } = ports
  const now = clock.now()
  const due = await claimDue(db.query, { now, leaseUntil: after(now, delivery.lease), limit: delivery.atOnce })
  await Promise.all(due.map(async (claimed) => await deliver(ports, claimed)))
  return due.length + (await passSilent(db.query, clock.now(), delivery.atOnce))
}

/** Sends what this process has claimed, and settles or postpones it. */
export async function deliver(ports: DeliveryPorts, claimed: Claimed): Promise<void> {
  const { db, clock, log } = ports
  const { message, channel, attempts } = claimed
  if (claimed.until !== null && claimed.until <= clock.now()) {
    return await settleMessage(db.query, message, { state: 'expired', error: null, at: clock.now() })
  }
  const morning = quietUntil(clock.now(), ports.quiet, claimed)
  if (morning !== undefined) return await postponeMessage(db.query, message, { at: morning, error: null })
  try {
    const sent = await send(ports, claimed)
    if (sent.outcome !== 'refused') {
      const at = clock.now()
      const receiptBy = sent.outcome === 'sent' ? after(at, receiptWithin[channel]) : undefined
      return await settleMessage(db.query, message, { state: sent.outcome, error: null, at, receiptBy })
    }
    log.warn({ message, channel, reason: sent.reason }, 'message refused')
    await settleMessage(db.query, message, { state: 'undeliverable', error: sent.reason, at: clock.now() })
  } catch (error) {
    const reason = reasonOf(error)
    const wait = retrySchedule[attempts - 1]
    log.warn({ message, channel, attempts, reason, last: wait === undefined }, 'message not sent')
    if (wait !== undefined) {
      return await postponeMessage(db.query, message, { at: after(clock.now(), wait), error: reason })
    }
    await settleMessage(db.query, message, { state: 'undeliverable', error: reason, at: clock.now() })
  }
}

async function send({ channels, envelope, clock }: DeliveryPorts, claimed: Claimed): Promise<Sent> {
  const { message: id, channel, locale } = claimed
  const open = channelOf(channels, channel)
  if (open === undefined) return { outcome: 'refused', reason: 'channel-not-configured' }
  const letter: Letter = { id, channel, locale, ...envelope.open(id, claimed) }
  return await within(clock, delivery.tryFor, async (signal) => await open.send(letter, signal))
}

const channelOf = (channels: Channels, kind: ChannelKind): Channel | undefined => channels[kind]

async function within<T>(clock: Clock, limit: DurationMs, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const late = new AbortController()
  const cancel = clock.timer(durationMs(limit), () => late.abort())
  try {
    return await work(late.signal)
  } finally {
    cancel()
  }
}

/** Never a library's own words: they may hold an address. */
function reasonOf(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'reason' in error && typeof error.reason === 'string') {
    return error.reason
  }
  return codeOf(error) ?? 'failed'
}
