import {
  endpointCreated,
  endpointListSchema,
  endpointRequest,
  endpointSchema,
  parcelEventPage,
  parcelEventSchema,
  webhookTestSchema,
  webhookTypes,
} from './carriers.ts'
import { describeMessage, idOf, instants } from './shapes.testing.ts'

const data = {
  parcel: idOf('parcel'),
  trackingNumber: 'SF1000000000001',
  sequence: 3,
  cabinet: idOf('cabinet'),
  deposit: idOf('deposit'),
  compartment: 'B07',
  reason: null,
}
const event = {
  specversion: '1.0',
  id: idOf('event'),
  source: 'https://cloud.example/carriers/sf',
  type: 'parcel.deposited',
  subject: idOf('parcel'),
  time: '2026-11-22T10:00:00.000Z',
  datacontenttype: 'application/json',
  data,
}

const strangeEnvelopes = [
  ['a version of CloudEvents that does not exist', { specversion: '2.0' }],
  ['a body of another kind', { datacontenttype: 'text/plain' }],
  ['a source without a name', { source: '' }],
  ['an id of another thing', { id: idOf('parcel') }],
] as const

describeMessage('an event to a carrier', {
  schema: parcelEventSchema,
  good: event,
  also: [
    ...webhookTypes.map((type) => [type, { type }] as const),
    ['one before any cabinet', { data: { ...data, cabinet: null, deposit: null, compartment: null } }],
    ['one with a reason', { data: { ...data, reason: 'damaged' } }],
  ],
  bad: [
    ...strangeEnvelopes,
    ['a type that no carrier was promised', { type: 'parcel.delivered' }],
    ['a parcel without a sequence', { data: { ...data, sequence: 0 } }],
    ['a phone in the data', { data: { ...data, phone: '+8613800000011' } }],
    ['a code in the data', { data: { ...data, code: '123456789' } }],
    ['an event about a deposit', { subject: idOf('deposit') }],
  ],
})

describeMessage('the trial of an endpoint', {
  schema: webhookTestSchema,
  good: { ...event, type: 'webhook.test', subject: idOf('endpoint'), data: { endpoint: idOf('endpoint') } },
  bad: [
    ...strangeEnvelopes,
    ['a real event’s type', { type: 'parcel.deposited' }],
    ['a parcel, of which a trial says nothing', { data }],
  ],
})

describeMessage('a page of events', {
  schema: parcelEventPage,
  good: { items: [event], next: '184.3' },
  also: [
    ['the last page', { next: null }],
    ['a page of none', { items: [], next: null }],
  ],
  bad: [
    ['a cursor that is a number', { next: 184 }],
    ['a trial among the history', { items: [{ ...event, type: 'webhook.test' }] }],
  ],
})

describeMessage('the wish for an endpoint', {
  schema: endpointRequest,
  good: { url: 'https://hooks.sf.example/holdfast', types: ['parcel.deposited', 'parcel.collected'] },
  optional: ['types'],
  also: [['no types: none are sent', { types: [] }]],
  bad: [
    ['no address', { url: '' }],
    ['an address beyond all measure', { url: `https://x.example/${'a'.repeat(500)}` }],
    ['a type that does not exist', { types: ['parcel.delivered'] }],
    ['one type without a list', { types: 'parcel.deposited' }],
    ['a secret of the caller’s own', { secret: 'whsec_mine' }],
  ],
})

const endpoint = {
  id: idOf('endpoint'),
  url: 'https://hooks.sf.example/holdfast',
  types: [...webhookTypes],
  disabledAt: null,
  lastDeliveredAt: instants.stored,
  waiting: 0,
}
describeMessage('an endpoint', {
  schema: endpointSchema,
  good: endpoint,
  also: [
    ['one that was switched off', { disabledAt: instants.due, waiting: 41 }],
    ['one that was never reached', { lastDeliveredAt: null }],
  ],
  bad: [
    ['a secret, which is shown once', { secret: 'whsec_x' }],
    ['a queue in words', { waiting: 'many' }],
  ],
})

describeMessage('a new endpoint', {
  schema: endpointCreated,
  good: { endpoint, secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' },
  bad: [
    ['a secret that no verifier would take', { secret: 'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' }],
    ['no endpoint', { endpoint: null }],
  ],
})

describeMessage('the list of endpoints', {
  schema: endpointListSchema,
  good: { items: [endpoint] },
  also: [['none', { items: [] }]],
  bad: [['secrets in the list', { items: [{ ...endpoint, secret: 'whsec_x' }] }]],
})
