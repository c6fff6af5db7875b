import { createServer, type IncomingMessage } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { describe, expect, it } from 'vitest'
import { instant } from '@holdfast/core/values/instants.ts'
import { createNodeSeals } from '@holdfast/wire/seals/node.ts'
import { createManualClock } from '../../platform/clock.ts'
import type { Channel } from './channel.ts'
import { type Arrived, type FarSide, channelContract, letter } from './channel.contract.ts'
import { signBody, signatureHeader, signatureHolds } from './signature.ts'
import { createGateway } from './gateway.ts'
import { createSmtp } from './smtp.ts'
import { createTray } from './tray.ts'

const seals = createNodeSeals()
const secret = 'a secret of the gateway'
const clock = createManualClock(instant(1_800_000_000_000))

const textOf = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString('utf8')
}

async function httpSide(open: (url: string) => Channel): Promise<FarSide & { signatures: (string | undefined)[] }> {
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

async function smtpSide(): Promise<FarSide> {
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

const openGateway = (url: string): Channel =>
  createGateway({ url, secret, receiptUrl: 'https://cloud.example/receipts', clock, seals })

channelContract('tray', async () => await httpSide((url) => createTray({ url })))
channelContract('gateway of texts, calls and slips', async () => await httpSide(openGateway))
channelContract('SMTP', smtpSide)

describe('a gateway', () => {
  it('can tell that a message is ours', async () => {
    const far = await httpSide(openGateway)
    await far.channel.send(letter, new AbortController().signal)
    const { id, channel, to, text, locale } = letter
    const sent = { id, channel, to, text, locale, receiptUrl: 'https://cloud.example/receipts' }
    const body = new TextEncoder().encode(JSON.stringify(sent))
    expect(signatureHolds(seals, far.signatures[0], { secret, at: clock.now(), body })).toBe(true)
    await far.stop()
  })

  it('gives up waiting when told', async () => {
    const far = await httpSide((url) => createTray({ url }))
    const late = new AbortController()
    late.abort()
    await expect(far.channel.send(letter, late.signal)).rejects.toMatchObject({ reason: 'timeout' })
    await far.stop()
  })
})

describe('a signature', () => {
  const body = new TextEncoder().encode('{"a":1}')
  const at = 1_800_000_000_000
  const shown = signBody(seals, { secret, at, body })
  it('holds for five minutes either way', () => {
    const holds = (now: number) => signatureHolds(seals, shown, { secret, at: now, body })
    expect([-300_001, -300_000, 0, 300_000, 300_001].map((off) => holds(at + off))).toEqual([
      false,
      true,
      true,
      true,
      false,
    ])
  })
  it.each([undefined, '', 't=1', shown.replace('t=1', 't=2'), `${shown}0`, shown.toUpperCase(), 't=NaN,v1='])(
    'is not %j',
    (given) => expect(signatureHolds(seals, given, { secret, at, body })).toBe(false),
  )
  it('is of one body and one secret', () => {
    expect(signatureHolds(seals, shown, { secret: `${secret}!`, at, body })).toBe(false)
    expect(signatureHolds(seals, shown, { secret, at, body: body.subarray(1) })).toBe(false)
  })
})
