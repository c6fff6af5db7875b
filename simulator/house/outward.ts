import type { CloudTwinPorts } from '@holdfast/cloud/twin.ts'
import type { VirtualClock } from '../seed/clock.ts'
import type { Trace } from '../seed/trace.ts'
import type { Complaints } from './complaints.ts'
import type { Troubles } from './trouble.ts'

type Post = CloudTwinPorts['outward']['post']
type Send = CloudTwinPorts['outward']['channels']['sms']['send']

export interface Arrival {
  readonly key: string
  readonly says: string
}

/** People's phones, and the carrier's server: what came to them, each time that it came. */
export interface Outward {
  readonly letter: Send
  readonly post: Post
  readonly arrivals: readonly Arrival[]
  /** What stands on the phone, oldest first. */
  readonly onPhone: (phone: string) => readonly string[]
}

export interface OutwardPorts {
  readonly clock: VirtualClock
  readonly troubles: Pick<Troubles, 'letters' | 'partners'>
  readonly trace: Trace
  readonly tell: (text: string) => void
  readonly holds: Complaints['holds']
}

const slowMs = 18_000

export function createOutward({ clock, troubles, trace, tell, holds }: OutwardPorts): Outward {
  const arrivals: Arrival[] = []
  const phones = new Map<string, string[]>()
  const known = new Map<string, string>()
  /** Law 10: repeated, it says the same. True where it is new. */
  const arrives = (key: string, says: string): boolean => {
    trace.add('outward', `${key} ${says}`)
    arrivals.push({ key, says })
    const first = known.get(key)
    holds(10, first === undefined || first === says, () => `${key} came again and said something else`)
    known.set(key, says)
    return first === undefined
  }
  const broken = (reason: string): Error => Object.assign(new Error(reason), { code: 'channel-unreachable', reason })
  return {
    arrivals,
    onPhone: (phone) => phones.get(phone) ?? [],
    letter: async ({ id, to, text }) => {
      const how = troubles.letters()
      await clock.sleep(20)
      if (how === 'fails') throw broken('http-503')
      const isNew = arrives(id, `${to} ${text}`)
      const before = phones.get(to) ?? []
      // A phone shows a message that comes again under its id once.
      holds(10, !isNew || !before.includes(text), () => `${to} was told the same twice, at last as ${id}`)
      if (isNew) phones.set(to, [...before, text])
      if (isNew) tell(`letter to ${to}: ${text}`)
      if (how === 'unheard') throw broken('timeout')
      return { outcome: 'delivered' }
    },
    post: async (_url, { body }) => {
      const how = troubles.partners()
      await clock.sleep(how === 'slow' ? slowMs : 30)
      if (how === 'refuses') return { kind: 'answered', status: 503, retryAfter: undefined }
      const { id, type, data }: Webhook = JSON.parse(body)
      if (arrives(id, body)) tell(`webhook ${type} of ${data.trackingNumber}`)
      if (how === 'unheard') return { kind: 'failed', problem: 'webhook-timeout' }
      return { kind: 'answered', status: 200, retryAfter: undefined }
    },
  }
}

interface Webhook {
  readonly id: string
  readonly type: string
  readonly data: { readonly trackingNumber: string }
}
