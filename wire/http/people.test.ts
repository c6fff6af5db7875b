import {
  courierSchema,
  employmentSchema,
  recipientSchema,
  recipientWishes,
  signInCodeRequest,
  signInRequest,
  staffSchema,
  staffSignInRequest,
} from './people.ts'
import { describeMessage, idOf } from './shapes.testing.ts'

const phone = '+8613800000011'

describeMessage('the wish for a sign-in code', {
  schema: signInCodeRequest,
  good: { phone, audience: 'recipient', locale: 'zh' },
  optional: ['locale'],
  also: [
    ['a courier', { audience: 'courier' }],
    ['a number as people write it, which the cloud reads', { phone: '138 0000 0011' }],
    ['English', { locale: 'en' }],
    ['Korean', { locale: 'ko' }],
  ],
  bad: [
    ['a language that is no tag', { locale: 'Français' }],
    ['staff, who sign in by password', { audience: 'operator' }],
    ['two digits', { phone: '13' }],
    ['a number as long as a letter', { phone: '1'.repeat(33) }],
    ['a number that is not text', { phone: 8613800000011 }],
  ],
})

describeMessage('a sign-in', {
  schema: signInRequest,
  good: { phone, code: '041907', audience: 'recipient' },
  bad: [
    ['five digits', { code: '04190' }],
    ['seven digits', { code: '0419070' }],
    ['letters', { code: 'abcdef' }],
    ['a code with a line break after it', { code: '041907\n' }],
    ['a number whose leading zero is gone', { code: 41907 }],
    ['two audiences', { audience: ['courier', 'recipient'] }],
  ],
})

const employment = { carrier: idOf('carrier'), carrierName: 'SF Express', outlet: 'Binjiang 2' }
describeMessage('an employment', {
  schema: employmentSchema,
  good: employment,
  also: [['one at no outlet', { outlet: null }]],
  bad: [
    ['a carrier without a name', { carrierName: '' }],
    ['an operator as employer', { carrier: idOf('operator') }],
  ],
})

describeMessage('a courier', {
  schema: courierSchema,
  good: { person: idOf('person'), phoneMasked: '+86 138****0011', name: 'Li Wei', locale: 'zh', employments: [] },
  also: [
    ['one of two carriers', { employments: [employment, { ...employment, carrier: idOf('carrier', '0') }] }],
    ['one whose name nobody wrote down', { name: null }],
  ],
  bad: [
    ['the whole phone', { phone }],
    ['an empty name', { name: '' }],
  ],
})

describeMessage('a recipient', {
  schema: recipientSchema,
  good: {
    person: idOf('person'),
    phoneMasked: '+86 138****0011',
    locale: 'ko',
    lowDoor: true,
    alwaysConsents: false,
  },
  bad: [
    ['a low door by and by', { lowDoor: 'sometimes' }],
    ['the whole phone', { phone }],
  ],
})

describeMessage('a recipient’s wishes', {
  schema: recipientWishes,
  good: { locale: 'en', lowDoor: true, alwaysConsents: true },
  optional: ['locale', 'lowDoor', 'alwaysConsents'],
  also: [['a low door no more', { lowDoor: false }]],
  bad: [
    ['another phone', { phone }],
    ['consent that is neither yes nor no', { alwaysConsents: null }],
    ['a language that is no tag', { locale: 'DEUTSCH!' }],
  ],
})

describeMessage('a staff sign-in', {
  schema: staffSignInRequest,
  good: { email: 'fang@north.example', password: 'correct horse battery' },
  bad: [
    ['no password', { password: '' }],
    ['a password that would keep the hash busy', { password: 'a'.repeat(201) }],
    ['no address', { email: '' }],
  ],
})

describeMessage('a member of staff', {
  schema: staffSchema,
  good: {
    staff: idOf('staff'),
    name: 'Wang Fang',
    operator: idOf('operator'),
    operatorName: 'North Lockers',
    role: 'viewer',
  },
  also: ['dispatcher', 'technician', 'manager'].map((role) => [role, { role }] as const),
  bad: [
    ['a role above all', { role: 'root' }],
    ['a person in the place of staff', { staff: idOf('person') }],
  ],
})
