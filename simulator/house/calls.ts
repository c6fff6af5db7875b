import type { VirtualClock } from '../seed/clock.ts'
import type { Life } from './life.ts'

export type Headers = Readonly<Record<string, string>>

export interface Call {
  readonly method?: 'GET' | 'POST' | 'PATCH'
  readonly headers?: Headers
  readonly body?: object
}

export interface Answered {
  readonly status: number
  readonly cookie: string
  readonly json: Readonly<Record<string, unknown>>
}

/** Undefined where nobody answers. */
export type Caller = (path: string, call?: Call) => Promise<Answered | undefined>

const patienceMs = 15_000

/** A phone's call into the cloud that lives at that moment. */
export function createCalls(clock: VirtualClock, now: () => Life | undefined): Caller {
  return async (path, { method, headers = {}, body } = {}) => {
    const life = now()
    const twin = life?.twin()
    if (life === undefined || twin === undefined) return undefined
    const made = { method: method ?? (body === undefined ? 'GET' : 'POST'), url: path, headers }
    const late = patience(clock)
    const called = twin.call(body === undefined ? made : { ...made, body })
    const reply = await Promise.race([called, life.ended, late.rings]).finally(late.cancel)
    if (reply === undefined || reply.status >= 500) return undefined
    const { 'set-cookie': set } = reply.headers
    const cookie = typeof set === 'string' ? (set.split(';')[0] ?? '') : ''
    return { status: reply.status, cookie, json: reply.body === '' ? {} : JSON.parse(reply.body) }
  }
}

function patience(clock: VirtualClock) {
  let cancel = (): void => {}
  const rings = new Promise<undefined>((resolve) => {
    cancel = clock.after(patienceMs, () => resolve(undefined))
  })
  return { rings, cancel }
}
