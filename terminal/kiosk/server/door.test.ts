import type { IncomingMessage } from 'node:http'
import { describe, expect, it } from 'vitest'
import { createDoor } from './door.ts'
import { parseInput } from './parse-input.ts'

const token = 'a-token-of-this-boot'
const own = '127.0.0.1:4621'
const door = createDoor({ port: () => 4621, token, same: (left, right) => left === right })
type Shown = {
  readonly method?: string
  readonly url?: string
  readonly host?: string
  readonly origin?: string
  readonly authorization?: string
}
const ask = ({ method = 'GET', url = '/', ...headers }: Shown) =>
  door({ method, url, headers: { host: own, ...headers } } as unknown as IncomingMessage)
const bearer = { authorization: `Bearer ${token}` }

describe('who may talk to the kiosk’s server', () => {
  it.each([
    ['its own page’s files', {}, undefined],
    ['its own page, with its own origin', { origin: `http://${own}` }, undefined],
    ['another name for this machine', { host: 'localhost:4621' }, 'host'],
    ['a name bent to this machine', { host: 'evil.example:4621' }, 'host'],
    ['another port', { host: '127.0.0.1:4622' }, 'host'],
    ['no port', { host: '127.0.0.1' }, 'host'],
    ['a page of somewhere else', { origin: 'https://evil.example' }, 'origin'],
    ['a page of another port here', { origin: 'http://127.0.0.1:4622' }, 'origin'],
    ['the same page by TLS', { origin: `https://${own}` }, 'origin'],
    ['a page that hides', { origin: 'null' }, 'origin'],
    ['a page of somewhere else, with the token', { ...bearer, origin: 'https://evil.example' }, 'origin'],
    ['a message without a page', { ...bearer, method: 'POST', url: '/kiosk/input' }, 'origin'],
    [
      'a message of its own page',
      { ...bearer, method: 'POST', url: '/kiosk/input', origin: `http://${own}` },
      undefined,
    ],
    ['the stream without a token', { url: '/kiosk/live' }, 'token'],
    ['the stream with another token', { url: '/kiosk/live', authorization: 'Bearer other' }, 'token'],
    ['the stream with a bare token', { url: '/kiosk/live', authorization: token }, 'token'],
    ['the stream with an empty token', { url: '/kiosk/live', authorization: 'Bearer ' }, 'token'],
    ['the stream with the token', { ...bearer, url: '/kiosk/live' }, undefined],
    ['a bent name, with token and origin', { ...bearer, host: 'evil.example', origin: `http://${own}` }, 'host'],
  ] as const)('%s', (_, shown, turned) => {
    expect(ask(shown)).toBe(turned)
  })

  it('asks for the port anew each time: it is known only once the server listens', () => {
    let port = 1
    const later = createDoor({ port: () => port, token, same: (left, right) => left === right })
    const request = { method: 'GET', url: '/', headers: { host: own } } as unknown as IncomingMessage
    expect(later(request)).toBe('host')
    port = 4621
    expect(later(request)).toBeUndefined()
  })

  it('leaves it to `same` whether the token is right, so that its time tells nothing', () => {
    const asked: (readonly [string, string])[] = []
    const same = (left: string, right: string): boolean => asked.push([left, right]) < 0
    const request = { method: 'GET', url: '/kiosk/live', headers: { host: own, ...bearer } }
    expect(createDoor({ port: () => 4621, token, same })(request as unknown as IncomingMessage)).toBe('token')
    expect(asked).toEqual([[`Bearer ${token}`, `Bearer ${token}`]])
  })
})

describe('what the page sends', () => {
  const touch = { v: 1, message: 'kiosk-input', n: 3, kind: 'pick-up' }
  it.each([
    ['an input of this version', JSON.stringify(touch), touch],
    ['nothing', '', undefined],
    ['half an input', JSON.stringify(touch).slice(0, -1), undefined],
    ['two inputs', JSON.stringify([touch, touch]), undefined],
    ['an input of another version', JSON.stringify({ ...touch, v: 2 }), undefined],
    ['an input that names a door', JSON.stringify({ ...touch, compartment: 'cmp_1' }), undefined],
    ['null', 'null', undefined],
  ])('%s', (_, text, read) => {
    expect(parseInput(text)).toEqual(read)
  })
})
