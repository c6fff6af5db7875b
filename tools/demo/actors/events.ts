export interface EventOptions {
  readonly headers?: Readonly<Record<string, string>>
  readonly onData: (data: string) => void
  readonly signal: AbortSignal
}

const againMs = 300

/** Server-sent events with headers of one's own; connects again until the signal says otherwise. */
export function followEvents(url: string, { headers = {}, onData, signal }: EventOptions): void {
  const read = async (): Promise<void> => {
    const response = await fetch(url, { headers, signal })
    if (!response.ok || response.body === null) return
    let rest = ''
    const decoder = new TextDecoder()
    const reader = response.body.getReader()
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      const blocks = `${rest}${decoder.decode(part.value, { stream: true })}`.split('\n\n')
      rest = blocks.pop() ?? ''
      for (const block of blocks) {
        const data = block
          .split('\n')
          .filter((line) => line.startsWith('data:'))
          .map((line) => line.slice(5).trimStart())
        // Outside of the catch below: what the listener throws is a bug, not a lost connection.
        if (data.length > 0) queueMicrotask(() => onData(data.join('\n')))
      }
    }
  }
  const keep = async (): Promise<void> => {
    while (!signal.aborted) {
      await read().catch(() => undefined)
      if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, againMs))
    }
  }
  void keep()
}
