import Type from 'typebox'
import { readId } from '@holdfast/core/values/ids.ts'
import { acknowledgeRequest, alertListSchema, alertSchema } from '@holdfast/wire/http/alerts.ts'
import { idField } from '@holdfast/wire/journal/fields.ts'
import { refuse } from '../platform/http/refusals.ts'
import { type Route, route } from '../platform/http/route.ts'
import { risksCodes } from './codes.ts'
import type { Risks } from './risks.ts'

export function riskRoutes(risks: Pick<Risks, 'list' | 'acknowledge'>): readonly Route[] {
  return [
    route({
      method: 'GET',
      path: '/v1/operator/alerts',
      who: { staff: ['viewer', 'dispatcher', 'technician', 'manager'] },
      summary: 'What somebody must look at; open ones unless told.',
      schemas: { query: Type.Object({ state: Type.Optional(Type.Enum(['open', 'all'])) }) },
      replies: { 200: alertListSchema },
      handle: async ({ query, caller }) => ({
        status: 200,
        body: { items: await risks.list(caller.operatorId, query.state ?? 'open') },
      }),
    }),
    route({
      method: 'POST',
      path: '/v1/operator/alerts/:alert/acknowledge',
      who: { staff: ['dispatcher', 'technician', 'manager'] },
      summary: 'Somebody looks after it; it ends when its cause does.',
      schemas: { params: Type.Object({ alert: idField('alert') }), body: acknowledgeRequest },
      replies: { 200: alertSchema },
      handle: async ({ params, body, caller }) => {
        const alert = readId('alert', params.alert)
        const word = alert === undefined ? undefined : { alert, staff: caller.staffId, note: body.note ?? null }
        const found = word === undefined ? undefined : await risks.acknowledge(caller.operatorId, word)
        return found === undefined ? refuse(risksCodes, 'alert-unknown') : { status: 200, body: found }
      },
    }),
  ]
}
