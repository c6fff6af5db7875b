import Type from 'typebox'
import { closed } from '../../journal/fields.ts'

const settings = {
  /** Somebody stood there: the screen is dead, whatever the cabinet can tell of it. */
  screenOut: Type.Boolean(),
}

/** GET /v1/operator/cabinets/:cabinet/settings (any staff). */
export const cabinetSettingsSchema = Type.Object(settings, closed)
export type CabinetSettings = Type.Static<typeof cabinetSettingsSchema>

/** PATCH /v1/operator/cabinets/:cabinet/settings (dispatcher, technician, manager) → 200 `cabinetSettingsSchema`. */
export const settingsChange = Type.Partial(cabinetSettingsSchema)
export type SettingsChange = Type.Static<typeof settingsChange>
