import Type from 'typebox'
import { closed, idField, instantField, textField } from '../journal/fields.ts'
import { nullable, pageOf } from './shapes.ts'

export const webhookTypes = [
  'parcel.announced',
  'parcel.deposited',
  'parcel.collected',
  'parcel.refused',
  'parcel.recalled',
  'parcel.returned',
  'parcel.overdue',
  'parcel.cancelled',
  'parcel.never-arrived',
  'parcel.disputed',
  'parcel.consent-declined',
  'parcel.corrected',
  'parcel.not-mine',
] as const

/**
 * Body of every webhook and of GET /v1/events (carrier): CloudEvents 1.0, structured JSON. Signed by Standard
 * Webhooks 1.0.0. Ordered per endpoint and parcel; `data.sequence` is the parcel's own.
 */
export const parcelEventSchema = Type.Object(
  {
    specversion: Type.Literal('1.0'),
    id: idField('event'),
    source: textField(200),
    type: Type.Enum([...webhookTypes]),
    subject: idField('parcel'),
    time: Type.String({ format: 'date-time' }),
    datacontenttype: Type.Literal('application/json'),
    data: Type.Object(
      {
        parcel: idField('parcel'),
        trackingNumber: textField(64),
        sequence: Type.Integer({ minimum: 1 }),
        cabinet: nullable(idField('cabinet')),
        deposit: nullable(idField('deposit')),
        compartment: nullable(textField(12)),
        reason: nullable(textField(64)),
      },
      closed,
    ),
  },
  closed,
)
export type ParcelEvent = Type.Static<typeof parcelEventSchema>

/** What POST /v1/webhook-endpoints/:endpoint/test brings: signed like the rest, about no parcel, never in /v1/events. */
export const webhookTestSchema = Type.Object(
  {
    specversion: Type.Literal('1.0'),
    id: idField('event'),
    source: textField(200),
    type: Type.Literal('webhook.test'),
    subject: idField('endpoint'),
    time: Type.String({ format: 'date-time' }),
    datacontenttype: Type.Literal('application/json'),
    data: Type.Object({ endpoint: idField('endpoint') }, closed),
  },
  closed,
)
export type WebhookTest = Type.Static<typeof webhookTestSchema>

/** GET /v1/events?after=&limit= (carrier): the same history as the webhooks, to pull. */
export const parcelEventPage = pageOf(parcelEventSchema)

/** POST /v1/webhook-endpoints (carrier) → 201 with the secret, shown once. DELETE …/:endpoint → 204. GET → list. POST …/:endpoint/test → 202. */
export const endpointRequest = Type.Object(
  { url: textField(500), types: Type.Optional(Type.Array(Type.Enum([...webhookTypes]))) },
  closed,
)
export const endpointSchema = Type.Object(
  {
    id: idField('endpoint'),
    url: textField(500),
    types: Type.Array(Type.Enum([...webhookTypes])),
    disabledAt: nullable(instantField),
    lastDeliveredAt: nullable(instantField),
    waiting: Type.Integer(),
  },
  closed,
)
export const endpointCreated = Type.Object(
  { endpoint: endpointSchema, secret: Type.String({ pattern: '^whsec_' }) },
  closed,
)
export const endpointListSchema = Type.Object({ items: Type.Array(endpointSchema) }, closed)
