import { describeMessage, idOf, instants, place } from '../shapes.testing.ts'
import {
  courierCabinetSchema,
  courierCabinetsSchema,
  elsewhereRequest,
  holdRequest,
  holdSchema,
  holdStates,
  roundAskReply,
  roundItemSchema,
  roundRequest,
  roundSchema,
} from './day.ts'

const hold = {
  hold: idOf('order'),
  cabinet: idOf('cabinet'),
  size: 'M',
  state: 'held',
  refusal: null,
  label: 'B07',
  askedAt: instants.announced,
  until: instants.due,
}
const badSizes = [
  ['a size that no door has', { size: 'XXL' }],
  ['no size', { size: null }],
] as const

describeMessage('a door that is held', {
  schema: holdSchema,
  good: hold,
  also: [
    ...holdStates.map((state) => [state, { state }] as const),
    ['one that the cabinet refused', { state: 'refused', refusal: 'nothing-free', label: null, until: null }],
  ],
  bad: [
    ...badSizes,
    ['a state that is none', { state: 'maybe' }],
    ['a deposit for a hold', { hold: idOf('deposit') }],
    ['a label of thirteen letters', { label: 'B'.repeat(13) }],
    ['who asked for it (law 14)', { person: idOf('person') }],
  ],
})

describeMessage('the wish for a door', {
  schema: holdRequest,
  good: { cabinet: idOf('cabinet'), carrier: idOf('carrier'), size: 'S' },
  also: ['M', 'L', 'XL'].map((size) => [size, { size }] as const),
  bad: [
    ...badSizes,
    ['a door of one’s own choice', { compartment: idOf('compartment') }],
    ['somebody else’s name', { person: idOf('person') }],
  ],
})

const cabinet = {
  place,
  operatorName: 'Holdfast Town',
  online: true,
  heardAt: instants.stored,
  free: { S: 0, M: 1, L: 2, XL: 0 },
  doors: 12,
  waiting: 0,
  holds: [hold],
}
describeMessage('a cabinet as a courier sees it', {
  schema: courierCabinetSchema,
  good: cabinet,
  also: [
    ['one that was never heard', { online: false, heardAt: null, holds: [] }],
    ['one with a dead screen', { place: { ...place, screenDead: true } }],
    [
      'one that is found on a map',
      { place: { ...place, position: { latitude: 1, longitude: 2 }, directions: 'left' } },
    ],
  ],
  bad: [
    ['fewer doors than none', { free: { S: -1, M: 0, L: 0, XL: 0 } }],
    ['a size left out', { free: { S: 0, M: 0, L: 0 } }],
    ['half a courier', { waiting: 0.5 }],
    ['what lies behind the other doors', { loaded: 3 }],
    ['a screen that is not dead, said so', { place: { ...place, screenDead: false } }],
  ],
})
describeMessage('the cabinets as a courier sees them', {
  schema: courierCabinetsSchema,
  good: { items: [cabinet] },
  also: [['none', { items: [] }]],
  bad: [['one that is none', { items: [{}] }]],
})

const many = (count: number): readonly string[] => Array.from({ length: count }, (_, i) => `SF${i}`)
describeMessage('parcels that a courier takes along', {
  schema: roundRequest,
  good: { cabinet: idOf('cabinet'), carrier: idOf('carrier'), numbers: ['SF1'] },
  optional: ['carrier'],
  also: [
    ['three hundred', { numbers: many(300) }],
    ['a number of 64 letters', { numbers: ['9'.repeat(64)] }],
  ],
  bad: [
    ['none', { numbers: [] }],
    ['three hundred and one', { numbers: many(301) }],
    ['an empty number', { numbers: [''] }],
    ['a number of 65 letters', { numbers: ['9'.repeat(65)] }],
    ['numbers as one text', { numbers: 'SF1,SF2' }],
  ],
})

const item = {
  parcel: idOf('parcel'),
  trackingNumber: 'SF1',
  cabinet: idOf('cabinet'),
  state: 'expected',
  consent: 'given',
  size: 'M',
}
describeMessage('a parcel on the round', {
  schema: roundItemSchema,
  good: item,
  also: [
    ...['none', 'asked', 'unanswered', 'declined'].map((consent) => [`consent ${consent}`, { consent }] as const),
    ['one of unknown size', { size: null }],
    ['one that lies there', { state: 'stored' }],
  ],
  bad: [
    ['a consent by hearsay', { consent: 'probably' }],
    ['a state that is none', { state: 'lost' }],
    ['the recipient’s phone', { phone: '+8613812345678' }],
  ],
})
describeMessage('a round', {
  schema: roundSchema,
  good: { items: [item], unknown: ['SF9'] },
  also: [['an empty one', { items: [], unknown: [] }]],
  bad: [['an unknown number that is empty', { unknown: [''] }]],
})
describeMessage('another cabinet for a parcel', {
  schema: elsewhereRequest,
  good: { cabinet: idOf('cabinet') },
  bad: [
    ['a place that is no cabinet', { cabinet: idOf('site') }],
    ['the recipient’s word, brought along', { consent: 'given' }],
  ],
})
describeMessage('how many were asked', {
  schema: roundAskReply,
  good: { asked: 1, round: { items: [], unknown: [] } },
  bad: [['fewer than none', { asked: -1 }]],
})
