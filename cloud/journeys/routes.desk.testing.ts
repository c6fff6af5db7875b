import { makeId } from '@holdfast/core/values/ids.ts'
import { at, type Row } from './routes.row.testing.ts'
import { seals } from './town.testing.ts'
import { mine, type World } from './world.testing.ts'

const token = 'a-token-that-nobody-gave'
const stranger = (world: World) => makeId('staff', world.town.clock.now(), seals.random(10))
const employed = (world: World) => ({ carrier: world.sf.carrier })

const place = {
  siteName: 'Quay',
  address: '9 Quay Road',
  zone: 'Asia/Seoul',
  retentionHours: 24,
  complaintPhone: '0571-1234567',
}

const tomorrow = (now: number) => ({ from: now + 86_400_000, to: now + 90_000_000, reason: 'power work' })

/** What an operator sets its house up with. */
export const deskRows: Readonly<Record<string, Row>> = {
  'POST /v1/operator/welcome/look': {
    kind: 'public',
    make: () => at('/v1/operator/welcome/look', { token }),
    own: '410 link-spent',
    other: '410 link-spent',
  },
  'POST /v1/operator/welcome': {
    kind: 'public',
    make: () => at('/v1/operator/welcome', { token, password: 'correct horse battery' }),
    own: '410 link-spent',
    other: '410 link-spent',
  },
  'GET /v1/operator/staff': {
    kind: 'staff',
    closedTo: 'viewer',
    make: () => at('/v1/operator/staff'),
    own: '200',
    other: '200',
  },
  'POST /v1/operator/staff': {
    kind: 'staff',
    make: (world) => at('/v1/operator/staff', { name: 'Kim', email: `${stranger(world)}@example.com`, role: 'viewer' }),
    own: '201',
    other: '201',
  },
  'POST /v1/operator/staff/:staff/reset': {
    kind: 'staff',
    make: (world) => at(`/v1/operator/staff/${stranger(world)}/reset`),
    own: '404 staff-unknown',
    other: '404 staff-unknown',
  },
  'PATCH /v1/operator/staff/:staff': {
    kind: 'staff',
    make: (world) => at(`/v1/operator/staff/${stranger(world)}`, { role: 'viewer' }),
    own: '404 staff-unknown',
    other: '404 staff-unknown',
  },
  'GET /v1/operator/carriers': { kind: 'staff', make: () => at('/v1/operator/carriers'), own: '200', other: '200' },
  'POST /v1/operator/carriers': {
    kind: 'staff',
    make: () => at('/v1/operator/carriers', { code: 'sf', name: 'SF' }),
    own: '409 carrier-code-taken',
    other: '409 carrier-code-taken',
  },
  'POST /v1/operator/carriers/:carrier/keys': {
    kind: 'staff',
    make: ({ sf }) => at(`/v1/operator/carriers/${sf.carrier}/keys`),
    own: '404 carrier-unknown',
    other: '404 carrier-unknown',
  },
  'DELETE /v1/operator/carriers/:carrier/keys/:key': {
    kind: 'staff',
    make: ({ sf, town }) =>
      at(`/v1/operator/carriers/${sf.carrier}/keys/${makeId('key', town.clock.now(), seals.random(10))}`),
    own: '404 carrier-unknown',
    other: '404 carrier-unknown',
  },
  'POST /v1/operator/carriers/:carrier/endpoints': {
    kind: 'staff',
    make: ({ sf }) => at(`/v1/operator/carriers/${sf.carrier}/endpoints`, { url: 'https://a.example/' }),
    own: '404 carrier-unknown',
    other: '404 carrier-unknown',
  },
  'DELETE /v1/operator/carriers/:carrier/endpoints/:endpoint': {
    kind: 'staff',
    make: async ({ sf, endpoint }) => await at(`/v1/operator/carriers/${sf.carrier}/endpoints/${await endpoint()}`),
    own: '404 carrier-unknown',
    other: '404 carrier-unknown',
  },
  'POST /v1/operator/carriers/:carrier/endpoints/:endpoint/test': {
    kind: 'staff',
    make: async ({ sf, endpoint }) =>
      await at(`/v1/operator/carriers/${sf.carrier}/endpoints/${await endpoint()}/test`),
    own: '404 carrier-unknown',
    other: '404 carrier-unknown',
  },
  'GET /v1/operator/couriers': { kind: 'staff', make: () => at('/v1/operator/couriers'), own: '200', other: '200' },
  'POST /v1/operator/couriers': {
    kind: 'staff',
    make: (world) =>
      at('/v1/operator/couriers', { phone: '+8613900000088', name: 'Li', employments: [employed(world)] }),
    own: '403 carrier-not-kept',
    other: '403 carrier-not-kept',
  },
  'POST /v1/operator/couriers/:person/employments': {
    kind: 'staff',
    make: (world) => at(`/v1/operator/couriers/${world.courier}/employments`, employed(world)),
    own: '404 courier-not-yours',
    other: '404 courier-not-yours',
  },
  'DELETE /v1/operator/couriers/:person/employments/:carrier': {
    kind: 'staff',
    make: ({ courier, sf }) => at(`/v1/operator/couriers/${courier}/employments/${sf.carrier}`),
    own: '403 carrier-not-kept',
    other: '403 carrier-not-kept',
  },
  'POST /v1/operator/parcels/:parcel/recipient': {
    kind: 'staff',
    make: ({ stored }) =>
      at(`/v1/operator/parcels/${stored}/recipient`, { recipientPhone: mine, reason: 'she called' }),
    own: '200',
    other: '404 parcel-unknown',
  },
  'POST /v1/operator/parcels/:parcel/resend': {
    kind: 'staff',
    make: ({ stored }) => at(`/v1/operator/parcels/${stored}/resend`, { reason: 'she called' }),
    // The courier's row has just had the same code told.
    own: '429 code-told-too-often',
    other: '404 parcel-unknown',
  },
  'GET /v1/operator/cabinets/:cabinet/settings': {
    kind: 'staff',
    make: ({ cabinet }) => at(`/v1/operator/cabinets/${cabinet}/settings`),
    own: '200',
    other: '404 cabinet-unknown',
  },
  'PATCH /v1/operator/cabinets/:cabinet/settings': {
    kind: 'staff',
    make: ({ cabinet }) => at(`/v1/operator/cabinets/${cabinet}/settings`, {}),
    own: '200',
    other: '404 cabinet-unknown',
  },
  'GET /v1/operator/cabinets/:cabinet/outages': {
    kind: 'staff',
    make: ({ cabinet }) => at(`/v1/operator/cabinets/${cabinet}/outages`),
    own: '200',
    other: '404 cabinet-unknown',
  },
  'POST /v1/operator/cabinets/:cabinet/outages': {
    kind: 'staff',
    make: ({ cabinet, town }) => at(`/v1/operator/cabinets/${cabinet}/outages`, tomorrow(town.clock.now())),
    own: '201',
    other: '404 cabinet-unknown',
  },
  'DELETE /v1/operator/cabinets/:cabinet/outages/:outage': {
    kind: 'staff',
    make: ({ cabinet, town }) =>
      at(`/v1/operator/cabinets/${cabinet}/outages/${makeId('outage', town.clock.now(), seals.random(10))}`),
    own: '404 outage-unknown',
    other: '404 outage-unknown',
  },
  'GET /v1/operator/cabinets/:cabinet/places': {
    kind: 'staff',
    make: ({ cabinet }) => at(`/v1/operator/cabinets/${cabinet}/places`),
    own: '200',
    other: '404 cabinet-unknown',
  },
  'POST /v1/operator/cabinets/:cabinet/places': {
    kind: 'staff',
    make: ({ cabinet }) => at(`/v1/operator/cabinets/${cabinet}/places`, { ...place, reason: 'r' }),
    own: '201',
    other: '404 cabinet-unknown',
  },
  'POST /v1/operator/cabinets/:cabinet/terminal': {
    kind: 'staff',
    make: ({ cabinet }) => at(`/v1/operator/cabinets/${cabinet}/terminal`, { reason: 'r' }),
    own: '201',
    other: '404 cabinet-unknown',
  },
}
