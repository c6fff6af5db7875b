import { makeId } from '@holdfast/core/values/ids.ts'
import { instant } from '@holdfast/core/values/instants.ts'
import { testLayout, testRequest } from '../cabinets/cabinets.testing.ts'
import { seals } from './town.testing.ts'
import { alertRows } from './routes.alerts.testing.ts'
import { deskRows } from './routes.desk.testing.ts'
import { phoneRows } from './routes.phones.testing.ts'
import { undeliveredRows } from './routes.undelivered.testing.ts'
import { at, type Row, unknownParcel } from './routes.row.testing.ts'
import { mine } from './world.testing.ts'

const noCabinet = makeId('cabinet', instant(0), new Uint8Array(10))
const noHold = makeId('order', instant(0), new Uint8Array(10))
/** A screen belongs to the first who answers it: one for each audience. */
const nonce = 'ab'.repeat(16)
const courierNonce = 'cd'.repeat(16)
const phoneBody = (audience: string) => ({ phone: '+8613800000099', audience })

/** One row for each declared route: a new route without a row fails the test that reads this. */
export const rows: Readonly<Record<string, Row>> = {
  ...phoneRows,
  ...deskRows,
  'POST /v1/sign-in/codes': {
    kind: 'public',
    make: () => at('/v1/sign-in/codes', phoneBody('courier')),
    own: '202',
    other: '202',
  },
  'POST /v1/sign-in': {
    kind: 'public',
    make: () => at('/v1/sign-in', { ...phoneBody('courier'), code: '000000' }),
    own: '401 sign-in-code-wrong',
    other: '401 sign-in-code-wrong',
  },
  'POST /v1/operator/sign-in': {
    kind: 'public',
    make: () => at('/v1/operator/sign-in', { email: 'nobody@x.example', password: 'x' }),
    own: '401 sign-in-failed',
    other: '401 sign-in-failed',
  },
  'POST /v1/cabinets/enrol': {
    kind: 'public',
    make: () => at('/v1/cabinets/enrol', { claimToken: 'none', publicKey: seals.generate('p256').publicKey }),
    own: '404 claim-unknown',
    other: '404 claim-unknown',
  },
  'POST /v1/gateway/sms/receipts': {
    kind: 'public',
    make: ({ town }) =>
      at('/v1/gateway/sms/receipts', {
        message: makeId('message', town.clock.now(), seals.random(10)),
        outcome: 'delivered',
      }),
    own: '401 signature-wrong',
    other: '401 signature-wrong',
  },
  'POST /v1/gateway/sms/replies': {
    kind: 'public',
    make: () => at('/v1/gateway/sms/replies', { from: mine, text: 'Y', id: 'x' }),
    own: '401 signature-wrong',
    other: '401 signature-wrong',
  },
  'GET /k': { kind: 'public', make: () => at('/k'), own: '302', other: '302' },

  'POST /v1/parcels': {
    kind: 'carrier',
    make: () => at('/v1/parcels', { trackingNumber: 'SF3999999999999', recipient: { phone: mine } }),
    own: '201',
    other: '201',
  },
  'GET /v1/parcels': {
    kind: 'carrier',
    make: () => at('/v1/parcels?trackingNumber=SF3000000000001'),
    own: '200',
    other: unknownParcel,
  },
  'GET /v1/parcels/:parcel': {
    kind: 'carrier',
    make: ({ stored }) => at(`/v1/parcels/${stored}`),
    own: '200',
    other: unknownParcel,
  },
  'PATCH /v1/parcels/:parcel': {
    kind: 'carrier',
    make: async ({ announce }) => await at(`/v1/parcels/${await announce()}`, { size: 'L' }),
    own: '200',
    other: unknownParcel,
  },
  'POST /v1/parcels/:parcel/cancel': {
    kind: 'carrier',
    make: async ({ announce }) => await at(`/v1/parcels/${await announce()}/cancel`),
    own: '200',
    other: unknownParcel,
  },
  'POST /v1/parcels/:parcel/returned': {
    kind: 'carrier',
    make: ({ stored }) => at(`/v1/parcels/${stored}/returned`),
    own: '409 parcel-already-stored',
    other: unknownParcel,
  },
  'GET /v1/events': { kind: 'carrier', make: () => at('/v1/events'), own: '200', other: '200' },
  'GET /v1/webhook-endpoints': { kind: 'carrier', make: () => at('/v1/webhook-endpoints'), own: '200', other: '200' },
  'POST /v1/webhook-endpoints': {
    kind: 'carrier',
    make: async ({ endpoint }) => {
      await endpoint()
      return { url: '/v1/webhook-endpoints', body: { url: 'https://a.example/' } }
    },
    own: '201',
    other: '201',
  },
  'DELETE /v1/webhook-endpoints/:endpoint': {
    kind: 'carrier',
    make: async ({ endpoint }) => await at(`/v1/webhook-endpoints/${await endpoint()}`),
    own: '204',
    other: '404 endpoint-unknown',
  },
  'POST /v1/webhook-endpoints/:endpoint/test': {
    kind: 'carrier',
    make: async ({ endpoint }) => await at(`/v1/webhook-endpoints/${await endpoint()}/test`),
    own: '202',
    other: '404 endpoint-unknown',
  },

  'GET /v1/recipient/me': { kind: 'recipient', make: () => at('/v1/recipient/me'), own: '200', other: '200' },
  'PATCH /v1/recipient/me': { kind: 'recipient', make: () => at('/v1/recipient/me', {}), own: '200', other: '200' },
  'GET /v1/recipient/parcels': { kind: 'recipient', make: () => at('/v1/recipient/parcels'), own: '200', other: '200' },
  'POST /v1/recipient/parcels/:parcel/consent': {
    kind: 'recipient',
    make: async ({ announce }) => await at(`/v1/recipient/parcels/${await announce()}/consent`, { accept: true }),
    own: '200',
    other: unknownParcel,
  },
  'POST /v1/recipient/parcels/:parcel/new-code': {
    kind: 'recipient',
    make: ({ stored }) => at(`/v1/recipient/parcels/${stored}/new-code`),
    own: '202',
    other: unknownParcel,
  },
  'POST /v1/recipient/kiosk-scans': {
    kind: 'recipient',
    make: ({ cabinet }) => at('/v1/recipient/kiosk-scans', { cabinet, nonce }),
    own: '200',
    other: '200',
  },
  'POST /v1/recipient/pickup-grants': {
    kind: 'recipient',
    make: ({ cabinet, deposit }) => at('/v1/recipient/pickup-grants', { cabinet, deposit, nonce, number: '42' }),
    own: '200',
    other: '404 nothing-waiting',
  },
  'POST /v1/recipient/sign-out': {
    kind: 'recipient',
    make: () => at('/v1/recipient/sign-out'),
    own: '204',
    other: '204',
  },

  'GET /v1/courier/me': { kind: 'courier', make: () => at('/v1/courier/me'), own: '200', other: '200' },
  'GET /v1/courier/recalls': { kind: 'courier', make: () => at('/v1/courier/recalls'), own: '200', other: '200' },
  'GET /v1/courier/deposits': { kind: 'courier', make: () => at('/v1/courier/deposits'), own: '200', other: '200' },
  'GET /v1/courier/cabinets': { kind: 'courier', make: () => at('/v1/courier/cabinets'), own: '200', other: '200' },
  'POST /v1/courier/holds': {
    kind: 'courier',
    make: ({ sf }) => at('/v1/courier/holds', { cabinet: noCabinet, carrier: sf.carrier, size: 'M' }),
    own: '404 cabinet-not-there',
    other: '403 carrier-not-yours',
  },
  'POST /v1/courier/holds/:hold/give-back': {
    kind: 'courier',
    make: () => at(`/v1/courier/holds/${noHold}/give-back`),
    own: '404 hold-unknown',
    other: '404 hold-unknown',
  },
  'GET /v1/courier/round': { kind: 'courier', make: () => at('/v1/courier/round'), own: '200', other: '200' },
  'POST /v1/courier/round': {
    kind: 'courier',
    make: ({ cabinet, sf }) => at('/v1/courier/round', { cabinet, carrier: sf.carrier, numbers: ['SF3000000000001'] }),
    own: '200',
    other: '403 carrier-not-yours',
  },
  'POST /v1/courier/round/ask': {
    kind: 'courier',
    make: () => at('/v1/courier/round/ask'),
    own: '200',
    other: '200',
  },
  'POST /v1/courier/round/:parcel/elsewhere': {
    kind: 'courier',
    make: ({ stored, cabinet }) => at(`/v1/courier/round/${stored}/elsewhere`, { cabinet }),
    own: '404 not-on-the-list',
    other: '404 not-on-the-list',
  },
  'POST /v1/courier/round/:parcel/drop': {
    kind: 'courier',
    make: ({ stored }) => at(`/v1/courier/round/${stored}/drop`),
    own: '200',
    other: '200',
  },
  'POST /v1/courier/kiosk-scans': {
    kind: 'courier',
    make: ({ cabinet }) => at('/v1/courier/kiosk-scans', { cabinet, nonce }),
    own: '200',
    other: '200',
  },
  'POST /v1/courier/kiosk-sign-ins': {
    kind: 'courier',
    make: ({ cabinet, sf }) =>
      at('/v1/courier/kiosk-sign-ins', { cabinet, nonce: courierNonce, number: '42', carrier: sf.carrier }),
    own: '200',
    other: '403 not-employed',
  },
  'POST /v1/courier/scans': {
    kind: 'courier',
    make: () => at('/v1/courier/scans', { text: 'SF1' }),
    own: '409 no-kiosk-session',
    other: '409 no-kiosk-session',
  },
  'POST /v1/courier/pictures': {
    kind: 'courier',
    make: () => at('/v1/courier/pictures', { jpeg: '_9gBAgP_2Q' }),
    own: '409 no-kiosk-session',
    other: '409 no-kiosk-session',
  },
  'POST /v1/courier/carried': {
    kind: 'courier',
    make: () => at('/v1/courier/carried', { kind: 'facts', bytes: 'AAAA' }),
    own: '422 carried-malformed',
    other: '422 carried-malformed',
  },
  'POST /v1/courier/sign-out': { kind: 'courier', make: () => at('/v1/courier/sign-out'), own: '204', other: '204' },

  'GET /v1/operator/me': { kind: 'staff', make: () => at('/v1/operator/me'), own: '200', other: '200' },
  'GET /v1/operator/cabinets': { kind: 'staff', make: () => at('/v1/operator/cabinets'), own: '200', other: '200' },
  'POST /v1/operator/cabinets': {
    kind: 'staff',
    make: () => at('/v1/operator/cabinets', testRequest(testLayout(2, 7), 'Cabinet 7')),
    own: '201',
    other: '201',
  },
  'GET /v1/operator/cabinets/:cabinet': {
    kind: 'staff',
    make: ({ cabinet }) => at(`/v1/operator/cabinets/${cabinet}`),
    own: '200',
    other: '404 cabinet-unknown',
  },
  'GET /v1/operator/cabinets/:cabinet/journal': {
    kind: 'staff',
    make: ({ cabinet }) => at(`/v1/operator/cabinets/${cabinet}/journal`),
    own: '200',
    other: '404 cabinet-unknown',
  },
  'POST /v1/operator/cabinets/:cabinet/orders': {
    kind: 'staff',
    make: ({ cabinet, door }) =>
      at(`/v1/operator/cabinets/${cabinet}/orders`, { kind: 'open', compartment: door, epoch: 1, reason: 'r' }),
    own: '202',
    other: '404 cabinet-unknown',
  },
  'POST /v1/operator/cabinets/:cabinet/pictures': {
    kind: 'staff',
    make: ({ cabinet }) => at(`/v1/operator/cabinets/${cabinet}/pictures`, { jpeg: '_9gBAgP_2Q' }),
    own: '201',
    other: '404 cabinet-unknown',
  },
  'GET /v1/operator/cabinets/:cabinet/pictures/:picture': {
    kind: 'staff',
    make: ({ cabinet }) => at(`/v1/operator/cabinets/${cabinet}/pictures/${'0'.repeat(64)}`),
    own: '404 picture-unknown',
    other: '404 picture-unknown',
  },
  'GET /v1/operator/orders/:order': {
    kind: 'staff',
    make: async ({ order }) => await at(`/v1/operator/orders/${await order()}`),
    own: '200',
    other: '404 order-unknown',
  },
  ...alertRows,
  'GET /v1/operator/parcels': { kind: 'staff', make: () => at('/v1/operator/parcels'), own: '200', other: '200' },
  'GET /v1/operator/parcels/:parcel': {
    kind: 'staff',
    make: ({ stored }) => at(`/v1/operator/parcels/${stored}`),
    own: '200',
    other: '404 not-found',
  },
  ...undeliveredRows,
  'GET /v1/live': { kind: 'staff', make: () => at('/v1/live'), own: '200', other: '200', stream: true },
  'POST /v1/operator/sign-out': { kind: 'staff', make: () => at('/v1/operator/sign-out'), own: '204', other: '204' },
}

export const methodOf = (name: string) => name.split(' ')[0] as 'GET' | 'POST' | 'PATCH' | 'DELETE'
