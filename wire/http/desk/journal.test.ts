import { describeMessage, idOf } from '../shapes.testing.ts'
import { journalPageSchema } from './journal.ts'

const incarnation = idOf('incarnation')
const hash = 'A'.repeat(43)
const item = { incarnation, seq: 1, hash, entry: '{"seq":1}' }
const end = { incarnation, seq: 1, hash, headSeq: 1, signature: 'A'.repeat(86), key: 'p256:AAAA' }

describeMessage('a page of a journal', {
  schema: journalPageSchema,
  good: { items: [item], ends: [end], next: `${incarnation}.1` },
  also: [
    ['the last page', { items: [], next: null }],
    ['a cabinet that was never heard', { items: [], ends: [] }],
    ['a journal without a signed head yet', { ends: [{ ...end, headSeq: null, signature: null }] }],
    ['a terminal that was replaced: nobody keeps its key', { ends: [{ ...end, key: null }] }],
  ],
  bad: [
    ['entry 0', { items: [{ ...item, seq: 0 }] }],
    ['an entry of no incarnation', { items: [{ ...item, incarnation: idOf('cabinet') }] }],
    ['an entry without its bytes', { items: [{ incarnation, seq: 1, hash }] }],
    ['a private part beside an entry (law 14)', { items: [{ ...item, blob: 'AAAA' }] }],
    ['no ends', { ends: null }],
    ['a cursor of 201 letters', { next: 'a'.repeat(201) }],
  ],
})
