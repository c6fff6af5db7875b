import Type from 'typebox'
import { closed, idField, instantField, localeField, textField } from '../journal/fields.ts'
import { nullable, phoneField } from './shapes.ts'

/** POST /v1/gateway/{sms,voice,slip}/receipts (public, signed by the gateway's shared secret): what became of a message. */
export const smsReceiptRequest = Type.Object(
  {
    message: idField('message'),
    outcome: Type.Enum(['delivered', 'undeliverable']),
    detail: Type.Optional(textField(200)),
  },
  closed,
)

/** POST /v1/gateway/sms/replies: a recipient answered a consent message with a keyword. */
export const smsReplyRequest = Type.Object({ from: phoneField, text: textField(200), id: textField(100) }, closed)

/** GET /v1/recipient/inbox: what is kept in the app, newest first; erased after a month (law 14). */
export const inboxSchema = Type.Object(
  {
    items: Type.Array(
      Type.Object(
        {
          id: idField('message'),
          at: instantField,
          isRead: Type.Boolean(),
          subject: textField(80),
          text: textField(1000),
          parcel: nullable(idField('parcel')),
        },
        closed,
      ),
    ),
  },
  closed,
)
export type Inbox = Type.Static<typeof inboxSchema>

/** GET /v1/recipient/inbox/unread: asked for again and again while the app is looked at. */
export const unreadSchema = Type.Object({ unread: Type.Integer({ minimum: 0 }) }, closed)
export type Unread = Type.Static<typeof unreadSchema>

/** POST /v1/recipient/inbox/read → 202: these were looked at, which is their receipt. */
export const inboxReadRequest = Type.Object(
  { messages: Type.Array(idField('message'), { minItems: 1, maxItems: 100 }) },
  closed,
)

/** POST /v1/operator/undelivered/retry-all → 200: everything on the list once more. */
export const retriedSchema = Type.Object({ retried: Type.Integer({ minimum: 0 }) }, closed)

/** POST /v1/operator/undelivered/:id/clear → 202: settled in another way, which the reason says. */
export const clearRequest = Type.Object({ reason: Type.String({ minLength: 3, maxLength: 200 }) }, closed)

/** GET /v1/operator/undelivered: messages and webhooks that wait for a person (law 10). POST …/:id/retry → 202. */
export const undeliveredSchema = Type.Object(
  {
    items: Type.Array(
      Type.Object(
        {
          id: textField(40),
          kind: Type.Enum(['message', 'webhook']),
          channel: textField(32),
          about: nullable(idField('parcel')),
          attempts: Type.Integer(),
          lastError: nullable(textField(200)),
          since: instantField,
        },
        closed,
      ),
    ),
  },
  closed,
)
export type Undelivered = Type.Static<typeof undeliveredSchema>

/**
 * What the generic gateway ports POST to an operator's provider adapter: a text, a call that reads it aloud, a slip that
 * is printed (`to` is then the cabinet's id). `id` is the deduplication key.
 */
const gatewaySendRequest = Type.Object(
  {
    id: idField('message'),
    channel: textField(8),
    to: textField(200),
    text: textField(1000),
    locale: localeField,
    receiptUrl: textField(300),
  },
  closed,
)
export type GatewaySendRequest = Type.Static<typeof gatewaySendRequest>
