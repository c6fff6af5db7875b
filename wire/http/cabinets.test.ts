import {
  cabinetCreated,
  cabinetCreateRequest,
  cabinetSummarySchema,
  cabinetViewSchema,
  compartmentViewSchema,
  enrolReply,
  enrolRequest,
  orderRequest,
  orderViewSchema,
} from './cabinets.ts'
import { describeMessage, idOf, instants, place } from './shapes.testing.ts'

const lock = { line: 'main', board: 1, channel: 1 }
const compartment = {
  id: idOf('compartment'),
  label: 'A01',
  body: 0,
  size: 'S',
  inside: { widthMm: 340, heightMm: 100, depthMm: 460 },
  front: { xMm: 0, yMm: 0, widthMm: 400, heightMm: 120 },
  lock,
  witness: 'leaf',
}
const layout = {
  version: 1,
  bodies: [{ kind: 'mainCabinet', widthMm: 900, heightMm: 2000 }],
  compartments: [compartment],
}

const summary = {
  ...place,
  enrolled: true,
  online: true,
  lastHeardAt: instants.stored,
  doors: 18,
  free: 9,
  loaded: 7,
  open: 1,
  suspect: 1,
  retired: 1,
  openAlerts: 2,
  journal: 'ok',
}

describeMessage('a cabinet in the list', {
  schema: cabinetSummarySchema,
  good: summary,
  also: [
    ['one that was never heard', { enrolled: false, online: false, lastHeardAt: null }],
    ['one whose journal is full', { journal: 'full' }],
    ['one whose disk fails', { journal: 'failing' }],
  ],
  bad: [
    ['half a door', { doors: 18.5 }],
    ['a journal of no known standing', { journal: 'fine' }],
    ['a claim token, which is shown once and elsewhere', { claimToken: 'abc' }],
  ],
})

describeMessage('a compartment on the dashboard', {
  schema: compartmentViewSchema,
  good: {
    id: idOf('compartment'),
    label: 'B07',
    size: 'M',
    epoch: 4,
    use: 'loaded',
    suspicion: null,
    door: 'shut',
    deposit: idOf('deposit'),
    since: instants.stored,
  },
  also: [
    ...['free', 'held', 'loaded', 'suspect', 'retired'].map((use) => [use, { use }] as const),
    ...['shut', 'unlatched', 'open', 'stuck', 'unseen'].map((position) => [position, { door: position }] as const),
    ['one that nobody has used', { deposit: null, since: null, epoch: 0 }],
    ['one with a doubt', { use: 'suspect', suspicion: 'opened-without-cause' }],
  ],
  bad: [
    ['a use that core does not know', { use: 'broken' }],
    ['an epoch before the first', { epoch: -1 }],
    ['an epoch that a grant cannot carry', { epoch: 2 ** 32 }],
    ['a size that no door has', { size: 'XXL' }],
    ['a label for a whole wall', { label: 'B07-upper-left' }],
    ['a code', { code: '123456789' }],
  ],
})

describeMessage('a cabinet on the dashboard', {
  schema: cabinetViewSchema,
  good: {
    summary,
    layout,
    compartments: [],
    incarnation: idOf('incarnation'),
    head: 812,
    watermark: 811,
    silentLines: ['main'],
  },
  also: [['one that has not enrolled', { incarnation: null, head: 0, watermark: 0, silentLines: [] }]],
  bad: [
    ['a layout with a lock of no board', { layout: { ...layout, compartments: [{ ...compartment, lock: {} }] } }],
    ['a silent line without a name', { silentLines: [''] }],
  ],
})

const wanted = {
  name: 'North gate',
  siteName: '云景花园',
  address: '12 Willow Road, Hangzhou',
  zone: 'Asia/Shanghai',
  retentionHours: 72,
  complaintPhone: '+8640012345',
  layout,
}
describeMessage('the wish for a cabinet', {
  schema: cabinetCreateRequest,
  good: wanted,
  also: [
    ['an hour of keeping', { retentionHours: 1 }],
    ['sixty days of keeping', { retentionHours: 1440 }],
  ],
  bad: [
    ['a cabinet that keeps nothing', { retentionHours: 0 }],
    ['a cabinet that keeps for ever', { retentionHours: 1441 }],
    ['no name', { name: '' }],
    ['no number to complain to', { complaintPhone: '' }],
    ['a board that no bus can address', { layout: withLock({ ...lock, board: 256 }) }],
    ['a channel that no board has', { layout: withLock({ ...lock, channel: -1 }) }],
    ['more doors than a cabinet may have', { layout: { ...layout, compartments: Array(501).fill(compartment) } }],
  ],
})

