import Type from 'typebox'
import { closed, digestField, idField, instantField, localeField, sizeField, textField } from '../journal/fields.ts'
import { cabinetPlaceSchema, dimensionsSchema, doorPlaceSchema, nullable, phoneField } from './shapes.ts'

export const parcelStates = [
  'expected',
  'stored',
  'overdue',
  'refused',
  'recalled',
  'collected',
  'returned',
  'disputed',
  'cancelled',
  /** Announced, and nothing heard of it for a month. */
  'never-arrived',
] as const
export const parcelStateField = Type.Enum([...parcelStates])

/** R-41; never the opposite of what the recipient wishes in his own app. */
const lowDoorField = Type.Boolean({
  description: 'This parcel needs a door within reach from a wheelchair; none other is used for it.',
  examples: [true],
})

/**
 * POST /v1/parcels (carrier, `Idempotency-Key` required) → 201 `parcelSchema`. With neither phone nor e-mail the cabinet is
 * named: it is the address, and a printed slip is the message.
 */
export const announceRequest = Type.Object(
  {
    trackingNumber: textField(64),
    recipient: Type.Object(
      {
        phone: Type.Optional(phoneField),
        /** The way of the messages where there is no phone; consent is asked of phones alone. */
        email: Type.Optional(textField(200)),
        locale: Type.Optional(localeField),
        lowDoor: Type.Optional(lowDoorField),
      },
      closed,
    ),
    size: Type.Optional(sizeField),
    dimensions: Type.Optional(dimensionsSchema),
    /** The cabinet that the buyer chose as delivery address: counts as consent to that cabinet. */
    cabinet: Type.Optional(idField('cabinet')),
    freshFood: Type.Optional(Type.Boolean()),
    valuables: Type.Optional(Type.Boolean()),
    /** Reference of the agreement with the sender for fresh food or valuables. */
    agreement: Type.Optional(textField(120)),
  },
  closed,
)
export type AnnounceRequest = Type.Static<typeof announceRequest>

/** GET /v1/parcels/:parcel, GET /v1/parcels?trackingNumber= (carrier). */
export const parcelSchema = Type.Object(
  {
    id: idField('parcel'),
    trackingNumber: textField(64),
    state: parcelStateField,
    recipientPhoneMasked: nullable(textField(32)),
    locale: localeField,
    size: nullable(sizeField),
    cabinet: nullable(idField('cabinet')),
    deposit: nullable(idField('deposit')),
    /** `unanswered`: asked, and no answer came within ten minutes; one that comes later still counts. */
    consent: Type.Enum(['none', 'asked', 'unanswered', 'given', 'declined']),
    announcedAt: nullable(instantField),
    storedAt: nullable(instantField),
    dueAt: nullable(instantField),
    endedAt: nullable(instantField),
    /** Grows with every event of this parcel. */
    sequence: Type.Integer({ minimum: 0 }),
  },
  closed,
)
export type Parcel = Type.Static<typeof parcelSchema>

/** PATCH /v1/parcels/:parcel (carrier): before the deposit anything, behind a door only the phone. */
export const correctRequest = Type.Object(
  {
    recipientPhone: Type.Optional(phoneField),
    size: Type.Optional(sizeField),
    dimensions: Type.Optional(dimensionsSchema),
  },
  closed,
)

/** POST /v1/parcels/:parcel/cancel (carrier) → 200 parcel; POST /v1/parcels/:parcel/returned (carrier): back with the sender. */

/** GET /v1/recipient/parcels → { waiting, expected, past }. The code is shown to its owner only. */
export const recipientParcelSchema = Type.Object(
  {
    id: idField('parcel'),
    trackingNumber: textField(64),
    carrierName: textField(80),
    state: parcelStateField,
    consent: Type.Enum(['none', 'asked', 'given', 'declined']),
    /** Before it is put in: the cabinet that it is to go to. */
    place: nullable(cabinetPlaceSchema),
    /** The question is about another cabinet than the one it was to go to; `metres` where both are on the map. */
    instead: Type.Optional(
      Type.Object({ name: textField(80), metres: nullable(Type.Integer({ minimum: 0 })) }, closed),
    ),
    door: nullable(doorPlaceSchema),
    deposit: nullable(idField('deposit')),
    /** Nine digits, while it opens. */
    code: nullable(Type.String({ pattern: '^[0-9]{9}$' })),
    storedAt: nullable(instantField),
    dueAt: nullable(instantField),
    endedAt: nullable(instantField),
    complaintPhone: nullable(textField(32)),
    cabinetOnline: nullable(Type.Boolean()),
  },
  closed,
)
export type RecipientParcel = Type.Static<typeof recipientParcelSchema>

export const recipientParcelsSchema = Type.Object(
  {
    waiting: Type.Array(recipientParcelSchema),
    expected: Type.Array(recipientParcelSchema),
    past: Type.Array(recipientParcelSchema),
  },
  closed,
)
export type RecipientParcels = Type.Static<typeof recipientParcelsSchema>

/** POST /v1/recipient/parcels/:parcel/consent → 200 recipientParcel. POST …/new-code → 202. */
export const consentRequest = Type.Object(
  {
    accept: Type.Boolean(),
    /** The cabinet that stood beside the question: an answer to a former question is refused. */
    cabinet: Type.Optional(idField('cabinet')),
  },
  closed,
)

