import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cloudCodes } from '../codes.ts'
import { methodOf, rows } from './routes.testing.ts'
import { mine, openWorld, type World } from './world.testing.ts'
import { type Call, codeIn, json } from './town.testing.ts'

const known: ReadonlySet<string> = new Set(Object.values(cloudCodes).flatMap((table) => Object.keys(table)))
let world: World
let keys = 0
beforeAll(async () => {
  world = await openWorld()
})
afterAll(async () => await world.town.close())

const announce = async (body: unknown, key?: string | null) => {
  keys += 1
  const keyed = key === null ? {} : { 'idempotency-key': key ?? `r${keys}` }
  return await world.town.call('/v1/parcels', { method: 'POST', body, headers: { ...world.sf.headers, ...keyed } })
}
const good = (trackingNumber: string, more: object = {}) => ({ trackingNumber, recipient: { phone: mine }, ...more })

describe('an announcement', () => {
  it.each<readonly [string, unknown, string]>([
    ['a tracking number of 300 characters', good('9'.repeat(300)), '400 request-invalid'],
    ['a tracking number of signs', good('?!'), '400 tracking-number-unreadable'],
    ['an empty tracking number', good(''), '400 request-invalid'],
    ['a NUL in the tracking number', good('SF\u0000000000000'), '400 request-invalid'],
    ['half a character in the agreement', good('SF5000000000001', { agreement: '\ud800' }), '400 request-invalid'],
    [
      'a phone from nowhere',
      { trackingNumber: 'SF5000000000001', recipient: { phone: '+999123456' } },
      '400 phone-unreadable',
    ],
    [
      'a phone that is a word',
      { trackingNumber: 'SF5000000000001', recipient: { phone: 'mother' } },
      '400 phone-unreadable',
    ],
    ['no recipient', { trackingNumber: 'SF5000000000001' }, '400 request-invalid'],
    ['a number for a tracking number', good(5 as unknown as string), '400 request-invalid'],
    ['an unknown field', good('SF5000000000001', { colour: 'red' }), '400 request-invalid'],
    [
      'an unknown field inside',
      { trackingNumber: 'SF5000000000001', recipient: { phone: mine, x: 1 } },
      '400 request-invalid',
    ],
    ['a size that nobody makes', good('SF5000000000001', { size: 'XXL' }), '400 request-invalid'],
    [
      'a box of half a millimetre',
      good('SF5000000000001', { dimensions: { widthMm: 0.5, heightMm: 1, depthMm: 1 } }),
      '400 request-invalid',
    ],
    [
      'a box as large as a house',
      good('SF5000000000001', { dimensions: { widthMm: 3000, heightMm: 3000, depthMm: 3000 } }),
      '400 size-beyond-doors',
    ],
    [
      'a cabinet that is not',
      good('SF5000000000001', { cabinet: `cab_${'0'.repeat(26)}` }),
      '400 named-cabinet-unknown',
    ],
    ['an id of another kind', good('SF5000000000001', { cabinet: `par_${'0'.repeat(26)}` }), '400 request-invalid'],
    ['a list', [], '400 request-invalid'],
    ['null', 'null', '400 request-invalid'],
    ['half a JSON', '{"trackingNumber":', '400 body-not-json'],
    ['a poisoned prototype', '{"__proto__":{"x":1}}', '400 body-not-json'],
    ['nothing', '', '400 body-not-json'],
    ['a megabyte', good('SF5000000000001', { agreement: 'x'.repeat(1_000_000) }), '413 body-too-large'],
  ])('of %s is refused', async (_what, body, refusal) => {
    expect(codeIn(await announce(body))).toBe(refusal)
  })

  it('names the fields that are wrong, in three languages', async () => {
    const reply = json(await announce({ trackingNumber: '', recipient: 'Li' }))
    const error = reply['error'] as { fields: string[]; messages: object }
    expect(error.fields.join()).toMatch(/body\/trackingNumber.*body\/recipient/)
    expect(Object.keys(error.messages).sort()).toEqual(['en', 'ko', 'zh'])
  })

  it('in another media type is refused', async () => {
    const headers = { ...world.sf.headers, 'idempotency-key': 'm', 'content-type': 'text/plain' }
    expect(codeIn(await world.town.call('/v1/parcels', { body: 'x', headers }))).toBe('415 media-type-unsupported')
  })

  it('needs a key that can be printed', async () => {
    for (const key of [null, '', 'a b', 'x'.repeat(256), 'é'])
      expect(codeIn(await announce(good('SF5000000000002'), key))).toBe('400 idempotency-key-missing')
  })

  it('with the same key and body is answered the same, with another body refused; tenants never meet', async () => {
    const first = await announce(good('SF5000000000003'), 'same')
    const again = await announce(good('SF5000000000003'), 'same')
    expect([again.status, again.body, again.headers['idempotency-replayed']]).toEqual([201, first.body, 'true'])
    expect(codeIn(await announce(good('SF5000000000004'), 'same'))).toBe('422 idempotency-key-reused')
    const headers = { ...world.ups.headers, 'idempotency-key': 'same' }
    const other = await world.town.call('/v1/parcels', { headers, body: good('SF5000000000003') })
    expect([other.status, json(other)['id'] === json(first)['id']]).toEqual([201, false])
  })

  it('of a refusal is kept under its key too, and eight at once make one parcel', async () => {
    const bad = good('SF5000000000005', { cabinet: `cab_${'0'.repeat(26)}` })
    const [one, two] = [await announce(bad, 'bad'), await announce(bad, 'bad')]
    expect([one.status, two.body]).toEqual([400, one.body])
    const replies = await Promise.all(
      Array.from({ length: 8 }, async () => await announce(good('SF5000000000006'), 'at-once')),
    )
    const statuses = replies.map(codeIn)
    expect(statuses.filter((status) => !['201', '409 request-in-flight'].includes(status))).toEqual([])
    expect(new Set(replies.filter(({ status }) => status === 201).map(({ body }) => body)).size).toBe(1)
    const made = await world.town.rows("select from parcel where number = 'SF5000000000006'")
    expect(made).toHaveLength(1)
  })

  it('of a number that is announced is refused under another key, unless it says the same', async () => {
    await announce(good('SF5000000000007', { size: 'S' }))
    expect(codeIn(await announce(good('SF5000000000007', { size: 'S' })))).toBe('201')
    expect(codeIn(await announce(good('SF5000000000007', { size: 'L' })))).toBe('409 parcel-already-announced')
  })
})

