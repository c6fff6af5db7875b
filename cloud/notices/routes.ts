import Type from 'typebox'
import { type OperatorId, readId } from '@holdfast/core/values/ids.ts'
import { textField } from '@holdfast/wire/journal/fields.ts'
import {
  clearRequest,
  inboxReadRequest,
  inboxSchema,
  retriedSchema,
  smsReceiptRequest,
  smsReplyRequest,
  type Undelivered,
  undeliveredSchema,
  unreadSchema,
} from '@holdfast/wire/http/notices.ts'
import { emptySchema } from '@holdfast/wire/http/shapes.ts'
import { refuse } from '../platform/http/refusals.ts'
import { type Reply, type Route, route } from '../platform/http/route.ts'
import { signatureHeader, signatureHolds } from './channels/signature.ts'
import { noticesCodes } from './codes.ts'
import type { NoticesPorts } from './notices.ts'
import type { Replies } from './follow/replies.ts'
import { saveClearing, withoutCleared } from './queue/cleared.postgres.ts'
import type { Envelope } from './queue/envelope.ts'
import { countUnread, markRead, readInbox } from './queue/inbox.postgres.ts'
import { requeue, takeReceipt, undeliveredOf } from './queue/store.postgres.ts'

type Shown = { readonly header: (name: string) => string | undefined; readonly rawBody: Uint8Array }
type Parts = NoticesPorts & { readonly envelope: Envelope; readonly replies: Replies; readonly wake: () => void }

const accepted: Reply = { status: 202, body: {} }

export const noticesRoutes = (parts: Parts): readonly Route[] => [
  ...callbacks(parts),
  ...inbox(parts),
  ...undelivered(parts),
]

function callbacks({ db, clock, seals, config, replies, wake }: Parts): readonly Route[] {
  const genuine = ({ header, rawBody: body }: Shown): boolean =>
    signatureHolds(seals, header(signatureHeader), { secret: config.gatewaySecret, at: clock.now(), body })
  return [
    ...(['sms', 'voice', 'slip'] as const).map((channel) =>
      route({
        method: 'POST',
        path: `/v1/gateway/${channel}/receipts`,
        who: 'public',
        summary: 'A gateway tells what became of a message; signed with the shared secret',
        schemas: { body: smsReceiptRequest },
        replies: { 202: emptySchema },
        handle: async (request) => {
          if (!genuine(request)) return refuse(noticesCodes, 'signature-wrong')
          const { outcome, detail, message: text } = request.body
          const message = readId('message', text)
          const receipt = {
            channel,
            outcome,
            at: clock.now(),
            error: outcome === 'delivered' ? null : (detail ?? 'receipt'),
          }
          const known = message !== undefined && (await takeReceipt(db.query, message, receipt))
          wake()
          return known ? accepted : refuse(noticesCodes, 'message-unknown')
        },
      }),
    ),
    ...(['sms', 'voice'] as const).map((channel) =>
      route({
        method: 'POST',
        path: `/v1/gateway/${channel}/replies`,
        who: 'public',
        summary:
          'A gateway passes on what a recipient answered, the keys pressed in a call too; signed with the shared secret',
        schemas: { body: smsReplyRequest },
        replies: { 202: emptySchema },
        handle: async (request) => {
          if (!genuine(request)) return refuse(noticesCodes, 'signature-wrong')
          const { text, ...from } = request.body
          await replies.take({ ...from, text: channel === 'voice' ? answerOfKeys(text) : text })
          return accepted
        },
      }),
    ),
  ]
}

