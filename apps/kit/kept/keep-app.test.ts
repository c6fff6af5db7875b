import { describe, expect, it } from 'vitest'
import { createKeptApp } from './keep-app.ts'

const scope = 'https://locker.example/courier/'
const get = (path: string) => ({ method: 'GET', url: scope + path })

/** A server with one version of the app, and a phone that keeps it. */
function phone() {
  const server = { files: version('1'), status: 200, asked: [] as string[] }
  const store = new Map<string, string>()
  const app = createKeptApp({
    scope,
    kept: {
      match: async (address) => (store.has(address) ? new Response(store.get(address)) : undefined),
      put: async (address, answer) => void store.set(address, await answer.text()),
      delete: async (address) => store.delete(address),
    },
    fetch: async (address) => {
      const file = address.replace(scope, '').replace(/[?#].*$/, '') || 'index.html'
      server.asked.push(file)
      if (server.status === 0) throw new TypeError('no network')
      const text = server.files[file]
      return new Response(text ?? 'none', { status: text === undefined ? 404 : server.status })
    },
  })
  const says = async (path: string): Promise<string | undefined> => await (await app.answer(get(path)))?.text()
  const names = (): string[] => [...store.keys()].map((address) => address.replace(scope, '')).sort()
  return { app, server, says, names }
}

function version(n: string): Record<string, string> {
  return {
    'index.html': `<script src="./assets/index-${n}.js">`,
    [`assets/index-${n}.js`]: `app ${n}`,
    'assets/reader.wasm': 'reader',
    'assets.json': JSON.stringify([`assets/index-${n}.js`, 'assets/reader.wasm', 'index.html']),
  }
}

async function keeping() {
  const made = phone()
  await made.app.keep()
  made.server.asked.length = 0
  return made
}

describe('an app that is kept', () => {
  it.each(['', '#carry', 'index.html', 'carry?from=kiosk'])('is there without a network, at “%s”', async (path) => {
    const { server, says } = await keeping()
    server.status = 0
    expect(await says(path)).toContain('index-1.js')
    expect(await says('assets/index-1.js')).toBe('app 1')
    expect(await says('assets/reader.wasm')).toBe('reader')
  })

  it('is there too where something answers that is not the server', async () => {
    const { server, says } = await keeping()
    server.status = 502
    expect(await says('')).toContain('index-1.js')
  })

  it('shows the server’s page where there is one, and asks again for no file that it has', async () => {
    const { server, says } = await keeping()
    server.files = version('2')
    expect(await says('')).toContain('index-2.js')
    await says('assets/reader.wasm')
    expect(server.asked).toEqual(['index.html'])
  })

  it('asks for nothing but the list while nothing has changed', async () => {
    const { app, server } = await keeping()
    await app.keep()
    expect(server.asked).toEqual(['assets.json'])
  })
})

describe('a new version', () => {
  it('is taken over whole, and pages of the former one still find their parts', async () => {
    const { app, server, says, names } = await keeping()
    server.files = version('2')
    await app.keep()
    server.status = 0
    expect(await says('')).toContain('index-2.js')
    expect(await says('assets/index-1.js')).toBe('app 1')
    server.status = 200
    server.files = version('3')
    await app.keep()
    expect(names()).not.toContain('assets/index-1.js')
    expect(names()).toEqual(expect.arrayContaining(['assets/index-2.js', 'assets/index-3.js', 'assets/reader.wasm']))
  })

  it.each([
    ['a part of it is missing', 'assets/index-2.js', undefined],
    ['its page is newer than its list', 'index.html', '<script src="./assets/index-3.js">'],
  ])('is not begun where %s: the former one stays', async (_, file, text) => {
    const { app, server, says } = await keeping()
    server.files = Object.fromEntries(
      Object.entries({ ...version('2'), [file]: text }).flatMap(([name, said]) =>
        said === undefined ? [] : [[name, said]],
      ),
    )
    await app.keep().catch(() => undefined)
    server.status = 0
    expect(await says('')).toContain('index-1.js')
    expect(await says('assets/index-1.js')).toBe('app 1')
  })

  it('that breaks off is taken over at the next turn, and only what it still lacks is fetched', async () => {
    const { app, server, says } = await keeping()
    const { 'assets/index-2.js': script = '', ...rest } = version('2')
    server.files = {
      ...rest,
      'assets/new.css': 'new',
      'assets.json': JSON.stringify(['assets/index-2.js', 'assets/new.css']),
    }
    await expect(app.keep()).rejects.toThrow('404')
    server.files = { ...server.files, 'assets/index-2.js': script }
    server.asked.length = 0
    await app.keep()
    expect(server.asked).toEqual(['assets.json', 'assets/index-2.js', 'index.html'])
    server.status = 0
    expect(await says('')).toContain('index-2.js')
  })
})

describe('what is none of the app', () => {
  it.each([
    ['the cloud’s answers', { method: 'GET', url: 'https://locker.example/v1/courier/today' }],
    ['anything that is told', { method: 'POST', url: scope }],
    ['another app', { method: 'GET', url: 'https://locker.example/operator/' }],
    ['the worker itself', get('service-worker.js')],
    ['the list of files', get('assets.json')],
  ])('is left to the browser: %s', async (_, asked) => {
    const { app } = await keeping()
    expect(app.answer(asked)).toBeUndefined()
  })

  it('leaves a phone that never had it without it, as a page without a worker', async () => {
    const { app, server, says } = phone()
    server.status = 0
    await expect(app.keep()).rejects.toThrow('no network')
    await expect(says('')).rejects.toThrow('no network')
  })
})
