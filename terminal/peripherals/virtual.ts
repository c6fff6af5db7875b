import { createServer, type Socket } from 'node:net'
import type { Clock } from '../boards/line/clock.ts'
import { createFraming } from './framing.ts'
import type { Scanner } from './scanner.ts'

export interface VirtualScanner extends Scanner {
  readonly port: number
}

/** Whoever connects to 127.0.0.1 and writes a line has held it before the scanner. Port 0 asks the system. */
export async function listenVirtualScanner(port: number, clock: Clock): Promise<VirtualScanner> {
  const listeners = new Set<(text: string) => void>()
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    const framing = createFraming(clock, (text) => {
      for (const listener of listeners) listener(text)
    })
    sockets.add(socket)
    socket.on('data', (chunk: Uint8Array) => {
      framing.bytes(chunk)
    })
    socket.on('error', () => {
      framing.reset()
    })
    socket.on('close', () => {
      sockets.delete(socket)
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('a virtual scanner without a port')
  return {
    port: address.port,
    onText: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    up: () => server.listening,
    stop: () => {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}
