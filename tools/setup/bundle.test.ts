import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { bundle, bundlePath, placeSource } from './bundle.mjs'

let root = ''

function write(path: string, text: string) {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

const run = (file: string) => execFileSync(process.execPath, [file], { encoding: 'utf8' }).trim()

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'holdfast-bundle-'))
  write('tsconfig.json', '{}')
  write('part/words.ts', "export const word: string = 'harbour'")
  write('part/main.ts', "import { word } from './words.ts'\nconsole.log(word)")
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

describe('a bundle', () => {
  it('runs without the sources beside it', async () => {
    const built = await bundle(root, 'part/main.ts')
    rmSync(join(root, 'part'), { recursive: true })
    expect(run(built)).toBe('harbour')
  })

  it('is kept while its sources stay the same', async () => {
    const built = await bundle(root, 'part/main.ts')
    const past = new Date('2026-01-01T00:00:00Z')
    utimesSync(built, past, past)
    await bundle(root, 'part/main.ts')
    expect(statSync(built).mtime).toEqual(past)
  })

  it('is made anew when an imported source changes', async () => {
    await bundle(root, 'part/main.ts')
    write('part/words.ts', "export const word: string = 'quayside'")
    expect(run(await bundle(root, 'part/main.ts'))).toBe('quayside')
  })

  it('finds data that lies beside its source', async () => {
    write('part/tide.sql', 'select 1')
    write(
      'part/main.ts',
      "import { readFileSync } from 'node:fs'\nconsole.log(readFileSync(new URL('./tide.sql', import.meta.url), 'utf8'))",
    )
    expect(run(await bundle(root, 'part/main.ts'))).toBe('select 1')
  })

  it('starts a worker written in TypeScript', async () => {
    write(
      'part/hash.worker.ts',
      "import { parentPort } from 'node:worker_threads'\nimport { word } from './words.ts'\nparentPort?.postMessage(word satisfies string)",
    )
    write(
      'part/main.ts',
      "import { Worker } from 'node:worker_threads'\nnew Worker(new URL('./hash.worker.ts', import.meta.url)).once('message', console.log)",
    )
    expect(run(await bundle(root, 'part/main.ts'))).toBe('harbour')
  })

  it('is made anew when only its worker changed', async () => {
    write('part/hash.worker.ts', "import { parentPort } from 'node:worker_threads'\nparentPort?.postMessage('one')")
    write(
      'part/main.ts',
      "import { Worker } from 'node:worker_threads'\nnew Worker(new URL('./hash.worker.ts', import.meta.url)).once('message', console.log)",
    )
    await bundle(root, 'part/main.ts')
    write('part/hash.worker.ts', "import { parentPort } from 'node:worker_threads'\nparentPort?.postMessage('three')")
    expect(run(await bundle(root, 'part/main.ts'))).toBe('three')
  })

  it('may hold packages that still ask for `require`', async () => {
    write('node_modules/old/package.json', '{"name":"old","main":"index.js"}')
    write('node_modules/old/index.js', "exports.platform = require('os').platform()")
    write('part/main.ts', "import old from 'old'\nconsole.log(old.platform)")
    expect(run(await bundle(root, 'part/main.ts'))).toBe(process.platform)
  })
})

describe('the place of a source', () => {
  it('is named as the source was, for everything that is not a program', () => {
    const text = placeSource(
      '/town',
      '/town/part/main.ts',
      'open(import.meta.url, import.meta.dirname)',
      () => undefined,
    )
    expect(text).toBe(`open(${JSON.stringify(pathToFileURL('/town/part/main.ts').href)}, "/town/part")`)
  })

  it('is named as the bundle will be, for a program', () => {
    const found: string[] = []
    const text = placeSource('/town', '/town/part/main.ts', "new URL('../cloud/main.ts', import.meta.url)", (entry) =>
      found.push(entry),
    )
    expect(found).toEqual(['cloud/main.ts'])
    expect(text).toBe(`new URL(${JSON.stringify(pathToFileURL(bundlePath('/town', 'cloud/main.ts')).href)})`)
  })
})
