import { createServer, type Server } from 'node:net'

export interface ChosenPort {
  readonly port: number
  /** The wanted one was in use. */
  readonly moved: boolean
}

/** The wanted port where it is free, else the next free one above it; 0 takes what the system gives. */
export async function choosePort(wanted: number, taken: ReadonlySet<number> = new Set()): Promise<ChosenPort> {
  for (let attempt = wanted; attempt < wanted + 100; attempt += 1) {
    const port = taken.has(attempt) ? undefined : await freePort(wanted === 0 ? 0 : attempt)
    if (port !== undefined && !taken.has(port)) return { port, moved: wanted !== 0 && port !== wanted }
  }
  throw Object.assign(new Error(`no free port from ${wanted} to ${wanted + 99}`), { code: 'no-free-port' })
}

/** Where a server on 127.0.0.1 listens. */
export function portOf(server: Pick<Server, 'address'>): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('a server without a port')
  return address.port
}

function freePort(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(undefined))
    probe.listen(port, '127.0.0.1', () => {
      const found = portOf(probe)
      probe.close(() => resolve(found))
    })
  })
}
