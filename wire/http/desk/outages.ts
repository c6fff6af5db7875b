import Type from 'typebox'
import { closed, idField, instantField, textField } from '../../journal/fields.ts'
import { nullable } from '../shapes.ts'

/**
 * POST /v1/operator/cabinets/:cabinet/outages (dispatcher, technician, manager) → 201 `plannedOutageSchema`: whoever has
 * a parcel inside is told, and its term stands still meanwhile.
 */
export const outageRequest = Type.Object({ from: instantField, to: instantField, reason: textField(200) }, closed)
export type OutageRequest = Type.Static<typeof outageRequest>

export const plannedOutageSchema = Type.Object(
  {
    outage: idField('outage'),
    from: instantField,
    to: instantField,
    reason: textField(200),
    by: textField(80),
    plannedAt: instantField,
    /** Called off before it began; everybody was told that too. */
    cancelledAt: nullable(instantField),
    cancelledBy: nullable(textField(80)),
  },
  closed,
)
export type PlannedOutage = Type.Static<typeof plannedOutageSchema>

/** GET /v1/operator/cabinets/:cabinet/outages (any staff) → the latest first. */
export const plannedOutageList = Type.Object({ items: Type.Array(plannedOutageSchema) }, closed)
