import type { ServerResponse } from 'node:http'
import type { ToScreen } from '@holdfast/wire/kiosk/show.ts'
import type { Clock } from '../../boards/line/clock.ts'
import { every } from '../../platform/every.ts'

/** The one page that is live. A second takes over, and the first is told so. */
export interface LivePage {
  open(response: ServerResponse, first: readonly ToScreen[]): void
  tell(message: ToScreen): void
  /** The page gave a sign of life, and says whether there is anything to touch it with. */
  seen(touchable: boolean): void
  present(): boolean
  touchable(): boolean
  close(): void
}

/** The page says "alive" every 10 s; a frozen browser keeps its connection and is not there. */
export const pageSilentMs = 25_000
/** So that the page notices a terminal that hangs. */
export const pingMs = 5_000

export function createLivePage(clock: Clock): LivePage {
  let current: ServerResponse | undefined
  let seenAt = 0
  let touchable = true
  const stopPinging = every(clock, pingMs, () => {
    current?.write(': here\n\n')
  })
  const write = (response: ServerResponse, message: ToScreen): void => {
    response.write(`data: ${JSON.stringify(message)}\n\n`)
  }
  return {
    open: (response, first) => {
      if (current !== undefined) {
        write(current, { v: 1, message: 'kiosk-away' })
        current.end()
      }
      current = response
      touchable = true
      seenAt = clock.now()
      response.on('close', () => {
        if (current === response) current = undefined
      })
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
      for (const message of first) write(response, message)
    },
    tell: (message) => {
      if (current !== undefined) write(current, message)
    },
    seen: (isTouchable) => {
      seenAt = clock.now()
      touchable = isTouchable
    },
    touchable: () => touchable,
    present: () => current !== undefined && clock.now() - seenAt < pageSilentMs,
    close: () => {
      stopPinging()
      current?.end()
      current = undefined
    },
  }
}
