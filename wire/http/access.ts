import Type from 'typebox'
import { closed, idField, nonceField, textField, instantField } from '../journal/fields.ts'
import { cabinetPlaceSchema, doorPlaceSchema, nullable } from './shapes.ts'

/** The kiosk's QR: `<origin>/k#<cabinet>.<nonce>`. The two-digit number beside it is typed, never in the QR. */
export const kioskScanRequest = Type.Object({ cabinet: idField('cabinet'), nonce: nonceField }, closed)

const number = Type.String({ pattern: '^[0-9]{2}$' })

/** POST /v1/courier/kiosk-scans → which cabinet this is and for whom the courier may work here. */
export const courierKioskSchema = Type.Object(
  {
    place: cabinetPlaceSchema,
    online: Type.Boolean(),
    carriers: Type.Array(Type.Object({ carrier: idField('carrier'), name: textField(80) }, closed)),
  },
  closed,
)
export type CourierKiosk = Type.Static<typeof courierKioskSchema>

/** POST /v1/courier/kiosk-sign-ins → `grantReply`. */
export const courierSignInAtKioskRequest = Type.Object(
  { cabinet: idField('cabinet'), nonce: nonceField, number, carrier: idField('carrier') },
  closed,
)

/** POST /v1/recipient/kiosk-scans → this person's deposits behind doors here. */
export const recipientKioskSchema = Type.Object(
  {
    place: cabinetPlaceSchema,
    online: Type.Boolean(),
    deposits: Type.Array(
      Type.Object(
        {
          deposit: idField('deposit'),
          door: doorPlaceSchema,
          trackingNumbers: Type.Array(textField(64)),
          carrierName: textField(80),
        },
        closed,
      ),
    ),
  },
  closed,
)
export type RecipientKiosk = Type.Static<typeof recipientKioskSchema>

/** POST /v1/recipient/pickup-grants → `grantReply`; again with the same nonce for the next door of the session. */
export const pickupGrantRequest = Type.Object(
  { cabinet: idField('cabinet'), nonce: nonceField, number, deposit: idField('deposit') },
  closed,
)

/** POST /v1/recipient/pickups: where the screen is dead, the recipient before the door opens it from the phone. */
export const pickupFromAfarRequest = Type.Object({ cabinet: idField('cabinet'), deposit: idField('deposit') }, closed)
export const pickupAskedSchema = Type.Object({ order: idField('order'), door: doorPlaceSchema }, closed)
export type PickupAsked = Type.Static<typeof pickupAskedSchema>

/** GET /v1/recipient/pickups/:cabinet/:order: what became of it, for the person who asked. */
export const pickupFromAfarParams = Type.Object({ cabinet: idField('cabinet'), order: idField('order') }, closed)
export const pickupFromAfarSchema = Type.Object(
  {
    state: Type.Enum(['asked', 'taken', 'refused', 'unanswered']),
    /** Why it was refused, as the cabinet says it. */
    refusal: nullable(textField(64)),
    door: Type.Enum(['shut', 'unlatched', 'open', 'stuck', 'unseen']),
  },
  closed,
)
export type PickupFromAfar = Type.Static<typeof pickupFromAfarSchema>

/** `sent`: the grant went to the cabinet. Otherwise the phone shows `grant` as a QR before the scanner. */
export const grantReply = Type.Object(
  { grant: textField(400), sent: Type.Boolean(), door: nullable(doorPlaceSchema) },
  closed,
)
export type GrantReply = Type.Static<typeof grantReply>

/**
 * POST /v1/courier/carried: what a courier's phone read from a cabinet's screen, whole (`wire/carry`), base64url.
 * Nothing in it is readable or forgeable by the phone; brought again, it changes nothing.
 */
export const carriedRequest = Type.Object(
  { kind: Type.Literal('facts'), bytes: Type.String({ minLength: 1, maxLength: 40_000 }) },
  closed,
)

/** `fresh` false: the cloud knew it already. */
export const carriedReply = Type.Object({ deposit: idField('deposit'), fresh: Type.Boolean() }, closed)
export type CarriedReply = Type.Static<typeof carriedReply>

/**
 * POST /v1/courier/asks: an ask that a cabinet without network shows on its screen, whole, base64url. Asked again it is
 * answered again, so the phone repeats it while the recipient thinks.
 */
export const carriedAskRequest = Type.Object(
  {
    bytes: Type.String({ minLength: 1, maxLength: 8_000 }),
    /** It was answered once: the recipient is not written to again. */
    again: Type.Optional(Type.Literal(true)),
  },
  closed,
)

/** `codes`: the sealed answer as QR texts for the cabinet's scanner; none while it is still waited for. */
export const carriedAskReply = Type.Object(
  {
    state: Type.Enum(['agreed', 'waiting', 'declined', 'unknown']),
    codes: Type.Array(textField(700), { maxItems: 64 }),
  },
  closed,
)
export type CarriedAskReply = Type.Static<typeof carriedAskReply>

/** POST /v1/courier/certificates. `key`: the phone's public P-256 key as WebCrypto's `raw`, base64url. */
export const certificatesRequest = Type.Object({ key: Type.String({ pattern: '^[A-Za-z0-9_-]{87}$' }) }, closed)

/** One for each carrier that the courier works for now (`wire/seals/certificate.ts`), base64url. */
export const certificatesReply = Type.Object(
  {
    certificates: Type.Array(
      Type.Object(
        {
          carrier: idField('carrier'),
          carrierName: textField(80),
          until: instantField,
          certificate: Type.String({ pattern: '^[A-Za-z0-9_-]{200,300}$' }),
        },
        closed,
      ),
      { maxItems: 20 },
    ),
  },
  closed,
)
export type CertificatesReply = Type.Static<typeof certificatesReply>

/** What lies where: a deposit is known by its cabinet and its id. */
const lying = { cabinet: idField('cabinet'), deposit: idField('deposit') }
const handoverToken = Type.String({ pattern: '^[A-Za-z0-9_-]{22}$' })

/** POST /v1/recipient/handovers → 201: somebody else may collect, whoever opens the link first. The one before ends. */
export const handOverRequest = Type.Object(lying, closed)
/** Told once, for the link `…/recipient/#take/<token>`; nobody can read it afterwards. */
export const handedOverSchema = Type.Object({ token: handoverToken }, closed)

/** POST /v1/recipient/handovers/take-back → 200: from now on nobody but the recipient. */
export const takeBackRequest = Type.Object(lying, closed)

/** POST /v1/recipient/handovers/claim → 200 `handoversSchema`: binds the link to the person who opens it. */
export const claimHandoverRequest = Type.Object({ token: handoverToken }, closed)

/** GET /v1/recipient/handovers: what this person gave away, and what they may collect for others. */
export const handoversSchema = Type.Object(
  {
    given: Type.Array(Type.Object({ ...lying, claimed: Type.Boolean() }, closed)),
    received: Type.Array(
      Type.Object(
        {
          ...lying,
          place: cabinetPlaceSchema,
          door: doorPlaceSchema,
          trackingNumbers: Type.Array(textField(64)),
          carrierName: textField(80),
        },
        closed,
      ),
    ),
  },
  closed,
)
export type Handovers = Type.Static<typeof handoversSchema>
