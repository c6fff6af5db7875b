import type { Phone } from '@holdfast/core/parcel/phone.ts'
import type { CabinetId, DepositId, Id, OperatorId, ParcelId } from '@holdfast/core/values/ids.ts'
import { after, type Instant } from '@holdfast/core/values/instants.ts'
import type { Undelivered } from '@holdfast/wire/http/notices.ts'
import type { Route } from '../platform/http/route.ts'
import type { Ports } from '../platform/ports.ts'
import type { Tx } from '../platform/postgres/db.ts'
import { openChannels } from './channels/open.ts'
import type { Channel, ChannelKind } from './channels/channel.ts'
import type { NoticesConfig } from './config.ts'
import { type Sources, composeMessage } from './follow/compose.ts'
import { composeDue, composeTask, followParcels, type Task } from './follow/tasks.ts'
import { type AppOwner, isForApp, type Step, stepsFor } from './queue/chain.ts'
import { codeOf } from '../platform/failure.ts'
import { type Channels, deliver, type DeliveryPorts, deliverDue, delivery } from './queue/delivery.ts'
import { createEnvelope } from './queue/envelope.ts'
import { createHands, type Hands } from './queue/hands.ts'
import { quietUntil } from './queue/quiet.ts'
import { createRounds } from './queue/rounds.ts'
import {
  type MessageState,
  type NewMessage,
  eraseBefore,
  latestFor,
  putMessage,
  storyOf,
} from './queue/store.postgres.ts'
import { createReplies } from './follow/replies.ts'
import { noticesRoutes } from './routes.ts'
import { type Answer, createAnswers } from './templates/keywords.ts'
import { type Languages, readLanguages, shippedLanguages } from './templates/languages.ts'
import { wordsFor } from './templates/words.ts'

/** Messages to people: queued with what made them true, sent after the commit, retried, told when given up. */
export type Notices = {
  /** Queues a message to a phone, and its copy by e-mail where an address is known. The same `key` sends once (law 10). */
  readonly send: (message: Message, tx?: Tx) => Promise<void>
  /** What became of the latest message to the phone about each deposit; deposits without one are left out. */
  readonly statusFor: (deposits: readonly DepositId[]) => Promise<ReadonlyMap<DepositId, NoticeStatus>>
  /** What was sent about a parcel and the deposits it lay in, and what became of it, oldest first. */
  readonly story: (about: {
    readonly parcel: ParcelId
    readonly deposits: readonly DepositId[]
  }) => Promise<readonly NoticeLine[]>
  /** A recipient answered a message with a keyword. One handler, before `start`; at least once for each reply. */
  readonly onReply: (handler: (reply: RecipientReply) => Promise<void>) => void
  /** Whether a reminder would wait for the morning there. */
  readonly isQuiet: (at: Instant, zone: string) => boolean
  /** Erases addresses and texts of messages settled before the instant (law 14); the states stay. */
  readonly erase: (before: Instant) => Promise<number>
  readonly routes: readonly Route[]
  /** Composes and sends what is due now; how much that was. Runs by itself between `start` and `stop`. */
  readonly tick: () => Promise<number>
  /** Registers its consumer: before the outbox starts. */
  readonly start: () => void
  readonly stop: () => Promise<void>
}

export type MessageId = Id<'message'>

export type Message = {
  /** One text for one key, however often it is asked for: `deposit/<deposit>/code/0`, `consent/<parcel>` … */
  readonly key: string
  readonly to: { readonly phone?: Phone | undefined; readonly email?: string | undefined }
  /** Of a language's file. */
  readonly locale: string
  readonly content: Content
  readonly about?: About
  /** Not sent any more after this. */
  readonly until?: Instant
}

export type About = {
  readonly parcel?: ParcelId | undefined
  readonly deposit?: DepositId | undefined
  /** Whose undelivered list it stands in. */
  readonly operator?: OperatorId | undefined
  /** Where a slip may be printed. */
  readonly cabinet?: CabinetId | undefined
  /** Of the site: when nobody is rung up. */
  readonly zone?: string | undefined
}

