import Type from 'typebox'
import { type CabinetId, readId } from '@holdfast/core/values/ids.ts'
import { outageRequest, plannedOutageList, plannedOutageSchema } from '@holdfast/wire/http/desk/outages.ts'
import { idField } from '@holdfast/wire/journal/fields.ts'
import { refuse } from '../../platform/http/refusals.ts'
import { type Reply, type Route, route } from '../../platform/http/route.ts'
import type { Outcome } from '../cabinets.ts'
import { cabinetsCodes } from '../codes.ts'
import { createOutages, type OutagesPorts } from './outages.ts'

const path = '/v1/operator/cabinets/:cabinet/outages'
const inCabinet = { cabinet: idField('cabinet') }
const planners = { staff: ['dispatcher', 'technician', 'manager'] } as const

const answer = <T>(outcome: Outcome<T>, status: number): Reply =>
  outcome.ok ? { status, body: outcome.value } : refuse(cabinetsCodes, outcome.refusal)

async function at(text: string, work: (cabinet: CabinetId) => Promise<Reply>): Promise<Reply> {
  const cabinet = readId('cabinet', text)
  return cabinet === undefined ? refuse(cabinetsCodes, 'cabinet-unknown') : await work(cabinet)
}

export function createOutageRoutes(ports: OutagesPorts): readonly Route[] {
  const outages = createOutages(ports)
  return [
    route({
      method: 'GET',
      path,
      who: { staff: ['viewer', 'dispatcher', 'technician', 'manager'] },
      summary: 'When people will not get to a cabinet, or could not, as it was said ahead',
      schemas: { params: Type.Object(inCabinet) },
      replies: { 200: plannedOutageList },
      handle: async ({ params, caller: { operatorId: operator } }) =>
        await at(params.cabinet, async (cabinet) => {
          const items = await outages.list({ operator, cabinet })
          return items === undefined ? refuse(cabinetsCodes, 'cabinet-unknown') : { status: 200, body: { items } }
        }),
    }),
    route({
      method: 'POST',
      path,
      who: planners,
      summary: 'Say ahead that nobody will get to a cabinet: recipients are told, and keep-time stands still',
      schemas: { params: Type.Object(inCabinet), body: outageRequest },
      replies: { 201: plannedOutageSchema },
      handle: async ({ params, body, caller: { operatorId: operator, staffId: staff } }) =>
        await at(params.cabinet, async (cabinet) =>
          answer(await outages.plan({ operator, cabinet, staff }, body), 201),
        ),
    }),
    route({
      method: 'DELETE',
      path: `${path}/:outage`,
      who: planners,
      summary: 'Call a planned outage off before it begins; recipients are told that too',
      schemas: { params: Type.Object({ ...inCabinet, outage: idField('outage') }) },
      replies: { 200: plannedOutageSchema },
      handle: async ({ params, caller: { operatorId: operator, staffId: staff } }) =>
        await at(params.cabinet, async (cabinet) => {
          const outage = readId('outage', params.outage)
          if (outage === undefined) return refuse(cabinetsCodes, 'outage-unknown')
          return answer(await outages.cancel({ operator, cabinet, staff }, outage), 200)
        }),
    }),
  ]
}
