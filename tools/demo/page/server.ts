import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { handRequest, replyRequest, scanRequest, uplinkRequest, type TownState } from '@holdfast/wire/town/town.ts'
import Type, { type Static, type TSchema } from 'typebox'
import { Value } from 'typebox/value'

/** What the page may ask of the town; false means that the world does not allow it just now. */
export interface TownActs {
  hand(request: Static<typeof handRequest>): boolean
  scan(request: Static<typeof scanRequest>): Promise<boolean>
  uplink(request: Static<typeof uplinkRequest>): boolean
  reply(request: Static<typeof replyRequest>): Promise<boolean>
  /** A message of the cloud's tray channel. */
  tray(message: Static<typeof trayMessage>): boolean
}

export interface TownPage {
  readonly url: string
  changed(): void
  stop(): Promise<void>
}

export interface TownPageOptions {
  readonly port: number
  /** Where vite put the town app. */
  readonly folder: string
  readonly state: () => TownState
  readonly acts: TownActs
}

export const trayMessage = Type.Object({
  id: Type.String({ maxLength: 80 }),
  channel: Type.String({ maxLength: 16 }),
  to: Type.String({ maxLength: 200 }),
  text: Type.String({ maxLength: 4000 }),
  subject: Type.Optional(Type.String({ maxLength: 400 })),
  locale: Type.Optional(Type.String({ maxLength: 16 })),
})

const bodyBytesMax = 16 * 1024
/** Doors move in bursts: the page is told at most this often. */
const tellEveryMs = 60
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
}

export async function serveTownPage(options: TownPageOptions): Promise<TownPage> {
  const watchers = new Set<ServerResponse>()
  let timer: NodeJS.Timeout | undefined
  const tell = (): void => {
    timer = undefined
    const event = `event: state\ndata: ${JSON.stringify(options.state())}\n\n`
    for (const watcher of watchers) watcher.write(event)
  }
  const server = createServer((request, response) => {
    answer(options, watchers, { request, response }).catch(() => response.writeHead(500).end())
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${options.port}/`,
    changed: () => {
      timer ??= setTimeout(tell, tellEveryMs)
    },
    stop: () =>
      new Promise((resolve) => {
        clearTimeout(timer)
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
}

async function answer(options: TownPageOptions, watchers: Set<ServerResponse>, exchange: Exchange): Promise<void> {
  const { request, response } = exchange
  const { pathname } = new URL(request.url ?? '/', 'http://town')
  response.setHeader(
    'content-security-policy',
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:",
  )
  // A page from elsewhere may not push doors: browsers name the origin on every POST.
  const { origin } = request.headers
  if (origin !== undefined && origin !== `http://${request.headers.host}`) return end(response, 403)
  if (request.method === 'POST') return await act(options.acts, pathname, exchange)
  if (pathname === '/town/live') return watch(watchers, response, options.state())
  return await serveFile(options.folder, pathname, response)
}

async function act(acts: TownActs, pathname: string, { request, response }: Exchange): Promise<void> {
  const run = async <S extends TSchema>(schema: S, perform: (request: Static<S>) => boolean | Promise<boolean>) => {
    if (!Value.Check(schema, body)) return end(response, 400)
    end(response, (await perform(body)) ? 204 : 409)
  }
  const body = await readJson(request)
  switch (pathname) {
    case '/town/hand':
      return await run(handRequest, acts.hand)
    case '/town/scan':
      return await run(scanRequest, acts.scan)
    case '/town/uplink':
      return await run(uplinkRequest, acts.uplink)
    case '/town/reply':
      return await run(replyRequest, acts.reply)
    case '/tray':
      return await run(trayMessage, acts.tray)
    default:
      return end(response, 404)
  }
}

function watch(watchers: Set<ServerResponse>, response: ServerResponse, state: TownState): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
  response.write(`event: state\ndata: ${JSON.stringify(state)}\n\n`)
  watchers.add(response)
  response.on('close', () => watchers.delete(response))
}

async function serveFile(folder: string, pathname: string, response: ServerResponse): Promise<void> {
  const path = normalize(pathname === '/' ? '/index.html' : decodeURIComponent(pathname))
  if (path.includes('..')) return end(response, 404)
  const content = await readFile(join(folder, path)).catch(() => undefined)
  if (content === undefined) return end(response, 404)
  response.writeHead(200, { 'content-type': types[extname(path)] ?? 'application/octet-stream' }).end(content)
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  let text = ''
  for await (const chunk of request) {
    text += String(chunk)
    if (text.length > bodyBytesMax) return undefined
  }
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function end(response: ServerResponse, status: number): void {
  response.writeHead(status).end()
}
