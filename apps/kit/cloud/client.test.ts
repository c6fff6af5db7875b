import { createServer } from 'node:http'
import type { IncomingMessage, RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createClient } from './client.ts'

const open: (() => void)[] = []
afterEach(() => open.splice(0).forEach((close) => close()))

async function server(answer: RequestListener): Promise<string> {
  const made = createServer(answer)
  await new Promise<void>((ready) => made.listen(0, '127.0.0.1', ready))
  open.push(() => {
    made.closeAllConnections()
    made.close()
  })
  return `http://127.0.0.1:${(made.address() as AddressInfo).port}`
}

const saying = (status: number, body: unknown): Promise<string> =>
  server((_request, reply) => reply.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body)))

describe('the client', () => {
  it('asks with a query and gives the value', async () => {
    const seen: (string | undefined)[] = []
    const base = await server((request, reply) => {
      seen.push(request.url)
      reply.end('{"parcels":[1]}')
    })
    const answer = await createClient({ base }).get('/v1/parcels', { state: 'stored', page: undefined, limit: 5 })
    expect(answer).toEqual({ ok: true, value: { parcels: [1] } })
    expect(seen).toEqual(['/v1/parcels?state=stored&limit=5'])
  })

  it('sends JSON with a fresh idempotency key, or with the one of the queued work', async () => {
    const seen: IncomingMessage[] = []
    const base = await server((request, reply) => {
      seen.push(request)
      reply.writeHead(204).end()
    })
    const client = createClient({ base })
    expect(await client.send('/v1/parcels', { size: 'S' })).toEqual({ ok: true, value: undefined })
    await client.send('/v1/parcels', { size: 'S' }, { key: 'kept', method: 'PUT' })
    expect(seen.map(({ method, headers }) => [method, headers['content-type']])).toEqual([
      ['POST', 'application/json'],
      ['PUT', 'application/json'],
    ])
    expect(seen[0]?.headers['idempotency-key']).toMatch(/^[0-9a-f]{32}$/)
    expect(seen[1]?.headers['idempotency-key']).toBe('kept')
  })

  it('gives the server’s refusal with its code and words', async () => {
    const error = { code: 'cabinet-full', message: 'Full', messages: { zh: '已满' } }
    const answer = await createClient({ base: await saying(409, { error }) }).send('/v1/deposits')
    expect(answer).toEqual({
      ok: false,
      failure: { kind: 'refused', code: 'cabinet-full', status: 409, messages: { en: 'Full', zh: '已满' } },
    })
  })

  it.each([
    [502, '<html>bad gateway</html>'],
    [200, 'not json'],
    [500, {}],
  ])('calls %d with %j broken', async (status, body) => {
    const answer = await createClient({ base: await saying(status, body) }).get('/')
    expect(answer).toMatchObject({ ok: false, failure: { kind: 'broken', code: 'server', status } })
  })

  it('tells offline and too late apart', async () => {
    const gone = await createClient({ base: 'http://127.0.0.1:1' }).get('/')
    expect(gone).toMatchObject({ ok: false, failure: { kind: 'offline', code: 'offline' } })
    const late = await createClient({ base: await server(() => undefined), timeoutMs: 30 }).get('/')
    expect(late).toMatchObject({ ok: false, failure: { kind: 'timeout', code: 'timeout' } })
  })

  it('says when the session is gone', async () => {
    const onSignedOut = vi.fn()
    const base = await saying(401, { error: { code: 'signed-out', message: 'Sign in' } })
    await createClient({ base, onSignedOut }).get('/v1/me')
    expect(onSignedOut).toHaveBeenCalledTimes(1)
  })
})
