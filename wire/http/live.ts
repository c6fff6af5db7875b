import Type from 'typebox'
import { closed, idField, instantField, textField } from '../journal/fields.ts'
import { alertSchema } from './alerts.ts'
import { cabinetSummarySchema, compartmentViewSchema, orderViewSchema } from './cabinets.ts'
import { operatorParcelSchema } from './parcels.ts'

/** GET /v1/live (staff): server-sent events. `id` is the cursor; one too old is answered by `reset`: load anew. */
export const liveEvents = {
  cabinet: cabinetSummarySchema,
  compartment: Type.Object({ cabinet: idField('cabinet'), compartment: compartmentViewSchema }, closed),
  alert: alertSchema,
  order: orderViewSchema,
  parcel: operatorParcelSchema,
  /** A cabinet's fact as it came in, for the town page and the story: type and door label only. */
  fact: Type.Object(
    {
      cabinet: idField('cabinet'),
      seq: Type.Integer(),
      type: textField(64),
      label: Type.Union([textField(12), Type.Null()]),
      at: instantField,
    },
    closed,
  ),
  reset: Type.Object({}, closed),
} as const
export type LiveEventName = keyof typeof liveEvents
