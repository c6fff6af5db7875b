import Type from 'typebox'
import type { OperatorId } from '@holdfast/core/values/ids.ts'
import { readId } from '@holdfast/core/values/ids.ts'
import { endpointCreated, endpointRequest } from '@holdfast/wire/http/carriers.ts'
import {
  carrierDeskList,
  carrierDeskSchema,
  carrierRequest,
  endpointTestSchema,
  keyCreated,
} from '@holdfast/wire/http/desk/carriers.ts'
import { emptySchema } from '@holdfast/wire/http/shapes.ts'
import { idField } from '@holdfast/wire/journal/fields.ts'
import { refuse } from '../../platform/http/refusals.ts'
import { type Reply, type Route, route } from '../../platform/http/route.ts'
import type { EndpointId, KeyId, Outcome } from '../carriers.ts'
import { carriersCodes } from '../codes.ts'
import type { CarrierDesks, Kept } from './desk.ts'

const anyStaff = { staff: ['viewer', 'dispatcher', 'technician', 'manager'] } as const
const managers = { staff: ['manager'] } as const
const carrierParam = { carrier: idField('carrier') }
const carrierOnly = Type.Object(carrierParam)
const keyParams = Type.Object({ ...carrierParam, key: idField('key') })
const endpointParams = Type.Object({ ...carrierParam, endpoint: idField('endpoint') })
const path = '/v1/operator/carriers'

const answer = <T>(outcome: Outcome<T>, status: number): Reply =>
  outcome.ok ? { status, body: outcome.value ?? {} } : refuse(carriersCodes, outcome.refusal)

// The schemas of the paths have judged the form of both.
// oxlint-disable-next-line typescript/no-unsafe-type-assertion
const keyIn = (params: { readonly key: string }) => params.key as KeyId
// oxlint-disable-next-line typescript/no-unsafe-type-assertion
const endpointIn = (params: { readonly endpoint: string }) => params.endpoint as EndpointId

type Asked = {
  readonly caller: { readonly operatorId: OperatorId }
  readonly params: { readonly carrier: string }
}

const at = async <T>(
  { caller, params }: Asked,
  status: number,
  work: (kept: Kept) => Promise<Outcome<T>>,
): Promise<Reply> => {
  const carrier = readId('carrier', params.carrier)
  if (carrier === undefined) return refuse(carriersCodes, 'carrier-unknown')
  return answer(await work({ operator: caller.operatorId, carrier }), status)
}

export const deskRoutes = (desks: CarrierDesks): readonly Route[] => [
  ...carrierRoutes(desks),
  ...keyRoutes(desks),
  ...endpointRoutes(desks),
]

const carrierRoutes = (desks: CarrierDesks): readonly Route[] => [
  route({
    method: 'GET',
    path,
    who: anyStaff,
    summary: 'Carriers, with keys and endpoints of those that this operator looks after',
    schemas: {},
    replies: { 200: carrierDeskList },
    handle: async ({ caller }) => ({ status: 200, body: { items: await desks.list(caller.operatorId) } }),
  }),
  route({
    method: 'POST',
    path,
    who: managers,
    summary: 'A new carrier, looked after by this operator',
    schemas: { body: carrierRequest },
    replies: { 201: carrierDeskSchema },
    handle: async ({ caller, body }) => answer(await desks.create(caller.operatorId, body), 201),
  }),
]

const keyRoutes = (desks: CarrierDesks): readonly Route[] => [
  route({
    method: 'POST',
    path: `${path}/:carrier/keys`,
    who: managers,
    summary: 'A key for the carrier’s programs; shown once',
    schemas: { params: carrierOnly },
    replies: { 201: keyCreated },
    handle: async (asked) => await at(asked, 201, desks.createKey),
  }),
  route({
    method: 'DELETE',
    path: `${path}/:carrier/keys/:key`,
    who: managers,
    summary: 'The key is worth nothing from now on',
    schemas: { params: keyParams },
    replies: { 200: emptySchema },
    handle: async (asked) => await at(asked, 200, async (kept) => await desks.revokeKey(kept, keyIn(asked.params))),
  }),
]

const endpointRoutes = (desks: CarrierDesks): readonly Route[] => [
  route({
    method: 'POST',
    path: `${path}/:carrier/endpoints`,
    who: managers,
    summary: 'Where the carrier’s webhooks go; the secret is shown once',
    schemas: { params: carrierOnly, body: endpointRequest },
    replies: { 201: endpointCreated },
    handle: async (asked) => await at(asked, 201, async (kept) => await desks.createEndpoint(kept, asked.body)),
  }),
  route({
    method: 'DELETE',
    path: `${path}/:carrier/endpoints/:endpoint`,
    who: managers,
    summary: 'No more webhooks there',
    schemas: { params: endpointParams },
    replies: { 200: emptySchema },
    handle: async (asked) =>
      await at(asked, 200, async (kept) => await desks.removeEndpoint(kept, endpointIn(asked.params))),
  }),
  route({
    method: 'POST',
    path: `${path}/:carrier/endpoints/:endpoint/test`,
    who: managers,
    summary: 'Send a signed test event now, and say what the endpoint answered',
    schemas: { params: endpointParams },
    replies: { 200: endpointTestSchema },
    handle: async (asked) =>
      await at(asked, 200, async (kept) => await desks.tryEndpoint(kept, endpointIn(asked.params))),
  }),
]
