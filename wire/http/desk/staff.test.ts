import { describeMessage, idOf, instants } from '../shapes.testing.ts'
import {
  colleagueChange,
  colleaguePage,
  colleagueSchema,
  inviteRequest,
  staffLinkSchema,
  welcomeLook,
  welcomeRequest,
  welcomeView,
} from './staff.ts'

const roles = ['viewer', 'dispatcher', 'technician', 'manager'].map((role) => [role, { role }] as const)
const badEmails = [
  ['an address without @', { email: 'ann.example.com' }],
  ['an address with two @', { email: 'ann@home@example.com' }],
  ['an address with a space', { email: 'ann @example.com' }],
  ['an address of nobody', { email: '@example.com' }],
  ['an address at nowhere', { email: 'ann@' }],
  ['an address of 201 letters', { email: `${'a'.repeat(197)}@b.c` }],
] as const

const colleague = {
  staff: idOf('staff'),
  name: 'Ann',
  email: 'ann@example.com',
  role: 'manager',
  state: 'active',
  seenAt: instants.stored,
}

describeMessage('a colleague', {
  schema: colleagueSchema,
  good: colleague,
  also: [
    ...roles,
    ['one who has not come yet', { state: 'invited', seenAt: null }],
    ['one who has left', { state: 'left' }],
  ],
  bad: [
    ['a role that is none', { role: 'owner' }],
    ['a state that is none', { state: 'asleep' }],
    ['a person for staff', { staff: idOf('person') }],
    ['a nameless one', { name: '' }],
    ['a password, which is nobody’s to see', { password: 'x' }],
  ],
})

describeMessage('a page of colleagues', {
  schema: colleaguePage,
  good: { items: [colleague], next: 'ann@example.com' },
  also: [['the last page', { items: [], next: null }]],
  bad: [
    ['no list', { items: null }],
    ['one bad colleague among good ones', { items: [colleague, { ...colleague, role: 'owner' }] }],
    ['a cursor of 201 letters', { next: 'a'.repeat(201) }],
  ],
})

describeMessage('an invitation', {
  schema: inviteRequest,
  good: { name: 'Ann', email: 'ann@example.com', role: 'viewer' },
  also: [...roles, ['the shortest address', { email: 'a@b' }]],
  bad: [
    ...badEmails,
    ['a name of 81 letters', { name: 'a'.repeat(81) }],
    ['a role that is none', { role: 'root' }],
    ['a password chosen by somebody else', { password: 'a long enough one' }],
  ],
})

describeMessage('a change of a colleague', {
  schema: colleagueChange,
  good: { role: 'technician', active: false },
  optional: ['role', 'active'],
  also: roles,
  bad: [
    ['a role that is none', { role: '' }],
    ['a claim that is no claim', { active: 'no' }],
    ['another name', { name: 'Bea' }],
    ['another house (law 11)', { operator: idOf('operator') }],
  ],
})

describeMessage('a one-time link', {
  schema: staffLinkSchema,
  good: { staff: idOf('staff'), token: 'A'.repeat(24), expiresAt: instants.due },
  bad: [
    ['a token that can be guessed', { token: 'A'.repeat(15) }],
    ['a token of 65 letters', { token: 'A'.repeat(65) }],
    ['an end before time', { expiresAt: -1 }],
  ],
})

describeMessage('a look at a link', {
  schema: welcomeLook,
  good: { token: 'A'.repeat(16) },
  bad: [
    ['no token', { token: '' }],
    ['a token of 15 letters', { token: 'A'.repeat(15) }],
    ['a number', { token: 1_234_567_890_123_456 }],
  ],
})

describeMessage('whom a link is for', {
  schema: welcomeView,
  good: { purpose: 'invite', name: 'Ann', email: 'ann@example.com', operatorName: 'Town' },
  also: [
    ['the first of a house', { purpose: 'first', name: null, email: null, operatorName: null }],
    ['a new password', { purpose: 'reset' }],
  ],
  bad: [
    ['another purpose', { purpose: 'visit' }],
    ['an empty name', { name: '' }],
  ],
})

const first = { operatorName: 'Town', name: 'Ann', email: 'ann@example.com' }
describeMessage('a welcome', {
  schema: welcomeRequest,
  good: { token: 'A'.repeat(24), password: 'correct horse battery', first },
  optional: ['first'],
  also: [['the longest password', { password: 'a'.repeat(200) }]],
  bad: [
    ['no password', { password: '' }],
    ['a password of 201 letters', { password: 'a'.repeat(201) }],
    ['a house without a name', { first: { ...first, operatorName: '' } }],
    ['a first person without an address', { first: { operatorName: 'Town', name: 'Ann' } }],
    ['a role that one gives oneself', { first: { ...first, role: 'manager' } }],
    ...badEmails.map(([what, { email }]) => [`the first with ${what}`, { first: { ...first, email } }] as const),
  ],
})
