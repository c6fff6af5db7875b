import { makeId } from '@holdfast/core/values/ids.ts'
import { base64FromBytes } from '@holdfast/wire/bytes/base64.ts'
import { keyParts } from '@holdfast/wire/seals/keys.ts'
import { at, nothingSent, type Row, signatureWrong, unknownParcel } from './routes.row.testing.ts'
import { seals } from './town.testing.ts'
import { mine } from './world.testing.ts'

const receipt = (channel: string): Row => ({
  ...nothingSent,
  make: ({ town }) =>
    at(`/v1/gateway/${channel}/receipts`, {
      message: makeId('message', town.clock.now(), seals.random(10)),
      outcome: 'delivered',
    }),
  ...signatureWrong,
})

/** What a phone or a gateway asks about a parcel after its deposit. */
export const phoneRows: Readonly<Record<string, Row>> = {
  'POST /v1/gateway/voice/receipts': receipt('voice'),
  'POST /v1/gateway/slip/receipts': receipt('slip'),
  'POST /v1/gateway/voice/replies': {
    ...nothingSent,
    make: () => at('/v1/gateway/voice/replies', { from: mine, text: '1', id: 'x' }),
    ...signatureWrong,
  },
  'POST /v1/courier/deposits/:deposit/recipient': {
    kind: 'courier',
    make: ({ cabinet, deposit }) =>
      at(`/v1/courier/deposits/${deposit}/recipient`, { cabinet, recipientPhone: mine, reason: 'wrong-digit' }),
    own: '200',
    other: unknownParcel,
  },
  'POST /v1/courier/deposits/:deposit/resend': {
    kind: 'courier',
    make: ({ cabinet, deposit }) => at(`/v1/courier/deposits/${deposit}/resend`, { cabinet, reason: 'other' }),
    own: '202',
    other: unknownParcel,
  },
  'POST /v1/recipient/parcels/:parcel/not-mine': {
    kind: 'recipient',
    make: async ({ announce }) => await at(`/v1/recipient/parcels/${await announce()}/not-mine`),
    own: '409 code-not-waiting',
    other: unknownParcel,
  },
  'POST /v1/recipient/parcels/:parcel/resend': {
    kind: 'recipient',
    make: async ({ announce }) => await at(`/v1/recipient/parcels/${await announce()}/resend`),
    own: '409 code-not-waiting',
    other: unknownParcel,
  },
  'GET /v1/recipient/inbox': { kind: 'recipient', make: () => at('/v1/recipient/inbox'), own: '200', other: '200' },
  'GET /v1/recipient/inbox/unread': {
    kind: 'recipient',
    make: () => at('/v1/recipient/inbox/unread'),
    own: '200',
    other: '200',
  },
  // Whose it is not marks nothing, and learns nothing (law 11).
  'POST /v1/recipient/inbox/read': {
    kind: 'recipient',
    make: ({ town }) =>
      at('/v1/recipient/inbox/read', { messages: [makeId('message', town.clock.now(), seals.random(10))] }),
    own: '202',
    other: '202',
  },
  'POST /v1/recipient/help': {
    kind: 'recipient',
    make: ({ cabinet }) => at('/v1/recipient/help', { cabinet, what: 'call-back' }),
    own: '202',
    other: '202',
  },
  'POST /v1/courier/help': {
    kind: 'courier',
    make: ({ cabinet }) => at('/v1/courier/help', { cabinet, what: 'shut-in' }),
    own: '202',
    other: '202',
  },
  'POST /v1/recipient/pickups': {
    kind: 'recipient',
    make: ({ cabinet, deposit }) => at('/v1/recipient/pickups', { cabinet, deposit }),
    own: '409 screen-works',
    other: '404 nothing-waiting',
  },
  'GET /v1/recipient/pickups/:cabinet/:order': {
    kind: 'recipient',
    make: ({ cabinet, town }) =>
      at(`/v1/recipient/pickups/${cabinet}/${makeId('order', town.clock.now(), seals.random(10))}`),
    own: '404 nothing-waiting',
    other: '404 nothing-waiting',
  },
  'GET /v1/recipient/handovers': {
    kind: 'recipient',
    make: () => at('/v1/recipient/handovers'),
    own: '200',
    other: '200',
  },
  'POST /v1/recipient/handovers': {
    kind: 'recipient',
    make: ({ cabinet, deposit }) => at('/v1/recipient/handovers', { cabinet, deposit }),
    own: '201',
    other: '404 nothing-waiting',
  },
  'POST /v1/recipient/handovers/claim': {
    kind: 'recipient',
    make: () => at('/v1/recipient/handovers/claim', { token: 'A'.repeat(22) }),
    own: '404 handover-gone',
    other: '404 handover-gone',
  },
  'POST /v1/recipient/handovers/take-back': {
    kind: 'recipient',
    make: ({ cabinet, deposit }) => at('/v1/recipient/handovers/take-back', { cabinet, deposit }),
    own: '200',
    other: '200',
  },
  'POST /v1/courier/certificates': {
    kind: 'courier',
    make: () => {
      const point = keyParts(seals.generate('p256').publicKey).bytes
      return at('/v1/courier/certificates', { key: base64FromBytes(point) })
    },
    own: '200',
    other: '200',
  },
  'POST /v1/courier/asks': {
    kind: 'courier',
    make: () => at('/v1/courier/asks', { bytes: 'AAAA' }),
    own: '422 carried-malformed',
    other: '422 carried-malformed',
  },
}
