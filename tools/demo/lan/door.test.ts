import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { portOf } from '../street/ports.ts'
import { certificateFor } from './certificate.ts'
import { type PhoneDoor, openDoor, ownAddresses, wordsFor } from './door.ts'

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly text: string
}

describe('the door for real phones', () => {
  let folder: string
  let cloud: Server
  let door: PhoneDoor
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'holdfast-lan-'))
    cloud = createServer((asked, answer) => {
      answer.writeHead(200, { 'set-cookie': ['hf_recipient=abc; HttpOnly; SameSite=Strict', 'other=1; Secure'] })
      answer.end(JSON.stringify({ path: asked.url, headers: asked.headers, method: asked.method }))
    })
    await new Promise<void>((ready) => cloud.listen(0, '127.0.0.1', ready))
    door = await openDoor({ folder, to: portOf(cloud), port: 0, addresses: ['127.0.0.1'] })
  })
  afterEach(async () => {
    await door.stop()
    cloud.closeAllConnections()
    await new Promise((resolve) => cloud.close(resolve))
    rmSync(folder, { recursive: true })
  })

  /** A TLS client that trusts this one certificate and judges its names: what a phone does once it was accepted. */
  const ask = async (path: string, headers: Readonly<Record<string, string>> = {}, method = 'GET'): Promise<Answer> =>
    await new Promise((resolve, failed) => {
      const ca: string = JSON.parse(readFileSync(join(folder, 'lan.json'), 'utf8')).cert
      const asked = request(door.url + path, { ca, headers, method, servername: '' }, (answer) => {
        let text = ''
        answer.on('data', (part) => (text += String(part)))
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }))
      })
      asked.on('error', failed)
      asked.end()
    })

  it('speaks TLS under a certificate that names its address, and passes a phone’s calls on with their host', async () => {
    const { status, text } = await ask('/recipient/?x=1')
    expect(status).toBe(200)
    const heard = JSON.parse(text)
    expect(heard).toMatchObject({ path: '/recipient/?x=1', headers: { 'x-forwarded-proto': 'https' } })
    expect(heard.headers.host).toBe(new URL(door.url).host)
  })

  it('marks every cookie for secure connections alone', async () => {
    const { headers } = await ask('/v1/sign-in', {}, 'POST')
    expect(headers['set-cookie']).toEqual(['hf_recipient=abc; HttpOnly; SameSite=Strict; Secure', 'other=1; Secure'])
  })

  it.each(['/operator/', '/v1/operator/me', '/v1/cabinets/enrol', '/v1/parcels', '/openapi.json'])(
    'keeps %s on this machine',
    async (path) => {
      expect((await ask(path)).status).toBe(404)
    },
  )

  it.each(['/courier/', '/k', '/v1/recipient/me', '/v1/courier/me'])('lets a phone to %s', async (path) => {
    expect((await ask(path)).status).toBe(200)
  })

  it('answers to its own names alone, and leads from the bare address to the recipient’s app', async () => {
    expect((await ask('/recipient/', { host: 'evil.example' })).status).toBe(421)
    const { status, headers } = await ask('/')
    expect([status, headers['location']]).toEqual([302, '/recipient/'])
  })

  it('says 502 while the cloud is away', async () => {
    cloud.closeAllConnections()
    await new Promise((resolve) => cloud.close(resolve))
    expect((await ask('/recipient/')).status).toBe(502)
    await new Promise<void>((ready) => cloud.listen(0, '127.0.0.1', ready))
  })

  it('keeps its certificate over starts, until the address changes or its time is nearly over', async () => {
    const first = await certificateFor(folder, ['127.0.0.1'])
    expect(await certificateFor(folder, ['127.0.0.1'])).toEqual(first)
    expect((await certificateFor(folder, ['192.168.7.7', '127.0.0.1'])).cert).not.toBe(first.cert)
    const later = new Date(Date.now() + 364 * 86_400_000)
    const kept = await certificateFor(folder, ['127.0.0.1'])
    expect((await certificateFor(folder, ['127.0.0.1'], later)).cert).not.toBe(kept.cert)
  })

  it('finds the addresses that a phone could reach', () => {
    const one = { netmask: '', mac: '', cidr: null }
    const found = ownAddresses({
      lo: [{ ...one, address: '127.0.0.1', family: 'IPv4', internal: true }],
      en0: [
        { ...one, address: 'fe80::1', family: 'IPv6', internal: false, scopeid: 1 },
        { ...one, address: '192.168.1.20', family: 'IPv4', internal: false },
      ],
    })
    expect(found).toEqual(['192.168.1.20'])
  })

  it('draws a QR code for the courier’s phone and one for the recipient’s, for the terminal', async () => {
    const [courier = '', first = '', recipient = '', second = ''] = await wordsFor(door)
    expect([courier, recipient]).toEqual([
      expect.stringContaining(`the courier’s: ${door.url}/courier/`),
      expect.stringContaining(`the recipient’s: ${door.url}/recipient/`),
    ])
    for (const qr of [first, second]) expect(qr).toMatch(/[▀▄█]/)
    expect(first).not.toBe(second)
    expect(await wordsFor(undefined)).toEqual([])
  })
})