/** What is to be said; the words are data in `templates/`. */
export type Content =
  | { readonly template: 'sign-in-code'; readonly code: string; readonly minutes: number }
  | (PlaceWords & {
      readonly template: 'stored' | 'due-soon' | 'overdue' | 'kept-shorter' | 'please-collect'
      readonly door: string
      /** Of the deposit: what support finds it by. */
      readonly reference: string
      /** Nine digits; shown 3-3-3. */
      readonly code: string
      /** The end of the free time. */
      readonly until: Instant
    })
  | (PlaceWords & {
      readonly template: 'consent-asked'
      readonly carrier: string
      readonly tail: string
      /** How long it would be kept free. */
      readonly hours: number
    })
  | (PlaceWords & {
      readonly template: 'consent-instead' | 'consent-instead-near'
      readonly carrier: string
      readonly tail: string
      /** The cabinet that the parcel was to go to. */
      readonly former: string
      /** From there, where both stand on a map. */
      readonly metres: number | null
      readonly hours: number
      /** Of the question: a reply that names it is to no other. */
      readonly number: number
    })
  | (PlaceWords & { readonly template: 'recalled' })
  | { readonly template: 'which-not-mine'; readonly list: string; readonly example: string }
  | (Omit<PlaceWords, 'zone'> & {
      readonly template: 'yes-too-late'
      readonly tail: string
      /** Of the question that stands now. */
      readonly number: number
    })
  | (PlaceWords & {
      readonly template: 'outage-planned' | 'outage-cancelled'
      readonly outage: Stretch
      readonly until: Instant
    })

export type Stretch = { readonly from: Instant; readonly to: Instant }

export type PlaceWords = {
  readonly cabinet: string
  readonly address: string
  readonly zone: string
  readonly complaintPhone: string
}

/** As `courierDepositSchema.notice` says it. */
export type NoticeStatus = 'queued' | 'sent' | 'delivered' | 'undeliverable'

export type NoticeLine = {
  readonly at: Instant
  readonly template: Content['template']
  readonly channel: ChannelKind
  /** Also `waiting` for its turn in the chain, and `skipped` where it never had to go. */
  readonly status: NoticeStatus | 'waiting' | 'skipped'
  readonly attempts: number
}

/** Yes and no answer everything that waits for this phone's word; "not mine" what it is about, or all there is. */
export type RecipientReply = Answer & {
  readonly phone: Phone
  /** The gateway's own id of the reply. */
  readonly reply: string
}

/** Other things that wait for a person, joined into the operator's list: webhooks. */
export type UndeliveredSource = {
  readonly list: (operator: OperatorId) => Promise<Undelivered['items']>
  /** False where it is not this source's. */
  readonly retry: (operator: OperatorId, id: string) => Promise<boolean>
}

export type NoticesPorts = Ports & {
  readonly config: NoticesConfig
  readonly sources: Sources
  /** The people's reading of phones, for answers that come in. */
  readonly readPhone: (typed: string) => Phone | undefined
  readonly isLandline: (phone: Phone) => boolean
  /** Who is signed in to the app with this phone, and when they looked last. */
  readonly appOf: (phone: Phone, tx?: Tx) => Promise<AppOwner | undefined>
  readonly others?: UndeliveredSource
  /** Instead of the shipped ones: tests. */
  readonly languages?: Languages
  /** Instead of those that the config names: tests. */
  readonly channels?: Channels
}

/** It stands in its row: whoever looks finds it there, and has read it then. */
const inTheApp: Channel = { send: async () => ({ outcome: 'sent' }), close: () => undefined }

/** Works of this kind wait for others: connections, gateways. */
const handsMost = 32

