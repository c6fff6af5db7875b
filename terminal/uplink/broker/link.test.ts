import { createServer, type Server } from 'node:net'
import { Aedes } from 'aedes'
import { afterEach, expect, it } from 'vitest'
import { silentLog } from '../../platform/log.ts'
import { connectMqtt, pauseAfter, type BrokerLink } from './link.ts'

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop()
})

async function startBroker() {
  const aedes = await Aedes.createBroker()
  const server: Server = createServer(aedes.handle)
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  stops.push(() => new Promise((resolve) => aedes.close(() => server.close(() => resolve()))))
  const address = server.address()
  return { aedes, url: `mqtt://127.0.0.1:${typeof address === 'object' ? address?.port : 0}` }
}

it('publishes and hears over a real broker, and is online only once the subscription stands', async () => {
  const { aedes, url } = await startBroker()
  const heard: string[] = []
  let link: BrokerLink | undefined
  const arrived = new Promise<void>((resolve) => {
    const place = { url, clientId: 'cab', username: 'u', password: 'p', filter: 'down/+' }
    link = connectMqtt(silentLog, () => 0.5)(place, {
      online: () => link?.publish('down/echo', new TextEncoder().encode('hello')),
      offline: () => {},
      message: (topic, payload) => {
        heard.push(`${topic} ${new TextDecoder().decode(payload)}`)
        resolve()
      },
    })
  })
  stops.push(async () => link?.close())
  await arrived
  expect(heard).toEqual(['down/echo hello'])
  expect(aedes.connectedClients).toBe(1)
})

it('says offline when the broker goes', async () => {
  const { aedes, url } = await startBroker()
  const gone = new Promise<void>((resolve) => {
    const link = connectMqtt(silentLog, () => 0.5)(
      { url, clientId: 'cab', username: 'u', password: 'p', filter: 'down/+' },
      { online: () => aedes.close(), offline: resolve, message: () => {} },
    )
    stops.push(() => link.close())
  })
  await gone
})

it('notices a broker that says nothing any more, though it publishes all the time', async () => {
  // CONNACK and SUBACK, then silence: a network that has forgotten the connection.
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.on('data', (said: Buffer) => {
      if (said[0] === 0x10) socket.write(Buffer.from([0x20, 2, 0, 0]))
      if (said[0] === 0x82) socket.write(Buffer.from([0x90, 3, said[2] ?? 0, said[3] ?? 0, 1]))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  stops.push(async () => void server.close())
  const address = server.address()
  const url = `mqtt://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
  let beats: NodeJS.Timeout | undefined
  const gone = new Promise<void>((resolve) => {
    const link = connectMqtt(
      silentLog,
      () => 0.5,
      1,
    )(
      { url, clientId: 'cab', username: 'u', password: 'p', filter: 'down/+' },
      {
        online: () => void (beats = setInterval(() => link.publish('up/health', new Uint8Array(1)), 50)),
        offline: resolve,
        message: () => {},
      },
    )
    stops.push(() => link.close())
  })
  await gone
  clearInterval(beats)
})

it('comes back after a pause of its own, which grows with each try that fails, to half a minute', () => {
  const between = [0, 1, 2, 5, 50].map((tries) => [pauseAfter(tries, 0), pauseAfter(tries, 1)])
  expect(between).toEqual([
    [100, 1_000],
    [200, 2_000],
    [400, 4_000],
    [3_000, 30_000],
    [3_000, 30_000],
  ])
})

it('finds a broker again that refused it twice', async () => {
  let refusals = 2
  const aedes = await Aedes.createBroker()
  const server = createServer((socket) => {
    refusals -= 1
    if (refusals >= 0) socket.destroy()
    else aedes.handle(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  stops.push(() => new Promise((resolve) => aedes.close(() => server.close(() => resolve()))))
  const address = server.address()
  const url = `mqtt://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
  await new Promise<void>((resolve) => {
    const link = connectMqtt(silentLog, () => 0.5)(
      { url, clientId: 'cab', username: 'u', password: 'p', filter: 'down/+' },
      { online: resolve, offline: () => {}, message: () => {} },
    )
    stops.push(() => link.close())
  })
  expect(aedes.connectedClients).toBe(1)
})
