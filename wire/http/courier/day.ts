import Type from 'typebox'
import { closed, idField, instantField, sizeField, textField } from '../../journal/fields.ts'
import { parcelStateField } from '../parcels.ts'
import { cabinetPlaceSchema, nullable } from '../shapes.ts'

const count = Type.Integer({ minimum: 0 })

/** `asked`: the cabinet has not answered yet. `waiting`: in its queue. `held`: the door is there until `until`. */
export const holdStates = [
  'asked',
  'waiting',
  'held',
  'used',
  'expired',
  'given-back',
  'waited-out',
  'refused',
] as const

export const holdSchema = Type.Object(
  {
    hold: idField('order'),
    cabinet: idField('cabinet'),
    size: sizeField,
    state: Type.Enum([...holdStates]),
    /** Code of a cabinet's or cabinets' refusal. */
    refusal: nullable(textField(64)),
    label: nullable(textField(12)),
    askedAt: instantField,
    until: nullable(instantField),
  },
  closed,
)
export type Hold = Type.Static<typeof holdSchema>

/** POST /v1/courier/holds → 201 `holdSchema`; POST /v1/courier/holds/:hold/give-back → 202. */
export const holdRequest = Type.Object(
  { cabinet: idField('cabinet'), carrier: idField('carrier'), size: sizeField },
  closed,
)

/** GET /v1/courier/cabinets → free doors by size as each cabinet last told, less those held for others. */
export const courierCabinetSchema = Type.Object(
  {
    place: cabinetPlaceSchema,
    /** Who runs it: in one house cabinets of several may stand. */
    operatorName: textField(80),
    online: Type.Boolean(),
    heardAt: nullable(instantField),
    free: Type.Object({ S: count, M: count, L: count, XL: count }, closed),
    doors: count,
    /** Couriers who wait for a door there. */
    waiting: count,
    holds: Type.Array(holdSchema),
  },
  closed,
)
export type CourierCabinet = Type.Static<typeof courierCabinetSchema>
export const courierCabinetsSchema = Type.Object({ items: Type.Array(courierCabinetSchema) }, closed)

/** POST /v1/courier/round: parcels taken along to a cabinet. Numbers that nobody announced come back as `unknown`. */
export const roundRequest = Type.Object(
  {
    cabinet: idField('cabinet'),
    /** Left out: whichever of the courier's employers announced a number. */
    carrier: Type.Optional(idField('carrier')),
    numbers: Type.Array(textField(64), { minItems: 1, maxItems: 300 }),
  },
  closed,
)

export const roundItemSchema = Type.Object(
  {
    parcel: idField('parcel'),
    trackingNumber: textField(64),
    cabinet: idField('cabinet'),
    state: parcelStateField,
    consent: Type.Enum(['none', 'asked', 'unanswered', 'given', 'declined']),
    size: nullable(sizeField),
  },
  closed,
)
export type RoundItem = Type.Static<typeof roundItemSchema>

/** GET /v1/courier/round, and the answer to every change of it. */
export const roundSchema = Type.Object(
  { items: Type.Array(roundItemSchema), unknown: Type.Array(textField(64)) },
  closed,
)
export type Round = Type.Static<typeof roundSchema>

/**
 * POST /v1/courier/round/:parcel/elsewhere → 200 `roundSchema`: the cabinet of its row is full, or would not do. Its
 * recipient is asked about this one; from then on the parcel stands on the list for it.
 */
export const elsewhereRequest = Type.Object({ cabinet: idField('cabinet') }, closed)

/** POST /v1/courier/round/ask: one message to each recipient on the list who has not been asked. */
export const roundAskReply = Type.Object({ asked: count, round: roundSchema }, closed)
export type RoundAsked = Type.Static<typeof roundAskReply>
