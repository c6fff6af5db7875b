import { describeMessage, digest, idOf, instants, nonce } from '../http/shapes.testing.ts'
import { orderSchema } from './orders.ts'

const base = { v: 1, cabinet: idOf('cabinet'), order: idOf('order'), sentAt: instants.stored }
const acting = { ...base, incarnation: idOf('incarnation'), nonce, staff: idOf('staff'), reason: 'jam' }
const at = { compartment: idOf('compartment'), epoch: 3 }

/** Of every order: whose, which and when. */
const anyBad = [
  ['another version', { v: 2 }],
  ['no cabinet’s id', { cabinet: idOf('person') }],
  ['no order’s id', { order: idOf('deposit') }],
  ['half a millisecond', { sentAt: 1.5 }],
  ['a kind that nobody knows', { kind: 'open-all' }],
] as const
/** Of every order that acts (law 6). */
const actingBad = [
  ...anyBad,
  ['a nonce that is too short', { nonce: nonce.slice(1) }],
  ['a nonce in capitals', { nonce: nonce.toUpperCase() }],
  ['nobody’s reason', { reason: '' }],
  ['a reason of 201 letters', { reason: 'a'.repeat(201) }],
  ['another cabinet’s life', { incarnation: idOf('cabinet') }],
  ['a recipient for the staff', { staff: idOf('person') }],
] as const
const epochBad = [
  ['an epoch below nought', { epoch: -1 }],
  ['an epoch of 33 bits', { epoch: 4_294_967_296 }],
  ['half an epoch', { epoch: 0.5 }],
  ['an epoch as text', { epoch: '3' }],
  ['a deposit for a compartment', { compartment: idOf('deposit') }],
] as const

describeMessage('order ask-nonce', { schema: orderSchema, good: { ...base, kind: 'ask-nonce' }, bad: anyBad })

describeMessage('order open', {
  schema: orderSchema,
  good: { ...acting, ...at, kind: 'open', service: false },
  also: [
    ['the first epoch', { epoch: 0 }],
    ['the last epoch', { epoch: 4_294_967_295 }],
    ['a reason of 200 letters', { reason: 'a'.repeat(200) }],
  ],
  bad: [...actingBad, ...epochBad, ['a service that is no claim', { service: 'yes' }]],
})

for (const kind of ['retire', 'restore'])
  describeMessage(`order ${kind}`, {
    schema: orderSchema,
    good: { ...acting, ...at, kind },
    bad: [...actingBad, ...epochBad, ['the service that only an opening has', { service: false }]],
  })

describeMessage('order inspect', {
  schema: orderSchema,
  good: { ...acting, ...at, kind: 'inspect', seen: 'empty', picture: digest },
  optional: ['picture'],
  also: [['a parcel inside', { seen: 'parcel-inside' }]],
  bad: [
    ...actingBad,
    ...epochBad,
    ['something else seen', { seen: 'maybe' }],
    ['a picture that is no digest', { picture: 'picture.jpg' }],
  ],
})

describeMessage('order release (law 17)', {
  schema: orderSchema,
  good: { ...acting, kind: 'release', doors: 'all' },
  also: [
    ['the large ones', { doors: 'large' }],
    ['one door', { doors: [idOf('compartment')] }],
    ['five hundred doors', { doors: Array.from({ length: 500 }, () => idOf('compartment')) }],
  ],
  bad: [
    ...actingBad,
    ['no door', { doors: [] }],
    ['five hundred and one doors', { doors: Array.from({ length: 501 }, () => idOf('compartment')) }],
    ['the small ones', { doors: 'small' }],
    ['an epoch, which must not stand in its way', { epoch: 1 }],
  ],
})

describeMessage('order calm', { schema: orderSchema, good: { ...acting, kind: 'calm' }, bad: actingBad })

describeMessage('order renew', {
  schema: orderSchema,
  good: { ...acting, kind: 'renew', deposit: idOf('deposit') },
  bad: [...actingBad, ['a parcel for a deposit', { deposit: idOf('parcel') }]],
})

describeMessage('order hold', {
  schema: orderSchema,
  good: { ...acting, kind: 'hold', person: idOf('person'), carrier: idOf('carrier'), size: 'M' },
  bad: [
    ...actingBad,
    ['a size that no door has', { size: 'XXL' }],
    ['staff for a courier', { person: idOf('staff') }],
    ['an outlet for a carrier', { carrier: idOf('outlet') }],
  ],
})

describeMessage('order give-back', {
  schema: orderSchema,
  good: { ...acting, kind: 'give-back', hold: idOf('order') },
  bad: [...actingBad, ['a deposit for a hold', { hold: idOf('deposit') }]],
})

describeMessage('order pickup', {
  schema: orderSchema,
  good: { ...acting, ...at, kind: 'pickup', deposit: idOf('deposit') },
  bad: [...actingBad, ...epochBad, ['the recipient by name (law 14)', { person: idOf('person') }]],
})

describeMessage('order notice-missed', {
  schema: orderSchema,
  good: { ...base, kind: 'notice-missed', person: idOf('person'), deposit: idOf('deposit') },
  bad: [...anyBad, ['a nonce, for it opens nothing', { nonce }]],
})

describeMessage('order grant', {
  schema: orderSchema,
  good: { ...base, kind: 'grant', grant: 'A'.repeat(400) },
  bad: [...anyBad, ['a grant that no QR code holds', { grant: 'A'.repeat(401) }]],
})

describeMessage('order scan', {
  schema: orderSchema,
  good: { ...base, kind: 'scan', person: idOf('person'), text: 'SF1234567890123' },
  also: [['three hundred letters', { text: 'a'.repeat(300) }]],
  bad: [...anyBad, ['nothing scanned', { text: '' }], ['more than a label says', { text: 'a'.repeat(301) }]],
})

describeMessage('order picture', {
  schema: orderSchema,
  good: { ...base, kind: 'picture', person: idOf('person'), picture: digest },
  bad: [...anyBad, ['no digest', { picture: 'abc' }], ['of nobody', { person: null }]],
})

const card = {
  parcel: digest,
  carrier: idOf('carrier'),
  size: 'M',
  box: null,
  lowDoor: false,
  locale: 'zh',
  recipient: null,
  tail: null,
  consent: null,
  declared: { freshFood: false, valuables: false, agreement: false },
  version: 1,
}

describeMessage('order reply', {
  schema: orderSchema,
  good: {
    ...base,
    kind: 'reply',
    ask: idOf('event'),
    parcel: digest,
    card,
    refusal: 'phone-unreadable',
    grant: 'G',
    carriers: [idOf('carrier', 'x'), idOf('carrier', 'y')],
  },
  optional: ['parcel', 'card', 'refusal', 'grant', 'carriers'],
  also: [['no card: the cloud knows no such parcel', { card: null }]],
  bad: [
    ...anyBad,
    ['a choice of one carrier, which is none', { carriers: [idOf('carrier')] }],
    ['a choice of seventeen', { carriers: Array.from({ length: 17 }, () => idOf('carrier')) }],
    ['half a card', { card: { parcel: digest } }],
    ['an order’s id for the ask’s', { ask: idOf('order') }],
  ],
})
