import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Type } from 'typebox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CarrierId, OperatorId, PersonId, SessionId, StaffId } from '@holdfast/core/values/ids.ts'
import { systemClock } from '../clock.ts'
import { failure } from '../failure.ts'
import { silentLog } from '../log.ts'
import type { HttpOptions } from './http.options.ts'
import { type Http, createHttp } from './http.ts'
import { refuse } from './refusals.ts'
import { type Gates, type Reply, type Route, route } from './route.ts'

const sessionId = 'ses_1' as SessionId
const gates: Gates = {
  carrier: async (key) =>
    key === 'good' ? { kind: 'carrier', carrierId: 'car_1' as CarrierId, keyId: 'k1' } : undefined,
  courier: async (token) => (token === 't' ? { kind: 'courier', personId: 'per_c' as PersonId, sessionId } : undefined),
  recipient: async (token) =>
    token === 't' ? { kind: 'recipient', personId: 'per_r' as PersonId, sessionId } : undefined,
  staff: async (token) =>
    token === 'viewer' || token === 'manager'
      ? { kind: 'staff', staffId: 'stf_1' as StaffId, operatorId: 'opr_1' as OperatorId, role: token, sessionId }
      : undefined,
}

const Parcel = Type.Object({ number: Type.String({ maxLength: 40 }), size: Type.Optional(Type.Integer()) })
const refusals = {
  'parcel-unknown': {
    status: 404,
    messages: { en: 'No such parcel.', zh: '没有此包裹。', ko: '없는 소포입니다.' },
  },
} as const

const routes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/v1/parcels',
    who: 'carrier',
    summary: 'Announce a parcel',
    schemas: { body: Parcel },
    replies: { 201: Type.Object({ number: Type.String(), by: Type.String() }) },
    handle: async ({ body, caller }) => ({
      status: 201,
      body: { number: body.number, by: caller.carrierId, secret: 1 },
    }),
  }),
  route({
    method: 'GET',
    path: '/v1/parcels/:number',
    who: 'carrier',
    summary: 'One parcel',
    schemas: {
      params: Type.Object({ number: Type.String() }),
      query: Type.Object({ limit: Type.Optional(Type.Integer()) }),
    },
    replies: {},
    handle: async ({ params, query }) =>
      params.number === 'none' ? refuse(refusals, 'parcel-unknown') : { status: 200, body: { ...params, ...query } },
  }),
  route({
    method: 'POST',
    path: '/v1/doors',
    who: { staff: ['manager'] },
    summary: 'Open a door',
    schemas: {},
    replies: {},
    handle: async ({ caller }) => ({ status: 200, body: { operator: caller.operatorId } }),
  }),
  route({
    method: 'POST',
    path: '/v1/sign-in',
    who: 'public',
    summary: 'Sign in',
    schemas: { body: Type.Object({ out: Type.Boolean() }) },
    replies: {},
    handle: async ({ body }): Promise<Reply> => ({
      status: 204,
      cookies: [body.out ? { audience: 'courier' } : { audience: 'courier', token: 'abc', maxAgeSeconds: 60 }],
    }),
  }),
  route({
    method: 'GET',
    path: '/v1/broken/:how',
    who: 'public',
    summary: 'Breaks',
    schemas: { params: Type.Object({ how: Type.String() }) },
    replies: {},
    handle: async ({ params }) => {
      throw params.how === 'db' ? failure('db-unavailable', 'gone') : new Error('secret detail')
    },
  }),
]

const noIdempotency: HttpOptions['idempotency'] = {
  run: async (_call, work) => await work(() => undefined),
  forget: async () => undefined,
}

const options = (given: Partial<HttpOptions> = {}): HttpOptions => ({
  log: silentLog,
  clock: systemClock,
  gates,
  routes,
  idempotency: noIdempotency,
  secureCookies: true,
  version: '1.2.3',
  bodyLimitBytes: 1_000,
  ...given,
})

function builtApp(): string {
  const directory = mkdtempSync(join(tmpdir(), 'holdfast-app-'))
  mkdirSync(join(directory, 'assets'))
  writeFileSync(join(directory, 'index.html'), '<title>app</title>')
  writeFileSync(join(directory, 'assets', 'main-1a2b.js'), 'export {}')
  writeFileSync(join(directory, 'assets', 'main-1a2b.js.br'), 'small')
  return directory
}

