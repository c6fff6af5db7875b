import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { KioskInput } from '@holdfast/wire/kiosk/inputs.ts'
import type { ToScreen } from '@holdfast/wire/kiosk/show.ts'
import type { Clock } from '../../boards/line/clock.ts'
import type { Log } from '../../platform/log.ts'
import { createDoor } from './door.ts'
import { readFiles, type StaticFile } from './files.ts'
import { createLivePage } from './page.ts'
import { parseInput } from './parse-input.ts'

export interface ScreenServerPorts {
  readonly port: number
  /** The built app. */
  readonly folder: string
  readonly token: string
  readonly same: (left: string, right: string) => boolean
  readonly clock: Clock
  readonly log: Log
  /** What a page that has just opened is shown. */
  readonly first: () => readonly ToScreen[]
  /** False: it answers a screen that is no longer there. */
  readonly input: (input: KioskInput) => boolean
}

export interface ScreenServer {
  readonly url: string
  tell(message: ToScreen): void
  present(): boolean
  touchable(): boolean
  stop(): Promise<void>
}

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; media-src 'self'; " +
  "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

const guarded: Readonly<Record<string, string>> = {
  'content-security-policy': policy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
}

/** How a page without any pointer says that it is alive. */
const untouchable = '/kiosk/alive?touch=absent'

/** An input is a few hundred bytes. */
const bodyBytesMax = 4_096

/** On 127.0.0.1 alone. Rejects with the system's error where the port is taken. */
export async function serveScreen(ports: ScreenServerPorts): Promise<ScreenServer> {
  const files = readFiles(ports.folder)
  const page = createLivePage(ports.clock)
  let port = ports.port
  const turnedAway = createDoor({ port: () => port, token: ports.token, same: ports.same })

  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries(guarded)) response.setHeader(name, value)
    const why = turnedAway(request)
    if (why !== undefined) return end(response, why === 'token' ? 401 : 403)
    const path = (request.url ?? '/').split('?')[0] ?? '/'
    const route = `${request.method ?? ''} ${path}`
    if (route === 'GET /kiosk/screen') return page.open(response, ports.first())
    if (route === 'POST /kiosk/alive') {
      page.seen(request.url !== untouchable)
      return end(response, 204)
    }
    if (route === 'POST /kiosk/input') return void receive(request, response, ports)
    return request.method === 'GET' ? serve(response, files.get(path)) : end(response, 404)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(ports.port, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('a screen server without a port')
  port = address.port

  return {
    url: `http://127.0.0.1:${port}/#${ports.token}`,
    tell: page.tell,
    present: page.present,
    touchable: page.touchable,
    stop: () =>
      new Promise((resolve) => {
        page.close()
        server.close(() => {
          resolve()
        })
        server.closeAllConnections()
      }),
  }
}

function end(response: ServerResponse, status: number): void {
  response.writeHead(status).end()
}

function serve(response: ServerResponse, file: StaticFile | undefined): void {
  if (file === undefined) return end(response, 404)
  const cache = file.lasting ? 'public, max-age=31536000, immutable' : 'no-cache'
  response.writeHead(200, { 'content-type': file.type, 'cache-control': cache }).end(file.bytes)
}

async function receive(request: IncomingMessage, response: ServerResponse, ports: ScreenServerPorts): Promise<void> {
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of request) {
      const bytes = new Uint8Array(Buffer.from(chunk))
      size += bytes.length
      if (size > bodyBytesMax) return end(response, 413)
      chunks.push(bytes)
    }
  } catch {
    return
  }
  const input = parseInput(Buffer.concat(chunks).toString('utf8'))
  if (input === undefined) return end(response, 400)
  // 409: the page shows the newer screen by itself.
  end(response, ports.input(input) ? 204 : 409)
}
