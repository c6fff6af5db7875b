import type { Undelivered } from '@holdfast/wire/http/notices.ts'
import type { TimelineEntry } from '@holdfast/wire/http/parcels.ts'
import { idFromBytes } from '@holdfast/core/values/ids.ts'

const minute = 60_000

type Line = readonly [TimelineEntry['source'], string, number, TimelineEntry['detail']?]

const lines: readonly Line[] = [
  ['cloud', 'announced', 1_540],
  ['webhook', 'parcel.announced', 1_539, { status: 'delivered', attempts: 1 }],
  ['cloud', 'consent-asked', 1_500],
  ['notice', 'consent-asked', 1_500, { channel: 'sms', status: 'delivered', attempts: 1 }],
  ['cloud', 'consent-given', 1_420],
  ['cabinet', 'depositBegun', 124, { label: 'A01' }],
  ['cabinet', 'doorOpened', 124, { label: 'A01' }],
  ['cabinet', 'doorShut', 123, { label: 'A01' }],
  ['cabinet', 'depositMade', 122, { label: 'A01' }],
  ['cloud', 'deposited', 122, { label: 'A01', generation: 0 }],
  ['notice', 'stored', 121, { channel: 'sms', status: 'undeliverable', attempts: 4 }],
  ['webhook', 'parcel.deposited', 121, { status: 'delivered', attempts: 2 }],
  ['cloud', 'code-resent', 118, { label: 'A01', by: 'courier', words: 'recipient-asked' }],
  ['cabinet', 'codeAttempted', 12],
  ['cabinet', 'codeRejected', 12],
]

/** From the carrier's announcement to a recipient who typed a wrong code. */
export function timelineOf(now: number): TimelineEntry[] {
  let seq = 1180
  return lines.map(([source, type, minutesAgo, detail = {}]) => ({
    at: now - minutesAgo * minute,
    source,
    type,
    seq: source === 'cabinet' ? seq++ : null,
    detail,
  }))
}

export const undeliveredOf = (parcel: string, now: number): Undelivered['items'] => [
  {
    id: idFromBytes('message', new Uint8Array(16).fill(1)),
    kind: 'message',
    channel: 'sms',
    about: parcel,
    attempts: 4,
    lastError: 'The gateway answered 550: number not in service',
    since: now - 118 * minute,
  },
  {
    id: idFromBytes('event', new Uint8Array(16).fill(2)),
    kind: 'webhook',
    channel: 'webhook',
    about: null,
    attempts: 11,
    lastError: 'connect ECONNREFUSED 203.0.113.9:443',
    since: now - 26 * 60 * minute,
  },
]
