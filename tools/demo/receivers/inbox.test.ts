import { request } from 'node:http'
import { Webhook } from 'standardwebhooks'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Inbox, openInbox } from './inbox.ts'

const secretOf = (text: string): string => `whsec_${Buffer.from(text).toString('base64')}`
const secret = secretOf('0123456789abcdef01234567')
const minute = 60_000
const sound = { type: 'parcel.deposited', data: { trackingNumber: 'SF1', sequence: 1, reason: null } }

describe('a webhook at the carrier’s inbox', () => {
  let inbox: Inbox
  beforeEach(async () => {
    inbox = await openInbox(0)
    inbox.trust(secret)
  })
  afterEach(async () => await inbox.stop())

  const signed = (body: string, at = new Date(), by = secret) => ({
    'webhook-id': 'evt_1',
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(by).sign('evt_1', at, body),
  })
  const post = async (body: string, headers: Record<string, string>): Promise<number> =>
    (await fetch(inbox.url, { method: 'POST', headers, body })).status
  const text = JSON.stringify(sound)
  const ago = (ms: number): Date => new Date(Date.now() - ms)

  it.each<[string, Record<string, string>, string?]>([
    ['without headers', {}],
    ['without a signature', { 'webhook-id': 'evt_1', 'webhook-timestamp': '1' }],
    ['signed by somebody else', signed(text, new Date(), secretOf('another secret of 24 b.'))],
    ['an hour old', signed(text, ago(60 * minute))],
    ['from tomorrow', signed(text, ago(-24 * 60 * minute))],
    ['with one letter changed', signed(text), text.replace('SF1', 'SF2')],
    ['under another id', { ...signed(text), 'webhook-id': 'evt_2' }],
    [
      'in another version',
      { ...signed(text), 'webhook-signature': signed(text)['webhook-signature'].replace('v1', 'v9') },
    ],
    ['signed, but no JSON', signed('hello'), 'hello'],
    ['signed, but of no shape', signed('{"type":"x"}'), '{"type":"x"}'],
    ['larger than anybody sends', signed('x'.repeat(63_000)), 'x'.repeat(63_000)],
  ])('that comes %s is refused and shown as not verified', async (_how, headers, body = text) => {
    expect(await post(body, headers)).toBe(401)
    expect(inbox.received()).toMatchObject([{ verified: false, type: '', trackingNumber: '' }])
  })

  it('is taken with one good signature among several, as secrets are changed', async () => {
    const old = signed(text, new Date(), secretOf('another secret of 24 b.'))['webhook-signature']
    const headers = signed(text)
    expect(await post(text, { ...headers, 'webhook-signature': `${old} ${headers['webhook-signature']}` })).toBe(204)
  })

  it('is no repetition of one that was forged under its id', async () => {
    expect(await post(text, { ...signed(text), 'webhook-signature': 'v1,forged' })).toBe(401)
    expect(await post(text, signed(text))).toBe(204)
    expect(inbox.received().map(({ verified, repeated }) => [verified, repeated])).toEqual([
      [false, false],
      [true, false],
    ])
  })

  it('tells its listeners, and none that has left', async () => {
    let told = 0
    const leave = inbox.subscribe(() => (told += 1))
    await post(text, signed(text))
    leave()
    await post(text, signed(text))
    expect([told, inbox.received().length]).toEqual([1, 2])
  })

  it('that breaks off in the middle ends nothing but itself', async () => {
    await new Promise<void>((gone) => {
      const asking = request(inbox.url, { method: 'POST', headers: { 'content-length': '100' } })
      asking.on('error', () => gone())
      asking.write('{', () => asking.destroy(new Error('gone')))
    })
    expect(await post(text, signed(text))).toBe(204)
    expect(inbox.received().filter(({ verified }) => verified)).toHaveLength(1)
  })
})
