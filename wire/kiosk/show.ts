import Type from 'typebox'
import { closed, idField, localeField, textField } from '../journal/fields.ts'
import { layoutSchema } from '../journal/events.ts'
import { brightnessField } from '../cabinet/desired.ts'
import { screenSchema } from './screens.ts'

/** Which cabinet this is; told first, and again when it changes. `place` null: the cloud has not spoken yet. */
export const siteSchema = Type.Object(
  {
    v: Type.Literal(1),
    message: Type.Literal('kiosk-site'),
    cabinet: idField('cabinet'),
    /** The kit draws from it. */
    layout: layoutSchema,
    place: Type.Union([
      Type.Object(
        {
          siteName: textField(80),
          address: textField(200),
          operatorName: textField(80),
          complaintPhone: textField(32),
          retentionHours: Type.Integer({ minimum: 1 }),
          defaultCountry: textField(2),
          locales: Type.Array(localeField, { minItems: 1 }),
        },
        closed,
      ),
      Type.Null(),
    ]),
  },
  closed,
)
export type Site = Type.Static<typeof siteSchema>

const left = Type.Integer({ minimum: 0, description: 'milliseconds' })

/** The screen of now, whole each time. `n` grows when the question changes, not when a figure on it does. */
export const showSchema = Type.Object(
  {
    v: Type.Literal(1),
    message: Type.Literal('kiosk-show'),
    n: Type.Integer({ minimum: 0 }),
    screen: screenSchema,
    doors: Type.Record(
      Type.String(),
      Type.Object(
        {
          occupancy: Type.Enum(['free', 'held', 'loaded', 'suspect', 'retired']),
          door: Type.Enum(['shut', 'unlatched', 'open', 'stuck', 'unseen']),
        },
        closed,
      ),
    ),
    /** Until this screen closes by itself; R-45: it can be extended. */
    time: Type.Union([Type.Object({ leftMs: left, totalMs: left }, closed), Type.Null()]),
    /** How long the keypad pauses. */
    pausedMs: Type.Union([left, Type.Null()]),
    online: Type.Boolean(),
    /** Somebody listens alone: digits may be said. Absent: this cabinet has no jack that tells. */
    earphones: Type.Optional(Type.Boolean()),
    /** What people cannot use here. Absent: everything works, as far as the cabinet can tell. */
    broken: Type.Optional(Type.Array(Type.Enum(['touch', 'scanner']), { minItems: 1, uniqueItems: true })),
    /** It is night here: dark colours, and so much of the volume. Absent: day. */
    night: Type.Optional(
      Type.Object(
        {
          volumePercent: Type.Integer({ minimum: 0, maximum: 100 }),
          brightnessPercent: Type.Optional(brightnessField),
        },
        closed,
      ),
    ),
    /** Help was called: the page says so and sounds. */
    emergency: Type.Optional(Type.Boolean()),
    /** A large door that was shut outside a session: somebody may be inside. The page asks, and sounds. */
    maybeInside: Type.Optional(idField('compartment')),
  },
  closed,
)
export type Show = Type.Static<typeof showSchema>
export type Broken = NonNullable<Show['broken']>[number]

/** Another page shows this kiosk now. */
export const awaySchema = Type.Object({ v: Type.Literal(1), message: Type.Literal('kiosk-away') }, closed)
export type Away = Type.Static<typeof awaySchema>

export type ToScreen = Site | Show | Away
