import { readFileSync } from 'node:fs'
import { serveScreen } from '@holdfast/terminal/kiosk/server/server.ts'
import { createSystemClock } from '@holdfast/terminal/platform/clock.ts'
import { silentLog } from '@holdfast/terminal/platform/log.ts'
import type { Show, Site } from '@holdfast/wire/kiosk/show.ts'

const examples = new URL('../../../wire/examples/', import.meta.url)

/** The terminal's own screen server, showing the keypad that asks for a pickup code. */
export async function serveKiosk(folder: string): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const site: Site = JSON.parse(readFileSync(new URL('kiosk-site.1.json', examples), 'utf8'))
  const show: Show = JSON.parse(readFileSync(new URL('kiosk-show.1.code.json', examples), 'utf8'))
  const server = await serveScreen({
    port: 0,
    folder,
    token: 'token',
    same: (left, right) => left === right,
    clock: createSystemClock(),
    log: silentLog,
    first: () => [site, show],
    input: () => true,
  })
  return { url: server.url, stop: server.stop }
}
