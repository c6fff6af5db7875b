import Type from 'typebox'
import { closed } from '../../journal/fields.ts'
import { describeMessage, idOf, instants } from '../shapes.testing.ts'
import { courierPage, courierQuery, courierRequest, courierRowSchema, employmentRequest } from './couriers.ts'
import { carrierRequest, endpointTestSchema, keyCreated } from './carriers.ts'
import { placeRequest, placementList, placementSchema, terminalClaim, terminalRequest } from './moving.ts'
import { outageRequest, plannedOutageList, plannedOutageSchema } from './outages.ts'
import { cabinetSettingsSchema, settingsChange } from './settings.ts'

const employment = {
  carrier: idOf('carrier'),
  carrierName: 'SF Express',
  outlet: null,
  from: instants.announced,
  until: null,
}
const row = { person: idOf('person'), name: 'Lee', phoneMasked: '138******78', employments: [employment] }

describeMessage('a courier of the house', {
  schema: courierRowSchema,
  good: row,
  also: [
    ['one without a name', { name: null }],
    ['one who works for nobody now', { employments: [] }],
    ['one who stops one day', { employments: [{ ...employment, outlet: 'East', until: instants.due }] }],
  ],
  bad: [
    ['a whole phone by another name', { phone: '+8613812345678' }],
    ['an employment without a beginning', { employments: [{ ...employment, from: null }] }],
    ['an empty name', { name: '' }],
  ],
})

describeMessage('a page of couriers', {
  schema: courierPage,
  good: { items: [row], next: null },
  bad: [['a courier who is nobody', { items: [{}] }]],
})

describeMessage('a search for couriers', {
  // Queries are closed by the cloud's validator, not by their schema.
  schema: Type.Object(courierQuery.properties, closed),
  good: { after: 'x', limit: 50, search: 'Lee' },
  optional: ['after', 'limit', 'search'],
  also: [
    ['a page of one', { limit: 1 }],
    ['a page of 200', { limit: 200 }],
  ],
  bad: [
    ['a page of none', { limit: 0 }],
    ['a page of 201', { limit: 201 }],
    ['half a page', { limit: 0.5 }],
    ['a search for nothing', { search: '' }],
    ['a search of 65 letters', { search: 'a'.repeat(65) }],
    ['a cursor of 201 letters', { after: 'a'.repeat(201) }],
  ],
})

const employmentAsked = { carrier: idOf('carrier'), outlet: 'East', from: instants.announced, until: instants.due }
describeMessage('an employment that begins', {
  schema: employmentRequest,
  good: employmentAsked,
  optional: ['outlet', 'from', 'until'],
  bad: [
    ['an outlet without a name', { outlet: '' }],
    ['a day as text', { from: '2026-11-23' }],
    ['no carrier', { carrier: '' }],
  ],
})

describeMessage('a courier who begins', {
  schema: courierRequest,
  good: { phone: '+8613812345678', name: 'Lee', locale: 'zh', employments: [employmentAsked] },
  optional: ['locale'],
  also: [
    ['ten carriers', { employments: Array.from({ length: 10 }, () => employmentAsked) }],
    ['a phone as people write it', { phone: '138 1234 5678' }],
  ],
  bad: [
    ['no carrier', { employments: [] }],
    ['eleven carriers', { employments: Array.from({ length: 11 }, () => employmentAsked) }],
    ['a phone of two digits', { phone: '12' }],
    ['no name', { name: '' }],
    ['a language with its country', { locale: 'zh-CN' }],
  ],
})

describeMessage('a carrier that is made', {
  schema: carrierRequest,
  good: { code: 'sf-express', name: 'SF Express' },
  bad: [
    ['no name', { name: '' }],
    ['a name of 81 letters', { name: 'a'.repeat(81) }],
    ['a code of nothing', { code: '' }],
    ['a code with a space', { code: 'sf express' }],
  ],
})

describeMessage('a key that is shown once', {
  schema: keyCreated,
  good: { id: idOf('key'), key: 'hfk_x' },
  bad: [
    ['no key', { key: '' }],
    ['a carrier for a key', { id: idOf('carrier') }],
  ],
})

describeMessage('what an endpoint answered to a test', {
  schema: endpointTestSchema,
  good: {
    accepted: true,
    status: 204,
    problem: null,
    tookMs: 12,
    sent: { id: 'evt_1', timestamp: '1800000000', signature: 'v1,abc' },
  },
  also: [['one that was not reached', { accepted: false, status: null, problem: 'ECONNREFUSED' }]],
  bad: [
    ['an answer before the question', { tookMs: -1 }],
    ['the secret that signed it', { sent: { id: 'e', timestamp: '1', signature: 'v1,a', secret: 'whsec_x' } }],
    ['a status as text', { status: '204' }],
  ],
})

