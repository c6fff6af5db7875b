import Type from 'typebox'
import { releaseOf } from '../cabinet/orders.ts'
import { closed, digestField, epochField, idField, instantField, sizeField, textField } from '../journal/fields.ts'
import { layoutSchema, rebuiltCompartment } from '../journal/events.ts'
import { cabinetPlaceSchema, nullable, wayFields } from './shapes.ts'

const compartmentUse = Type.Enum(['free', 'held', 'loaded', 'suspect', 'retired'])
const doorPosition = Type.Enum(['shut', 'unlatched', 'open', 'stuck', 'unseen'])

/** One row of GET /v1/operator/cabinets. */
export const cabinetSummarySchema = Type.Object(
  {
    ...cabinetPlaceSchema.properties,
    enrolled: Type.Boolean(),
    online: Type.Boolean(),
    lastHeardAt: nullable(instantField),
    doors: Type.Integer(),
    free: Type.Integer(),
    loaded: Type.Integer(),
    open: Type.Integer(),
    suspect: Type.Integer(),
    retired: Type.Integer(),
    openAlerts: Type.Integer(),
    journal: Type.Enum(['ok', 'full', 'failing']),
  },
  closed,
)
export type CabinetSummary = Type.Static<typeof cabinetSummarySchema>
export const cabinetListSchema = Type.Object({ items: Type.Array(cabinetSummarySchema) }, closed)

export const compartmentViewSchema = Type.Object(
  {
    id: idField('compartment'),
    label: textField(12),
    size: sizeField,
    epoch: epochField,
    use: compartmentUse,
    suspicion: nullable(textField(40)),
    door: doorPosition,
    deposit: nullable(idField('deposit')),
    since: nullable(instantField),
  },
  closed,
)
export type CompartmentView = Type.Static<typeof compartmentViewSchema>

/** GET /v1/operator/cabinets/:cabinet */
export const cabinetViewSchema = Type.Object(
  {
    summary: cabinetSummarySchema,
    layout: layoutSchema,
    compartments: Type.Array(compartmentViewSchema),
    incarnation: nullable(idField('incarnation')),
    head: Type.Integer(),
    watermark: Type.Integer(),
    silentLines: Type.Array(textField(32)),
  },
  closed,
)
export type CabinetView = Type.Static<typeof cabinetViewSchema>

/** POST /v1/operator/cabinets (manager) → 201 `cabinetCreated`. */
export const cabinetCreateRequest = Type.Object(
  {
    name: textField(80),
    siteName: textField(80),
    address: textField(200),
    zone: textField(64),
    retentionHours: Type.Integer({ minimum: 1, maximum: 1440 }),
    complaintPhone: textField(32),
    ...wayFields,
    /** When people may come, in words. */
    hours: Type.Optional(textField(200)),
    layout: layoutSchema,
  },
  closed,
)
export type CabinetCreateRequest = Type.Static<typeof cabinetCreateRequest>
export const cabinetCreated = Type.Object({ cabinet: idField('cabinet'), claimToken: textField(64) }, closed)

/** POST /v1/operator/cabinets/:cabinet/orders (dispatcher, technician, manager) → 202 `orderViewSchema`. */
export const orderRequest = Type.Union([
  Type.Object(
    {
      kind: Type.Enum(['open', 'retire', 'restore']),
      compartment: idField('compartment'),
      epoch: epochField,
      reason: textField(200),
    },
    closed,
  ),
  /** Law 17: no budget, no second person and no parcel stands in its way. */
  Type.Object({ kind: Type.Literal('release'), doors: releaseOf, reason: textField(200) }, closed),
  Type.Object({ kind: Type.Literal('calm'), reason: textField(200) }, closed),
  Type.Object(
    {
      kind: Type.Literal('inspect'),
      compartment: idField('compartment'),
      epoch: epochField,
      seen: Type.Enum(['empty', 'parcel-inside']),
      /** Of `pictureKept`; needed where the sensor says something else (law 16). */
      picture: Type.Optional(digestField),
      reason: textField(200),
    },
    closed,
  ),
])
export const pictureParam = Type.Object({ cabinet: idField('cabinet'), picture: digestField })
/** POST /v1/operator/cabinets/:cabinet/pictures: a JPEG of what was seen inside, base64url. */
export const pictureBody = Type.Object({ jpeg: Type.String({ minLength: 8, maxLength: 240_000 }) }, closed)
export const pictureKept = Type.Object({ picture: digestField }, closed)

export type OrderRequest = Type.Static<typeof orderRequest>

/** GET /v1/operator/orders/:order */
export const orderViewSchema = Type.Object(
  {
    order: idField('order'),
    cabinet: idField('cabinet'),
    compartment: nullable(idField('compartment')),
    kind: textField(16),
    state: Type.Enum(['asked', 'sent', 'accepted', 'opened', 'not-opened', 'unknown', 'done', 'refused', 'unanswered']),
    reason: textField(200),
    refusal: nullable(textField(64)),
    staffName: textField(80),
    askedAt: instantField,
    answeredAt: nullable(instantField),
  },
  closed,
)
export type OrderView = Type.Static<typeof orderViewSchema>

/** POST /v1/cabinets/enrol (public, once per claim token): the cabinet names the key that it made for itself. */
export const enrolRequest = Type.Object(
  {
    claimToken: textField(64),
    /** ECDSA P-256 public key as `wire/seals/keys.ts` writes it. */
    publicKey: textField(200),
  },
  closed,
)
export type EnrolRequest = Type.Static<typeof enrolRequest>

const pinnedKey = Type.Object({ keyId: Type.Integer({ minimum: 0, maximum: 255 }), publicKey: textField(200) }, closed)

export const enrolReply = Type.Object(
  {
    cabinet: idField('cabinet'),
    incarnation: idField('incarnation'),
    shard: Type.Integer({ minimum: 0, maximum: 1023 }),
    mqtt: Type.Object({ url: textField(200), username: textField(80), password: textField(200) }, closed),
    /** Ed25519: two, for rotation. */
    cloudKeys: Type.Array(pinnedKey, { minItems: 1, maxItems: 2 }),
    /** X25519, for sealing. */
    sealingKeys: Type.Array(pinnedKey, { minItems: 1, maxItems: 2 }),
    layout: layoutSchema,
    /** Only for a cabinet with a past: what its lost terminal was known to hold. Ids and digests. */
    rebuild: Type.Optional(Type.Array(rebuiltCompartment, { maxItems: 500 })),
  },
  closed,
)
export type EnrolReply = Type.Static<typeof enrolReply>
