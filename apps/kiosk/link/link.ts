import type { Touch } from '@holdfast/wire/kiosk/inputs.ts'
import type { ToScreen } from '@holdfast/wire/kiosk/show.ts'
import { createMessages } from './messages.ts'

/** `away`: another page took over. `locked`: the terminal was restarted, and this page's token is of the boot before. */
export type LinkState = 'connecting' | 'live' | 'lost' | 'away' | 'locked'

export interface LinkPorts {
  readonly token: string
  readonly onMessage: (message: ToScreen) => void
  readonly onState: (state: LinkState) => void
}

export interface Link {
  readonly send: (n: number, touch: Touch) => void
  /** After `away`. */
  readonly takeOver: () => void
  readonly stop: () => void
}

const retryMs = 1_000
const aliveMs = 10_000
/** The terminal says something every 5 s. */
const silentMs = 15_000

/** Keeps the one stream of screens open, and says that this page is alive. */
export function openLink(ports: LinkPorts): Link {
  const headers = { authorization: `Bearer ${ports.token}` }
  let state: LinkState = 'connecting'
  let stream: Stream | undefined
  let retry: ReturnType<typeof setTimeout> | undefined
  const become = (next: LinkState): void => {
    if (next === state) return
    state = next
    ports.onState(next)
  }
  const keep = (): void => {
    stream?.close()
    const mine = openStream(headers, (message) => {
      if (stream !== mine) return
      become(message.message === 'kiosk-away' ? 'away' : 'live')
      ports.onMessage(message)
    })
    stream = mine
    void mine.end.then((why) => {
      // One that was taken over from may end late: it must not fight for the screen with the one that came after it.
      if (state === 'away' || stream !== mine) return
      become(why)
      if (why === 'lost') retry = setTimeout(keep, retryMs)
    })
  }
  const post = (path: string, body?: string): void => {
    fetch(path, { method: 'POST', headers, ...(body === undefined ? {} : { body }) }).catch(() => {
      // The stream notices as well, and says it on the screen.
    })
  }
  const alive = setInterval(() => {
    if (state === 'live') post(isTouchable() ? 'kiosk/alive' : 'kiosk/alive?touch=absent')
    if (stream !== undefined && performance.now() - stream.heardAt() > silentMs) stream.close()
  }, aliveMs)
  keep()
  return {
    send: (n, touch) => post('kiosk/input', JSON.stringify({ v: 1, message: 'kiosk-input', n, ...touch })),
    takeOver: () => {
      become('connecting')
      keep()
    },
    stop: () => {
      clearInterval(alive)
      clearTimeout(retry)
      state = 'away'
      stream?.close()
    },
  }
}

/** A touchscreen that fell off its cable leaves the page without any pointer. */
const isTouchable = (): boolean => !matchMedia('(any-pointer: none)').matches

interface Stream {
  /** Why it ended; never rejects. */
  readonly end: Promise<'lost' | 'locked'>
  readonly heardAt: () => number
  readonly close: () => void
}

function openStream(headers: Readonly<Record<string, string>>, hear: (message: ToScreen) => void): Stream {
  const control = new AbortController()
  let heardAt = performance.now()
  const read = async (): Promise<'lost' | 'locked'> => {
    const response = await fetch('kiosk/screen', { headers, signal: control.signal })
    if (response.status === 401) return 'locked'
    if (!response.ok || response.body === null) return 'lost'
    const messages = createMessages(hear)
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return 'lost'
      heardAt = performance.now()
      messages.take(value)
    }
  }
  return { end: read().catch(() => 'lost' as const), heardAt: () => heardAt, close: () => control.abort() }
}
