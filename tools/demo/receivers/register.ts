import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import Type from 'typebox'
import { Value } from 'typebox/value'
import { openShelf } from '../plan/shelf.ts'

export interface Registration {
  /** Origin of the API. */
  readonly api: string
  readonly apiKey: string
  /** Where webhooks shall come. */
  readonly url: string
  readonly store: string
}

const keptSchema = Type.Object({ endpoint: Type.String(), url: Type.String(), secret: Type.String() })
const created = Type.Object({ endpoint: Type.Object({ id: Type.String() }), secret: Type.String() })
const retryMs = 500
const attemptsMax = 60

/** The secret of this address: the one from before, or a new one by the carrier's API. */
export async function registerEndpoint({ api, apiKey, url, store }: Registration): Promise<string> {
  const shelf = openShelf(join(store, 'endpoint.json'), keptSchema)
  const known = shelf.read()
  if (known?.url === url) return known.secret
  const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' }
  if (known !== undefined) {
    await patiently(() => fetch(new URL(`/v1/webhook-endpoints/${known.endpoint}`, api), { method: 'DELETE', headers }))
  }
  const response = await patiently(() =>
    fetch(new URL('/v1/webhook-endpoints', api), { method: 'POST', headers, body: JSON.stringify({ url }) }),
  )
  const reply: unknown = await response.json()
  if (!response.ok || !isCreated(reply)) throw new Error(`the API registers no endpoint: ${JSON.stringify(reply)}`)
  shelf.write({ endpoint: reply.endpoint.id, url, secret: reply.secret })
  return reply.secret
}

const isCreated = (reply: unknown): reply is { endpoint: { id: string }; secret: string } => Value.Check(created, reply)

async function patiently(call: () => Promise<Response>): Promise<Response> {
  for (let attempt = 1; ; attempt += 1) {
    const response = await call().catch((error: unknown) => {
      if (attempt === attemptsMax) throw error
      return undefined
    })
    if (response !== undefined && response.status < 500) return response
    await pause(retryMs)
  }
}
