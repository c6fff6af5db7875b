/** Why a request did not give what was asked. `refused` has the server's reason; the others are the way there. */
export interface Failure {
  readonly kind: 'refused' | 'offline' | 'timeout' | 'broken'
  /** Stable kebab-case: the server's, or 'offline', 'timeout', 'server'. */
  readonly code: string
  readonly status: number
  /** The server's words for people, by locale. */
  readonly messages: Readonly<Record<string, string>>
}

export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure }

export interface ClientPorts {
  readonly fetch?: typeof fetch
  /** Before every path: '' on the cloud's own origin. */
  readonly base?: string
  readonly newKey?: () => string
  readonly timeoutMs?: number
  /** Milliseconds that only grow. */
  readonly now?: () => number
  /** Extra headers for each request. */
  readonly headers?: () => Readonly<Record<string, string>>
  /** 401: the session is gone. */
  readonly onSignedOut?: () => void
}

export interface SendOptions {
  /** Of queued work, kept with it. Otherwise a wish whose answer was lost keeps its own when it is sent again. */
  readonly key?: string
  readonly method?: 'POST' | 'PUT' | 'PATCH' | 'DELETE'
}

export interface Client {
  readonly get: <T>(path: string, query?: Query) => Promise<Answer<T>>
  readonly send: <T>(path: string, body?: unknown, options?: SendOptions) => Promise<Answer<T>>
}

export type Query = Readonly<Record<string, string | number | boolean | undefined>>

/** 128 random bits in hex; works without a secure context, unlike randomUUID. */
export const randomKey = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')

export function createClient(ports: ClientPorts = {}): Client {
  const { base = '', newKey = randomKey, timeoutMs = 15_000, now = () => performance.now() } = ports
  const open = createOpenWishes(newKey, now)
  const run = ports.fetch ?? globalThis.fetch.bind(globalThis)
  const ask = async <T>(
    path: string,
    init: RequestInit,
    extra: Readonly<Record<string, string>> = {},
  ): Promise<Answer<T>> => {
    let response: Response
    try {
      const headers = { accept: 'application/json', ...ports.headers?.(), ...extra }
      response = await run(base + path, {
        ...init,
        headers,
        credentials: 'same-origin',
        signal: AbortSignal.timeout(timeoutMs),
      })
      // The body may break off as well: reading it belongs to the same attempt.
      return await readAnswer<T>(response, ports.onSignedOut)
    } catch (error) {
      const late = error instanceof DOMException && error.name === 'TimeoutError'
      return failed(late ? 'timeout' : 'offline', late ? 'timeout' : 'offline', 0)
    }
  }
  return {
    get: (path, query) => ask(path + queryText(query), { method: 'GET' }),
    send: async <T>(path: string, body?: unknown, { key, method = 'POST' }: SendOptions = {}) => {
      const text = body === undefined ? undefined : JSON.stringify(body)
      const wish = `${method} ${path} ${text ?? ''}`
      const answer = await ask<T>(
        path,
        { method, ...(text === undefined ? {} : { body: text }) },
        {
          'idempotency-key': key ?? open.keyOf(wish),
          ...(text === undefined ? {} : { 'content-type': 'application/json' }),
        },
      )
      if (isKnown(answer)) open.settle(wish)
      return answer
    },
  }
}

/** Nobody who asks again after this means the same wish. */
const sameWishMs = 600_000

/** A press after a lost answer is the same wish, and what was done is not done twice. */
function createOpenWishes(newKey: () => string, now: () => number) {
  const wishes = new Map<string, { readonly key: string; readonly since: number }>()
  return {
    keyOf: (wish: string): string => {
      const begun = wishes.get(wish)
      if (begun !== undefined && now() - begun.since < sameWishMs) return begun.key
      const key = newKey()
      wishes.set(wish, { key, since: now() })
      return key
    },
    settle: (wish: string): void => void wishes.delete(wish),
  }
}

/** Done, or refused for good. `request-in-flight`: the first of the same is still at work. */
const isKnown = <T>(answer: Answer<T>): boolean =>
  answer.ok ||
  (answer.failure.kind === 'refused' && answer.failure.status < 500 && answer.failure.code !== 'request-in-flight')

function queryText(query: Query | undefined): string {
  const given = Object.entries(query ?? {}).filter(([, value]) => value !== undefined)
  return given.length === 0 ? '' : `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`
}

async function readAnswer<T>(response: Response, onSignedOut: (() => void) | undefined): Promise<Answer<T>> {
  const text = await response.text()
  const body = parse(text)
  // The cloud is trusted to keep wire's shapes; browsers carry wire's types only (stack: web build).
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the wire's own types
  if (response.ok && (body !== undefined || text === '')) return { ok: true, value: body as T }
  if (response.status === 401) onSignedOut?.()
  const error = fieldOf(body, 'error')
  const code = fieldOf(error, 'code')
  if (typeof code !== 'string') return failed('broken', 'server', response.status)
  const message = fieldOf(error, 'message')
  const messages = fieldOf(error, 'messages')
  return failed('refused', code, response.status, {
    ...(typeof message === 'string' ? { en: message } : {}),
    ...(isRecord(messages) ? stringsOf(messages) : {}),
  })
}

const failed = (
  kind: Failure['kind'],
  code: string,
  status: number,
  messages: Failure['messages'] = {},
): { readonly ok: false; readonly failure: Failure } => ({ ok: false, failure: { kind, code, status, messages } })

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

const fieldOf = (value: unknown, name: string): unknown => (isRecord(value) ? value[name] : undefined)

const stringsOf = (record: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(Object.entries(record).filter((entry): entry is [string, string] => typeof entry[1] === 'string'))

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
