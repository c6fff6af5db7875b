export type LiveState = 'opening' | 'live' | 'waiting'

export interface LiveEvent {
  readonly id: string
  readonly type: string
  readonly data: unknown
}

export interface LivePorts {
  readonly address: string
  /** Named events to hear besides 'message' and 'reset'. */
  readonly types?: readonly string[]
  readonly onEvent: (event: LiveEvent) => void
  /** The cursor was too old, or events were lost: read everything anew; events from here on follow. */
  readonly onReset: () => void
  readonly onState?: (state: LiveState) => void
  readonly open?: (address: string) => EventSource
  readonly later?: (act: () => void, ms: number) => () => void
}

/** Follows `/v1/live`. The browser resumes by Last-Event-ID itself; after it gives up we reopen from the last id. */
export function followLive(ports: LivePorts): () => void {
  const { open = (address) => new EventSource(address), later = laterByTimer } = ports
  let source: EventSource | undefined
  let cancel: (() => void) | undefined
  let lastId = ''
  let failures = 0
  const hear = (event: Event): void => {
    if (!(event instanceof MessageEvent)) return
    if (event.lastEventId !== '') lastId = event.lastEventId
    ports.onEvent({ id: event.lastEventId, type: event.type, data: JSON.parse(event.data) })
  }
  const connect = (): void => {
    ports.onState?.('opening')
    const from = lastId === '' ? '' : `${ports.address.includes('?') ? '&' : '?'}after=${encodeURIComponent(lastId)}`
    const current = open(ports.address + from)
    source = current
    current.addEventListener('open', () => {
      failures = 0
      ports.onState?.('live')
    })
    for (const type of ['message', ...(ports.types ?? [])]) current.addEventListener(type, hear)
    current.addEventListener('reset', (event) => {
      if (event instanceof MessageEvent) lastId = event.lastEventId
      ports.onReset()
    })
    current.addEventListener('error', () => {
      ports.onState?.('waiting')
      if (current.readyState !== 2) return
      cancel = later(connect, Math.min(30_000, 1000 * 2 ** failures++))
    })
  }
  connect()
  return () => {
    cancel?.()
    source?.close()
  }
}

function laterByTimer(act: () => void, ms: number): () => void {
  const timer = setTimeout(act, ms)
  return () => clearTimeout(timer)
}
