import Type from 'typebox'
import { readId } from '@holdfast/core/values/ids.ts'
import {
  cabinetCreateRequest,
  cabinetCreated,
  cabinetListSchema,
  cabinetViewSchema,
  orderRequest,
  orderViewSchema,
  pictureBody,
  pictureKept,
  pictureParam,
  enrolReply,
  enrolRequest,
} from '@holdfast/wire/http/cabinets.ts'
import { journalPageSchema, journalQuery } from '@holdfast/wire/http/desk/journal.ts'
import { base64FromBytes } from '@holdfast/wire/bytes/base64.ts'
import { idField } from '@holdfast/wire/journal/fields.ts'
import { refuse } from '../platform/http/refusals.ts'
import { type Reply, type Route, route } from '../platform/http/route.ts'
import type { Cabinets, Outcome } from './cabinets.ts'
import { cabinetsCodes } from './codes.ts'
import { readAct } from './orders/acts.ts'

const anyStaff = { staff: ['viewer', 'dispatcher', 'technician', 'manager'] } as const
const cabinetParam = Type.Object({ cabinet: idField('cabinet') })

const answer = <T>(outcome: Outcome<T>, status: number): Reply =>
  outcome.ok ? { status, body: outcome.value } : refuse(cabinetsCodes, outcome.refusal)

export type CabinetsCalls = Pick<
  Cabinets,
  'create' | 'enrol' | 'list' | 'view' | 'journal' | 'order' | 'orderView' | 'keepPicture' | 'picture'
>

export function cabinetRoutes(cabinets: CabinetsCalls): readonly Route[] {
  return [...setUpRoutes(cabinets), ...lookRoutes(cabinets), ...orderRoutes(cabinets), ...pictureRoutes(cabinets)]
}

function setUpRoutes(cabinets: CabinetsCalls): readonly Route[] {
  return [
    route({
      method: 'POST',
      path: '/v1/cabinets/enrol',
      who: 'public',
      summary: 'A cabinet names the key that it made for itself; once per claim token.',
      schemas: { body: enrolRequest },
      replies: { 201: enrolReply },
      handle: async ({ body }) => answer(await cabinets.enrol(body.claimToken, body.publicKey), 201),
    }),
    route({
      method: 'POST',
      path: '/v1/operator/cabinets',
      who: { staff: ['manager'] },
      summary: 'Add a cabinet with its layout and place; the claim token is shown once.',
      schemas: { body: cabinetCreateRequest },
      replies: { 201: cabinetCreated },
      handle: async ({ body, caller }) => answer(await cabinets.create(caller.operatorId, body), 201),
    }),
  ]
}

function lookRoutes(cabinets: CabinetsCalls): readonly Route[] {
  return [
    route({
      method: 'GET',
      path: '/v1/operator/cabinets',
      who: anyStaff,
      summary: "The operator's cabinets: online, doors, occupancy, faults.",
      schemas: {},
      replies: { 200: cabinetListSchema },
      handle: async ({ caller }) => ({ status: 200, body: { items: await cabinets.list(caller.operatorId) } }),
    }),
    route({
      method: 'GET',
      path: '/v1/operator/cabinets/:cabinet',
      who: anyStaff,
      summary: 'One cabinet with its drawing and every compartment.',
      schemas: { params: cabinetParam },
      replies: { 200: cabinetViewSchema },
      handle: async ({ params, caller }) => {
        const cabinet = readId('cabinet', params.cabinet)
        const view = cabinet === undefined ? undefined : await cabinets.view(caller.operatorId, cabinet)
        return view === undefined ? refuse(cabinetsCodes, 'cabinet-unknown') : { status: 200, body: view }
      },
    }),
    route({
      method: 'GET',
      path: '/v1/operator/cabinets/:cabinet/journal',
      who: anyStaff,
      summary: "The cabinet's journal as it wrote it, page by page, so that anybody can judge it (npm run audit).",
      schemas: { params: cabinetParam, query: journalQuery },
      replies: { 200: journalPageSchema },
      handle: async ({ params, query, caller }) => {
        const cabinet = readId('cabinet', params.cabinet)
        const page = cabinet && (await cabinets.journal(caller.operatorId, { cabinet, after: query.after }))
        return page === undefined ? refuse(cabinetsCodes, 'cabinet-unknown') : { status: 200, body: page }
      },
    }),
  ]
}

function orderRoutes(cabinets: CabinetsCalls): readonly Route[] {
  return [
    route({
      method: 'POST',
      path: '/v1/operator/cabinets/:cabinet/orders',
      who: { staff: ['dispatcher', 'technician', 'manager'] },
      summary:
        'Open one door, take a compartment out of service or back, say what was seen inside, release people in an emergency.',
      schemas: { params: cabinetParam, body: orderRequest },
      replies: { 202: orderViewSchema },
      handle: async ({ params, body, caller }) => {
        const cabinet = readId('cabinet', params.cabinet)
        if (cabinet === undefined) return refuse(cabinetsCodes, 'cabinet-unknown')
        const act = readAct(body)
        if (act === undefined) return refuse(cabinetsCodes, 'compartment-unknown')
        const { reason } = body
        const { operatorId: operator, staffId: staff } = caller
        return answer(await cabinets.order({ operator, cabinet, staff, reason, act }), 202)
      },
    }),
    route({
      method: 'GET',
      path: '/v1/operator/orders/:order',
      who: anyStaff,
      summary: 'What became of a remote order.',
      schemas: { params: Type.Object({ order: idField('order') }) },
      replies: { 200: orderViewSchema },
      handle: async ({ params, caller }) => {
        const order = readId('order', params.order)
        const view = order === undefined ? undefined : await cabinets.orderView(caller.operatorId, order)
        return view === undefined ? refuse(cabinetsCodes, 'order-unknown') : { status: 200, body: view }
      },
    }),
  ]
}

function pictureRoutes(cabinets: CabinetsCalls): readonly Route[] {
  return [
    route({
      method: 'POST',
      path: '/v1/operator/cabinets/:cabinet/pictures',
      who: { staff: ['dispatcher', 'technician', 'manager'] },
      summary: 'Keep a picture of what was seen inside; an inspection names it by its digest.',
      schemas: { params: cabinetParam, body: pictureBody },
      replies: { 201: pictureKept },
      handle: async ({ params, body, caller }) => {
        const cabinet = readId('cabinet', params.cabinet)
        if (cabinet === undefined) return refuse(cabinetsCodes, 'cabinet-unknown')
        const { operatorId: operator, staffId: staff } = caller
        return answer(await cabinets.keepPicture({ operator, cabinet, staff, jpeg: body.jpeg }), 201)
      },
    }),
    route({
      method: 'GET',
      path: '/v1/operator/cabinets/:cabinet/pictures/:picture',
      who: anyStaff,
      summary: 'The picture on which a word about a compartment stands, until its term.',
      schemas: { params: pictureParam },
      replies: { 200: pictureBody },
      handle: async ({ params, caller }) => {
        const cabinet = readId('cabinet', params.cabinet)
        const jpeg = cabinet && (await cabinets.picture(caller.operatorId, cabinet, params.picture))
        return jpeg === undefined
          ? refuse(cabinetsCodes, 'picture-unknown')
          : { status: 200, body: { jpeg: base64FromBytes(jpeg) } }
      },
    }),
  ]
}