/** The first key is the answer, and what follows says which question it is about: `12` is a yes to the second. */
const answerOfKeys = (pressed: string): string => pressed.replace(/^(\d)(\d+)[#*]?$/u, '$1 $2')

/** What the app shows: a month's messages, as long as their words are kept. */
const inboxMost = 100

const inbox = ({ db, clock, envelope }: Parts): readonly Route[] => [
  route({
    method: 'GET',
    path: '/v1/recipient/inbox',
    who: 'recipient',
    summary: 'Messages kept for this person in the app, newest first',
    schemas: {},
    replies: { 200: inboxSchema },
    handle: async ({ caller }) => {
      const rows = await readInbox(db.query, caller.personId, inboxMost)
      const items = rows.map(({ message, at, isRead, parcel, ...row }) => {
        const { subject, text } = envelope.open(message, row)
        return { id: message, at, isRead, parcel, subject, text }
      })
      return { status: 200, body: { items } }
    },
  }),
  route({
    method: 'GET',
    path: '/v1/recipient/inbox/unread',
    who: 'recipient',
    summary: 'How many messages in the app this person has not read',
    schemas: {},
    replies: { 200: unreadSchema },
    handle: async ({ caller }) => ({ status: 200, body: { unread: await countUnread(db.query, caller.personId) } }),
  }),
  route({
    method: 'POST',
    path: '/v1/recipient/inbox/read',
    who: 'recipient',
    summary: 'These were read: no other way of bringing them is needed',
    schemas: { body: inboxReadRequest },
    replies: { 202: emptySchema },
    handle: async ({ caller, body }) => {
      const messages = body.messages.flatMap((id) => readId('message', id) ?? [])
      await markRead(db.query, caller.personId, { messages, at: clock.now() })
      return accepted
    },
  }),
]

const staff = { staff: ['dispatcher', 'technician', 'manager'] } as const
const itemParams = Type.Object({ id: textField(40) })

const undelivered = (parts: Parts): readonly Route[] => [
  route({
    method: 'GET',
    path: '/v1/operator/undelivered',
    who: { staff: ['viewer', 'dispatcher', 'technician', 'manager'] },
    summary: 'Messages and webhooks that wait for a person',
    schemas: {},
    replies: { 200: undeliveredSchema },
    handle: async ({ caller }) => ({ status: 200, body: { items: [...(await listFor(parts, caller.operatorId))] } }),
  }),
  route({
    method: 'POST',
    path: '/v1/operator/undelivered/:id/retry',
    who: staff,
    summary: 'Try an undelivered message or webhook again from the start',
    schemas: { params: itemParams },
    replies: { 202: emptySchema },
    handle: async ({ caller, params: { id } }) =>
      (await retry(parts, caller.operatorId, id)) ? accepted : refuse(noticesCodes, 'not-undelivered'),
  }),
  route({
    method: 'POST',
    path: '/v1/operator/undelivered/retry-all',
    who: staff,
    summary: 'Try everything on the undelivered list again, as after an outage of a gateway',
    schemas: {},
    replies: { 200: retriedSchema },
    handle: async ({ caller }) => {
      let retried = 0
      for (const { id } of await listFor(parts, caller.operatorId)) {
        if (await retry(parts, caller.operatorId, id)) retried += 1
      }
      return { status: 200, body: { retried } }
    },
  }),
  route({
    method: 'POST',
    path: '/v1/operator/undelivered/:id/clear',
    who: staff,
    summary: 'Take one off the undelivered list with a reason: it was settled in another way',
    schemas: { params: itemParams, body: clearRequest },
    replies: { 202: emptySchema },
    handle: async ({ caller: { operatorId: operator, staffId }, params: { id }, body: { reason } }) => {
      const isListed = (await listFor(parts, operator)).some((item) => item.id === id)
      if (!isListed) return refuse(noticesCodes, 'not-undelivered')
      await saveClearing(parts.db.query, { operator, id, staff: staffId, reason, at: parts.clock.now() })
      return accepted
    },
  }),
]

async function listFor({ db, others }: Parts, operator: OperatorId): Promise<Undelivered['items']> {
  const [own, more] = await Promise.all([
    undeliveredOf(db.query, operator),
    others === undefined ? [] : others.list(operator),
  ])
  const messages = own.map(({ message: id, channel, parcel: about, attempts, error: lastError, since }) => {
    return { id, kind: 'message' as const, channel, about, attempts, lastError, since }
  })
  return [...(await withoutCleared(db.query, operator, [...messages, ...more]))]
}

async function retry({ db, clock, others, wake }: Parts, operator: OperatorId, id: string): Promise<boolean> {
  const message = readId('message', id)
  const done =
    message === undefined ? await others?.retry(operator, id) : await requeue(db.query, operator, message, clock.now())
  wake()
  return done === true
}
