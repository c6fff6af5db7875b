import Type from 'typebox'
import type { Phone } from '@holdfast/core/parcel/phone.ts'
import { bytesFromBase64 } from '../bytes/base64.ts'
import { closed, digestField, idField, instantField, localeField, sizeField, textField } from '../journal/fields.ts'
import type { Seals } from '../seals/seals.ts'

const mm = Type.Integer({ minimum: 1, maximum: 10_000 })

/** What the cabinet knows of a parcel that may come: enough to take it with the network down, nothing personal. */
export const cardSchema = Type.Object(
  {
    parcel: digestField,
    carrier: idField('carrier'),
    size: Type.Union([sizeField, Type.Null()]),
    box: Type.Union([Type.Object({ widthMm: mm, heightMm: mm, depthMm: mm }, closed), Type.Null()]),
    lowDoor: Type.Boolean(),
    locale: localeField,
    /** Digest of recipient and carrier under the cabinet's salt: parcels of one recipient share a door. */
    recipient: Type.Union([digestField, Type.Null()]),
    /** Last four digits, until the deposit; for the code's second tag. */
    tail: Type.Union([Type.String({ pattern: '^[0-9]{4}$' }), Type.Null()]),
    consent: Type.Union([
      Type.Object({ kind: Type.Enum(['parcel', 'standing', 'sender-named-cabinet']), ref: textField(64) }, closed),
      Type.Null(),
    ]),
    declared: Type.Object({ freshFood: Type.Boolean(), valuables: Type.Boolean(), agreement: Type.Boolean() }, closed),
    version: Type.Integer({ minimum: 1 }),
  },
  closed,
)
export type Card = Type.Static<typeof cardSchema>

const minuteOfDay = Type.Integer({ minimum: 0, maximum: 1_439 })

/** Of the dark screen while nobody stands before it: below three fifths its words are too faint to read. */
export const brightnessField = Type.Integer({ minimum: 60, maximum: 100 })

/** `core/cabinet/safety/night.ts`: when screen and voice are subdued. */
export const nightSchema = Type.Object(
  {
    fromMinute: minuteOfDay,
    untilMinute: minuteOfDay,
    volumePercent: Type.Integer({ minimum: 0, maximum: 100 }),
    brightnessPercent: Type.Optional(brightnessField),
  },
  closed,
)

export const settingsSchema = Type.Object(
  {
    siteName: textField(80),
    address: textField(200),
    operatorName: textField(80),
    complaintPhone: textField(32),
    retentionHours: Type.Integer({ minimum: 1, maximum: 24 * 60 }),
    defaultCountry: Type.String({ pattern: '^[A-Z]{2}$' }),
    locales: Type.Array(localeField, { minItems: 1 }),
    /** Where the kiosk's QR sends a phone: `<origin>/k#<cabinet>.<nonce>`. */
    phoneOrigin: textField(200),
    carriers: Type.Array(Type.Object({ id: idField('carrier'), code: textField(32), name: textField(80) }, closed), {
      maxItems: 64,
    }),
    /** IANA: local time is only what the screen needs for its night. */
    zone: Type.Optional(textField(64)),
    night: Type.Optional(nightSchema),
    /** Somebody of the staff says that the screen is dead, whatever the cabinet can tell. */
    screenOut: Type.Optional(Type.Boolean()),
    /** Said ahead, the next one first: while one runs, nothing is taken in. Local time is enough: no right depends on it. */
    outages: Type.Optional(Type.Array(Type.Object({ from: instantField, to: instantField }, closed), { maxItems: 8 })),
    /** Salt of the standing consents' and recipients' digests in this cabinet, base64url. */
    salt: textField(64),
  },
  closed,
)
export type Settings = Type.Static<typeof settingsSchema>

/** Of one cabinet: the neighbours whom it saw last. Each costs 67 bytes of every full telling. */
export const standingMost = 500

/**
 * down/desired: what the cloud wants the cabinet to know. `base` 0 is the whole, otherwise a change on that
 * version; one that does not follow is dropped and asked for. Lists that are present replace the former ones.
 */
export const desiredSchema = Type.Object(
  {
    v: Type.Literal(1),
    cabinet: idField('cabinet'),
    base: Type.Integer({ minimum: 0 }),
    version: Type.Integer({ minimum: 1 }),
    settings: Type.Optional(settingsSchema),
    putCards: Type.Array(cardSchema, { maxItems: 256 }),
    dropCards: Type.Array(digestField, { maxItems: 256 }),
    /** Deposits that a courier of their carrier may take out: overdue or refused. */
    recalls: Type.Optional(Type.Array(idField('deposit'), { maxItems: 1000 })),
    /** Generations of a deposit's code that open nothing any more, up to and with `through`: a wrong recipient. */
    revocations: Type.Optional(
      Type.Array(Type.Object({ deposit: idField('deposit'), through: Type.Integer({ minimum: 0 }) }, closed), {
        maxItems: 1000,
      }),
    ),
    /** Serials of couriers' certificates that open nothing any more. */
    denied: Type.Optional(Type.Array(Type.String({ pattern: '^[0-9a-f]{16}$' }), { maxItems: 2000 })),
    /** `standingDigest` of phones whose owners always consent here: all of them, or what is new and what is gone. */
    standing: Type.Optional(Type.Array(digestField, { maxItems: standingMost })),
    putStanding: Type.Optional(Type.Array(digestField, { maxItems: 256 })),
    dropStanding: Type.Optional(Type.Array(digestField, { maxItems: 256 })),
  },
  closed,
)
export type Desired = Type.Static<typeof desiredSchema>

/** scrypt's N, the same everywhere: what the cloud has hashed a cabinet must find. */
const standingCost = 2 ** 15

/** A list of them tells who lives near only to whoever pays a tenth of a second for each number that he tries. */
export async function standingDigest(seals: Seals, salt: string, phone: Phone): Promise<string> {
  const utf8 = new TextEncoder()
  const hashed = await seals.slowHash(utf8.encode(phone), bytesFromBase64(salt) ?? utf8.encode(salt), standingCost)
  return [...hashed].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
