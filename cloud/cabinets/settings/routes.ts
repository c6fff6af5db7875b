import Type from 'typebox'
import { readId } from '@holdfast/core/values/ids.ts'
import { cabinetSettingsSchema, settingsChange } from '@holdfast/wire/http/desk/settings.ts'
import { idField } from '@holdfast/wire/journal/fields.ts'
import { refuse } from '../../platform/http/refusals.ts'
import { type Route, route } from '../../platform/http/route.ts'
import { cabinetsCodes } from '../codes.ts'
import type { MovingPorts } from '../moving/moving.ts'
import { createMovingRoutes } from '../moving/routes.ts'
import type { OutagesPorts } from '../outages/outages.ts'
import { createOutageRoutes } from '../outages/routes.ts'
import { createSettings, type SettingsPorts } from './settings.ts'

const path = '/v1/operator/cabinets/:cabinet/settings'
const params = Type.Object({ cabinet: idField('cabinet') })
const replies = { 200: cabinetSettingsSchema }

/** What the staff sets up at one cabinet: where it stands, its terminal, its settings, when nobody gets to it. */
export const createDeskRoutes = (ports: SettingsPorts & MovingPorts & OutagesPorts): readonly Route[] => [
  ...createMovingRoutes(ports),
  ...createSettingsRoutes(ports),
  ...createOutageRoutes(ports),
]

function createSettingsRoutes(ports: SettingsPorts): readonly Route[] {
  const settings = createSettings(ports)
  return [
    route({
      method: 'GET',
      path,
      who: { staff: ['viewer', 'dispatcher', 'technician', 'manager'] },
      summary: 'What the staff has set at this cabinet',
      schemas: { params },
      replies,
      handle: async ({ params: { cabinet: text }, caller: { operatorId: operator } }) => {
        const cabinet = readId('cabinet', text)
        const found = cabinet && (await settings.read({ operator, cabinet }))
        return found === undefined ? refuse(cabinetsCodes, 'cabinet-unknown') : { status: 200, body: found }
      },
    }),
    route({
      method: 'PATCH',
      path,
      who: { staff: ['dispatcher', 'technician', 'manager'] },
      summary: 'Say that the screen is dead, or works again; what is not named stays',
      schemas: { params, body: settingsChange },
      replies,
      handle: async ({ params: { cabinet: text }, body, caller: { operatorId: operator } }) => {
        const cabinet = readId('cabinet', text)
        if (cabinet === undefined) return refuse(cabinetsCodes, 'cabinet-unknown')
        const changed = await settings.change({ operator, cabinet }, body)
        return changed.ok ? { status: 200, body: changed.value } : refuse(cabinetsCodes, changed.refusal)
      },
    }),
  ]
}