let http: Http
beforeAll(async () => {
  http = await createHttp(options({ apps: { courier: { directory: builtApp(), inlineStyles: true } } }))
})
afterAll(async () => await http.stop())

const carrier = { authorization: 'Bearer good' }
const errorOf = (body: string): { code: string; messages: object; fields?: string[] } => JSON.parse(body).error
const announce = async (body: unknown, headers: Record<string, string> = carrier) =>
  await http.inject({ method: 'POST', url: '/v1/parcels', headers, body })

describe('a declared route', () => {
  it('answers its caller with the fields it declared and no others', async () => {
    const { status, body } = await announce({ number: 'X1' })
    expect({ status, body: JSON.parse(body) }).toEqual({ status: 201, body: { number: 'X1', by: 'car_1' } })
  })

  it('converts what arrives in paths and queries', async () => {
    const { body } = await http.inject({ method: 'GET', url: '/v1/parcels/X1?limit=5', headers: carrier })
    expect(JSON.parse(body)).toEqual({ number: 'X1', limit: 5 })
  })

  it('maps a refusal of its capability to status, code and three languages', async () => {
    const { status, body } = await http.inject({ method: 'GET', url: '/v1/parcels/none', headers: carrier })
    expect(status).toBe(404)
    expect(errorOf(body)).toMatchObject({ code: 'parcel-unknown', messages: refusals['parcel-unknown'].messages })
  })

  it('fails registration when it does not say who may call it', async () => {
    const { who: _left, ...undeclared } = { ...routes[0] } as Record<string, unknown>
    await expect(createHttp(options({ routes: [undeclared as unknown as Route] }))).rejects.toThrow(/undeclared route/)
    const nobody = { ...undeclared, who: { staff: [] } } as unknown as Route
    await expect(createHttp(options({ routes: [nobody] }))).rejects.toThrow(/undeclared route/)
  })

  it('can be listed with its caller, and stands in the OpenAPI document with the same one', async () => {
    expect(http.routes).toContainEqual({
      method: 'POST',
      path: '/v1/doors',
      who: { staff: ['manager'] },
      summary: 'Open a door',
    })
    const { body } = await http.inject({ method: 'GET', url: '/openapi.json' })
    const document = JSON.parse(body)
    expect(document.openapi).toBe('3.1.0')
    expect(document.paths['/v1/doors'].post.security).toEqual([{ staff: ['manager'] }])
    expect(Object.keys(document.paths)).toHaveLength(new Set(routes.map(({ path }) => path)).size)
  })
})

describe('the gate', () => {
  const cookie = (text: string): Record<string, string> => ({ cookie: text })
  it.each([
    ['no key', '/v1/parcels', {}, 401, 'api-key-invalid'],
    ['a wrong key', '/v1/parcels', { authorization: 'Bearer bad' }, 401, 'api-key-invalid'],
    ['no session', '/v1/doors', {}, 401, 'not-signed-in'],
    ['a session of another audience', '/v1/doors', cookie('hf_courier=manager'), 401, 'not-signed-in'],
    ['a role that is not named', '/v1/doors', cookie('hf_operator=viewer'), 403, 'role-missing'],
    [
      'another site',
      '/v1/doors',
      { ...cookie('hf_operator=manager'), origin: 'https://evil.example' },
      403,
      'origin-refused',
    ],
    [
      'a page without an origin',
      '/v1/doors',
      { ...cookie('hf_operator=manager'), origin: 'null' },
      403,
      'origin-refused',
    ],
  ] as const)('refuses %s', async (_what, url, headers, status, code) => {
    const found = await http.inject({ method: 'POST', url, headers })
    expect([found.status, errorOf(found.body).code]).toEqual([status, code])
  })

  it('refuses a stranger before it reads the body', async () => {
    expect((await announce('{ not json', {})).status).toBe(401)
  })

  it('admits the declared role from our own page', async () => {
    const headers = { cookie: 'hf_operator=manager', host: 'locker.example', origin: 'https://locker.example' }
    const { body } = await http.inject({ method: 'POST', url: '/v1/doors', headers })
    expect(JSON.parse(body)).toEqual({ operator: 'opr_1' })
  })
})

