import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, describe, expect, it } from 'vitest'
import { type Caller, createCaller } from './caller.ts'

const ends: (() => void)[] = []
afterEach(() => {
  for (const end of ends.splice(0)) end()
})

async function answering(answer: (call: IncomingMessage, reply: ServerResponse) => unknown): Promise<Caller> {
  const server = createServer(answer)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const caller = createCaller(`http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`)
  ends.push(
    caller.stop,
    () => server.closeAllConnections(),
    () => server.close(),
  )
  return caller
}

describe('a caller', () => {
  it('sends one body and its headers, and hands back the status', async () => {
    const heard: unknown[] = []
    const caller = await answering(async (call, reply) => {
      heard.push(call.method, call.url, call.headers['idempotency-key'], JSON.parse(await text(call)))
      reply.writeHead(201).end('{"long": "answer"}')
    })
    expect(await caller.post('/v1/parcels', { size: 'M', name: '王' }, { 'idempotency-key': 'k' })).toBe(201)
    expect(heard).toEqual(['POST', '/v1/parcels', 'k', { size: 'M', name: '王' }])
  })

  it('keeps its connection from one call to the next', async () => {
    const sockets = new Set<Socket>()
    const caller = await answering((call, reply) => {
      sockets.add(call.socket)
      call.resume()
      reply.writeHead(204).end()
    })
    for (let n = 0; n < 5; n += 1) await caller.post('/', {}, {})
    expect(sockets.size).toBe(1)
  })

  it('tells a call that nobody answers', async () => {
    const caller = await answering((call) => call.socket.destroy())
    await expect(caller.post('/', {}, {})).rejects.toThrow(/socket hang up|ECONNRESET/)
  })
})