/**
 * What a corrected phone means for the code. `drawn`: the cabinet draws a new one now. The cabinet is out of reach:
 * `spare`, the one in reserve goes out at once; `later`, a new one is drawn when the cabinet is back. Until then the
 * wrong phone's code still opens there. `same`: that is the phone already.
 */
export const codeOutlooks = ['drawn', 'spare', 'later', 'same'] as const
export type CodeOutlook = (typeof codeOutlooks)[number]
export const correctedSchema = Type.Object({ code: Type.Enum([...codeOutlooks]) }, closed)

/** Why a courier tells it once more: one tap, nothing typed. A wrong digit is no reason to tell the same phone again. */
export const resendReasons = ['recipient-asked', 'carrier-said', 'other'] as const
export type ResendReason = (typeof resendReasons)[number]
export const correctReasons = ['wrong-digit', ...resendReasons] as const
export type CorrectReason = (typeof correctReasons)[number]

/** POST /v1/courier/deposits/:deposit/recipient → 200 `correctedSchema`: the phone of what lies behind a door. */
export const courierCorrectRequest = Type.Object(
  { cabinet: idField('cabinet'), recipientPhone: phoneField, reason: Type.Enum([...correctReasons]) },
  closed,
)

/** POST /v1/courier/deposits/:deposit/resend → 202: the code once more, to the phone that is right now. */
export const courierResendRequest = Type.Object(
  { cabinet: idField('cabinet'), reason: Type.Enum([...resendReasons]) },
  closed,
)

/** A word that explains nothing is no reason. */
const reasonField = Type.String({ minLength: 3, maxLength: 200 })

/** POST /v1/operator/parcels/:parcel/recipient → 200 `correctedSchema`. */
export const operatorCorrectRequest = Type.Object({ recipientPhone: phoneField, reason: reasonField }, closed)

/** POST /v1/operator/parcels/:parcel/resend → 202: the code once more. */
export const operatorResendRequest = Type.Object({ reason: reasonField }, closed)

/** GET /v1/courier/recalls → what this courier must take out, by cabinet. */
export const recallSchema = Type.Object(
  {
    deposit: idField('deposit'),
    parcels: Type.Array(Type.Object({ id: idField('parcel'), trackingNumber: textField(64) }, closed)),
    why: Type.Enum(['overdue', 'refused', 'not-mine']),
    since: instantField,
    place: cabinetPlaceSchema,
    door: doorPlaceSchema,
  },
  closed,
)
export type Recall = Type.Static<typeof recallSchema>
export const recallsSchema = Type.Object({ items: Type.Array(recallSchema) }, closed)

/** GET /v1/courier/deposits → today's deposits with what became of their notices. */
export const courierDepositSchema = Type.Object(
  {
    deposit: idField('deposit'),
    parcels: Type.Array(Type.Object({ trackingNumber: textField(64), digest: digestField }, closed)),
    place: cabinetPlaceSchema,
    door: doorPlaceSchema,
    madeAt: instantField,
    state: parcelStateField,
    /** Whoever was written to says that it is not theirs: correct the phone, or take it out. */
    notMine: Type.Boolean(),
    notice: Type.Enum(['none', 'queued', 'sent', 'delivered', 'undeliverable']),
  },
  closed,
)
export type CourierDeposit = Type.Static<typeof courierDepositSchema>
export const courierDepositsSchema = Type.Object({ items: Type.Array(courierDepositSchema) }, closed)

/** POST /v1/courier/scans: a label read by the phone goes into the courier's open session at a kiosk → 202. */
export const courierScanRequest = Type.Object({ text: textField(300) }, closed)

/** GET /v1/operator/parcels?search= → page of `operatorParcelSchema`; GET /v1/operator/parcels/:parcel → with timeline. */
export const operatorParcelSchema = Type.Object(
  {
    id: idField('parcel'),
    trackingNumber: textField(64),
    carrierName: textField(80),
    state: parcelStateField,
    recipientPhoneMasked: nullable(textField(32)),
    place: nullable(cabinetPlaceSchema),
    door: nullable(doorPlaceSchema),
    /** As the slip at the door says it; no code. */
    reference: nullable(textField(9)),
    storedAt: nullable(instantField),
    dueAt: nullable(instantField),
    changedAt: instantField,
  },
  closed,
)
export type OperatorParcel = Type.Static<typeof operatorParcelSchema>

/** One line of a parcel's story: a cabinet's fact or a cloud's act, in the order of the story. */
export const timelineEntrySchema = Type.Object(
  {
    at: instantField,
    source: Type.Enum(['cabinet', 'cloud', 'notice', 'webhook']),
    type: textField(64),
    /** Journal number, for cabinet facts. */
    seq: nullable(Type.Integer({ minimum: 1 })),
    detail: Type.Record(Type.String(), Type.Union([Type.String(), Type.Integer(), Type.Boolean(), Type.Null()])),
  },
  closed,
)
export type TimelineEntry = Type.Static<typeof timelineEntrySchema>
export const parcelStorySchema = Type.Object(
  { parcel: operatorParcelSchema, timeline: Type.Array(timelineEntrySchema) },
  closed,
)
export type ParcelStory = Type.Static<typeof parcelStorySchema>