const place = {
  siteName: 'North Gate',
  address: '1 Harbour Road',
  zone: 'Asia/Seoul',
  retentionHours: 24,
  complaintPhone: '1588',
  addressAlias: 'Locker 7',
  directions: '20 m left of the entrance',
  position: { latitude: 37.5665, longitude: 126.978 },
  hours: 'day and night',
  reason: 'the shop closed',
}
const hoursBad = [
  ['no time to collect', { retentionHours: 0 }],
  ['more than sixty days', { retentionHours: 1441 }],
  ['half an hour', { retentionHours: 0.5 }],
] as const
const waysBad = [
  ['directions of 201 letters', { directions: 'l'.repeat(201) }],
  ['a position beyond the pole', { position: { latitude: 90.5, longitude: 0 } }],
  ['a position beyond the date line', { position: { latitude: 0, longitude: -181 } }],
  ['half a position', { position: { latitude: 1 } }],
  ['a position as text', { position: '37.5665, 126.9780' }],
] as const
describeMessage('a new place for a cabinet', {
  schema: placeRequest,
  good: place,
  optional: ['addressAlias', 'directions', 'position', 'hours'],
  also: [
    ['an hour', { retentionHours: 1 }],
    ['sixty days', { retentionHours: 1440 }],
  ],
  bad: [
    ...hoursBad,
    ['nobody’s reason', { reason: '' }],
    ['a nameless site', { siteName: '' }],
    ['an alias of 121 letters', { addressAlias: 'a'.repeat(121) }],
    ...waysBad,
    ['nobody to call', { complaintPhone: '' }],
  ],
})

const { reason, hours, ...fields } = place
const placement = { ...fields, hours, from: instants.announced, until: instants.due, reason }
describeMessage('where a cabinet stood', {
  schema: placementSchema,
  good: placement,
  optional: ['addressAlias', 'directions', 'position'],
  also: [['where it stands', { until: null, hours: null, reason: null }]],
  bad: [...hoursBad, ...waysBad, ['no beginning', { from: null }]],
})
describeMessage('where a cabinet stood and stands', {
  schema: placementList,
  good: { items: [placement] },
  bad: [['one place that is none', { items: [{}] }]],
})

describeMessage('a new terminal', {
  schema: terminalRequest,
  good: { reason: 'the disk died', layout: { version: 1, bodies: [], compartments: [] } },
  optional: ['layout'],
  bad: [
    ['nobody’s reason', { reason: '' }],
    ['a layout without doors’ list', { layout: { version: 1, bodies: [] } }],
    ['an incarnation that one chooses', { incarnation: idOf('incarnation') }],
  ],
})
describeMessage('the claim of a new terminal', {
  schema: terminalClaim,
  good: { cabinet: idOf('cabinet'), claimToken: 'hfc_x', expiresAt: instants.due },
  bad: [['no token', { claimToken: '' }]],
})

describeMessage('what the staff has set at a cabinet', {
  schema: cabinetSettingsSchema,
  good: { screenOut: true, night: null },
  bad: [
    ['a claim that is no claim', { screenOut: 1 }],
    ['a night that is a word', { night: 'dark' }],
  ],
})
describeMessage('a change of what is set', {
  schema: settingsChange,
  good: { screenOut: false, night: null },
  optional: ['screenOut', 'night'],
  bad: [['no claim', { screenOut: null }]],
})

describeMessage('an outage that is planned', {
  schema: outageRequest,
  good: { from: instants.announced, to: instants.due, reason: 'power work' },
  bad: [
    ['one without a reason', { reason: '' }],
    ['one from a text', { from: '2026-11-23T08:00' }],
    ['one before all time', { from: -1 }],
    ['half a millisecond', { to: 1.5 }],
    ['a reason of 201 letters', { reason: 'a'.repeat(201) }],
  ],
})

const plannedOutage = {
  outage: idOf('outage'),
  from: instants.announced,
  to: instants.due,
  reason: 'power work',
  by: 'Ann',
  plannedAt: instants.announced,
  cancelledAt: null,
  cancelledBy: null,
}
describeMessage('a planned outage', {
  schema: plannedOutageSchema,
  good: plannedOutage,
  also: [['one that was called off', { cancelledAt: instants.due, cancelledBy: 'Kim' }]],
  bad: [
    ['one that nobody planned', { by: null }],
    ['one of another kind of id', { outage: idOf('order') }],
  ],
})

describeMessage('the planned outages of a cabinet', {
  schema: plannedOutageList,
  good: { items: [plannedOutage] },
  also: [['none', { items: [] }]],
  bad: [['one that is nothing', { items: [{}] }]],
})
