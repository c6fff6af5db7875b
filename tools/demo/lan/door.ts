import { request as ask, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import { networkInterfaces } from 'node:os'
import { toString as qrText } from 'qrcode'
import { choosePort, portOf } from '../street/ports.ts'
import { certificateFor } from './certificate.ts'

export interface PhoneDoor {
  /** As phones in the same network reach it. */
  readonly url: string
  readonly stop: () => Promise<void>
}

export interface DoorOptions {
  readonly folder: string
  /** The cloud's port on 127.0.0.1. */
  readonly to: number
  /** Wanted; the next free one otherwise, and 0 what the system gives. */
  readonly port: number
  readonly addresses?: readonly string[]
}

/** What phones need, and no more: the dashboard with its well-known password stays on this machine. */
const phonePaths = /^\/(courier|recipient)(\/|$)|^\/k$|^\/v1\/(sign-in|courier|recipient)(\/|$)/

/** HTTPS for phones before a cloud that listens on this machine alone: a camera needs a secure context. */
export async function openDoor({ folder, to, port, addresses = ownAddresses() }: DoorOptions): Promise<PhoneDoor> {
  const [address] = addresses
  if (address === undefined) {
    throw Object.assign(new Error('--lan: this machine is in no network that a phone could be in'), {
      code: 'no-network',
    })
  }
  const { cert, private: key } = await certificateFor(folder, [...addresses, '127.0.0.1'])
  const named = new Set<string>()
  const server = createServer({ cert, key }, (request, response) => {
    // A name that is not ours was looked up by somebody else's page: it gets nothing.
    if (!named.has(request.headers.host ?? '')) return void response.writeHead(421).end()
    const { pathname } = new URL(request.url ?? '/', 'https://phone')
    if (pathname === '/') return void response.writeHead(302, { location: '/recipient/' }).end()
    if (!phonePaths.test(pathname)) return void response.writeHead(404).end()
    return pass(request, response, to)
  })
  const chosen = await choosePort(port)
  await new Promise<void>((ready, failed) => {
    server.once('error', failed)
    server.listen(chosen.port, '0.0.0.0', ready)
  })
  for (const own of [...addresses, '127.0.0.1']) named.add(`${own}:${portOf(server)}`)
  return {
    url: `https://${address}:${portOf(server)}`,
    stop: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** The host that the phone named goes along: the cloud holds the page's origin against it. */
function pass(request: IncomingMessage, response: ServerResponse, port: number): void {
  const forwarded = { 'x-forwarded-for': request.socket.remoteAddress ?? '', 'x-forwarded-proto': 'https' }
  const { method, url: path } = request
  const on = ask({ host: '127.0.0.1', port, method, path, headers: { ...request.headers, ...forwarded } }, (answer) => {
    const cookies = answer.headers['set-cookie']?.map(secured)
    response.writeHead(answer.statusCode ?? 502, {
      ...answer.headers,
      ...(cookies === undefined ? {} : { 'set-cookie': cookies }),
    })
    answer.pipe(response)
  })
  on.on('error', () => {
    if (!response.headersSent) response.writeHead(502)
    response.end()
  })
  response.on('close', () => on.destroy())
  request.pipe(on)
}

/** The town's cloud speaks plain HTTP and cannot say so itself. */
const secured = (cookie: string): string => (/;\s*secure/i.test(cookie) ? cookie : `${cookie}; Secure`)

/** Addresses of this machine that others in its network see. */
export const ownAddresses = (interfaces = networkInterfaces()): readonly string[] =>
  Object.values(interfaces)
    .flatMap((each) => each ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address)

/** What a person with a phone does next, with a QR code for a dark terminal and a bright one. */
export async function wordsFor(door: PhoneDoor | undefined): Promise<readonly string[]> {
  if (door === undefined) return []
  const drawn = async (who: string, path: string): Promise<readonly string[]> => [
    `A phone in your network becomes the ${who}’s: ${door.url}${path}`,
    await qrText(`${door.url}${path}`, { type: 'terminal', small: true }),
  ]
  return [
    ...(await drawn('courier', '/courier/')),
    ...(await drawn('recipient', '/recipient/')),
    'The certificate was made on the spot: the phone asks once whether you trust it.',
  ]
}