export function createNotices(ports: NoticesPorts): Notices {
  const { db, seals } = ports
  const envelope = createEnvelope(seals, ports.keys.atRest)
  const channels = { ...(ports.channels ?? openChannels(ports)), app: inTheApp }
  const languages = ports.languages ?? readLanguages(shippedLanguages)
  const replies = createReplies(ports, { phone: ports.readPhone, answer: createAnswers(languages) })
  const hands = createHands(handsMost, (error) =>
    ports.log.warn({ code: codeOf(error) }, 'a message waits for a round'),
  )
  const wake = (): void => rounds.wake()
  const deliveries = { ...ports, channels, envelope, quiet: ports.config.quiet }
  const queue = createQueue({ ...deliveries, languages, hands, wake })
  const compose = async (news: Parameters<typeof composeMessage>[1]) => await composeMessage(ports.sources, news)
  const tasks = { ...ports, compose, queue }
  const tick = async (): Promise<number> => (await composeDue(tasks)) + (await deliverDue(deliveries))
  const rounds = createRounds(ports, tick)
  return {
    send: queue,
    statusFor: async (deposits) =>
      new Map((await latestFor(db.query, deposits)).map(({ deposit, state }) => [deposit, statusOf(state)])),
    story: async (about) =>
      (await storyOf(db.query, about)).map(({ state, ...line }) => ({
        ...line,
        status: state === 'waiting' || state === 'skipped' ? state : statusOf(state),
      })),
    onReply: replies.on,
    isQuiet: (at, zone) =>
      quietUntil(at, ports.config.quiet, { channel: 'sms', template: 'please-collect', zone }) !== undefined,
    erase: async (before) => await eraseBefore(db.query, before),
    routes: noticesRoutes({ ...ports, envelope, replies, wake: rounds.wake }),
    tick,
    start: () => {
      const noted = (taken: readonly Task[], left: number): void => {
        for (const task of taken) hands.take(async () => await composeTask(tasks, task))
        if (left > 0) wake()
      }
      ports.outbox.add(followParcels(ports, { free: hands.free, noted }))
      hands.open()
      rounds.start()
    },
    stop: async () => {
      await hands.close()
      await rounds.stop()
      for (const channel of [channels.sms, channels.voice, channels.email, channels.slip]) channel?.close()
    },
  }
}

type QueuePorts = DeliveryPorts &
  Pick<NoticesPorts, 'isLandline' | 'appOf' | 'config'> & {
    readonly languages: Languages
    readonly hands: Hands
    /** Something is due for a round. */
    readonly wake: () => void
  }

/**
 * Words are frozen here, for each way that the message may have to take. Who queues in a transaction of his own is heard
 * when that commits.
 */
function createQueue(ports: QueuePorts): Notices['send'] {
  const { db, clock, isLandline, appOf, config, channels, envelope, languages, hands, wake } = ports
  return async (message, tx) => {
    const { key, to, locale, content, about = {}, until = null } = message
    const query = tx?.query ?? db.query
    const then = (told: () => void): void => (tx === undefined ? told() : tx.onCommit(told))
    const owner = to.phone === undefined || !isForApp(message) ? undefined : await appOf(to.phone, tx)
    const app = owner && { ...owner, goesFirst: config.app === 'first' }
    const steps = stepsFor(message, { has: (channel) => channels[channel] !== undefined, isLandline, app }, clock.now())
    const chain = steps.length > 1 ? envelope.idOf(key, 'chain') : null
    const put = async (
      { channel, to: address, manner }: Step,
      at: Pick<NewMessage, 'chain' | 'step'>,
    ): Promise<void> => {
      const id = envelope.idOf(key, channel)
      const words = wordsFor(languages, content, { locale, manner })
      const locked = { address: envelope.lockAddress(id, address), words: envelope.lockWords(id, words) }
      const now = clock.now()
      const leaseUntil = at.step <= 0 && hands.free() > 0 ? after(now, delivery.lease) : null
      const row = { message: id, channel, template: content.template, locale, ...locked, until }
      const person = channel === 'app' ? (owner?.person ?? null) : null
      const isNew = await putMessage(query, { ...row, about, at: now, leaseUntil, person, ...at })
      if (leaseUntil === null) return then(wake)
      const claimed = { ...row, attempts: 1, zone: about.zone ?? null }
      if (isNew) then(() => hands.take(async () => await deliver(ports, claimed)))
    }
    const first = steps[0]?.beside === true ? 1 : 0
    for (const [i, way] of steps.entries()) await put(way, { chain, step: i - first })
    const isCopied = to.email !== undefined && to.phone !== undefined && channels.email !== undefined
    if (isCopied) await put({ channel: 'email', to: to.email, manner: 'read' }, { chain: null, step: 0 })
  }
}

/** People are shown that it did not come; that it was too late to try again is our affair. */
function statusOf(state: MessageState): NoticeStatus {
  if (state === 'waiting') return 'queued'
  return state === 'expired' || state === 'skipped' ? 'undeliverable' : state
}
