import Type from 'typebox'
import { readId } from '@holdfast/core/values/ids.ts'
import {
  correctedSchema,
  courierCorrectRequest,
  courierResendRequest,
  operatorCorrectRequest,
  operatorResendRequest,
} from '@holdfast/wire/http/parcels.ts'
import { emptySchema } from '@holdfast/wire/http/shapes.ts'
import { idField } from '@holdfast/wire/journal/fields.ts'
import { refuse } from '../platform/http/refusals.ts'
import { type Reply, type Route, route } from '../platform/http/route.ts'
import { parcelsCodes } from './codes.ts'
import type { Outcome, Parcels } from './parcels.ts'
import type { ParcelsPorts } from './ports.ts'
import { answer, parcelIn, parcelParams, unknownParcel } from './routes.answer.ts'

const unreadable = refuse(parcelsCodes, 'phone-unreadable')
const done = (outcome: Outcome<undefined>): Reply => (outcome.ok ? { status: 202, body: {} } : answer(outcome))

/** A recipient whose phone was sent somebody else's code, or lost the message with his own. */
export const recipientWordRoutes = (parcels: Omit<Parcels, 'routes'>, { people }: ParcelsPorts): readonly Route[] =>
  (['resend', 'not-mine'] as const).map((act) =>
    route({
      method: 'POST',
      path: `/v1/recipient/parcels/:parcel/${act}`,
      who: 'recipient',
      summary:
        act === 'resend' ? 'Send the code once more' : 'This parcel is not mine: its code opens nothing any more',
      schemas: { params: parcelParams },
      replies: { 202: emptySchema },
      handle: async (request) => {
        const phone = await people.phoneOf(request.caller.personId)
        if (phone === undefined) return unknownParcel
        const parcel = parcelIn(request)
        return done(act === 'resend' ? await parcels.resend(parcel, { phone }) : await parcels.disown(phone, parcel))
      },
    }),
  )

export const courierCorrectRoutes = (parcels: Omit<Parcels, 'routes'>, { people }: ParcelsPorts): readonly Route[] => [
  route({
    method: 'POST',
    path: '/v1/courier/deposits/:deposit/recipient',
    who: 'courier',
    summary: "Correct the recipient's phone of what lies behind a door, with a reason: the old code dies",
    schemas: { params: Type.Object({ deposit: idField('deposit') }), body: courierCorrectRequest },
    replies: { 200: correctedSchema },
    handle: async ({ caller, params, body }) => {
      const [cabinet, deposit] = [readId('cabinet', body.cabinet), readId('deposit', params.deposit)]
      const phone = people.readPhone(body.recipientPhone)
      if (phone === undefined) return unreadable
      if (cabinet === undefined || deposit === undefined) return unknownParcel
      const carriers = (await people.employmentsOf(caller.personId)).map(({ carrier }) => carrier)
      const word = { courier: caller.personId, words: body.reason }
      const outcome = await parcels.correctWaiting({ cabinet, deposit }, { phone, whose: { carriers }, word })
      return outcome.ok ? { status: 200, body: { code: outcome.value } } : answer(outcome)
    },
  }),
  route({
    method: 'POST',
    path: '/v1/courier/deposits/:deposit/resend',
    who: 'courier',
    summary: 'Send the recipient of what lies behind a door the code once more, with a reason',
    schemas: { params: Type.Object({ deposit: idField('deposit') }), body: courierResendRequest },
    replies: { 202: emptySchema },
    handle: async ({ caller, params, body }) => {
      const [cabinet, deposit] = [readId('cabinet', body.cabinet), readId('deposit', params.deposit)]
      if (cabinet === undefined || deposit === undefined) return unknownParcel
      const carriers = (await people.employmentsOf(caller.personId)).map(({ carrier }) => carrier)
      const word = { courier: caller.personId, words: body.reason }
      return done(await parcels.resendDeposit({ cabinet, deposit }, { carriers, word }))
    },
  }),
]

export const operatorCorrectRoutes = (parcels: Omit<Parcels, 'routes'>, { people }: ParcelsPorts): readonly Route[] => [
  route({
    method: 'POST',
    path: '/v1/operator/parcels/:parcel/recipient',
    who: { staff: ['dispatcher', 'manager'] },
    summary: "Correct the recipient's phone of a parcel behind a door, with a reason",
    schemas: { params: parcelParams, body: operatorCorrectRequest },
    replies: { 200: correctedSchema },
    handle: async (request) => {
      const { caller, body } = request
      const phone = people.readPhone(body.recipientPhone)
      if (phone === undefined) return unreadable
      const at = (await parcels.recipientOf(parcelIn(request)))?.deposit ?? undefined
      if (at === undefined) return unknownParcel
      const word = { staff: caller.staffId, words: body.reason }
      const outcome = await parcels.correctWaiting(at, { phone, whose: { operator: caller.operatorId }, word })
      return outcome.ok ? { status: 200, body: { code: outcome.value } } : answer(outcome)
    },
  }),
  route({
    method: 'POST',
    path: '/v1/operator/parcels/:parcel/resend',
    who: { staff: ['dispatcher', 'manager'] },
    summary: 'Send the recipient the code once more, with a reason',
    schemas: { params: parcelParams, body: operatorResendRequest },
    replies: { 202: emptySchema },
    handle: async (request) => {
      const { operatorId: operator, staffId: staff } = request.caller
      return done(await parcels.resend(parcelIn(request), { operator, word: { staff, words: request.body.reason } }))
    },
  }),
]
