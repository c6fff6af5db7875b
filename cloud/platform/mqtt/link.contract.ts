import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { type Server, type Socket, connect, createServer } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { silentLog } from '../log.ts'
import type { LinkState, MqttLink, MqttMessage } from './link.ts'
import { createMqttLink } from './mqtt-link.ts'

/** A wire that can be cut: a TCP proxy before the broker. */
async function createWire(port: number) {
  const sockets = new Set<Socket>()
  let whole = true
  const server: Server = createServer((near) => {
    if (!whole) return void near.destroy()
    const far = connect(port, '127.0.0.1')
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from)
      from.on('error', () => to.destroy()).on('close', () => to.destroy())
      from.pipe(to)
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  const cut = (): void => {
    whole = false
    for (const socket of sockets) socket.destroy()
    sockets.clear()
  }
  return {
    url: `mqtt://127.0.0.1:${address.port}`,
    cut,
    mend: () => {
      whole = true
    },
    stop: () => {
      cut()
      server.close()
    },
  }
}

export function reach(link: MqttLink, state: LinkState): Promise<void> {
  return new Promise((resolve) => {
    if (link.state() === state) return resolve()
    const stop = link.onState((next) => {
      if (next !== state) return
      stop()
      resolve()
    })
  })
}

/** Collects messages; `take` waits for the next one. */
function createInbox() {
  const arrived: MqttMessage[] = []
  let wake: () => void = () => undefined
  return {
    receive: (message: MqttMessage) => {
      arrived.push(message)
      wake()
    },
    take: async (): Promise<MqttMessage> => {
      while (arrived.length === 0) await new Promise<void>((resolve) => (wake = resolve))
      const [first] = arrived.splice(0, 1)
      if (first === undefined) throw new Error('unreachable')
      return first
    },
    rest: () => arrived.length,
  }
}

/** What a link promises on any MQTT 3.1.1 broker that lets everyone in as the cloud. */
export function linkContract(
  name: string,
  start: () => Promise<{ readonly port: number; readonly stop: () => Promise<void> }>,
) {
  describe(`an MQTT link on ${name}`, () => {
    let broker: { readonly port: number; readonly stop: () => Promise<void> }
    let wire: Awaited<ReturnType<typeof createWire>>
    const links: MqttLink[] = []
    const room = `holdfast-test/${randomUUID()}`
    const open = (url: string): MqttLink => {
      const link = createMqttLink({
        url,
        clientId: `t${randomUUID()}`,
        credentials: { username: 'cloud', password: 'cloud' },
        log: silentLog,
      })
      links.push(link)
      return link
    }
    beforeAll(async () => {
      broker = await start()
      wire = await createWire(broker.port)
    })
    afterAll(async () => {
      for (const link of links) await link.close()
      wire.stop()
      await broker.stop()
    })

    it('carries bytes as they are, in order, to every matching subscription', async () => {
      const [from, to] = [open(wire.url), open(wire.url)]
      const [exact, wild] = [createInbox(), createInbox()]
      await to.subscribe(`${room}/a/facts`, exact.receive)
      await to.subscribe(`${room}/+/#`, wild.receive)
      await reach(from, 'online')
      const bytes = Uint8Array.from({ length: 256 }, (_, i) => i)
      await from.publish(`${room}/a/facts`, bytes)
      await from.publish(`${room}/b/health`, Uint8Array.of(1))
      expect(new Uint8Array((await exact.take()).payload)).toEqual(bytes)
      expect([(await wild.take()).topic, (await wild.take()).topic]).toEqual([`${room}/a/facts`, `${room}/b/health`])
      expect(exact.rest()).toBe(0)
    })

    it('stops hearing what it left', async () => {
      const link = open(wire.url)
      const [left, kept] = [createInbox(), createInbox()]
      const leave = await link.subscribe(`${room}/left`, left.receive)
      await link.subscribe(`${room}/kept`, kept.receive)
      await leave()
      await link.publish(`${room}/left`, Uint8Array.of(1))
      await link.publish(`${room}/kept`, Uint8Array.of(2))
      await kept.take()
      expect(left.rest()).toBe(0)
    })

    it('fails a publish while the wire is cut, resends nothing, and hears again when it is mended', async () => {
      const link = open(wire.url)
      const inbox = createInbox()
      await link.subscribe(`${room}/cut`, inbox.receive)
      wire.cut()
      await reach(link, 'offline')
      await expect(link.publish(`${room}/cut`, Uint8Array.of(1))).rejects.toMatchObject({ code: 'mqtt-offline' })
      wire.mend()
      await reach(link, 'online')
      await link.publish(`${room}/cut`, Uint8Array.of(2))
      expect([...(await inbox.take()).payload]).toEqual([2])
    })

    it('fails a publish whose answer the wire swallowed', async () => {
      const link = open(wire.url)
      await reach(link, 'online')
      const answer = link.publish(`${room}/lost`, Uint8Array.of(1))
      wire.cut()
      await expect(answer).rejects.toMatchObject({ code: 'mqtt-lost' })
      wire.mend()
    })

    it('says what it is when closed', async () => {
      const link = open(wire.url)
      await reach(link, 'online')
      await link.close()
      await expect(link.publish(room, Uint8Array.of(1))).rejects.toMatchObject({ code: 'mqtt-closed' })
    })
  })
}
