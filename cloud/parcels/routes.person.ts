import { type PersonId, readId } from '@holdfast/core/values/ids.ts'
import {
  consentRequest,
  courierDepositsSchema,
  recallsSchema,
  recipientParcelSchema,
  recipientParcelsSchema,
} from '@holdfast/wire/http/parcels.ts'
import { emptySchema } from '@holdfast/wire/http/shapes.ts'
import { type Route, route } from '../platform/http/route.ts'
import type { Parcels } from './parcels.ts'
import type { ParcelsPorts } from './ports.ts'
import { answer, parcelIn, parcelParams, unknownParcel } from './routes.answer.ts'

const none = { waiting: [], expected: [], past: [] }

/** Recipients see what is sent to their phone. */
export function recipientRoutes(parcels: Omit<Parcels, 'routes'>, { people }: ParcelsPorts): readonly Route[] {
  const listOf = async (person: PersonId) => {
    const phone = await people.phoneOf(person)
    return phone === undefined ? none : await parcels.recipientParcels(phone)
  }
  return [
    route({
      method: 'GET',
      path: '/v1/recipient/parcels',
      who: 'recipient',
      summary: 'Parcels sent to this person, waiting, expected and past',
      schemas: {},
      replies: { 200: recipientParcelsSchema },
      handle: async ({ caller }) => ({ status: 200, body: await listOf(caller.personId) }),
    }),
    consentRoute(parcels, { people }),
    route({
      method: 'POST',
      path: '/v1/recipient/parcels/:parcel/new-code',
      who: 'recipient',
      summary: 'Ask the cabinet for a new pickup code',
      schemas: { params: parcelParams },
      replies: { 202: emptySchema },
      handle: async (request) => {
        const phone = await people.phoneOf(request.caller.personId)
        if (phone === undefined) return unknownParcel
        const outcome = await parcels.renewCode(phone, parcelIn(request))
        return outcome.ok ? { status: 202, body: {} } : answer(outcome)
      },
    }),
  ]
}

/** Couriers see what is their employers' to take out, and what they did themselves. */
export const courierRoutes = (parcels: Omit<Parcels, 'routes'>, { people }: ParcelsPorts): readonly Route[] => [
  route({
    method: 'GET',
    path: '/v1/courier/recalls',
    who: 'courier',
    summary: 'What this courier must take out, by cabinet',
    schemas: {},
    replies: { 200: recallsSchema },
    handle: async ({ caller }) => {
      const employers = await people.employmentsOf(caller.personId)
      const items = await parcels.recallsFor(employers.map(({ carrier }) => carrier))
      return { status: 200, body: { items } }
    },
  }),
  route({
    method: 'GET',
    path: '/v1/courier/deposits',
    who: 'courier',
    summary: "Today's deposits and what became of their notices",
    schemas: {},
    replies: { 200: courierDepositsSchema },
    handle: async ({ caller }) => ({
      status: 200,
      body: { items: await parcels.courierDeposits(caller.personId) },
    }),
  }),
]

const consentRoute = (parcels: Omit<Parcels, 'routes'>, { people }: Pick<ParcelsPorts, 'people'>): Route =>
  route({
    method: 'POST',
    path: '/v1/recipient/parcels/:parcel/consent',
    who: 'recipient',
    summary: 'Agree to a locker for this parcel, or decline',
    schemas: { params: parcelParams, body: consentRequest },
    replies: { 200: recipientParcelSchema },
    handle: async (request) => {
      const phone = await people.phoneOf(request.caller.personId)
      if (phone === undefined) return unknownParcel
      const { accept, cabinet } = request.body
      const parcel = parcelIn(request)
      const outcome = await parcels.recordConsent({
        parcel,
        phone,
        accept,
        channel: 'app',
        meant: { cabinet: readId('cabinet', cabinet ?? '') },
      })
      if (!outcome.ok) return answer(outcome)
      const { waiting, expected, past } = await parcels.recipientParcels(phone)
      const body = [...expected, ...waiting, ...past].find(({ id }) => id === parcel)
      return body === undefined ? unknownParcel : { status: 200, body }
    },
  })
