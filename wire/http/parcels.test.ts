import {
  announceRequest,
  consentRequest,
  correctRequest,
  courierDepositSchema,
  courierCorrectRequest,
  courierResendRequest,
  courierScanRequest,
  operatorCorrectRequest,
  operatorParcelSchema,
  operatorResendRequest,
  parcelSchema,
  parcelStates,
  parcelStorySchema,
  recallSchema,
  recipientParcelSchema,
  recipientParcelsSchema,
  resendReasons,
  timelineEntrySchema,
} from './parcels.ts'
import { describeMessage, digest, door, idOf, instants, place } from './shapes.testing.ts'

const states = parcelStates.map((state) => [state, { state }] as const)
const phone = '+8613800000011'
const dimensions = { widthMm: 300, heightMm: 200, depthMm: 100 }

describeMessage('an announcement', {
  schema: announceRequest,
  good: {
    trackingNumber: 'SF1000000000001',
    recipient: { phone, email: 'li@mail.example', locale: 'zh', lowDoor: true },
    size: 'M',
    dimensions,
    cabinet: idOf('cabinet'),
    freshFood: true,
    valuables: false,
    agreement: 'SF-2026-17',
  },
  optional: ['size', 'dimensions', 'cabinet', 'freshFood', 'valuables', 'agreement'],
  also: [
    ['a recipient with a phone alone', { recipient: { phone } }],
    ['a recipient with an e-mail alone', { recipient: { email: 'li@mail.example' } }],
    ['one of whom only the address is known', { recipient: {} }],
    ['one who reaches every door', { recipient: { phone, lowDoor: false } }],
  ],
  bad: [
    ['no tracking number', { trackingNumber: '' }],
    ['a tracking number of sixty-five letters', { trackingNumber: 'S'.repeat(65) }],
    ['no recipient', { recipient: undefined }],
    ['a phone that is none', { recipient: { phone: null } }],
    ['a name of the recipient, which nobody needs', { recipient: { phone, name: 'Li' } }],
    ['a low door by and by', { recipient: { phone, lowDoor: 'sometimes' } }],
    ['a parcel without height', { dimensions: { ...dimensions, heightMm: 0 } }],
    ['a parcel longer than a door is high', { dimensions: { ...dimensions, depthMm: 3001 } }],
    ['a size that no door has', { size: 'XXL' }],
    ['a state of the caller’s choice', { state: 'collected' }],
    ['an id of the caller’s choice', { id: idOf('parcel') }],
  ],
})

const parcel = {
  id: idOf('parcel'),
  trackingNumber: 'SF1000000000001',
  state: 'stored',
  recipientPhoneMasked: '+86 138****0011',
  locale: 'zh',
  size: 'M',
  cabinet: idOf('cabinet'),
  deposit: idOf('deposit'),
  consent: 'given',
  announcedAt: instants.announced,
  storedAt: instants.stored,
  dueAt: instants.due,
  endedAt: null,
  sequence: 4,
}
describeMessage('a parcel as its carrier sees it', {
  schema: parcelSchema,
  good: parcel,
  also: [
    ...states,
    ['one whose person is forgotten (law 14)', { recipientPhoneMasked: null, endedAt: instants.due }],
    ['one that was never announced', { announcedAt: null, size: null }],
    ['one nobody was asked about', { consent: 'none' }],
    ['one that somebody was asked about', { consent: 'asked' }],
    ['one that somebody declined', { consent: 'declined' }],
  ],
  bad: [
    ['a state that the parcel’s machine does not have', { state: 'delivered' }],
    ['the whole phone', { recipientPhone: phone }],
    ['a code', { code: '123456789' }],
    ['a sequence before the first event', { sequence: -1 }],
  ],
})

describeMessage('a correction', {
  schema: correctRequest,
  good: { recipientPhone: phone, size: 'L', dimensions },
  optional: ['recipientPhone', 'size', 'dimensions'],
  bad: [
    ['another tracking number', { trackingNumber: 'SF2' }],
    ['a phone of one digit', { recipientPhone: '1' }],
    ['half of the dimensions', { dimensions: { widthMm: 300 } }],
  ],
})

const mine = {
  id: idOf('parcel'),
  trackingNumber: 'SF1000000000001',
  carrierName: 'SF Express',
  state: 'stored',
  consent: 'given',
  place,
  door,
  deposit: idOf('deposit'),
  code: '012345678',
  storedAt: instants.stored,
  dueAt: instants.due,
  endedAt: null,
  complaintPhone: '+8640012345',
  cabinetOnline: true,
}
describeMessage('a parcel as its recipient sees it', {
  schema: recipientParcelSchema,
  good: mine,
  also: [
    ...states,
    ['one on its way', { place: null, door: null, deposit: null, code: null, storedAt: null, dueAt: null }],
    ['one whose code came by nobody yet', { code: null }],
    ['one behind a door that the cloud cannot reach', { cabinetOnline: false }],
  ],
  bad: [
    ['a code without its check digit', { code: '01234567' }],
    ['a code as it is shown', { code: '012 345 678' }],
    ['a code without its leading zero', { code: 12_345_678 }],
    ['the phone of the courier', { courierPhone: phone }],
  ],
})

