import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ToScreen } from '@holdfast/wire/kiosk/show.ts'
import { type Link, type LinkState, openLink } from './link.ts'

/** A terminal on the other side: every stream that the page opened, and everything that it posted. */
function terminal() {
  const streams: { say: (text: string) => void; end: () => void; closed: () => boolean }[] = []
  const posts: string[] = []
  let answer: 'stream' | 401 | 503 | 'away' = 'stream'
  const fetch = (path: string, init: RequestInit = {}): Promise<Response> => {
    if (init.method === 'POST') return Promise.resolve((posts.push(path), new Response(null, { status: 204 })))
    if (answer === 'away') return Promise.reject(new TypeError('no route'))
    if (answer !== 'stream') return Promise.resolve(new Response(null, { status: answer }))
    let isClosed = false
    const body = new ReadableStream<Uint8Array>({
      start: (control) => {
        const say = (text: string): void => control.enqueue(new TextEncoder().encode(text))
        streams.push({ say, end: () => (isClosed ? undefined : control.close()), closed: () => isClosed })
        init.signal?.addEventListener('abort', () => {
          isClosed = true
          control.error(new DOMException('gone', 'AbortError'))
        })
      },
    })
    return Promise.resolve(new Response(body))
  }
  return { streams, posts, fetch, answers: (next: typeof answer) => void (answer = next) }
}

const event = (message: object): string => `data: ${JSON.stringify(message)}\n\n`
const show = (n: number): string => event({ message: 'kiosk-show', n })

describe('the kiosk’s link to its terminal', () => {
  let there: ReturnType<typeof terminal>
  let link: Link
  let states: LinkState[]
  let heard: ToScreen[]
  const settle = async (ms = 0): Promise<void> => {
    await vi.advanceTimersByTimeAsync(ms)
    for (let turn = 0; turn < 5; turn++) await new Promise((next) => setImmediate(next))
  }
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'] })
    there = terminal()
    vi.stubGlobal('fetch', there.fetch)
    vi.stubGlobal('matchMedia', () => ({ matches: false }))
    states = []
    heard = []
  })
  afterEach(() => {
    link.stop()
    vi.unstubAllGlobals()
    vi.useRealTimers()
  })
  const open = async (): Promise<void> => {
    link = openLink({ token: 't', onMessage: (message) => heard.push(message), onState: (state) => states.push(state) })
    await settle()
  }

  it('is live with the first whole message, however it is cut, and says that it is alive', async () => {
    await open()
    for (const part of [show(1).slice(0, 9), show(1).slice(9), show(2)]) there.streams[0]?.say(part)
    await settle()
    expect([states, heard.map((message) => 'n' in message && message.n)]).toEqual([['live'], [1, 2]])
    await settle(10_000)
    expect(there.posts).toEqual(['kiosk/alive'])
  })

  it('says so when its touch is gone', async () => {
    await open()
    there.streams[0]?.say(show(1))
    vi.stubGlobal('matchMedia', () => ({ matches: true }))
    await settle(10_000)
    expect(there.posts).toEqual(['kiosk/alive?touch=absent'])
  })

  it.each(['away', 503] as const)(
    'is lost where the terminal is %s, and comes back each second until it is there',
    async (how) => {
      there.answers(how)
      await open()
      await settle(3_000)
      expect([states, there.streams.length]).toEqual([['lost'], 0])
      there.answers('stream')
      await settle(1_000)
      there.streams[0]?.say(show(7))
      await settle()
      expect(states).toEqual(['lost', 'live'])
    },
  )

  it('gives a silent stream up, for the terminal speaks every few seconds', async () => {
    await open()
    there.streams[0]?.say(show(1))
    await settle(20_000)
    expect(there.streams[0]?.closed()).toBe(true)
    await settle(1_000)
    expect([states.at(-1), there.streams.length]).toEqual(['lost', 2])
  })

  it('is locked by a terminal that was restarted, and asks no more', async () => {
    there.answers(401)
    await open()
    await settle(60_000)
    expect([states, there.streams.length]).toEqual([['locked'], 0])
  })

  it('stays away while another page has the screen, and takes it over when it is told to', async () => {
    await open()
    there.streams[0]?.say(event({ message: 'kiosk-away' }))
    await settle()
    there.streams[0]?.end()
    await settle(60_000)
    expect([states, there.streams.length, there.posts]).toEqual([['away'], 1, []])
    link.takeOver()
    await settle()
    there.streams[1]?.say(show(1))
    await settle()
    expect(states).toEqual(['away', 'connecting', 'live'])
  })

  it('does not fight for the screen with its own old stream, which ends after it took over', async () => {
    await open()
    there.streams[0]?.say(event({ message: 'kiosk-away' }))
    await settle()
    link.takeOver()
    await settle()
    there.streams[1]?.say(show(1))
    await settle()
    there.streams[0]?.end()
    await settle(5_000)
    expect([states.at(-1), there.streams.length]).toEqual(['live', 2])
  })

  it('is silent once it was stopped', async () => {
    await open()
    there.streams[0]?.say(show(1))
    await settle()
    link.stop()
    await settle(60_000)
    expect([states, there.streams.length, there.posts]).toEqual([['live'], 1, []])
  })
})
