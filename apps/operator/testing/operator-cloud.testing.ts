import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { existsSync, readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { Value } from 'typebox/value'
import { securityHeaders } from '@holdfast/cloud/platform/http/headers.ts'
import { liveEvents } from '@holdfast/wire/http/live.ts'
import type { LiveEventName } from '@holdfast/wire/http/live.ts'
import { judge, notSignedIn } from './judge.testing.ts'
import { operatorRoutes } from './routes.testing.ts'
import type { Call } from './routes.testing.ts'
import type { Scene } from './scene.testing.ts'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
}

export interface OperatorCloud {
  readonly address: string
  /** Where app, this cloud and wire's schemas disagree; a journey ends with none. */
  readonly violations: readonly string[]
  /** 'POST /v1/…' as they came, with what they carried. */
  readonly calls: readonly Call[]
  /** Says an event to every open stream, judged by wire. */
  readonly tell: (event: LiveEventName, data: unknown) => void
  /** Breaks all streams, as a restart of the cloud does. */
  readonly breakStreams: () => void
  readonly stop: () => void
}

/** A cloud that only operators see: the built app under its real headers, and answers by wire's contract. */
export async function startOperatorCloud(folder: string, scene: Scene): Promise<OperatorCloud> {
  const violations: string[] = []
  const calls: Call[] = []
  const streams = new Set<ServerResponse>()
  let cursor = 0
  const tell = (event: LiveEventName, data: unknown): void => {
    if (!Value.Check(liveEvents[event], data)) violations.push(`live ${event}: ${JSON.stringify(data)}`)
    cursor += 1
    for (const stream of streams) stream.write(`id: ${cursor}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
  }
  const judged = judge(operatorRoutes(scene, tell), violations)
  const answer = (call: Call, reply: ServerResponse): void => {
    calls.push(call)
    const { status, body, cookie } = judged(call)
    return send(reply, status, body, cookie)
  }
  const server = createServer((request, reply) => {
    const url = new URL(request.url ?? '/', 'http://cloud')
    if (!url.pathname.startsWith('/v1/')) return sendFile(reply, folder, url.pathname.replace('/operator/', ''))
    const signedIn = request.headers.cookie?.includes('hf_operator=') === true
    if (!signedIn && !/\/(sign-in|welcome|welcome\/look)$/.test(url.pathname)) return send(reply, 401, notSignedIn)
    if (url.pathname === '/v1/live') {
      reply.writeHead(200, { 'content-type': 'text/event-stream' }).write('retry: 200\n\n')
      streams.add(reply)
      return request.on('close', () => streams.delete(reply))
    }
    return readBody(request, (text) =>
      answer(
        {
          method: request.method ?? 'GET',
          path: url.pathname,
          query: Object.fromEntries(url.searchParams),
          body: text === '' ? undefined : JSON.parse(text),
          key: request.headers['idempotency-key']?.toString(),
          params: [],
        },
        reply,
      ),
    )
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const breakStreams = (): void => {
    for (const stream of streams) stream.destroy()
  }
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    violations,
    calls,
    tell,
    breakStreams,
    stop: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

function readBody(request: IncomingMessage, done: (text: string) => void): void {
  const parts: Buffer[] = []
  request.on('data', (part: Buffer) => parts.push(part))
  request.on('end', () => done(Buffer.concat(parts).toString()))
}

function send(reply: ServerResponse, status: number, body: unknown, cookie?: string): void {
  reply.writeHead(status, {
    'content-type': 'application/json',
    'cache-control': 'no-store',
    ...(cookie === undefined ? {} : { 'set-cookie': cookie }),
  })
  reply.end(status === 204 ? undefined : JSON.stringify(body))
}

function sendFile(reply: ServerResponse, folder: string, asked: string): void {
  const file = join(folder, asked === '' ? 'index.html' : asked)
  if (!existsSync(file)) return void reply.writeHead(404).end()
  const type = types[extname(file)] ?? 'application/octet-stream'
  return void reply.writeHead(200, { ...securityHeaders(), 'content-type': type }).end(readFileSync(file))
}
