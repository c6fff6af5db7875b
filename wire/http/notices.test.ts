import { clearRequest, retriedSchema, smsReceiptRequest, smsReplyRequest, undeliveredSchema } from './notices.ts'
import { describeMessage, idOf, instants } from './shapes.testing.ts'

describeMessage('the receipt of a gateway', {
  schema: smsReceiptRequest,
  good: { message: idOf('message'), outcome: 'undeliverable', detail: 'number not in service' },
  optional: ['detail'],
  also: [['good news', { outcome: 'delivered' }]],
  bad: [
    ['news of no kind', { outcome: 'maybe' }],
    ['a message of somebody else’s numbering', { message: 'gw-4711' }],
    ['a letter instead of a detail', { detail: 'a'.repeat(201) }],
  ],
})

describeMessage('a reply to a message', {
  schema: smsReplyRequest,
  good: { from: '+8613800000011', text: 'Y', id: 'gw-4711' },
  also: [['a reply in Korean', { text: '네' }]],
  bad: [
    ['a reply without a word', { text: '' }],
    ['a reply of nobody', { from: '' }],
    ['a reply that cannot be told from its repetition', { id: '' }],
  ],
})

const row = {
  id: 'msg-1',
  kind: 'message',
  channel: 'sms',
  about: idOf('parcel'),
  attempts: 9,
  lastError: 'number not in service',
  since: instants.stored,
}
describeMessage('what waits for a person', {
  schema: undeliveredSchema,
  good: { items: [row] },
  also: [
    ['nothing', { items: [] }],
    ['a webhook about no parcel', { items: [{ ...row, kind: 'webhook', about: null }] }],
    ['one that was never tried', { items: [{ ...row, attempts: 0, lastError: null }] }],
  ],
  bad: [
    ['a text among what staff see (law 14)', { items: [{ ...row, text: 'Your code is 123 456 789' }] }],
    ['a phone among what staff see', { items: [{ ...row, to: '+8613800000011' }] }],
    ['a kind that nobody can retry', { items: [{ ...row, kind: 'letter' }] }],
  ],
})

describeMessage('what is taken off the list of what waits for a person', {
  schema: clearRequest,
  good: { reason: 'She was rung up' },
  bad: [
    ['a reason that explains nothing', { reason: 'ok' }],
    ['a reason longer than a message', { reason: 'r'.repeat(201) }],
    ['a person of the caller’s choice', { staff: 'Ann' }],
  ],
})

describeMessage('everything sent again', {
  schema: retriedSchema,
  good: { retried: 2 },
  also: [['nothing was waiting', { retried: 0 }]],
  bad: [['fewer than none', { retried: -1 }]],
})