describe('a change', () => {
  const change = async (parcel: string, body: object) =>
    codeIn(await world.town.call(`/v1/parcels/${parcel}`, { method: 'PATCH', body, headers: world.sf.headers }))
  const act = async (parcel: string, what: string) =>
    codeIn(await world.town.call(`/v1/parcels/${parcel}/${what}`, { method: 'POST', headers: world.sf.headers }))

  it('of a parcel that lies behind a door is refused', async () => {
    expect(await change(world.stored, { size: 'L' })).toBe('409 parcel-already-stored')
    const both = { size: 'L', recipientPhone: '+8613800000000' }
    expect(await change(world.stored, both)).toBe('409 parcel-already-stored')
    expect(await act(world.stored, 'cancel')).toBe('409 parcel-already-stored')
    expect(await act(world.stored, 'returned')).toBe('409 parcel-already-stored')
  })

  it('must change something, to something that can be', async () => {
    const parcel = await world.announce()
    expect(await change(parcel, {})).toBe('400 correction-empty')
    expect(await change(parcel, { recipientPhone: 'none' })).toBe('400 phone-unreadable')
    expect(await change(parcel, { dimensions: { widthMm: 3000, heightMm: 3000, depthMm: 3000 } })).toBe(
      '400 size-beyond-doors',
    )
  })

  it('comes too late after the end', async () => {
    const parcel = await world.announce()
    expect([await act(parcel, 'cancel'), await act(parcel, 'cancel')]).toEqual(['200', '200'])
    expect(await change(parcel, { size: 'L' })).toBe('409 parcel-over')
    const [recipient] = world.callers.recipient
    const consent = `/v1/recipient/parcels/${parcel}/consent`
    expect(codeIn(await world.town.call(consent, { body: { accept: true }, headers: recipient }))).toBe(
      '409 parcel-over',
    )
    const code = { method: 'POST', headers: recipient } as const
    expect(codeIn(await world.town.call(`/v1/recipient/parcels/${parcel}/new-code`, code))).toBe('409 code-not-waiting')
  })
})

