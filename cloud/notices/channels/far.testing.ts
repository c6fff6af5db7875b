import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { expect } from 'vitest'
import type { Channel } from './channel.ts'
import { type Arrived, type FarSide, letter } from './channel.contract.ts'
import { signatureHeader } from './signature.ts'
import { createSmtp } from './smtp.ts'

const textOf = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString('utf8')
}

/** A program that takes letters by HTTP POST, on a free port. */
export async function httpSide(
  open: (url: string) => Channel,
): Promise<FarSide & { signatures: (string | undefined)[] }> {
  const arrived: Arrived[] = []
  const signatures: (string | undefined)[] = []
  let status = 200
  const server = createServer((request, response) => {
    void textOf(request).then((text) => {
      const { to, text: words, id } = JSON.parse(text) as Arrived
      const shown = request.headers[signatureHeader]
      signatures.push(typeof shown === 'string' ? shown : undefined)
      expect(request.headers['idempotency-key']).toBe(id)
      arrived.push({ to, text: words, id })
      response.writeHead(status).end('{}')
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    signatures,
    arrived,
    channel: open(`http://127.0.0.1:${(server.address() as AddressInfo).port}/letters`),
    answer: (how) => {
      status = { take: 200, refuse: 422, busy: 503 }[how]
    },
    stop: async () => {
      server.closeAllConnections()
      if (server.listening) await new Promise((done) => server.close(done))
    },
  }
}

/** A mail server on a free port. */
export async function smtpSide(): Promise<FarSide> {
  const arrived: Arrived[] = []
  let status = 0
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData: (stream, session, done) => {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        if (status !== 0) return done(Object.assign(new Error(`no ${letter.to}`), { responseCode: status }))
        arrived.push({
          to: session.envelope.rcptTo[0]?.address ?? '',
          ...readMail(Buffer.concat(parts).toString('utf8')),
        })
        done()
      })
    },
  })
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const { port } = server.server.address() as AddressInfo
  return {
    arrived,
    channel: createSmtp({ host: '127.0.0.1', port, secure: false, from: 'Holdfast <no-reply@lockers.example>' }),
    answer: (how) => {
      status = { take: 0, refuse: 550, busy: 451 }[how]
    },
    stop: async () => await new Promise((done) => server.close(() => done())),
  }
}

/** Plain text in base64 or quoted-printable, as nodemailer chooses. */
function readMail(mail: string): { text: string; id: string } {
  const [head = '', ...rest] = mail.split('\r\n\r\n')
  const body = rest.join('\r\n\r\n').trim()
  const bytes = /base64/iu.test(head)
    ? Buffer.from(body, 'base64')
    : Buffer.from(
        body
          .replaceAll('=\r\n', '')
          .replaceAll(/=([0-9A-F]{2})/gu, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
        'latin1',
      )
  return { text: bytes.toString('utf8').trim(), id: /message-id: <([^@]+)@lockers\.example>/iu.exec(head)?.[1] ?? '' }
}