describe('bad input', () => {
  it.each([
    ['an unknown field', { number: 'X1', colour: 'red' }, 400, 'request-invalid'],
    ['a number as text', { number: 'X1', size: '3' }, 400, 'request-invalid'],
    ['a text too long', { number: 'X'.repeat(300) }, 400, 'request-invalid'],
    ['garbage', '{"number":', 400, 'body-not-json'],
    ['a poisoned prototype', '{"__proto__":{"a":1},"number":"X1"}', 400, 'body-not-json'],
    ['an empty body', '', 400, 'body-not-json'],
    ['a body over the limit', { number: 'X'.repeat(2_000) }, 413, 'body-too-large'],
  ] as const)('refuses %s', async (_what, body, status, code) => {
    const found = await announce(body)
    expect([found.status, errorOf(found.body).code]).toEqual([status, code])
  })

  it('names the field and never repeats its value', async () => {
    const found = await announce({ number: 'X1', size: 'private' })
    expect(errorOf(found.body).fields?.join()).toContain('body/size')
    expect(found.body).not.toContain('private')
  })

  it('refuses other media types, methods and places', async () => {
    const xml = await announce('<a/>', { ...carrier, 'content-type': 'text/xml' })
    expect([xml.status, errorOf(xml.body).code]).toEqual([415, 'media-type-unsupported'])
    const put = await http.inject({ method: 'PUT', url: '/v1/parcels', headers: carrier, body: {} })
    expect([put.status, errorOf(put.body).code, put.headers['allow']]).toEqual([405, 'method-not-allowed', 'POST'])
    const lost = await http.inject({ method: 'GET', url: '/v1/nowhere' })
    expect([lost.status, errorOf(lost.body).code]).toEqual([404, 'not-found'])
    const bent = await http.inject({ method: 'GET', url: '/v1/parcels/%zz', headers: carrier })
    expect([bent.status, errorOf(bent.body).code]).toEqual([404, 'not-found'])
  })

  it('tells a lost store from a bug and shows the inside of neither', async () => {
    const lost = await http.inject({ method: 'GET', url: '/v1/broken/db' })
    expect([lost.status, errorOf(lost.body).code]).toEqual([503, 'unavailable'])
    const bug = await http.inject({ method: 'GET', url: '/v1/broken/bug' })
    expect([bug.status, errorOf(bug.body).code]).toEqual([500, 'internal-error'])
    expect(bug.body).not.toContain('secret detail')
  })
})

describe('every answer', () => {
  it('carries a request id and a policy without inline scripts or eval', async () => {
    const { headers } = await http.inject({ method: 'GET', url: '/v1/nowhere' })
    expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
    expect(headers['content-security-policy']).toContain(
      "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self';",
    )
    expect(headers['content-security-policy']).not.toContain('unsafe-inline')
    expect(headers['cache-control']).toBe('no-store')
  })

  it('sets a host-only cookie per audience and clears it', async () => {
    const sign = async (out: boolean) => await http.inject({ method: 'POST', url: '/v1/sign-in', body: { out } })
    expect((await sign(false)).headers['set-cookie']).toBe(
      'hf_courier=abc; Max-Age=60; Path=/; HttpOnly; Secure; SameSite=Strict',
    )
    expect((await sign(true)).headers['set-cookie']).toContain('hf_courier=; Max-Age=0;')
  })
})

describe('an app', () => {
  const get = async (url: string) => await http.inject({ method: 'GET', url })

  it('is served with hashed files kept for ever and its page checked every time', async () => {
    expect((await get('/courier/assets/main-1a2b.js')).headers['cache-control']).toBe(
      'public, max-age=31536000, immutable',
    )
    const page = await get('/courier/')
    expect([page.body, page.headers['cache-control']]).toEqual(['<title>app</title>', 'no-cache'])
    expect(page.headers['content-security-policy']).toContain("style-src 'self' 'unsafe-inline'")
  })

  it('is served in its small form to whoever takes it, kept for ever as well', async () => {
    const small = await http.inject({
      method: 'GET',
      url: '/courier/assets/main-1a2b.js',
      headers: { 'accept-encoding': 'gzip, br' },
    })
    expect([small.body, small.headers['content-encoding']]).toEqual(['small', 'br'])
    expect(small.headers['cache-control']).toContain('immutable')
    expect(small.headers['content-type']).toContain('javascript')
    expect((await get('/courier/assets/main-1a2b.js')).body).toBe('export {}')
  })

  it('answers its own pages, and misses missing files', async () => {
    expect((await get('/courier/stops/3')).body).toBe('<title>app</title>')
    expect((await get('/courier/assets/none.js')).status).toBe(404)
    expect((await get('/courier/../../etc/passwd')).status).toBe(404)
    expect((await get('/operator/')).status).toBe(404)
  })
})
