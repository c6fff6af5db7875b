import { describe, expect, it } from 'vitest'
import { describeMessage, digest, idOf, instants, nonce } from '../http/shapes.testing.ts'
import { ackSchema } from './acks.ts'
import { answerSchema } from './answers.ts'
import { healthSchema, heartbeatEverySeconds, offlineAfterSeconds } from './health.ts'

const from = { v: 1, cabinet: idOf('cabinet'), incarnation: idOf('incarnation') }

describeMessage('a heartbeat', {
  schema: healthSchema,
  good: {
    ...from,
    boot: 1,
    running: 0,
    wall: instants.stored,
    trusted: true,
    head: 0,
    desired: 0,
    digest,
    journal: 'ok',
    kiosk: 'ok',
    touch: 'ok',
    scanner: 'none',
    silentLines: ['one'],
  },
  also: [
    ...['full', 'failing'].map((journal) => [`a journal that is ${journal}`, { journal }] as const),
    ['a dead page', { kiosk: 'absent' }],
    ['nothing to touch', { touch: 'absent' }],
    ['a scanner that does not answer', { scanner: 'absent' }],
    ['no silent line', { silentLines: [] }],
    ['sixteen silent lines', { silentLines: Array.from({ length: 16 }, () => 'line') }],
    ['a clock that nobody trusts', { trusted: false, wall: 0 }],
  ],
  bad: [
    ['a boot before the first', { boot: 0 }],
    ['time that ran backwards', { running: -1 }],
    ['a head below nought', { head: -1 }],
    ['a digest that is cut', { digest: digest.slice(1) }],
    ['a digest in capitals', { digest: digest.toUpperCase() }],
    ['a journal in a mood', { journal: 'sad' }],
    ['a page that is none: every cabinet has one', { kiosk: 'none' }],
    ['seventeen silent lines', { silentLines: Array.from({ length: 17 }, () => 'line') }],
    ['a line with too long a name', { silentLines: ['l'.repeat(33)] }],
    ['a clock in seconds and a half', { wall: 1.5 }],
    ['a claim that is no claim', { trusted: 1 }],
  ],
})

describe('silence', () => {
  it('is called so after three heartbeats and not after two that were lost', () => {
    expect(offlineAfterSeconds / heartbeatEverySeconds).toBe(3)
  })
})

describeMessage('an acknowledgement of facts', {
  schema: ackSchema,
  good: { ...from, watermark: 12, gapFrom: 13, forked: true },
  optional: ['gapFrom', 'forked'],
  also: [['nothing committed yet', { watermark: 0 }]],
  bad: [
    ['a watermark below nought', { watermark: -1 }],
    ['a gap before the first entry', { gapFrom: 0 }],
    ['a fork that is none', { forked: false }],
    ['half an entry', { watermark: 1.5 }],
    ['another cabinet’s life', { incarnation: idOf('cabinet') }],
  ],
})

describeMessage('an answer to an order', {
  schema: answerSchema,
  good: { ...from, order: idOf('order'), outcome: 'refused', reason: 'order-stale-epoch', nonce, repeated: true },
  optional: ['reason', 'nonce', 'repeated'],
  also: ['accepted', 'done', 'opened', 'not-opened', 'unknown'].map((outcome) => [outcome, { outcome }] as const),
  bad: [
    ['an outcome that is a guess', { outcome: 'probably-opened' }],
    ['an outcome of the cloud’s own', { outcome: 'unanswered' }],
    ['an empty reason', { reason: '' }],
    ['a reason of 65 letters', { reason: 'a'.repeat(65) }],
    ['a nonce of 31 digits', { nonce: nonce.slice(1) }],
    ['a repetition that is none', { repeated: false }],
    ['a deposit for an order', { order: idOf('deposit') }],
  ],
})
