import { createHmac } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type TownState, townStateSchema } from '@holdfast/wire/town/town.ts'
import { Value } from 'typebox/value'
import { choosePort, portOf } from '../street/ports.ts'
import { createGateway } from './gateway.ts'
import { type TownActs, type TownPage, serveTownPage } from './server.ts'
import { createTray } from './tray.ts'

const folder = mkdtempSync(join(tmpdir(), 'holdfast-page-'))
beforeAll(() => {
  writeFileSync(join(folder, 'index.html'), '<h1>Town</h1>')
  writeFileSync(join(folder, 'app.js'), '1')
  writeFileSync(join(folder, 'odd.bin'), 'x')
})
afterAll(() => rmSync(folder, { recursive: true }))

const state: TownState = Value.Create(townStateSchema)

describe('the town’s page', () => {
  let page: TownPage
  let asked: unknown[]
  let allows: boolean
  beforeEach(async () => {
    asked = []
    allows = true
    const note = (what: string) => (body: unknown) => asked.push([what, body]) > 0 && allows
    const later = (what: string) => (body: unknown) => Promise.resolve(note(what)(body))
    const acts: TownActs = {
      hand: note('hand'),
      scan: later('scan'),
      uplink: note('uplink'),
      reply: later('reply'),
      tray: note('tray'),
    }
    const { port } = await choosePort(0)
    page = await serveTownPage({ port, folder, state: () => state, acts })
  })
  afterEach(async () => await page.stop())

  const post = async (path: string, body: unknown, headers = {}): Promise<number> => {
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    return (await fetch(new URL(path, page.url), { method: 'POST', body: text, headers })).status
  }
  const hand = { cabinet: 'north', label: 'A01', act: 'push', thing: '' }

  it.each([
    ['/', 200, 'text/html; charset=utf-8'],
    ['/app.js', 200, 'text/javascript'],
    ['/odd.bin', 200, 'application/octet-stream'],
    ['/none.js', 404, null],
    ['/%2e%2e/%2e%2e/etc/passwd', 404, null],
    ['/..%2f..%2fetc%2fpasswd', 404, null],
    ['/%E0%A4%A', 500, null],
  ])('answers %s with %i', async (path, status, type) => {
    const answer = await fetch(new URL(path, page.url))
    expect([answer.status, answer.headers.get('content-type')]).toEqual([status, type])
  })

  it('hands on what is sound, and says what the world does not allow just now', async () => {
    expect(await post('/town/hand', hand)).toBe(204)
    expect(await post('/town/scan', { cabinet: 'north', text: 'SF1' })).toBe(204)
    expect(await post('/town/uplink', { cabinet: 'north', cut: true })).toBe(204)
    expect(await post('/town/reply', { to: '+861', text: 'YES' })).toBe(204)
    expect(await post('/tray', { id: 'msg_1', channel: 'sms', to: '+861', text: 'Your code' })).toBe(204)
    allows = false
    expect(await post('/town/hand', hand)).toBe(409)
    expect(asked).toHaveLength(6)
  })

  it.each([
    ['no JSON', 'act', 400],
    ['another shape', { cabinet: 'north' }, 400],
    ['an act that no hand does', { ...hand, act: 'explode' }, 400],
  ])('takes %s for nothing', async (_what, body, status) => {
    expect(await post('/town/hand', body)).toBe(status)
    expect(asked).toEqual([])
  })

  it('lets no page from elsewhere push a door, and knows no other paths', async () => {
    expect(await post('/town/hand', hand, { origin: 'https://evil.example' })).toBe(403)
    expect(await post('/town/hand', hand, { origin: new URL(page.url).origin })).toBe(204)
    expect(await post('/town/explode', hand)).toBe(404)
    expect(asked).toHaveLength(1)
  })

  it('tells the whole state at once, and a burst of changes in one word', async () => {
    const leaving = new AbortController()
    const answer = await fetch(new URL('/town/live', page.url), { signal: leaving.signal })
    const reader = answer.body?.getReader()
    const read = async (): Promise<string> => new TextDecoder().decode((await reader?.read())?.value)
    const first = await read()
    expect(JSON.parse(first.slice(first.indexOf('{')))).toEqual(JSON.parse(JSON.stringify(state)))
    for (let changes = 0; changes < 50; changes += 1) page.changed()
    expect((await read()).match(/event: state/g)).toHaveLength(1)
    leaving.abort()
  })

  it('outlives a caller that hangs up in the middle of a word', async () => {
    await hangUp(new URL('/town/hand', page.url))
    expect(await post('/town/hand', hand)).toBe(204)
  })
})

/** Begins a request of a hundred bytes, and goes after one. */
async function hangUp(url: URL): Promise<void> {
  await new Promise<void>((gone) => {
    const asking = request(url, { method: 'POST', headers: { 'content-length': '100' } })
    asking.on('error', () => gone())
    asking.write('{', () => asking.destroy(new Error('gone')))
  })
}

describe('the message tray', () => {
  const message = (id: string) => ({ id, channel: 'sms', to: '+861', text: `text of ${id}` })

  it('shows what came, newest first, once for each id, and never more than it keeps', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(300), { maxLength: 400 }), (ids) => {
        let at = 0
        let told = 0
        const tray = createTray(() => ++at)
        tray.subscribe(() => (told += 1))
        for (const id of ids) tray.receive(message(`msg_${id}`))
        const shown = tray.messages()
        expect(new Set(shown.map(({ id }) => id)).size).toBe(shown.length)
        expect(shown.length).toBeLessThanOrEqual(200)
        expect(shown.map((one) => one.at)).toEqual(shown.map((one) => one.at).toSorted((a, b) => b - a))
        if (new Set(ids).size <= 200) expect([told, shown.length]).toEqual([new Set(ids).size, new Set(ids).size])
      }),
      { numRuns: 30 },
    )
  })

  it('goes on from what was kept, and tells nobody who has left', () => {
    const tray = createTray(() => 9, [{ ...message('msg_1'), at: 1 }])
    let told = 0
    const leave = tray.subscribe(() => (told += 1))
    tray.receive(message('msg_1'))
    tray.receive(message('msg_2'))
    leave()
    tray.receive(message('msg_3'))
    expect([told, tray.messages().map(({ id }) => id)]).toEqual([1, ['msg_3', 'msg_2', 'msg_1']])
  })
})

describe('the gateway’s other side', () => {
  it('signs a recipient’s answer over time and body, and says whether it was taken', async () => {
    const heard: { signature: string; body: string }[] = []
    const server = createServer((call, answer) => {
      let body = ''
      call.on('data', (part) => (body += String(part)))
      call.on('end', () => {
        heard.push({ signature: String(call.headers['x-holdfast-signature']), body })
        answer.writeHead(heard.length === 1 ? 204 : 401).end()
      })
    })
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
    const api = `http://127.0.0.1:${portOf(server)}`
    const gateway = createGateway({ api, secret: 's3cret', now: () => 1_795_470_000_000, drawId: () => 'in_1' })
    expect([await gateway.reply('+821', '동의'), await gateway.reply('+821', '동의')]).toEqual([true, false])
    const [first] = heard
    const mac = createHmac('sha256', 's3cret').update(`1795470000000.${first?.body}`).digest('hex')
    expect(first?.signature).toBe(`t=1795470000000,v1=${mac}`)
    expect(JSON.parse(first?.body ?? '')).toEqual({ from: '+821', text: '동의', id: 'in_1' })
    server.closeAllConnections()
    await new Promise((closed) => server.close(closed))
    expect(await gateway.reply('+821', '동의')).toBe(false)
  })
})
