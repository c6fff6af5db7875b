import Type from 'typebox'
import { layoutSchema } from '../journal/events.ts'
import { closed, idField, instantField, textField } from '../journal/fields.ts'

/** The demo's town page: what its server (`tools/demo`) tells the page, and what a passer-by may do. No part of the product. */
export const handActs = ['push', 'swing', 'put', 'take', 'turn-key', 'jam', 'unjam', 'hold', 'let-go'] as const

const townDoor = Type.Object(
  {
    label: textField(12),
    compartment: idField('compartment'),
    leaf: Type.Enum(['shut', 'ajar', 'open']),
    hook: Type.Enum(['caught', 'released']),
    things: Type.Array(Type.String()),
    jammed: Type.Boolean(),
    held: Type.Boolean(),
  },
  closed,
)
export type TownDoor = Type.Static<typeof townDoor>

const townCabinet = Type.Object(
  {
    key: textField(32),
    name: textField(80),
    address: textField(200),
    board: textField(32),
    layout: layoutSchema,
    doors: Type.Array(townDoor),
    uplinkCut: Type.Boolean(),
    kioskUrl: Type.Union([Type.String(), Type.Null()]),
  },
  closed,
)
export type TownCabinet = Type.Static<typeof townCabinet>

export const townMessage = Type.Object(
  { id: Type.String(), at: instantField, channel: textField(16), to: textField(80), text: Type.String() },
  closed,
)
export type TownMessage = Type.Static<typeof townMessage>

const townWebhook = Type.Object(
  {
    id: Type.String(),
    at: instantField,
    type: Type.String(),
    trackingNumber: Type.String(),
    sequence: Type.Integer(),
    verified: Type.Boolean(),
    repeated: Type.Boolean(),
    reason: Type.Union([Type.String(), Type.Null()]),
  },
  closed,
)
export type TownWebhook = Type.Static<typeof townWebhook>

export const townStateSchema = Type.Object(
  {
    links: Type.Array(Type.Object({ name: textField(40), url: Type.String() }, closed)),
    /** Where a real phone goes, with `npm start -- --lan`. */
    phones: Type.Array(Type.Object({ name: textField(40), url: Type.String() }, closed)),
    people: Type.Array(Type.Object({ role: textField(40), name: textField(80), signIn: textField(120) }, closed)),
    labels: Type.Array(Type.Object({ trackingNumber: textField(64), note: textField(120) }, closed)),
    parts: Type.Array(
      Type.Object(
        { name: textField(40), state: Type.Enum(['starting', 'running', 'stopped']), detail: Type.String() },
        closed,
      ),
    ),
    cabinets: Type.Array(townCabinet),
    messages: Type.Array(townMessage),
    webhooks: Type.Array(townWebhook),
  },
  closed,
)
/** GET /town/live sends this whole as event `state` whenever something changed. */
export type TownState = Type.Static<typeof townStateSchema>

/** POST /town/hand, /town/scan, /town/uplink, /town/reply → 204, or 409 where the door does not allow it. */
export const handRequest = Type.Object(
  {
    cabinet: textField(32),
    label: textField(12),
    act: Type.Enum([...handActs]),
    thing: Type.String({ maxLength: 80 }),
  },
  closed,
)
export const scanRequest = Type.Object({ cabinet: textField(32), text: textField(600) }, closed)
/** A recipient answers a message, as a gateway would pass it on. */
export const replyRequest = Type.Object({ to: textField(80), text: textField(200) }, closed)
export const uplinkRequest = Type.Object({ cabinet: textField(32), cut: Type.Boolean() }, closed)
