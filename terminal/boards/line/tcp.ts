import { createServer, Socket } from 'node:net'
import { reasonOf, type Duplex, type DuplexListener, type OpenDuplex } from './duplex.ts'

const keepAliveMs = 15_000
const connectTimeoutMs = 5_000

/** A transparent RS-485 to TCP box, or a virtual line. No delay: a five-byte frame must not wait for company. */
export function dialTcp(host: string, port: number): OpenDuplex {
  return (listener) =>
    new Promise((resolve, reject) => {
      const socket = new Socket()
      const giveUp = setTimeout(() => socket.destroy(new Error('connect timed out')), connectTimeoutMs)
      const fail = (error: Error): void => {
        clearTimeout(giveUp)
        reject(error)
      }
      socket.once('error', fail)
      socket.connect(port, host, () => {
        clearTimeout(giveUp)
        socket.off('error', fail)
        resolve(wrap(socket, listener))
      })
    })
}

export interface TcpListener {
  readonly port: number
  stop(): Promise<void>
}

/** Serves one line; a new caller replaces the old one, as a bridge with one slot does. Port 0 asks the system. */
export async function listenTcp(
  where: { readonly host: string; readonly port: number },
  accept: (open: OpenDuplex) => void,
): Promise<TcpListener> {
  let current: Socket | undefined
  const server = createServer((socket) => {
    current?.destroy()
    current = socket
    accept((listener) => Promise.resolve(wrap(socket, listener)))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(where.port, where.host, resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('a TCP listener without a port')
  return {
    port: address.port,
    stop: () =>
      new Promise((resolve) => {
        current?.destroy()
        server.close(() => {
          resolve()
        })
      }),
  }
}

function wrap(socket: Socket, listener: DuplexListener): Duplex {
  let reason = 'closed'
  socket.setNoDelay(true)
  socket.setKeepAlive(true, keepAliveMs)
  socket.on('data', (chunk: Uint8Array) => {
    listener.bytes(chunk)
  })
  socket.on('error', (error) => {
    reason = reasonOf(error)
  })
  socket.on('close', () => {
    listener.closed(reason)
  })
  return {
    write: (bytes, sent) => {
      socket.write(bytes, (error) => {
        if (error === null || error === undefined) sent()
      })
    },
    close: () => {
      socket.destroy()
    },
  }
}
