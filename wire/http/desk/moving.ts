import Type from 'typebox'
import { closed, idField, instantField, textField } from '../../journal/fields.ts'
import { layoutSchema } from '../../journal/events.ts'
import { nullable, wayFields } from '../shapes.ts'

const placeFields = {
  siteName: textField(80),
  address: textField(200),
  zone: textField(64),
  retentionHours: Type.Integer({ minimum: 1, maximum: 1440 }),
  complaintPhone: textField(32),
}

/** POST /v1/operator/cabinets/:cabinet/places (manager) → 201: from now on it stands there; parcels inside come along. */
export const placeRequest = Type.Object(
  {
    ...placeFields,
    ...wayFields,
    /** When people may come, in words. */
    hours: Type.Optional(textField(200)),
    reason: textField(200),
  },
  closed,
)
export type PlaceRequest = Type.Static<typeof placeRequest>

/** GET /v1/operator/cabinets/:cabinet/places → where it stood and stands, the newest first. */
export const placementSchema = Type.Object(
  {
    ...placeFields,
    ...wayFields,
    hours: nullable(textField(200)),
    from: instantField,
    until: nullable(instantField),
    reason: nullable(textField(200)),
  },
  closed,
)
export type Placement = Type.Static<typeof placementSchema>
export const placementList = Type.Object({ items: Type.Array(placementSchema) }, closed)

/**
 * POST /v1/operator/cabinets/:cabinet/terminal (manager) → 201 `terminalClaim`: a new terminal, with more doors where
 * `layout` says so. Until the token is used the old terminal works on; from then on nothing that it says counts.
 */
export const terminalRequest = Type.Object({ reason: textField(200), layout: Type.Optional(layoutSchema) }, closed)
export type TerminalRequest = Type.Static<typeof terminalRequest>
export const terminalClaim = Type.Object(
  { cabinet: idField('cabinet'), claimToken: textField(64), expiresAt: instantField },
  closed,
)
export type TerminalClaim = Type.Static<typeof terminalClaim>
