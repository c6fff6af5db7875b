import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { postJson } from './post.ts'

const ends: (() => void)[] = []
afterEach(() => {
  for (const end of ends.splice(0)) end()
})

type Answering = (call: IncomingMessage, reply: ServerResponse) => void

async function serve(answer: Answering): Promise<string> {
  const server = createServer((call, reply) => {
    call.resume()
    call.on('end', () => answer(call, reply))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  ends.push(
    () => server.closeAllConnections(),
    () => server.close(),
  )
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/letters`
}

const sent = { outcome: 'sent' } as const
const post = async (url: string, signal = new AbortController().signal) =>
  await postJson({ url, body: '{}', headers: { 'idempotency-key': 'm' }, signal }, sent)

describe('a letter by HTTP', () => {
  it.each([200, 202, 204])('is taken with %i', async (status) => {
    expect(await post(await serve((_call, reply) => reply.writeHead(status).end()))).toBe(sent)
  })

  it.each([400, 404, 422])('is refused for good with %i', async (status) => {
    const url = await serve((_call, reply) => reply.writeHead(status).end())
    expect(await post(url)).toEqual({ outcome: 'refused', reason: `http-${status}` })
  })

  it.each([408, 429, 500, 503])('is brought again after %i', async (status) => {
    const url = await serve((_call, reply) => reply.writeHead(status).end())
    await expect(post(url)).rejects.toMatchObject({ code: 'channel-busy', reason: `http-${status}` })
  })

  it('goes nowhere that an answer points to', async () => {
    const led: string[] = []
    const elsewhere = await serve((_call, reply) => {
      led.push('there')
      reply.writeHead(200).end()
    })
    const url = await serve((_call, reply) => reply.writeHead(307, { location: elsewhere }).end())
    await expect(post(url)).rejects.toMatchObject({ code: 'channel-busy', reason: 'http-307' })
    expect(led).toEqual([])
  })

  it('goes with its headers on a connection that is kept', async () => {
    const sockets = new Set<Socket>()
    const heard: unknown[] = []
    const url = await serve(({ socket, headers, method }, reply) => {
      sockets.add(socket)
      heard.push([method, headers['content-type'], headers['idempotency-key'], headers['content-length']])
      reply.writeHead(200).end('{"long": "answer that nobody reads"}')
    })
    for (let n = 0; n < 3; n += 1) await post(url)
    expect(sockets.size).toBe(1)
    expect(heard).toEqual(Array.from({ length: 3 }, () => ['POST', 'application/json', 'm', '2']))
  })

  it('that nobody takes within its time says so', async () => {
    const late = new AbortController()
    const url = await serve(() => late.abort())
    await expect(post(url, late.signal)).rejects.toMatchObject({ code: 'channel-unreachable', reason: 'timeout' })
  })

  it.each([
    ['where nobody listens', 'http://127.0.0.1:1/letters', 'ECONNREFUSED'],
    ['at no address', 'https://[nowhere]/letters', 'ERR_INVALID_URL'],
  ])('says why it is not taken %s', async (_where, url, reason) => {
    await expect(post(url)).rejects.toMatchObject({ code: 'channel-unreachable', reason })
  })

  it('survives an answer that breaks off after its head', async () => {
    const url = await serve(({ socket }, reply) => {
      reply.writeHead(200, { 'content-length': '100' }).write('half')
      setImmediate(() => socket.destroy())
    })
    expect(await post(url)).toBe(sent)
  })
})