describeMessage('a recipient’s parcels', {
  schema: recipientParcelsSchema,
  good: { waiting: [mine], expected: [], past: [{ ...mine, state: 'collected', code: null }] },
  bad: [
    ['one heap', { waiting: null }],
    ['somebody else’s form among them', { past: [parcel] }],
  ],
})

describeMessage('a consent', {
  schema: consentRequest,
  good: { accept: true },
  also: [['no', { accept: false }]],
  bad: [
    ['neither yes nor no', { accept: null }],
    ['a word', { accept: 'yes' }],
  ],
})

describeMessage('a recall', {
  schema: recallSchema,
  good: {
    deposit: idOf('deposit'),
    parcels: [{ id: idOf('parcel'), trackingNumber: 'SF1000000000001' }],
    why: 'overdue',
    since: instants.due,
    place,
    door,
  },
  also: [['a refused one', { why: 'refused' }]],
  bad: [
    ['a reason of the courier’s own', { why: 'wanted' }],
    ['a deposit behind no door', { door: null }],
    ['whom it was for', { phone }],
  ],
})

describeMessage('a deposit of a courier’s day', {
  schema: courierDepositSchema,
  good: {
    deposit: idOf('deposit'),
    parcels: [{ trackingNumber: 'SF1000000000001', digest }],
    place,
    door,
    madeAt: instants.stored,
    state: 'stored',
    notMine: false,
    notice: 'delivered',
  },
  also: [
    ...states,
    ...['none', 'queued', 'sent', 'undeliverable'].map((notice) => [`a notice: ${notice}`, { notice }] as const),
  ],
  bad: [
    ['a doubt about whose it is', { notMine: null }],
    ['a notice that was read over a shoulder', { notice: 'read' }],
    ['the recipient’s code, which no courier sees', { code: '012345678' }],
    ['a digest in capitals', { parcels: [{ trackingNumber: 'SF1', digest: digest.toUpperCase() }] }],
  ],
})

describeMessage('a scan by phone', {
  schema: courierScanRequest,
  good: { text: 'SF1000000000001' },
  bad: [
    ['nothing read', { text: '' }],
    ['more than a label holds', { text: 'S'.repeat(301) }],
  ],
})

const seen = {
  id: idOf('parcel'),
  trackingNumber: 'SF1000000000001',
  carrierName: 'SF Express',
  state: 'stored',
  reference: '3F2A-91BC',
  recipientPhoneMasked: '+86 138****0011',
  place,
  door,
  storedAt: instants.stored,
  dueAt: instants.due,
  changedAt: instants.stored,
}
describeMessage('a parcel as staff see it', {
  schema: operatorParcelSchema,
  good: seen,
  also: [...states, ['one that is nowhere yet', { place: null, door: null, storedAt: null, dueAt: null }]],
  bad: [
    ['its code, which opens for its owner alone', { code: '012345678' }],
    ['the whole phone', { phone }],
  ],
})

const told = { at: instants.stored, source: 'cabinet', type: 'depositMade', seq: 812, detail: { by: 'person' } }
describeMessage('a line of a parcel’s story', {
  schema: timelineEntrySchema,
  good: told,
  also: [
    ...['cloud', 'notice', 'webhook'].map((source) => [source, { source, seq: null }] as const),
    ['what is true, counted, or not there', { detail: { inside: true, tries: 3, door: null } }],
  ],
  bad: [
    ['a journal number before the first', { seq: 0 }],
    ['a story within the story', { detail: { parcel: { id: idOf('parcel') } } }],
    ['hearsay', { source: 'neighbour' }],
  ],
})

describeMessage('a parcel’s story', {
  schema: parcelStorySchema,
  good: { parcel: seen, timeline: [told] },
  also: [['one that has not begun', { timeline: [] }]],
  bad: [['a line that says nothing', { timeline: [{}] }]],
})

describeMessage('a phone corrected by the courier', {
  schema: courierCorrectRequest,
  good: { cabinet: idOf('cabinet'), recipientPhone: phone, reason: 'wrong-digit' },
  also: resendReasons.map((reason) => [`because: ${reason}`, { reason }] as const),
  bad: [
    ['a reason of the courier’s own', { reason: 'She waved at me' }],
    ['no phone', { recipientPhone: '' }],
    ['a cabinet by its name', { cabinet: 'North Gate' }],
    ['a code of the caller’s choice', { code: '123456785' }],
  ],
})

describeMessage('a message asked for again by the courier', {
  schema: courierResendRequest,
  good: { cabinet: idOf('cabinet'), reason: 'recipient-asked' },
  also: resendReasons.map((reason) => [`because: ${reason}`, { reason }] as const),
  bad: [
    ['another phone than the parcel’s', { recipientPhone: phone }],
    ['a wrong digit, which the same phone does not mend', { reason: 'wrong-digit' }],
  ],
})

const reasons = [
  ['a reason that explains nothing', { reason: 'ok' }],
  ['a reason longer than a message', { reason: 'r'.repeat(201) }],
] as const

describeMessage('a phone corrected by the operator', {
  schema: operatorCorrectRequest,
  good: { recipientPhone: phone, reason: 'She called and read out the waybill' },
  bad: [...reasons, ['no phone', { recipientPhone: '' }]],
})

describeMessage('a message asked for again by the operator', {
  schema: operatorResendRequest,
  good: { reason: 'She called and read out the waybill' },
  bad: reasons,
})
