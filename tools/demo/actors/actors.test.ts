import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import Type from 'typebox'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { portOf } from '../street/ports.ts'
import { createCaller } from './caller.ts'
import { pickupCode, sixDigits } from './cast.ts'
import { followEvents } from './events.ts'
import { createWatch, eventually } from './watch.ts'

type Handle = (request: IncomingMessage, response: ServerResponse) => void

/** A server of one test, which answers as the test says. */
function useServer() {
  let server: Server
  let handle: Handle = (_request, response) => void response.end()
  beforeEach(async () => {
    server = createServer((request, response) => handle(request, response))
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  })
  afterEach(async () => {
    server.closeAllConnections()
    await new Promise((closed) => server.close(closed))
  })
  return {
    answers: (by: Handle) => {
      handle = by
    },
    address: () => `http://127.0.0.1:${portOf(server)}`,
  }
}

describe('a caller of the cloud', () => {
  const { answers, address } = useServer()

  it('keeps the cookies that it is given, the newest of each name, and sends its own headers always', async () => {
    const seen: (string | undefined)[] = []
    answers((request, response) => {
      seen.push(`${request.headers.cookie ?? '-'} ${request.headers.authorization}`)
      response.setHeader('set-cookie', [`session=${seen.length}; Path=/; HttpOnly`, 'other=x=y'])
      response.end()
    })
    const caller = createCaller(address(), { authorization: 'Bearer hfk_1' })
    for (let calls = 0; calls < 3; calls += 1) await caller.call('GET /v1/me')
    expect(seen).toEqual(['- Bearer hfk_1', 'session=1; other=x Bearer hfk_1', 'session=2; other=x Bearer hfk_1'])
  })

  it('gives what came, JSON or not, and nothing where nothing came', async () => {
    const bodies = ['{"a":1}', '<html>', '']
    answers((_request, response) => void response.writeHead(bodies.length === 1 ? 204 : 502).end(bodies.shift()))
    const caller = createCaller(address())
    const given = [await caller.call('GET /'), await caller.call('GET /'), await caller.call('GET /')]
    expect(given.map(({ body }) => body)).toEqual([{ a: 1 }, '<html>', undefined])
  })

  it.each([
    ['a refusal', 409, '{"error":{"code":"no-door"}}', /POST \/v1\/x is answered 409 .*no-door/],
    ['another shape', 200, '{"id":7}', /POST \/v1\/x is answered 200 .*7/],
    ['no JSON', 200, 'fine', /POST \/v1\/x is answered 200 .*fine/],
  ])('throws what it was answered when it asks and is given %s', async (_what, status, body, words) => {
    answers((_request, response) => void response.writeHead(status).end(body))
    await expect(createCaller(address()).ask(Type.Object({ id: Type.String() }), 'POST /v1/x', {})).rejects.toThrow(
      words,
    )
  })
})

describe('somebody who follows events', () => {
  const { answers, address } = useServer()
  const follow = (until: number) => {
    const leaving = new AbortController()
    const heard: string[] = []
    const done = new Promise<readonly string[]>((resolve) => {
      const onData = (data: string): void => {
        if (heard.push(data) < until) return
        leaving.abort()
        resolve(heard)
      }
      followEvents(address(), { onData, signal: leaving.signal, headers: { authorization: 'Bearer x' } })
    })
    return done
  }

  it('hears each whole event, however the bytes are cut, and lets comments and ids be', async () => {
    const bytes = Buffer.from(
      'retry: 200\n\n: still here\n\nid: 7\ndata: {"문":1}\n\ndata: a\ndata: b\n\nid: 8\n\n',
      'utf8',
    )
    answers((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      let at = 0
      const next = (): void => {
        if (at < bytes.length) response.write(bytes.subarray(at, ++at), () => setImmediate(next))
      }
      next()
    })
    expect(await follow(2)).toEqual(['{"문":1}', 'a\nb'])
  })

  it('comes again after a refusal and after a stream that ends', async () => {
    let times = 0
    answers((_request, response) => {
      times += 1
      if (times === 1) return void response.writeHead(503).end()
      return void response.writeHead(200).end(`data: ${times}\n\n`)
    })
    expect(await follow(2)).toEqual(['2', '3'])
  })
})

describe('a watch', () => {
  it('gives the first that fits, of now or later, each to whoever waits for it', async () => {
    const watch = createWatch<number>(String)
    watch.tell(1)
    const now = watch.until((n) => (n > 0 ? n : undefined), 'one')
    const later = watch.until((n) => (n > 4 ? n : undefined), 'five')
    for (const n of [2, 5, 6]) watch.tell(n)
    expect([await now, await later, watch.latest()]).toEqual([1, 5, 6])
  })

  it('says what it waited for, how long, and what there was instead', async () => {
    const watch = createWatch<string>((value) => value ?? 'nothing')
    await expect(watch.until(() => undefined, 'a door', 1)).rejects.toThrow(
      'waited 0.001 s for a door; there is nothing',
    )
    watch.tell('a wall')
    await expect(watch.until(() => undefined, 'a door', 1)).rejects.toThrow('there is a wall')
    watch.forget()
    expect(watch.latest()).toBeUndefined()
  })

  it('asks for what has to be asked for until it is there, and lets a failure through', async () => {
    let asked = 0
    expect(await eventually(() => Promise.resolve(++asked === 2 ? 'there' : undefined), 'it')).toBe('there')
    await expect(eventually(() => Promise.resolve(undefined), 'it', -1)).rejects.toThrow('s for it')
    await expect(eventually(() => Promise.reject(new Error('refused')), 'it')).rejects.toThrow('refused')
  })
})

describe('what a person reads out of a message', () => {
  it.each([
    ['Your code is 123 456 789 at door A07', '123456789'],
    ['取件码 012\u00A0345\u00A0678，24 小时内有效', '012345678'],
    ['찾기 번호 000-111-222', '000111222'],
    ['Call 400-000-1234', undefined],
    ['No. 1234 567 890', undefined],
  ])('%s: the code %s', (text, code) => {
    expect(pickupCode(text)).toBe(code)
  })

  it.each([
    ['Your sign-in code: 042917.', '042917'],
    ['인증번호 [042917]', '042917'],
    ['Parcel SF1402938475610', undefined],
  ])('%s: the six digits %s', (text, digits) => {
    expect(sixDigits.exec(text)?.[1]).toBe(digits)
  })
})
