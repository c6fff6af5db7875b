import { describeMessage, digest, idOf, nonce } from '../http/shapes.testing.ts'
import { askSchema, neighbourSchema, sealedNeighboursSchema, sealedParcelSchema, sealedSignInSchema } from './asks.ts'

const from = { v: 1, cabinet: idOf('cabinet'), incarnation: idOf('incarnation'), ask: idOf('event') }
const sealed = 'A'.repeat(200)
const anyBad = [
  ['another version', { v: 2 }],
  ['an order’s id for its own', { ask: idOf('order') }],
  ['another cabinet’s life', { incarnation: idOf('cabinet') }],
  ['a kind that nobody knows', { kind: 'door' }],
] as const
const sealedBad = [
  ...anyBad,
  ['a seal too large', { sealed: 'A'.repeat(8193) }],
  ['a plain phone beside the seal (law 14)', { phone: '+8613812345678' }],
  ['a plain number beside the seal (law 14)', { number: 'SF1234567890123' }],
  ['a parcel for a deposit', { deposit: idOf('parcel') }],
] as const

describeMessage('the question for all there is to know', {
  schema: askSchema,
  good: { ...from, kind: 'desired', have: 0 },
  bad: [...anyBad, ['less than nothing known', { have: -1 }], ['half a version', { have: 0.5 }]],
})

for (const kind of ['card', 'consent', 'neighbours'])
  describeMessage(`the question for a ${kind}`, {
    schema: askSchema,
    good: { ...from, kind, parcel: digest, deposit: idOf('deposit'), courier: idOf('person'), sealed },
    also: [['the largest seal', { sealed: 'A'.repeat(8192) }]],
    bad: [
      ...sealedBad,
      ['a tracking number for its digest', { parcel: 'SF1234567890123' }],
      ['staff for a courier', { courier: idOf('staff') }],
    ],
  })

describeMessage('the question for a courier’s code', {
  schema: askSchema,
  good: { ...from, kind: 'courier-code', deposit: idOf('deposit'), sealed },
  bad: sealedBad,
})

describeMessage('the question whether a courier’s code is right', {
  schema: askSchema,
  good: { ...from, kind: 'courier-sign-in', deposit: idOf('deposit'), sealed, nonce, number: '07' },
  bad: [
    ...sealedBad,
    ['a number of one digit', { number: '7' }],
    ['a number of three digits', { number: '007' }],
    ['a nonce that is cut', { nonce: nonce.slice(1) }],
  ],
})

const phoneBad = [
  ['a phone without its country', { phone: '13812345678' }],
  ['a phone with a nought for its country', { phone: '+0138123456' }],
  ['a phone of six digits', { phone: '+12345' }],
  ['a phone of sixteen digits', { phone: '+1234567890123456' }],
  ['a phone with spaces', { phone: '+86 138 1234 5678' }],
  ['two phones', { phone: '+8613812345678,+8613912345678' }],
] as const

describeMessage('what is sealed about a parcel', {
  schema: sealedParcelSchema,
  good: { carrier: idOf('carrier'), number: 'SF1', phone: '+8613812345678', replyKey: 'A'.repeat(43) },
  optional: ['phone', 'replyKey'],
  also: [
    ['the shortest phone', { phone: '+123456' }],
    ['the longest phone', { phone: '+123456789012345' }],
    ['the longest number', { number: '9'.repeat(64) }],
  ],
  bad: [
    ...phoneBad,
    ['no number', { number: '' }],
    ['a number of 65 letters', { number: '9'.repeat(65) }],
    ['a key of 42 letters', { replyKey: 'A'.repeat(42) }],
    ['a key of 44 letters', { replyKey: 'A'.repeat(44) }],
    ['a key with padding', { replyKey: `${'A'.repeat(42)}=` }],
  ],
})

describeMessage('what is sealed about a sign-in', {
  schema: sealedSignInSchema,
  good: { phone: '+8613812345678', code: '012345', carrier: idOf('carrier') },
  optional: ['code', 'carrier'],
  bad: [
    ...phoneBad,
    ['a code of five digits', { code: '12345' }],
    ['a code of seven digits', { code: '1234567' }],
    ['a code with a letter', { code: '12345o' }],
    ['digits of another alphabet', { code: '０１２３４５' }],
    ['a person for a carrier', { carrier: idOf('person') }],
  ],
})

describeMessage('what is sealed about a parcel for which no door is free', {
  schema: sealedNeighboursSchema,
  good: { carrier: idOf('carrier'), number: 'SF1', size: 'XL', to: idOf('cabinet') },
  optional: ['to'],
  also: [['the longest number', { number: '9'.repeat(64) }]],
  bad: [
    ['no number', { number: '' }],
    ['a number of 65 letters', { number: '9'.repeat(65) }],
    ['a size that no door has', { size: 'XXL' }],
    ['a parcel for a cabinet', { to: idOf('parcel') }],
    ['a phone, which the cloud knows (law 14)', { phone: '+8613812345678' }],
  ],
})

describeMessage('a cabinet nearby with a door that fits', {
  schema: neighbourSchema,
  good: { cabinet: idOf('cabinet'), name: 'Pier 4', room: 1, here: false, metres: 200, directions: 'left of the gate' },
  optional: ['directions'],
  also: [
    ['one on no map', { metres: null }],
    ['one right here', { here: true, metres: 0 }],
  ],
  bad: [
    ['one without a door', { room: 0 }],
    ['half a door', { room: 1.5 }],
    ['one behind', { metres: -1 }],
    ['one without a name', { name: '' }],
    ['a site for a cabinet', { cabinet: idOf('carrier') }],
    ['more about whoever waits there', { waiting: 3 }],
  ],
})
