import { createServer } from 'node:http'
import type { ServerResponse } from 'node:http'
import { existsSync, readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import type { TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { securityHeaders } from '@holdfast/cloud/platform/http/headers.ts'

export interface FakeCall {
  readonly params: readonly string[]
  readonly body: Readonly<Record<string, unknown>>
  readonly signedIn: boolean
  readonly key: string | undefined
}

export interface FakeReply {
  readonly status: number
  readonly body?: unknown
  readonly cookie?: string
}

export interface FakeRoute {
  /** 'POST /v1/recipient/parcels/:parcel/consent'; `:name` is one step of the path. */
  readonly at: string
  readonly open?: true
  readonly body?: TSchema
  /** What a 200 must look like. */
  readonly reply?: TSchema
  readonly handle: (call: FakeCall) => FakeReply
}

export const gives = (body: unknown, status = 200): FakeReply => ({ status, body })
export const accepted: FakeReply = { status: 202, body: {} }

/** A refusal as the cloud words it. */
export const refuses = (status: number, code: string, words: { en: string; zh: string; ko: string }): FakeReply => ({
  status,
  body: { error: { code, message: words.en, messages: words } },
})

const notSignedIn = refuses(401, 'not-signed-in', { en: 'Sign in first.', zh: '请先登录。', ko: '먼저 로그인하세요.' })

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
}

export interface FakeCloud {
  readonly address: string
  /** Where app and wire's schemas disagree; a journey ends with none. */
  readonly violations: readonly string[]
  /** Calls as they came, 'POST /v1/…', with their idempotency keys. */
  readonly calls: readonly { readonly at: string; readonly key: string | undefined }[]
  readonly stop: () => void
}

interface Said {
  readonly at: string
  readonly text: string
  readonly signedIn: boolean
  readonly key: string | undefined
}

/** Answers by the routes; where app, answer and wire's schemas disagree, it is said. */
export function judge(routes: readonly FakeRoute[], violations: string[]): (said: Said) => FakeReply {
  const compiled = routes.map((route) => ({
    route,
    pattern: new RegExp(`^${route.at.replaceAll(/:\w+/g, '([^/]+)')}$`),
  }))
  return ({ at, text, signedIn, key }) => {
    const found = compiled.find(({ pattern }) => pattern.test(at))
    if (found === undefined) {
      violations.push(`${at}: no such route`)
      return gives({}, 404)
    }
    const { route, pattern } = found
    if (route.open !== true && !signedIn) return notSignedIn
    const body: unknown = text === '' ? {} : JSON.parse(text)
    if (route.body && !Value.Check(route.body, body)) violations.push(`${at}: body ${text}`)
    if (!at.startsWith('GET') && key === undefined) violations.push(`${at}: no key`)
    const params = (pattern.exec(at) ?? []).slice(1)
    const reply = route.handle({ params, body: body as Record<string, unknown>, signedIn, key })
    if (reply.status === 200 && route.reply && !Value.Check(route.reply, reply.body)) {
      violations.push(`${at}: reply ${JSON.stringify([...Value.Errors(route.reply, reply.body)])}`)
    }
    return reply
  }
}

/** Serves one built app under `/<audience>/`, with the cloud's own headers, and answers it by wire's contract. */
export async function startFakeCloud(
  audience: 'courier' | 'recipient',
  folder: string,
  routes: readonly FakeRoute[],
): Promise<FakeCloud> {
  const violations: string[] = []
  const calls: { at: string; key: string | undefined }[] = []
  const judged = judge(routes, violations)
  const server = createServer((request, reply) => {
    const path = new URL(request.url ?? '/', 'http://cloud').pathname
    if (!path.startsWith('/v1/')) return sendFile(reply, folder, path.replace(`/${audience}/`, ''))
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const at = `${request.method} ${path}`
      const key = request.headers['idempotency-key']?.toString()
      const signedIn = request.headers.cookie?.includes(`hf_${audience}=`) === true
      calls.push({ at, key })
      const { status, body, cookie } = judged({ at, key, signedIn, text: Buffer.concat(parts).toString() })
      const head = {
        'content-type': 'application/json',
        'cache-control': 'no-store',
        ...(cookie === undefined
          ? {}
          : { 'set-cookie': `hf_${audience}=${cookie}; Path=/; HttpOnly; SameSite=Strict` }),
      }
      reply.writeHead(status, head).end(body === undefined || status === 204 ? undefined : JSON.stringify(body))
    })
    return undefined
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const stop = (): void => {
    server.closeAllConnections()
    server.close()
  }
  return { address, violations, calls, stop }
}

function sendFile(reply: ServerResponse, folder: string, asked: string): void {
  const file = join(folder, asked === '' ? 'index.html' : asked)
  if (!existsSync(file)) return void reply.writeHead(404).end()
  const type = types[extname(file)] ?? 'application/octet-stream'
  reply.writeHead(200, { ...securityHeaders(), 'content-type': type }).end(readFileSync(file))
}
