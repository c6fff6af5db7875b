import { connect, type Socket } from 'node:net'
import { once } from 'node:events'
import { afterEach, describe, expect, it } from 'vitest'
import { durationMs, instant } from '@holdfast/core/values/instants.ts'
import { createManualClock } from '../clock.ts'
import { silentLog } from '../log.ts'
import { createHttp } from './http.ts'

const nobody = async () => undefined
const sockets: Socket[] = []
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy()
})

async function serve() {
  const clock = createManualClock(instant(0))
  const http = await createHttp({
    log: silentLog,
    clock,
    gates: { carrier: nobody, courier: nobody, recipient: nobody, staff: nobody },
    routes: [],
    idempotency: { run: async (_call, work) => await work(() => undefined), forget: nobody },
    secureCookies: false,
    version: '1.2.3',
  })
  const { port } = await http.listen({ host: '127.0.0.1', port: 0 })
  const open = async (words: string): Promise<Socket> => {
    const socket = connect(port, '127.0.0.1')
    sockets.push(socket)
    await once(socket, 'connect')
    socket.write(words)
    return socket
  }
  return { clock, http, open }
}

describe('stopping', () => {
  it('waits for no connection that is kept for later', async () => {
    const { http, open } = await serve()
    const socket = await open('GET /openapi.json HTTP/1.1\r\nHost: a\r\n\r\n')
    await once(socket, 'data')
    const gone = once(socket, 'close')
    socket.resume()
    await http.stop()
    await gone
  })

  it('cuts off a call that does not come to its end, and not before its time', async () => {
    const { clock, http, open } = await serve()
    const socket = await open('POST /v1/parcels HTTP/1.1\r\nHost: a\r\ncontent-length: 10\r\n\r\nfive')
    let done = false
    const stopped = http.stop().then(() => (done = true))
    clock.advance(durationMs(9_000))
    expect([done, socket.destroyed]).toEqual([false, false])
    clock.advance(durationMs(1_000))
    await stopped
  })
})
