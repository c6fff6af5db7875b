import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Received = {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly sequence: number
}

/** A carrier's receiving program on a free port. `answer` says what it does with each webhook. */
export async function startReceiver(answer: (received: Received) => { status: number; retryAfter?: string }) {
  const received: Received[] = []
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString()
      const headers = Object.fromEntries(
        Object.entries(request.headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
      )
      const one: Received = { headers, body, sequence: sequenceIn(body) }
      received.push(one)
      const { status, retryAfter } = answer(one)
      response.writeHead(status, retryAfter === undefined ? {} : { 'retry-after': retryAfter, location: '/else' }).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a TCP server has a port.
  const { port } = server.address() as AddressInfo
  return {
    received,
    url: `http://127.0.0.1:${port}/hooks`,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function sequenceIn(body: string): number {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own bodies.
  return (JSON.parse(body) as { data: { sequence: number } }).data.sequence
}
