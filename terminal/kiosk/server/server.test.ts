import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { KioskInput } from '@holdfast/wire/kiosk/inputs.ts'
import fc from 'fast-check'
import { createFakeClock } from '../../boards/line/clock.fake.ts'
import { silentLog } from '../../platform/log.ts'
import { pageSilentMs } from './page.ts'
import { serveScreen, type ScreenServer } from './server.ts'

const folder = mkdtempSync(join(tmpdir(), 'holdfast-kiosk-'))
mkdirSync(join(folder, 'assets'))
writeFileSync(join(folder, 'index.html'), '<!doctype html>')
writeFileSync(join(folder, 'assets', 'index-1.js'), 'start()')
writeFileSync(join(folder, 'secret.key'), 'secret')
afterAll(() => {
  rmSync(folder, { recursive: true })
})

const token = 'token-of-this-boot'
const clock = createFakeClock()
const taken: KioskInput[] = []
let server: ScreenServer
let port = 0

beforeEach(async () => {
  taken.length = 0
  server = await serveScreen({
    port: 0,
    folder,
    token,
    same: (left, right) => left === right,
    clock,
    log: silentLog,
    first: () => [{ v: 1, message: 'kiosk-away' }],
    input: (input) => input.n === 7 && taken.push(input) > 0,
  })
  port = Number(new URL(server.url).port)
})
afterEach(() => server.stop())

interface Asked {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

const own = (): Record<string, string> => ({ authorization: `Bearer ${token}`, origin: `http://127.0.0.1:${port}` })

/** Node's own client: `fetch` would not let a test lie about its host. */
function ask(path: string, { method = 'GET', headers = {}, body }: Asked = {}) {
  return new Promise<{ status: number; headers: Record<string, unknown>; text: string }>((resolve, reject) => {
    const asking = request({ host: '127.0.0.1', port, path, method, headers }, (reply) => {
      let text = ''
      reply.on('data', (chunk: Buffer) => (text += chunk.toString()))
      reply.on('end', () => resolve({ status: reply.statusCode ?? 0, headers: reply.headers, text }))
    })
    asking.on('error', reject)
    asking.end(body)
  })
}

function openPage() {
  const heard: string[] = []
  const ended = new Promise<void>((resolve, reject) => {
    request({ host: '127.0.0.1', port, path: '/kiosk/screen', headers: own() }, (reply) => {
      reply.on('data', (chunk: Buffer) => heard.push(chunk.toString()))
      reply.on('end', resolve)
    })
      .on('error', reject)
      .end()
  })
  return { heard, ended }
}

const input = { v: 1, message: 'kiosk-input', n: 7, kind: 'pick-up' }
const fixed = (value: object) =>
  Object.fromEntries(Object.entries(value).map(([name, one]) => [name, fc.constant(one)]))
const post = (body: string, headers = own()) => ask('/kiosk/input', { method: 'POST', headers, body })

describe('the screen’s server', () => {
  it('serves the app with a strict policy, and no other file', async () => {
    const page = await ask('/')
    expect(page).toMatchObject({ status: 200, text: '<!doctype html>' })
    expect(page.headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'")
    expect((await ask('/assets/index-1.js')).headers['cache-control']).toContain('immutable')
    for (const path of ['/secret.key', '/../package.json', '/%2e%2e/package.json', '/assets/']) {
      expect((await ask(path)).status).toBe(404)
    }
  })

  it('puts the boot’s token into the fragment, which no server ever sees', () => {
    expect(new URL(server.url).hash).toBe(`#${token}`)
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:/)
  })

  it('turns away other hosts, other origins, and whoever has no token', async () => {
    expect((await ask('/', { headers: { host: `kiosk.example:${port}` } })).status).toBe(403)
    expect((await post(JSON.stringify(input), { ...own(), origin: 'http://evil.example' })).status).toBe(403)
    expect((await post(JSON.stringify(input), { authorization: `Bearer ${token}` })).status).toBe(403)
    expect((await ask('/kiosk/screen')).status).toBe(401)
    expect((await post(JSON.stringify(input), { ...own(), authorization: 'Bearer guess' })).status).toBe(401)
    expect(taken).toEqual([])
  })

  it('takes inputs of the screen that is there, says when it is gone, and drops garbage', async () => {
    expect((await post(JSON.stringify(input))).status).toBe(204)
    expect((await post(JSON.stringify({ ...input, n: 6 }))).status).toBe(409)
    for (const bad of [
      '',
      '{',
      '[]',
      '{"v":2}',
      JSON.stringify({ ...input, more: 1 }),
      JSON.stringify({ ...input, kind: 'unlock' }),
    ]) {
      expect((await post(bad)).status).toBe(400)
    }
    expect((await post('x'.repeat(5_000))).status).toBe(413)
    expect(taken).toEqual([input])
  })

  it('answers garbage in HTTP bodies by a number, whatever it is, and hands none of it on', async () => {
    const almost = fc.record({ ...fixed(input), extra: fc.jsonValue() }).map((value) => JSON.stringify(value))
    const swapped = fc
      .tuple(fc.constantFrom('v', 'message', 'n', 'kind'), fc.jsonValue())
      .map(([name, value]) => JSON.stringify({ ...input, n: 6, [name]: value }))
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string({ maxLength: 6_000 }), fc.json(), almost, swapped), async (body) => {
        expect([400, 409, 413]).toContain((await post(body)).status)
        expect(taken).toEqual([])
      }),
      { numRuns: 150 },
    )
    expect((await post(JSON.stringify(input))).status).toBe(204)
  })

  it('has one live page: a second takes over and the first is told', async () => {
    const first = openPage()
    await expect.poll(() => first.heard.length).toBeGreaterThan(0)
    first.heard.length = 0
    const second = openPage()
    await first.ended
    expect(first.heard.join('')).toBe('data: {"v":1,"message":"kiosk-away"}\n\n')
    await expect.poll(() => second.heard.length).toBe(1)
    expect(server.present()).toBe(true)
  })

  it('knows a page that is frozen from one that is there', async () => {
    openPage()
    await expect.poll(() => server.present()).toBe(true)
    await clock.advance(pageSilentMs)
    expect(server.present()).toBe(false)
    expect((await ask('/kiosk/alive', { method: 'POST', headers: own() })).status).toBe(204)
    expect(server.present()).toBe(true)
  })

  it('hears from the page that nothing can touch it, and from a new page nothing of the sort', async () => {
    openPage()
    await expect.poll(() => server.present()).toBe(true)
    const alive = async (path: string) => (await ask(path, { method: 'POST', headers: own() })).status
    expect(server.touchable()).toBe(true)
    expect(await alive('/kiosk/alive?touch=absent')).toBe(204)
    expect([server.present(), server.touchable()]).toEqual([true, false])
    expect(await alive('/kiosk/alive')).toBe(204)
    expect(server.touchable()).toBe(true)
    await alive('/kiosk/alive?touch=absent')
    openPage()
    await expect.poll(() => server.touchable()).toBe(true)
  })
})
