import { once } from 'node:events'
import { createServer } from 'node:http'

export interface Tray {
  readonly url: string
  /** The text of the next letter to this phone. */
  letterTo(phone: string): Promise<string>
  stop(): Promise<void>
}

/** What people's phones would show; each phone hears one letter. */
export async function startTray(): Promise<Tray> {
  const waiting = new Map<string, (text: string) => void>()
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const letter: { to: string; text: string } = JSON.parse(Buffer.concat(chunks).toString())
      waiting.get(letter.to)?.(letter.text)
      waiting.delete(letter.to)
      response.writeHead(204).end()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  return {
    url: `http://127.0.0.1:${address.port}/letters`,
    letterTo: (phone) =>
      new Promise((resolve) => {
        waiting.set(phone, resolve)
      }),
    stop: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
