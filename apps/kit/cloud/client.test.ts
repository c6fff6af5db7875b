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

describe('a wish whose answer was lost', () => {
  /** A cloud that says one thing after another, and what keys it was asked under. */
  async function wisher(...says: readonly (readonly [number, unknown] | 'nothing')[]) {
    const keys: unknown[] = []
    let at = 0
    const base = await server((request, reply) => {
      const said = says[keys.length] ?? [204, '']
      keys.push(request.headers['idempotency-key'])
      if (said === 'nothing') request.socket.destroy()
      else reply.writeHead(said[0]).end(said[1] === '' ? undefined : JSON.stringify(said[1]))
    })
    const client = createClient({ base, now: () => at })
    const later = (ms: number): void => void (at += ms)
    return { client, keys, later, first: () => keys.map((key) => keys.indexOf(key)) }
  }
  const error = (code: string) => ({ error: { code, message: '' } })

  it.each([
    ['the way broke off', 'nothing'],
    ['the cloud fell over', [502, '<html>']],
    ['the cloud said that it is away', [503, error('unavailable')]],
    ['the first is still at work', [409, error('request-in-flight')]],
  ] as const)('keeps its key where %s, until it is answered', async (_what, said) => {
    const { client, first } = await wisher(said, said)
    for (let press = 0; press < 4; press += 1) await client.send('/v1/doors', { kind: 'open' })
    expect(first()).toEqual([0, 0, 0, 3])
  })

  it.each([
    ['done', [204, '']],
    ['refused', [409, error('cabinet-full')]],
    ['too often', [429, error('slow-down')]],
  ] as const)('is over once it is %s: pressed again it is another', async (_what, said) => {
    const { client, first } = await wisher(said)
    await client.send('/v1/doors', { kind: 'open' })
    await client.send('/v1/doors', { kind: 'open' })
    expect(first()).toEqual([0, 1])
  })

  it('is another one with another body, path or method, and after ten minutes', async () => {
    const { client, first, later } = await wisher('nothing', 'nothing', 'nothing', 'nothing', 'nothing', 'nothing')
    await client.send('/v1/doors', { kind: 'open' })
    await client.send('/v1/doors', { kind: 'shut' })
    await client.send('/v1/gates', { kind: 'open' })
    await client.send('/v1/doors', { kind: 'open' }, { method: 'PUT' })
    later(599_000)
    await client.send('/v1/doors', { kind: 'open' })
    later(2_000)
    await client.send('/v1/doors', { kind: 'open' })
    expect(first()).toEqual([0, 1, 2, 3, 0, 5])
  })

  it('of work that has a key of its own goes by that', async () => {
    const { client, keys } = await wisher('nothing')
    await client.send('/v1/scans', { text: 'x' }, { key: 'scan-1' })
    await client.send('/v1/scans', { text: 'x' }, { key: 'scan-1' })
    expect(keys).toEqual(['scan-1', 'scan-1'])
  })
})
