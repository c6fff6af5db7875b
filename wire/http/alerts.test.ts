import { acknowledgeRequest, alertKinds, alertListSchema, alertSchema, askerSchema, helpRequest } from './alerts.ts'
import { describeMessage, door, idOf, instants, place } from './shapes.testing.ts'

const good = {
  id: idOf('alert'),
  kind: 'door-left-open',
  place,
  door,
  raisedAt: instants.stored,
  acknowledgedAt: instants.due,
  acknowledgedBy: 'Wang Fang',
  endedAt: null,
}

describeMessage('an alert', {
  schema: alertSchema,
  good,
  also: [
    ...alertKinds.map((kind) => [kind, { kind }] as const),
    ['one of the whole cabinet', { kind: 'cabinet-offline', door: null }],
    ['one that nobody has seen yet', { acknowledgedAt: null, acknowledgedBy: null }],
    ['one that has ended', { endedAt: instants.due }],
    ['one that a recipient asked for', { kind: 'help-asked', door: null, asker: 'recipient' }],
  ],
  bad: [
    ['a kind without words', { kind: 'fire' }],
    ['an instant before time', { raisedAt: -1 }],
    ['half a millisecond', { raisedAt: instants.stored + 0.5 }],
    ['seconds as text', { raisedAt: '2026-11-22T10:00:00Z' }],
    ['a phone number where everybody looks', { kind: 'help-asked', asker: '+8613800000011' }],
    ['an alert without an id', { id: '' }],
    ['a compartment’s id as its own', { id: idOf('compartment') }],
  ],
})

describeMessage('a list of alerts', {
  schema: alertListSchema,
  good: { items: [good, { ...good, id: idOf('alert', '0') }] },
  also: [['a quiet house', { items: [] }]],
  bad: [
    ['one bad alert among good ones', { items: [good, { ...good, kind: 'fire' }] }],
    ['no list', { items: null }],
  ],
})

describeMessage('an acknowledgement', {
  schema: acknowledgeRequest,
  good: { note: '柜门被树枝卡住，已清理' },
  optional: ['note'],
  also: [['a note of two hundred letters', { note: 'a'.repeat(200) }]],
  bad: [
    ['an empty note', { note: '' }],
    ['a novel', { note: 'a'.repeat(201) }],
    ['a number for a note', { note: 7 }],
  ],
})

describeMessage('a call for help by phone', {
  schema: helpRequest,
  good: { cabinet: idOf('cabinet'), what: 'call-back' },
  also: [['somebody shut inside', { what: 'shut-in' }]],
  bad: [
    ['a door for a cabinet', { cabinet: idOf('compartment') }],
    ['a wish that nobody answers', { what: 'pizza' }],
    ['a number to call: the cloud knows it', { phone: '+8613800000011' }],
  ],
})

describeMessage('whom to call back', {
  schema: askerSchema,
  good: { phone: '+8613800000011' },
  bad: [['nobody', { phone: '' }]],
})
