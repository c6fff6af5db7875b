import Type, { type TSchema } from 'typebox'
import { closed, idField, textField } from '../journal/fields.ts'

/** E.164 as typed: the cloud reads it with a phone-number library and answers `phone-unreadable` where it cannot. */
export const phoneField = Type.String({ minLength: 3, maxLength: 32, examples: ['+8613812345678'] })

export const dimensionsSchema = Type.Object(
  {
    widthMm: Type.Integer({ minimum: 1, maximum: 3000 }),
    heightMm: Type.Integer({ minimum: 1, maximum: 3000 }),
    depthMm: Type.Integer({ minimum: 1, maximum: 3000 }),
  },
  closed,
)

export const nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])

/** One page of a list; `next` goes back as `after`. */
export const pageOf = <T extends TSchema>(item: T) =>
  Type.Object({ items: Type.Array(item), next: nullable(Type.String({ maxLength: 200 })) }, closed)

export const pageQuery = {
  after: Type.Optional(Type.String({ maxLength: 200 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
}

/** Where a door is, as people find it. */
export const doorPlaceSchema = Type.Object(
  { compartment: idField('compartment'), label: textField(12), size: Type.Enum(['S', 'M', 'L', 'XL']) },
  closed,
)

/** How people find it: each only where somebody wrote it. */
export const wayFields = {
  /** On the last metres: "20 m left of the entrance". */
  directions: Type.Optional(textField(200)),
  /** How people have goods sent here instead of to their home. */
  addressAlias: Type.Optional(textField(120)),
  position: Type.Optional(
    Type.Object(
      {
        latitude: Type.Number({ minimum: -90, maximum: 90 }),
        longitude: Type.Number({ minimum: -180, maximum: 180 }),
      },
      closed,
    ),
  ),
}
export type Way = Type.Static<Type.TObject<typeof wayFields>>

export const cabinetPlaceSchema = Type.Object(
  {
    cabinet: idField('cabinet'),
    name: textField(80),
    siteName: textField(80),
    address: textField(200),
    /** Whom to call about it. */
    phone: Type.Optional(textField(32)),
    ...wayFields,
    /** Only where the screen is dead: codes cannot be typed there, and recipients collect by their phones. */
    screenDead: Type.Optional(Type.Literal(true)),
    /** Only where nothing can be held before the scanner: codes and numbers are typed. */
    scannerDead: Type.Optional(Type.Literal(true)),
  },
  closed,
)

export type CabinetPlace = Type.Static<typeof cabinetPlaceSchema>

export const emptySchema = Type.Object({}, closed)
