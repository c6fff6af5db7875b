import Type from 'typebox'
import { nightSchema } from '../../cabinet/desired.ts'
import { closed } from '../../journal/fields.ts'
import { nullable } from '../shapes.ts'

const settings = {
  /** Somebody stood there: the screen is dead, whatever the cabinet can tell of it. */
  screenOut: Type.Boolean(),
  /** Hours of quiet in local time; null: always as by day. */
  night: nullable(nightSchema),
}

/** GET /v1/operator/cabinets/:cabinet/settings (any staff). */
export const cabinetSettingsSchema = Type.Object(settings, closed)
export type CabinetSettings = Type.Static<typeof cabinetSettingsSchema>

/** PATCH /v1/operator/cabinets/:cabinet/settings (dispatcher, technician, manager) → 200 `cabinetSettingsSchema`. */
export const settingsChange = Type.Partial(cabinetSettingsSchema, closed)
export type SettingsChange = Type.Static<typeof settingsChange>
