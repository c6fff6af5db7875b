import Type from 'typebox'
import { announceRequest, correctRequest, parcelSchema } from '@holdfast/wire/http/parcels.ts'
import { textField } from '@holdfast/wire/journal/fields.ts'
import { type Route, route } from '../platform/http/route.ts'
import type { Parcels } from './parcels.ts'
import type { ParcelsPorts } from './ports.ts'
import { answer, parcelIn, parcelParams, unknownParcel } from './routes.answer.ts'
import { courierCorrectRoutes, operatorCorrectRoutes, recipientWordRoutes } from './routes.correct.ts'
import { courierRoutes, recipientRoutes } from './routes.person.ts'

export const parcelsRoutes = (parcels: Omit<Parcels, 'routes'>, ports: ParcelsPorts): readonly Route[] => [
  ...readRoutes(parcels),
  ...changeRoutes(parcels),
  ...recipientRoutes(parcels, ports),
  ...courierRoutes(parcels, ports),
  ...recipientWordRoutes(parcels, ports),
  ...courierCorrectRoutes(parcels, ports),
  ...operatorCorrectRoutes(parcels, ports),
]

const changeRoutes = (parcels: Omit<Parcels, 'routes'>): readonly Route[] => [
  route({
    method: 'POST',
    path: '/v1/parcels',
    who: 'carrier',
    summary: 'Announce a parcel',
    schemas: { body: announceRequest },
    replies: { 201: parcelSchema },
    idempotency: 'required',
    handle: async ({ caller, body, keep }) =>
      answer(
        await parcels.announce(caller.carrierId, body, (tx, value) => keep(tx, answer({ ok: true, value }, 201))),
        201,
      ),
  }),
  route({
    method: 'PATCH',
    path: '/v1/parcels/:parcel',
    who: 'carrier',
    summary: 'Correct phone or size; behind a door the phone alone',
    schemas: { params: parcelParams, body: correctRequest },
    replies: { 200: parcelSchema },
    handle: async (request) => answer(await parcels.correct(request.caller.carrierId, parcelIn(request), request.body)),
  }),
  ...(['cancel', 'returned'] as const).map((act) =>
    route({
      method: 'POST',
      path: `/v1/parcels/:parcel/${act}`,
      who: 'carrier',
      summary: act === 'cancel' ? 'Cancel a parcel before the deposit' : 'The parcel is back with its sender',
      schemas: { params: parcelParams },
      replies: { 200: parcelSchema },
      idempotency: 'accepted',
      handle: async (request) => {
        const { carrierId } = request.caller
        const done = act === 'cancel' ? parcels.cancel : parcels.markReturned
        return answer(await done(carrierId, parcelIn(request)))
      },
    }),
  ),
]

const readRoutes = (parcels: Omit<Parcels, 'routes'>): readonly Route[] => [
  route({
    method: 'GET',
    path: '/v1/parcels',
    who: 'carrier',
    summary: 'Find a parcel by its tracking number',
    schemas: { query: Type.Object({ trackingNumber: textField(64) }) },
    replies: { 200: parcelSchema },
    handle: async ({ caller, query }) => {
      const found = await parcels.find(caller.carrierId, query)
      return found === undefined ? unknownParcel : { status: 200, body: found }
    },
  }),
  route({
    method: 'GET',
    path: '/v1/parcels/:parcel',
    who: 'carrier',
    summary: 'One parcel',
    schemas: { params: parcelParams },
    replies: { 200: parcelSchema },
    handle: async (request) => {
      const found = await parcels.find(request.caller.carrierId, { parcel: parcelIn(request) })
      return found === undefined ? unknownParcel : { status: 200, body: found }
    },
  }),
]
