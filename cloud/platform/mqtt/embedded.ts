import { once } from 'node:events'
import { type Server, type Socket, createServer } from 'node:net'
import { Aedes, type Client } from 'aedes'
import { failure } from '../failure.ts'
import type { Log } from '../log.ts'

/** Who is at the other end of a connection: the cloud itself, or one cabinet with its shard. */
export type Peer =
  | { readonly kind: 'cloud' }
  | { readonly kind: 'cabinet'; readonly shard: number; readonly cabinet: string }

export type Login = {
  readonly clientId: string
  readonly username: string | undefined
  readonly password: string | undefined
}

export type BrokerOptions = {
  readonly host: string
  /** 0 takes a free one. */
  readonly port: number
  readonly log: Log
  /** Who this is, or undefined for a stranger, who is turned away. A client id that is taken ends its older session:
   * let a cabinet in under an id of its own only. */
  readonly authenticate: (login: Login) => Promise<Peer | undefined>
}

export type Broker = { readonly url: string; readonly port: number; readonly stop: () => Promise<void> }

/** MQTT 3.1.1 in this process. Nothing is retained or kept for the absent: our own acknowledgements do that. */
export async function startBroker(options: BrokerOptions): Promise<Broker> {
  const peers = new WeakMap<Client, Peer>()
  const broker = await Aedes.createBroker({
    authenticate: (client, username, password, done) => {
      const answer = async (): Promise<void> => {
        const login = { clientId: client.id, username, password: password?.toString('utf8') }
        const peer = await options.authenticate(login).catch((error: unknown) => {
          options.log.error({ err: error }, 'mqtt login could not be checked')
          return undefined
        })
        if (peer !== undefined) peers.set(client, peer)
        done(null, peer !== undefined)
      }
      void answer()
    },
    authorizePublish: (client, packet, done) => {
      const peer = client === null ? undefined : peers.get(client)
      const allowed = peer !== undefined && mayPublish(peer, packet.topic) && !packet.retain
      done(allowed ? null : failure('mqtt-refused', `may not publish to ${packet.topic}`))
    },
    // A null subscription is answered with 0x80, which the client sees as refused.
    authorizeSubscribe: (client, subscription, done) => {
      const peer = peers.get(client)
      done(null, peer !== undefined && maySubscribe(peer, subscription.topic) ? subscription : null)
    },
  })
  broker.on('clientError', (client, error) =>
    options.log.info({ client: client.id, err: error.message }, 'mqtt client'),
  )
  broker.on('connectionError', (_client, error) => options.log.info({ err: error.message }, 'mqtt connection'))
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.setNoDelay(true)
    broker.handle(socket)
  })
  const port = await listen(server, options)
  return {
    port,
    url: `mqtt://${options.host}:${port}`,
    stop: async () => {
      const closed = once(server, 'close')
      server.close()
      await new Promise<void>((resolve) => broker.close(() => resolve()))
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}

async function listen(server: Server, { host, port }: BrokerOptions): Promise<number> {
  server.listen(port, host)
  await once(server, 'listening')
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : port
}

const rootOf = (peer: Extract<Peer, { kind: 'cabinet' }>): string => `hf/1/${peer.shard}/${peer.cabinet}`

/** A cabinet speaks under its own `up/` and nowhere else (law 11). */
export function mayPublish(peer: Peer, topic: string): boolean {
  return peer.kind === 'cloud' || topic.startsWith(`${rootOf(peer)}/up/`)
}

/** A cabinet hears its own `down/`; a wildcard before that would be another's. */
export function maySubscribe(peer: Peer, filter: string): boolean {
  return peer.kind === 'cloud' || filter.startsWith(`${rootOf(peer)}/down/`)
}
