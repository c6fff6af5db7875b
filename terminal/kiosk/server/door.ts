import type { IncomingMessage } from 'node:http'

export type Turned = 'host' | 'origin' | 'token'

export interface DoorPorts {
  readonly port: () => number
  readonly token: string
  /** Without telling by its time how much of the token was right. */
  readonly same: (left: string, right: string) => boolean
}

/**
 * Who may talk to the kiosk's server: this machine's own page and nobody else. A foreign site in the same browser has
 * another origin, a name that was bent to 127.0.0.1 another host, and neither has the token.
 */
export function createDoor({ port, token, same }: DoorPorts): (request: IncomingMessage) => Turned | undefined {
  return ({ headers, method, url }) => {
    const host = `127.0.0.1:${port()}`
    if (headers.host !== host) return 'host'
    const { origin } = headers
    if (origin !== undefined ? origin !== `http://${host}` : method === 'POST') return 'origin'
    if (url === undefined || !url.startsWith('/kiosk/')) return undefined
    return same(headers.authorization ?? '', `Bearer ${token}`) ? undefined : 'token'
  }
}
