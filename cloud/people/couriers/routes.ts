import Type from 'typebox'
import { readId } from '@holdfast/core/values/ids.ts'
import {
  courierPage,
  courierQuery,
  courierRequest,
  courierRowSchema,
  employmentRequest,
} from '@holdfast/wire/http/desk/couriers.ts'
import { emptySchema } from '@holdfast/wire/http/shapes.ts'
import { idField } from '@holdfast/wire/journal/fields.ts'
import { refuse } from '../../platform/http/refusals.ts'
import { type Reply, type Route, route } from '../../platform/http/route.ts'
import { peopleCodes } from '../codes.ts'
import type { Outcome } from '../people.ts'
import type { PeopleParts } from '../routes.ts'

const anyStaff = { staff: ['viewer', 'dispatcher', 'technician', 'manager'] } as const
const planners = { staff: ['dispatcher', 'manager'] } as const
const pageMost = 50

const answer = <T>(outcome: Outcome<T>, status: number): Reply =>
  outcome.ok ? { status, body: outcome.value ?? {} } : refuse(peopleCodes, outcome.refusal)

export const courierDeskRoutes = ({ couriers }: PeopleParts): readonly Route[] => [
  route({
    method: 'GET',
    path: '/v1/operator/couriers',
    who: anyStaff,
    summary: 'Couriers of the carriers that this operator looks after',
    schemas: { query: courierQuery },
    replies: { 200: courierPage },
    handle: async ({ caller, query: { limit = pageMost, ...page } }) => ({
      status: 200,
      body: await couriers.list(caller.operatorId, { limit, ...page }),
    }),
  }),
  route({
    method: 'POST',
    path: '/v1/operator/couriers',
    who: planners,
    summary: 'A courier with one employment or several',
    schemas: { body: courierRequest },
    replies: { 201: courierRowSchema },
    handle: async ({ caller, body }) => answer(await couriers.add(caller.operatorId, body), 201),
  }),
  route({
    method: 'POST',
    path: '/v1/operator/couriers/:person/employments',
    who: planners,
    summary: 'One more employment of a courier',
    schemas: { params: Type.Object({ person: idField('person') }), body: employmentRequest },
    replies: { 201: courierRowSchema },
    handle: async ({ caller, params, body }) => {
      const person = readId('person', params.person)
      if (person === undefined) return refuse(peopleCodes, 'courier-not-yours')
      return answer(await couriers.employ(caller.operatorId, person, body), 201)
    },
  }),
  route({
    method: 'DELETE',
    path: '/v1/operator/couriers/:person/employments/:carrier',
    who: planners,
    summary: 'The employment ends now; with the last one the courier is signed out',
    schemas: { params: Type.Object({ person: idField('person'), carrier: idField('carrier') }) },
    replies: { 200: emptySchema },
    handle: async ({ caller, params }) => {
      const [person, carrier] = [readId('person', params.person), readId('carrier', params.carrier)]
      if (person === undefined || carrier === undefined) return refuse(peopleCodes, 'courier-not-yours')
      return answer(await couriers.end(caller.operatorId, person, carrier), 200)
    },
  }),
]
