import Type from 'typebox'
import { type CabinetId, readId } from '@holdfast/core/values/ids.ts'
import { placeRequest, placementList, terminalClaim, terminalRequest } from '@holdfast/wire/http/desk/moving.ts'
import { emptySchema } from '@holdfast/wire/http/shapes.ts'
import { idField } from '@holdfast/wire/journal/fields.ts'
import { refuse } from '../../platform/http/refusals.ts'
import { type Reply, type Route, route } from '../../platform/http/route.ts'
import type { Outcome } from '../cabinets.ts'
import { cabinetsCodes } from '../codes.ts'
import { type Moving, type MovingPorts, createMoving } from './moving.ts'

const managers = { staff: ['manager'] } as const
const schemas = { params: Type.Object({ cabinet: idField('cabinet') }) }

const answer = <T>(outcome: Outcome<T>): Reply =>
  outcome.ok ? { status: 201, body: outcome.value ?? {} } : refuse(cabinetsCodes, outcome.refusal)

async function at(text: string, work: (cabinet: CabinetId) => Promise<Reply>): Promise<Reply> {
  const cabinet = readId('cabinet', text)
  return cabinet === undefined ? refuse(cabinetsCodes, 'cabinet-unknown') : await work(cabinet)
}

export const createMovingRoutes = (ports: MovingPorts): readonly Route[] => movingRoutes(createMoving(ports))

const movingRoutes = (moving: Moving): readonly Route[] => [
  route({
    method: 'GET',
    path: '/v1/operator/cabinets/:cabinet/places',
    who: { staff: ['viewer', 'dispatcher', 'technician', 'manager'] },
    summary: 'Where a cabinet stood and stands',
    schemas,
    replies: { 200: placementList },
    handle: async ({ params, caller }) =>
      await at(params.cabinet, async (cabinet) => {
        const items = await moving.placements(caller.operatorId, cabinet)
        return items.length === 0 ? refuse(cabinetsCodes, 'cabinet-unknown') : { status: 200, body: { items } }
      }),
  }),
  route({
    method: 'POST',
    path: '/v1/operator/cabinets/:cabinet/places',
    who: managers,
    summary: 'The cabinet has moved; recipients of parcels inside are told where it stands now',
    schemas: { ...schemas, body: placeRequest },
    replies: { 201: emptySchema },
    handle: async ({ params, caller, body }) =>
      await at(params.cabinet, async (cabinet) => {
        const { operatorId: operator, staffId: staff } = caller
        return answer(await moving.place({ operator, cabinet, staff }, body))
      }),
  }),
  route({
    method: 'POST',
    path: '/v1/operator/cabinets/:cabinet/terminal',
    who: managers,
    summary: 'A claim token for a new terminal, with more doors where a layout says so; shown once',
    schemas: { ...schemas, body: terminalRequest },
    replies: { 201: terminalClaim },
    handle: async ({ params, caller, body }) =>
      await at(params.cabinet, async (cabinet) => {
        const { operatorId: operator, staffId: staff } = caller
        return answer(await moving.claimTerminal({ operator, cabinet, staff }, body))
      }),
  }),
]
