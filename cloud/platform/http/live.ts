import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { seconds } from '@holdfast/core/values/instants.ts'
import type { Cancel, Clock } from '../clock.ts'
import type { LiveEvent } from './route.ts'

/** Below the 30 s after which proxies and phones give a silent connection up. */
const heartbeatEvery = seconds(15)
const reconnectMs = 2_000

export const liveHeaders = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  // Asks nginx not to hold events back.
  'x-accel-buffering': 'no',
} as const

/** Data is one line: JSON has no raw line breaks. Ids and names are ours and hold none. */
export const writeLiveEvent = ({ id, event, data }: LiveEvent): string =>
  `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`

/** Sends events until the source ends or the signal aborts; waits for a slow reader, and beats when all is quiet. */
export async function sendLive(
  response: ServerResponse,
  events: AsyncIterable<LiveEvent>,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<void> {
  response.write(`retry: ${reconnectMs}\n\n`)
  const stopBeating = beat(clock, () => response.write(': beat\n\n'))
  try {
    for await (const event of events) {
      if (signal.aborted) return
      const roomLeft = response.write(writeLiveEvent(event))
      if (!roomLeft) await once(response, 'drain', { signal })
    }
  } catch (error) {
    if (!signal.aborted) throw error
  } finally {
    stopBeating()
    response.end()
  }
}

/**
 * Gives each stream a signal of its own, which ends with its reader or with all. `AbortSignal.any` would do the same and
 * leave something of every reader that ever came hanging on the signal that ends all.
 */
export function createStreams(stopping: AbortSignal): () => { readonly signal: AbortSignal; readonly end: () => void } {
  const open = new Set<AbortController>()
  stopping.addEventListener('abort', () => {
    for (const each of open) each.abort()
  })
  return () => {
    const each = new AbortController()
    open.add(each)
    if (stopping.aborted) each.abort()
    return {
      signal: each.signal,
      end: () => {
        open.delete(each)
        each.abort()
      },
    }
  }
}

function beat(clock: Clock, send: () => void): Cancel {
  let cancel: Cancel
  const arm = (): void => {
    cancel = clock.timer(heartbeatEvery, () => {
      send()
      arm()
    })
  }
  arm()
  return () => cancel()
}
