import Type from 'typebox'
import { endpointCreated, endpointListSchema, endpointRequest, parcelEventPage } from '@holdfast/wire/http/carriers.ts'
import { emptySchema, pageQuery } from '@holdfast/wire/http/shapes.ts'
import { idField } from '@holdfast/wire/journal/fields.ts'
import { refuse } from '../platform/http/refusals.ts'
import { type Route, route } from '../platform/http/route.ts'
import type { Carriers, EndpointId } from './carriers.ts'
import { carriersCodes } from './codes.ts'

const pageMost = 100
const endpointParams = Type.Object({ endpoint: idField('endpoint') })

// The schema of the path has judged its form.
// oxlint-disable-next-line typescript/no-unsafe-type-assertion
const endpointIn = ({ params }: { readonly params: { readonly endpoint: string } }) => params.endpoint as EndpointId

type Faces = Pick<Carriers, 'events' | 'endpoints' | 'createEndpoint' | 'removeEndpoint' | 'testEndpoint'>

export const carriersRoutes = (carriers: Faces): readonly Route[] => [history(carriers), ...endpointRoutes(carriers)]

const history = (carriers: Faces): Route =>
  route({
    method: 'GET',
    path: '/v1/events',
    who: 'carrier',
    summary: 'The history of all parcels, as the webhooks tell it',
    schemas: { query: Type.Object(pageQuery) },
    replies: { 200: parcelEventPage },
    handle: async ({ caller, query }) => {
      const page = { after: query.after ?? null, limit: query.limit ?? pageMost }
      const body = await carriers.events(caller.carrierId, page)
      return body === undefined ? refuse(carriersCodes, 'cursor-malformed') : { status: 200, body }
    },
  })

const endpointRoutes = (carriers: Faces): readonly Route[] => [
  route({
    method: 'GET',
    path: '/v1/webhook-endpoints',
    who: 'carrier',
    summary: 'Where webhooks go',
    schemas: {},
    replies: { 200: endpointListSchema },
    handle: async ({ caller }) => ({ status: 200, body: { items: await carriers.endpoints(caller.carrierId) } }),
  }),
  route({
    method: 'POST',
    path: '/v1/webhook-endpoints',
    who: 'carrier',
    summary: 'A new endpoint; its secret is shown once',
    schemas: { body: endpointRequest },
    replies: { 201: endpointCreated },
    handle: async ({ caller, body }) => {
      const made = await carriers.createEndpoint(caller.carrierId, body)
      return made.ok ? { status: 201, body: made.value } : refuse(carriersCodes, made.refusal)
    },
  }),
  route({
    method: 'DELETE',
    path: '/v1/webhook-endpoints/:endpoint',
    who: 'carrier',
    summary: 'No more webhooks there',
    schemas: { params: endpointParams },
    replies: { 204: emptySchema },
    handle: async (request) => {
      const gone = await carriers.removeEndpoint(request.caller.carrierId, endpointIn(request))
      return gone ? { status: 204 } : refuse(carriersCodes, 'endpoint-unknown')
    },
  }),
  route({
    method: 'POST',
    path: '/v1/webhook-endpoints/:endpoint/test',
    who: 'carrier',
    summary: 'A signed test event, brought like any other',
    schemas: { params: endpointParams },
    replies: { 202: emptySchema },
    handle: async (request) => {
      const put = await carriers.testEndpoint(request.caller.carrierId, endpointIn(request))
      return put ? { status: 202, body: {} } : refuse(carriersCodes, 'endpoint-unknown')
    },
  }),
]