function withLock(other: object) {
  return { ...layout, compartments: [{ ...compartment, lock: other }] }
}

describeMessage('a cabinet that was created', {
  schema: cabinetCreated,
  good: { cabinet: idOf('cabinet'), claimToken: 'f3b0' },
  bad: [['an empty claim token', { claimToken: '' }]],
})

const open = { kind: 'open', compartment: idOf('compartment'), epoch: 4, reason: 'the recipient has lost the phone' }
describeMessage('an order to a door', {
  schema: orderRequest,
  good: open,
  also: [
    ['to retire', { kind: 'retire' }],
    ['to restore', { kind: 'restore' }],
    ['what was seen inside: nothing', { kind: 'inspect', seen: 'empty' }],
    ['what was seen inside: a parcel', { kind: 'inspect', seen: 'parcel-inside' }],
  ],
  bad: [
    ['an order without a reason', { reason: '' }],
    ['a look that saw nothing in particular', { kind: 'inspect' }],
    ['a look that saw something else', { kind: 'inspect', seen: 'cat' }],
    ['an opening that claims to have seen', { seen: 'empty' }],
    ['all doors at once', { kind: 'open-all' }],
    ['a door by its label', { compartment: 'B07' }],
    ['a cabinet in the door’s place', { compartment: idOf('cabinet') }],
  ],
})

describeMessage('an order on the dashboard', {
  schema: orderViewSchema,
  good: {
    order: idOf('order'),
    cabinet: idOf('cabinet'),
    compartment: idOf('compartment'),
    kind: 'open',
    state: 'refused',
    reason: 'the recipient has lost the phone',
    refusal: 'order-stale-epoch',
    staffName: 'Wang Fang',
    askedAt: instants.announced,
    answeredAt: instants.stored,
  },
  also: [
    ...['asked', 'sent', 'accepted', 'opened', 'not-opened', 'unknown', 'done', 'unanswered'].map(
      (state) => [state, { state, refusal: null, answeredAt: null }] as const,
    ),
    ['one about no door', { compartment: null }],
  ],
  bad: [
    ['an outcome that no law knows', { state: 'probably-opened' }],
    ['an order of nobody', { staffName: '' }],
  ],
})

describeMessage('a cabinet’s enrolment', {
  schema: enrolRequest,
  good: { claimToken: 'f3b0', publicKey: 'BASE64' },
  bad: [
    ['a private key', { privateKey: 'BASE64' }],
    ['no key', { publicKey: '' }],
    ['a key of another length', { publicKey: 'A'.repeat(201) }],
  ],
})

const pinned = (keyId: number) => ({ keyId, publicKey: 'BASE64' })
describeMessage('what a cabinet is told when it enrols', {
  schema: enrolReply,
  good: {
    cabinet: idOf('cabinet'),
    incarnation: idOf('incarnation'),
    shard: 1023,
    mqtt: { url: 'mqtt://broker.example:1883', username: idOf('cabinet'), password: 'secret' },
    cloudKeys: [pinned(1), pinned(2)],
    sealingKeys: [pinned(1)],
    layout,
  },
  also: [['the first shard', { shard: 0 }]],
  bad: [
    ['a shard that does not exist', { shard: 1024 }],
    ['no key to verify orders by', { cloudKeys: [] }],
    ['three keys', { cloudKeys: [pinned(1), pinned(2), pinned(3)] }],
    ['a key number that one byte cannot hold', { sealingKeys: [pinned(256)] }],
    ['a broker without a password', { mqtt: { url: 'mqtt://broker.example', username: 'x' } }],
  ],
})
