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
  'parcel-of-nobody',
  'in-doubt',
  'help-asked',
  'shut-in-told',
] as const

/**
 * GET /v1/operator/alerts?state=open|all; POST /v1/operator/alerts/:alert/acknowledge { note? } → 200. Of those
 * that a person asked for by phone also GET …/asker → 200 and POST …/settle { note? } → 200.
 */
export const alertSchema = Type.Object(
  {
    id: idField('alert'),
    kind: Type.Enum([...alertKinds]),
    place: cabinetPlaceSchema,
    door: nullable(doorPlaceSchema),
    /** Who asked for it by phone; the number is asked for by itself, so that no shared screen shows it. */
    asker: Type.Optional(Type.Enum(['recipient', 'courier'])),
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

/** What a phone tells the operator of a cabinet: POST /v1/recipient/help and /v1/courier/help → 202 {}. */
export const helpRequest = Type.Object(
  { cabinet: idField('cabinet'), what: Type.Enum(['call-back', 'shut-in']) },
  closed,
)
export type HelpRequest = Type.Static<typeof helpRequest>

/** Whom to call back, while the alert is open. */
export const askerSchema = Type.Object({ phone: textField(32) }, closed)
export type Asker = Type.Static<typeof askerSchema>
