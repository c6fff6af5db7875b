import Type from 'typebox'
import { closed, digestField, idField, nonceField, sizeField, textField } from '../journal/fields.ts'

const sealed = Type.String({
  maxLength: 8192,
  description: 'HPKE to the cloud, base64url; bound to cabinet and deposit',
})
const base = {
  v: Type.Literal(1),
  cabinet: idField('cabinet'),
  incarnation: idField('incarnation'),
  /** The cloud's reply (down/orders, kind `reply`) names it. */
  ask: idField('event'),
}

/** up/asks: what a cabinet wants to know. Nothing personal stands outside `sealed`. */
export const askSchema = Type.Union([
  /** After each connect, and when a `desired` does not follow on what it has. */
  Type.Object({ ...base, kind: Type.Literal('desired'), have: Type.Integer({ minimum: 0 }) }, closed),
  /** A scanned parcel that no card here names. Sealed: `sealedParcelSchema`. */
  Type.Object(
    {
      ...base,
      kind: Type.Literal('card'),
      parcel: digestField,
      deposit: idField('deposit'),
      courier: idField('person'),
      sealed,
    },
    closed,
  ),
  /** Ask the recipient for consent by message. Sealed: `sealedParcelSchema` with a phone. */
  Type.Object(
    {
      ...base,
      kind: Type.Literal('consent'),
      parcel: digestField,
      deposit: idField('deposit'),
      courier: idField('person'),
      sealed,
    },
    closed,
  ),
  /** No door here fits: which cabinets nearby have one, or ask the recipient about one of them. Sealed: `sealedNeighboursSchema`. */
  Type.Object(
    {
      ...base,
      kind: Type.Literal('neighbours'),
      parcel: digestField,
      deposit: idField('deposit'),
      courier: idField('person'),
      sealed,
    },
    closed,
  ),
  /** Send a sign-in code to a courier's phone. Sealed: `sealedSignInSchema` without a code. */
  Type.Object({ ...base, kind: Type.Literal('courier-code'), deposit: idField('deposit'), sealed }, closed),
  /** Tell the codes of what waits here to a phone once more. Sealed: `sealedPhoneSchema`; the reply tells nothing of it. */
  Type.Object({ ...base, kind: Type.Literal('lost-code'), deposit: idField('deposit'), sealed }, closed),
  /**
   * No door here opens for this code: which other cabinet of this site does? Sealed: `sealedCodeSchema`. The reply
   * names one only where the code is right there.
   */
  Type.Object({ ...base, kind: Type.Literal('elsewhere'), deposit: idField('deposit'), sealed }, closed),
  /**
   * Whoever collects this deposit by its code needs a door within reach, for whatever comes. Sealed: `sealedWishSchema`,
   * for it says something about a person.
   */
  Type.Object({ ...base, kind: Type.Literal('low-doors'), deposit: idField('deposit'), sealed }, closed),
  /** Judge the code that was typed; the reply is a sign-in grant over this nonce, or a reason. */
  Type.Object(
    {
      ...base,
      kind: Type.Literal('courier-sign-in'),
      deposit: idField('deposit'),
      sealed,
      nonce: nonceField,
      number: Type.String({ pattern: '^[0-9]{2}$' }),
    },
    closed,
  ),
])
export type Ask = Type.Static<typeof askSchema>

export const sealedParcelSchema = Type.Object(
  {
    carrier: idField('carrier'),
    number: textField(64),
    phone: Type.Optional(Type.String({ pattern: '^\\+[1-9][0-9]{5,14}$' })),
    /** The ask goes by a courier's phone: 32 bytes, base64url, that the reply is locked with (`wire/carry/reply.ts`). */
    replyKey: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' })),
  },
  closed,
)
export type SealedParcel = Type.Static<typeof sealedParcelSchema>

export const sealedNeighboursSchema = Type.Object(
  {
    carrier: idField('carrier'),
    number: textField(64),
    size: sizeField,
    /** The recipient is to be asked about this one. */
    to: Type.Optional(idField('cabinet')),
  },
  closed,
)
export type SealedNeighbours = Type.Static<typeof sealedNeighboursSchema>

/** A cabinet nearby with a door that fits. */
export const neighbourSchema = Type.Object(
  {
    cabinet: idField('cabinet'),
    name: textField(80),
    /** Free doors that fit. */
    room: Type.Integer({ minimum: 1 }),
    /** On the same site. */
    here: Type.Boolean(),
    /** Null where either stands on no map. */
    metres: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()]),
    directions: Type.Optional(textField(200)),
  },
  closed,
)
export type Neighbour = Type.Static<typeof neighbourSchema>
/** As many as stay within reach beside the other ways on. */
export const neighboursMax = 2

export const sealedPhoneSchema = Type.Object({ phone: Type.String({ pattern: '^\\+[1-9][0-9]{5,14}$' }) }, closed)
export type SealedPhone = Type.Static<typeof sealedPhoneSchema>

export const sealedCodeSchema = Type.Object({ code: Type.String({ pattern: '^[0-9]{9}$' }) }, closed)
export type SealedCode = Type.Static<typeof sealedCodeSchema>

export const sealedWishSchema = Type.Object({ lowDoor: Type.Literal(true) }, closed)
export type SealedWish = Type.Static<typeof sealedWishSchema>

export const sealedSignInSchema = Type.Object(
  {
    phone: Type.String({ pattern: '^\\+[1-9][0-9]{5,14}$' }),
    code: Type.Optional(Type.String({ pattern: '^[0-9]{6}$' })),
    /** Chosen by who works for several. */
    carrier: Type.Optional(idField('carrier')),
  },
  closed,
)
export type SealedSignIn = Type.Static<typeof sealedSignInSchema>
