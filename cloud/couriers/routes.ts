import Type from 'typebox'
import type { CabinetId, CarrierId, OrderId, ParcelId } from '@holdfast/core/values/ids.ts'
import {
  courierCabinetsSchema,
  elsewhereRequest,
  holdRequest,
  holdSchema,
  roundAskReply,
  roundRequest,
  roundSchema,
} from '@holdfast/wire/http/courier/day.ts'
import { emptySchema } from '@holdfast/wire/http/shapes.ts'
import { idField } from '@holdfast/wire/journal/fields.ts'
import { refuse } from '../platform/http/refusals.ts'
import { type Reply, type Route, route } from '../platform/http/route.ts'
import { couriersCodes } from './codes.ts'
import type { Couriers, Outcome } from './couriers.ts'

type Faces = Omit<Couriers, 'routes' | 'listen' | 'start' | 'stop'>

export const couriersRoutes = (couriers: Faces): readonly Route[] => [...holdRoutes(couriers), ...roundRoutes(couriers)]

const answer = <T>(outcome: Outcome<T>, status: number): Reply =>
  outcome.ok ? { status, body: outcome.value ?? {} } : refuse(couriersCodes, outcome.refusal)

/** Ids whose form the schema of the request has judged. */
const placed = <T extends { readonly cabinet: string; readonly carrier?: string }>(body: T) => ({
  ...body,
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  cabinet: body.cabinet as CabinetId,
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  carrier: body.carrier as T['carrier'] & CarrierId,
})

const holdRoutes = (couriers: Faces): readonly Route[] => [
  route({
    method: 'GET',
    path: '/v1/courier/cabinets',
    who: 'courier',
    summary: 'Free doors by size in every cabinet, and the doors held for this courier',
    schemas: {},
    replies: { 200: courierCabinetsSchema },
    handle: async ({ caller }) => ({ status: 200, body: { items: await couriers.cabinets(caller.personId) } }),
  }),
  route({
    method: 'POST',
    path: '/v1/courier/holds',
    who: 'courier',
    summary: 'Ask a cabinet to hold a door; it answers by its own fact',
    schemas: { body: holdRequest },
    replies: { 201: holdSchema },
    idempotency: 'accepted',
    handle: async ({ caller, body }) => answer(await couriers.hold(caller.personId, placed(body)), 201),
  }),
  route({
    method: 'POST',
    path: '/v1/courier/holds/:hold/give-back',
    who: 'courier',
    summary: 'The held door is not needed any more',
    schemas: { params: Type.Object({ hold: idField('order') }) },
    replies: { 202: emptySchema },
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the schema of the path has judged its form.
    handle: async ({ caller, params }) => answer(await couriers.giveBack(caller.personId, params.hold as OrderId), 202),
  }),
]

const roundRoutes = (couriers: Faces): readonly Route[] => [
  route({
    method: 'GET',
    path: '/v1/courier/round',
    who: 'courier',
    summary: "Today's list with the consents so far",
    schemas: {},
    replies: { 200: roundSchema },
    handle: async ({ caller }) => ({ status: 200, body: await couriers.round(caller.personId) }),
  }),
  route({
    method: 'POST',
    path: '/v1/courier/round',
    who: 'courier',
    summary: 'Take parcels along to a cabinet',
    schemas: { body: roundRequest },
    replies: { 200: roundSchema },
    handle: async ({ caller, body }) => answer(await couriers.addToRound(caller.personId, placed(body)), 200),
  }),
  route({
    method: 'POST',
    path: '/v1/courier/round/ask',
    who: 'courier',
    summary: 'Ask every recipient on the list who was not asked yet',
    schemas: {},
    replies: { 200: roundAskReply },
    handle: async ({ caller }) => ({ status: 200, body: await couriers.askRound(caller.personId) }),
  }),
  elsewhereRoute(couriers),
  route({
    method: 'POST',
    path: '/v1/courier/round/:parcel/drop',
    who: 'courier',
    summary: 'Take a parcel off the list',
    schemas: { params: Type.Object({ parcel: idField('parcel') }) },
    replies: { 200: roundSchema },
    handle: async ({ caller, params }) => ({
      status: 200,
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the schema of the path has judged its form.
      body: await couriers.dropFromRound(caller.personId, params.parcel as ParcelId),
    }),
  }),
]

const elsewhereRoute = (couriers: Faces): Route =>
  route({
    method: 'POST',
    path: '/v1/courier/round/:parcel/elsewhere',
    who: 'courier',
    summary: 'Ask the recipient of a listed parcel about another cabinet',
    schemas: { params: Type.Object({ parcel: idField('parcel') }), body: elsewhereRequest },
    replies: { 200: roundSchema },
    handle: async ({ caller, params, body }) =>
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the schemas have judged both forms.
      answer(await couriers.elsewhere(caller.personId, params.parcel as ParcelId, body.cabinet as CabinetId), 200),
  })
