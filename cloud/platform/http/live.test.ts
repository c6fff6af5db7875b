import { getEventListeners } from 'node:events'
import { types } from 'node:util'
import { describe, expect, it } from 'vitest'
import type { PersonId, SessionId } from '@holdfast/core/values/ids.ts'
import { systemClock } from '../clock.ts'
import { silentLog } from '../log.ts'
import { createHttp } from './http.ts'
import { createStreams, writeLiveEvent } from './live.ts'
import { stream } from './route.ts'

const nobody = async () => undefined

const openServer = async () =>
  await createHttp({
    log: silentLog,
    clock: systemClock,
    gates: {
      carrier: nobody,
      courier: nobody,
      staff: nobody,
      recipient: async () => ({ kind: 'recipient', personId: 'per_r' as PersonId, sessionId: 'ses_1' as SessionId }),
    },
    routes: [
      stream({
        path: '/v1/live',
        who: 'recipient',
        summary: 'Live',
        schemas: {},
        async *open({ lastEventId }, signal) {
          yield { id: '7', event: 'hello', data: { after: lastEventId ?? null } }
          await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
        },
      }),
    ],
    idempotency: { run: async (_call, work) => await work(() => undefined), forget: async () => undefined },
    secureCookies: true,
    version: '1',
  })

describe('a live stream', () => {
  it('resumes after the last event and ends when the server stops', async () => {
    const live = await openServer()
    const { url } = await live.listen({ host: '127.0.0.1', port: 0 })
    const response = await fetch(`${url}/v1/live`, { headers: { cookie: 'hf_recipient=t', 'last-event-id': '6' } })
    expect(response.headers.get('content-type')).toContain('text/event-stream')
    const reader = response.body?.getReader()
    let text = ''
    while (!text.includes('hello')) text += new TextDecoder().decode((await reader?.read())?.value)
    expect(text).toBe('retry: 2000\n\nid: 7\nevent: hello\ndata: {"after":"6"}\n\n')
    await live.stop()
    expect((await reader?.read())?.done).toBe(true)
  })

  it('refuses a stranger as any route does', async () => {
    const live = await openServer()
    expect((await live.inject({ method: 'GET', url: '/v1/live' })).status).toBe(401)
    await live.stop()
  })

  it('writes one line of data whatever it holds', () => {
    expect(writeLiveEvent({ event: 'e', data: 'a\nb' })).toBe('event: e\ndata: "a\\nb"\n\n')
  })
})

describe('the signals of live streams', () => {
  /** Node keeps what depends on a signal in sets that hang on it: `AbortSignal.any` leaves 100 here. */
  const hangingOn = (signal: AbortSignal): number =>
    Object.getOwnPropertySymbols(signal)
      .map((key): unknown => Reflect.get(signal, key))
      .reduce<number>((sum, value) => sum + (types.isSet(value) ? [...Set.prototype.keys.call(value)].length : 0), 0)

  it('leave nothing behind on the one that ends all, however many readers came and went', () => {
    const all = new AbortController()
    const begin = createStreams(all.signal)
    const listening = getEventListeners(all.signal, 'abort').length
    for (let n = 0; n < 100; n += 1) {
      const { signal, end } = begin()
      signal.addEventListener('abort', () => undefined)
      end()
      expect(signal.aborted).toBe(true)
    }
    expect(getEventListeners(all.signal, 'abort')).toHaveLength(listening)
    expect(hangingOn(all.signal)).toBe(0)
  })

  it('end one by one, and all of them with the server, also the one that comes too late', () => {
    const all = new AbortController()
    const begin = createStreams(all.signal)
    const [left, stays] = [begin(), begin()]
    left.end()
    expect([left.signal.aborted, stays.signal.aborted]).toEqual([true, false])
    all.abort()
    expect([stays.signal.aborted, begin().signal.aborted]).toEqual([true, true])
  })
})
