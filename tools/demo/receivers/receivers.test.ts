import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Webhook } from 'standardwebhooks'
import { afterEach, describe, expect, it } from 'vitest'
import { portOf } from '../street/ports.ts'
import { openInbox } from './inbox.ts'
import { registerEndpoint } from './register.ts'

const secret = `whsec_${Buffer.from('0123456789abcdef01234567').toString('base64')}`
const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})

const event = (sequence: number): string =>
  JSON.stringify({ type: 'parcel.deposited', data: { trackingNumber: 'SF1', sequence, reason: null } })

async function post(url: string, id: string, body: string, signed = body): Promise<number> {
  const at = new Date()
  const headers = {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(id, at, signed),
  }
  return (await fetch(url, { method: 'POST', headers, body })).status
}

describe('the carrier’s inbox', () => {
  it('takes what is signed, marks what it knows, and refuses what is not', async () => {
    const inbox = await openInbox(0)
    ends.push(inbox.stop)
    expect(await post(inbox.url, 'evt_0', event(1))).toBe(401)
    inbox.trust(secret)
    expect(await post(inbox.url, 'evt_1', event(1))).toBe(204)
    expect(await post(inbox.url, 'evt_1', event(1))).toBe(204)
    expect(await post(inbox.url, 'evt_2', event(2), event(3))).toBe(401)
    expect(inbox.received().map(({ verified, repeated, sequence }) => ({ verified, repeated, sequence }))).toEqual([
      { verified: false, repeated: false, sequence: 0 },
      { verified: true, repeated: false, sequence: 1 },
      { verified: true, repeated: true, sequence: 1 },
      { verified: false, repeated: false, sequence: 0 },
    ])
  })

  it('registers once for an address, and anew for another', async () => {
    const calls: string[] = []
    const server = createServer((request, response) => {
      calls.push(`${request.method} ${request.url} ${request.headers.authorization}`)
      const made = { endpoint: { id: `whe_${calls.length}` }, secret }
      response
        .writeHead(request.method === 'POST' ? 201 : 204)
        .end(request.method === 'POST' ? JSON.stringify(made) : '')
    })
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve)
    })
    const store = mkdtempSync(join(tmpdir(), 'holdfast-inbox-'))
    ends.push(
      () => rmSync(store, { recursive: true }),
      () => server.close(),
    )
    const place = { api: `http://127.0.0.1:${portOf(server)}`, apiKey: 'hfk_1', store }
    for (const url of ['http://one/', 'http://one/', 'http://two/']) {
      expect(await registerEndpoint({ ...place, url })).toBe(secret)
    }
    expect(calls).toEqual([
      'POST /v1/webhook-endpoints Bearer hfk_1',
      'DELETE /v1/webhook-endpoints/whe_1 Bearer hfk_1',
      'POST /v1/webhook-endpoints Bearer hfk_1',
    ])
  })
})