describe('an endpoint', () => {
  it.each([
    'nonsense',
    'ftp://a.example/',
    'https://u:p@a.example/',
    'https://10.0.0.1/',
    'https://[::ffff:10.0.0.1]/',
    'https://[fe80::1]/',
    'https://0x0a000001/',
    'https://169.254.169.254/',
  ])('at %s is refused', async (url) => {
    const reply = await world.town.call('/v1/webhook-endpoints', { body: { url }, headers: world.sf.headers })
    expect(codeIn(reply)).toBe('400 endpoint-url-unfit')
  })

  it('is refused after the tenth', async () => {
    await world.endpoint()
    const replies = []
    for (let i = 0; i < 10; i += 1)
      replies.push(
        await world.town.call('/v1/webhook-endpoints', {
          body: { url: 'https://a.example/' },
          headers: world.sf.headers,
        }),
      )
    expect(replies.map(codeIn)).toEqual([...Array.from({ length: 9 }, () => '201'), '409 endpoints-too-many'])
  })
})

it('answers a method that a path does not take', async () => {
  const reply = await world.town.call('/v1/events', { method: 'DELETE', headers: world.sf.headers })
  expect([codeIn(reply), reply.headers['allow']]).toEqual(['405 method-not-allowed', 'GET'])
})

/** Texts that databases, paths and parsers stumble over. */
const nasty = fc.constantFrom(
  '',
  '\u0000',
  '\ud800',
  '%',
  '\\',
  "';--",
  '../..',
  '9'.repeat(300),
  'NaN',
  '𝕏'.repeat(90),
  '1e999',
)
const junk = fc.oneof(
  nasty,
  fc.jsonValue({ maxDepth: 2 }),
  fc.integer(),
  fc.double(),
  fc.constantFrom(2 ** 53, -1, null, true),
)

/** A right body with one place made wrong, or anything at all. */
const bodyFrom = (right: unknown) =>
  typeof right === 'object' && right !== null
    ? fc.oneof(
        junk,
        fc
          .record({ field: fc.constantFrom(...Object.keys(right), 'other'), value: junk })
          .map(({ field, value }) => ({ ...right, [field]: value })),
      )
    : junk

it('breaks under nothing that anybody sends to any route: no answer is a failure, every code is documented', async () => {
  const asked = await Promise.all(
    Object.entries(rows)
      .filter(([name, { stream }]) => stream !== true && !name.endsWith('sign-out'))
      .map(async ([name, row]) => ({ name, row, right: await row.make(world) })),
  )
  const calls = fc.constantFrom(...asked).chain(({ name, row, right }) =>
    fc.record({
      name: fc.constant(name),
      headers: fc.constant(row.kind === 'public' ? {} : world.callers[row.kind][0]),
      url: fc.oneof(
        fc.constant(right.url),
        nasty.map((text) => spoil(right.url, text)),
      ),
      query: fc.oneof(
        fc.constant(''),
        fc
          .tuple(fc.constantFrom('after', 'limit', 'search', 'state', 'trackingNumber'), nasty)
          .map(([key, text]) => `${right.url.includes('?') ? '&' : '?'}${key}=${encode(text)}`),
      ),
      body: methodOf(name) === 'GET' ? fc.constant(undefined) : bodyFrom(right.body),
      key: fc.uuid(),
    }),
  )
  await fc.assert(
    fc.asyncProperty(calls, async ({ name, headers, url, query, body, key }) => {
      const call: Call = { method: methodOf(name), body, headers: { ...headers, 'idempotency-key': key } }
      const reply = await world.town.call(url + query, call)
      expect(reply.status).toBeLessThan(500)
      if (reply.status >= 400) expect(known).toContain(codeIn(reply).split(' ')[1])
    }),
    { numRuns: 600, interruptAfterTimeLimit: 15_000 },
  )
}, 25_000)

const encode = (text: string): string => encodeURIComponent(text.replaceAll(/[\ud800-\udfff]/gu, '\ufffd'))
/** The last part of the path becomes the text. */
const spoil = (url: string, text: string): string => `${url.slice(0, url.lastIndexOf('/') + 1)}${encode(text)}`
