import Type from 'typebox'
import type { ParcelId } from '@holdfast/core/values/ids.ts'
import { operatorParcelSchema, parcelStorySchema } from '@holdfast/wire/http/parcels.ts'
import { pageOf, pageQuery } from '@holdfast/wire/http/shapes.ts'
import { idField } from '@holdfast/wire/journal/fields.ts'
import { refusePlatform } from '../platform/http/refusals.ts'
import { type Route, route, type StaffRole } from '../platform/http/route.ts'
import type { Insights } from './insights.ts'

const everyone: readonly StaffRole[] = ['viewer', 'dispatcher', 'technician', 'manager']
const pageMost = 50

export const insightsRoutes = (insights: Omit<Insights, 'routes'>): readonly Route[] => [
  route({
    method: 'GET',
    path: '/v1/operator/parcels',
    who: { staff: everyone },
    summary: "Parcels in this operator's cabinets, by number or by the phone's last digits",
    schemas: { query: Type.Object({ ...pageQuery, search: Type.Optional(Type.String({ maxLength: 64 })) }) },
    replies: { 200: pageOf(operatorParcelSchema) },
    handle: async ({ caller, query }) => {
      const { search = '', after = null, limit = pageMost } = query
      return { status: 200, body: await insights.search(caller.operatorId, { search, after, limit }) }
    },
  }),
  route({
    method: 'GET',
    path: '/v1/operator/parcels/:parcel',
    who: { staff: everyone },
    summary: "One parcel's story",
    schemas: { params: Type.Object({ parcel: idField('parcel') }) },
    replies: { 200: parcelStorySchema },
    handle: async ({ caller, params }) => {
      // The schema of the path has judged its form.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      const story = await insights.story(caller.operatorId, params.parcel as ParcelId)
      return story === undefined ? refusePlatform('not-found') : { status: 200, body: story }
    },
  }),
]
