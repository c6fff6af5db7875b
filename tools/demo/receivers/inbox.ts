import { createServer, type IncomingMessage } from 'node:http'
import { Webhook } from 'standardwebhooks'
import Type, { type Static } from 'typebox'
import { Value } from 'typebox/value'
import { portOf } from '../street/ports.ts'

/** One webhook as the carrier's own program saw it. */
export const receivedSchema = Type.Object({
  id: Type.String(),
  at: Type.Integer(),
  verified: Type.Boolean(),
  repeated: Type.Boolean(),
  type: Type.String(),
  trackingNumber: Type.String(),
  sequence: Type.Integer(),
  reason: Type.Union([Type.String(), Type.Null()]),
})
export type Received = Static<typeof receivedSchema>

/** A carrier's receiving program: knows nothing of Holdfast but the public Standard Webhooks package and a secret. */
export interface Inbox {
  readonly url: string
  trust(secret: string): void
  received(): readonly Received[]
  subscribe(listener: () => void): () => void
  stop(): Promise<void>
}

const bodyBytesMax = 64 * 1024

export async function openInbox(port: number, history: readonly Received[] = []): Promise<Inbox> {
  const received = [...history]
  const listeners = new Set<() => void>()
  let webhook: Webhook | undefined
  const server = createServer((request, response) => {
    const take = (body: string): void => {
      const known = new Set(received.filter(({ verified }) => verified).map(({ id }) => id))
      const entry = judge(webhook, request, { body, known })
      received.push(entry)
      for (const listener of listeners) listener()
      response.writeHead(entry.verified ? 204 : 401).end()
    }
    // Whoever hangs up in the middle has said nothing, and ends nothing but his own call.
    readBody(request).then(take, () => response.destroy())
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${portOf(server)}/holdfast`,
    trust: (secret) => {
      webhook = new Webhook(secret)
    },
    received: () => received,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function judge(
  webhook: Webhook | undefined,
  request: IncomingMessage,
  { body, known }: { readonly body: string; readonly known: ReadonlySet<string> },
): Received {
  const id = String(request.headers['webhook-id'] ?? '')
  const nothing = { type: '', trackingNumber: '', sequence: 0, reason: null }
  const refused = { id, at: Date.now(), verified: false, repeated: false, ...nothing }
  try {
    const event: unknown = webhook?.verify(body, headersOf(request))
    if (!Value.Check(eventSchema, event)) return refused
    const { trackingNumber, sequence, reason } = event.data
    const told = { type: event.type, trackingNumber, sequence, reason }
    return { ...refused, ...told, verified: true, repeated: known.has(id) }
  } catch {
    return refused
  }
}

/** What this program reads of an event; the rest is none of its business. */
const eventSchema = Type.Object({
  type: Type.String(),
  data: Type.Object({
    trackingNumber: Type.String(),
    sequence: Type.Integer(),
    reason: Type.Union([Type.String(), Type.Null()]),
  }),
})

const headersOf = ({ headers }: IncomingMessage): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))

async function readBody(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const chunk of request) {
    body += String(chunk)
    if (body.length > bodyBytesMax) break
  }
  return body
}
