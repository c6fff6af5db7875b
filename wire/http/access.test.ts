import {
  courierKioskSchema,
  courierSignInAtKioskRequest,
  grantReply,
  kioskScanRequest,
  pickupGrantRequest,
  recipientKioskSchema,
} from './access.ts'
import { describeMessage, door, idOf, nonce, place } from './shapes.testing.ts'

const strangeNonces = [
  ['a short nonce', { nonce: nonce.slice(1) }],
  ['a long nonce', { nonce: `${nonce}0` }],
  ['a nonce in capitals, which no kiosk draws', { nonce: nonce.toUpperCase() }],
  ['no nonce', { nonce: null }],
] as const

const strangeNumbers = [
  ['one digit', { number: '7' }],
  ['three digits', { number: '407' }],
  ['a number that is not text, whose leading zero is lost', { number: 7 }],
  ['digits of another script', { number: '٠٧' }],
] as const

describeMessage('the scan of a kiosk', {
  schema: kioskScanRequest,
  good: { cabinet: idOf('cabinet'), nonce },
  bad: [
    ...strangeNonces,
    ['the id of something else', { cabinet: idOf('compartment') }],
    ['the number, which is typed and never in the QR', { number: '07' }],
  ],
})

describeMessage('what a courier sees of a kiosk', {
  schema: courierKioskSchema,
  good: { place, online: true, carriers: [{ carrier: idOf('carrier'), name: 'SF Express' }] },
  also: [
    ['a kiosk where the courier works for nobody', { carriers: [] }],
    ['a kiosk that the cloud cannot reach', { online: false }],
  ],
  bad: [
    ['a carrier without a name', { carriers: [{ carrier: idOf('carrier'), name: '' }] }],
    ['a carrier’s secret beside its name', { carriers: [{ carrier: idOf('carrier'), name: 'SF', key: 'x' }] }],
    ['a place without an address', { place: { ...place, address: '' } }],
  ],
})

describeMessage('a courier’s sign-in at a kiosk', {
  schema: courierSignInAtKioskRequest,
  good: { cabinet: idOf('cabinet'), nonce, number: '07', carrier: idOf('carrier') },
  bad: [...strangeNonces, ...strangeNumbers, ['a person in the carrier’s place', { carrier: idOf('person') }]],
})

describeMessage('what a recipient sees of a kiosk', {
  schema: recipientKioskSchema,
  good: {
    place,
    online: true,
    deposits: [
      { deposit: idOf('deposit'), door, trackingNumbers: ['SF1000000000001', 'SF1000000000002'], carrierName: 'SF' },
    ],
  },
  also: [['a kiosk with nothing for this person', { deposits: [] }]],
  bad: [
    [
      'a deposit whose door has no label',
      {
        deposits: [
          { deposit: idOf('deposit'), door: { ...door, label: '' }, trackingNumbers: ['SF1'], carrierName: 'SF' },
        ],
      },
    ],
    [
      'a phone among the deposits',
      {
        deposits: [
          { deposit: idOf('deposit'), door, trackingNumbers: ['SF1'], carrierName: 'SF', phone: '+8613800000011' },
        ],
      },
    ],
  ],
})

describeMessage('the wish for a pickup grant', {
  schema: pickupGrantRequest,
  good: { cabinet: idOf('cabinet'), nonce, number: '70', deposit: idOf('deposit') },
  bad: [
    ...strangeNonces,
    ...strangeNumbers,
    ['a door in the deposit’s place: nobody asks for a door', { deposit: idOf('compartment') }],
  ],
})

describeMessage('a grant', {
  schema: grantReply,
  good: { grant: 'HF1:6BF5Z7S.5', sent: false, door },
  also: [
    ['one for no single door, as a courier has it', { door: null }],
    ['one that went to the cabinet', { sent: true }],
  ],
  bad: [
    ['an empty grant', { grant: '' }],
    ['one that no scanner would read', { grant: 'A'.repeat(401) }],
    ['a door of no size', { door: { ...door, size: 'XS' } }],
  ],
})
