import Type from 'typebox'
import { closed, idField, instantField, textField } from '../journal/fields.ts'
import { cabinetPlaceSchema, doorPlaceSchema, nullable } from './shapes.ts'

export const alertKinds = [
  'emergency',
  'large-door-shut',
  'door-will-not-shut',
  'kiosk-away',
  'scanner-away',
  'door-left-open',
  'opened-without-cause',
  'door-did-not-open',
  'cabinet-offline',
  'digest-mismatch',
  'journal-forked',
  'journal-trouble',
  'not-mine',
] as const

/** GET /v1/operator/alerts?state=open|all; POST /v1/operator/alerts/:alert/acknowledge { note? } → 200. */
export const alertSchema = Type.Object(
  {
    id: idField('alert'),
    kind: Type.Enum([...alertKinds]),
    place: cabinetPlaceSchema,
    door: nullable(doorPlaceSchema),
    raisedAt: instantField,
    acknowledgedAt: nullable(instantField),
    acknowledgedBy: nullable(textField(80)),
    endedAt: nullable(instantField),
  },
  closed,
)
export type Alert = Type.Static<typeof alertSchema>
export const alertListSchema = Type.Object({ items: Type.Array(alertSchema) }, closed)
export const acknowledgeRequest = Type.Object({ note: Type.Optional(textField(200)) }, closed)
