import Type from 'typebox'
import {
  closed,
  digestField,
  epochField,
  idField,
  instantField,
  nonceField,
  sizeField,
  textField,
} from '../journal/fields.ts'
import { cardSchema } from './desired.ts'
import { neighbourSchema, neighboursMax } from './asks.ts'

const base = { v: Type.Literal(1), cabinet: idField('cabinet'), order: idField('order'), sentAt: instantField }

/**
 * An order that acts: bound to one incarnation, one nonce of the cabinet and, where it names a compartment,
 * to its epoch (law 6). It dies with the nonce, so no clock is asked.
 */
const acting = {
  ...base,
  incarnation: idField('incarnation'),
  nonce: nonceField,
  staff: idField('staff'),
  reason: textField(200),
}
const compartment = idField('compartment')

/** Which doors an emergency release opens, the largest first. */
export const releaseOf = Type.Union([
  Type.Enum(['all', 'large']),
  Type.Array(compartment, { minItems: 1, maxItems: 500 }),
])

export const orderSchema = Type.Union([
  Type.Object({ ...base, kind: Type.Literal('ask-nonce') }, closed),
  Type.Object(
    { ...acting, kind: Type.Literal('open'), compartment, epoch: epochField, service: Type.Boolean() },
    closed,
  ),
  Type.Object({ ...acting, kind: Type.Literal('retire'), compartment, epoch: epochField }, closed),
  Type.Object({ ...acting, kind: Type.Literal('restore'), compartment, epoch: epochField }, closed),
  Type.Object(
    {
      ...acting,
      kind: Type.Literal('inspect'),
      compartment,
      epoch: epochField,
      seen: Type.Enum(['empty', 'parcel-inside']),
      picture: Type.Optional(digestField),
    },
    closed,
  ),
  /** Law 17: no epoch and no budget stands in its way. */
  Type.Object({ ...acting, kind: Type.Literal('release'), doors: releaseOf }, closed),
  Type.Object({ ...acting, kind: Type.Literal('calm') }, closed),
  Type.Object({ ...acting, kind: Type.Literal('renew'), deposit: idField('deposit') }, closed),
  /** A courier on the way asks for a door: held with a lease as soon as it is his turn and one is free. */
  Type.Object(
    {
      ...acting,
      kind: Type.Literal('hold'),
      person: idField('person'),
      carrier: idField('carrier'),
      size: sizeField,
    },
    closed,
  ),
  Type.Object({ ...acting, kind: Type.Literal('give-back'), hold: idField('order') }, closed),
  /** A recipient's own order: taken only while the kiosk's screen is dead, on the budget of pickups (law 13). */
  Type.Object(
    { ...acting, kind: Type.Literal('pickup'), deposit: idField('deposit'), compartment, epoch: epochField },
    closed,
  ),
  /** The message about a deposit cannot be delivered: said while its courier is still there. */
  Type.Object(
    { ...base, kind: Type.Literal('notice-missed'), person: idField('person'), deposit: idField('deposit') },
    closed,
  ),
  /** A grant over the scanned screen's nonce: the same text that the phone may show to the scanner. */
  Type.Object({ ...base, kind: Type.Literal('grant'), grant: Type.String({ maxLength: 400 }) }, closed),
  /** A courier's phone scanned a label: into the open session of that courier. */
  Type.Object({ ...base, kind: Type.Literal('scan'), person: idField('person'), text: textField(300) }, closed),
  /** A courier's phone took a picture of what lies behind the door that he looks into: kept already, named by its digest. */
  Type.Object({ ...base, kind: Type.Literal('picture'), person: idField('person'), picture: digestField }, closed),
  /** Reply to an ask. `card` null: the cloud knows no such parcel and has no consent. */
  Type.Object(
    {
      ...base,
      kind: Type.Literal('reply'),
      ask: idField('event'),
      parcel: Type.Optional(digestField),
      card: Type.Optional(Type.Union([cardSchema, Type.Null()])),
      refusal: Type.Optional(textField(64)),
      grant: Type.Optional(Type.String({ maxLength: 400 })),
      /** The code is right and its courier works for these: asked again with one of them, the reply is the grant. */
      carriers: Type.Optional(Type.Array(idField('carrier'), { minItems: 2, maxItems: 16 })),
      /** The cabinet of this site that the typed code opens a door of. */
      cabinetName: Type.Optional(textField(80)),
      /** On the last metres to it. */
      directions: Type.Optional(textField(200)),
      /** Cabinets nearby with a door that fits, the nearest first. */
      neighbours: Type.Optional(Type.Array(neighbourSchema, { maxItems: neighboursMax })),
      /** About the one that was named: its recipient was asked, or agrees already. */
      word: Type.Optional(Type.Enum(['asked', 'agreed'])),
    },
    closed,
  ),
])
export type Order = Type.Static<typeof orderSchema>
