import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { appNames, buildApps } from './build.ts'

describe('building an app', () => {
  const outFolder = mkdtempSync(join(tmpdir(), 'holdfast-build-'))
  const folder = join(outFolder, 'gallery')
  const assets = (): string[] => readdirSync(join(folder, 'assets'))
  const read = (file: string): string => readFileSync(join(folder, file), 'utf8')

  beforeAll(async () => {
    await buildApps({ only: ['gallery'], outFolder })
  })
  afterAll(() => rmSync(outFolder, { recursive: true }))

  it('knows the apps by their index.html', () => {
    expect(appNames()).toContain('gallery')
    expect(appNames()).not.toContain('kit')
  })

  it('skips what has not changed', async () => {
    expect(await buildApps({ only: ['gallery'], outFolder })).toMatchObject([{ status: 'unchanged' }])
  })

  it('holds a strict content policy: no inline script, no data: address, no absolute path', () => {
    const page = read('index.html')
    expect(page).not.toMatch(/<script(?![^>]* src=)/)
    expect(page).not.toMatch(/(src|href)="(\/|data:|https?:)/)
  })

  it('puts preact where React was imported', () => {
    const sources = assets().filter((file) => file.endsWith('.js'))
    expect(sources.some((file) => read(`assets/${file}`).includes('react.dev/errors'))).toBe(false)
  })

  it('ships messages compiled, one file per language', () => {
    const korean = assets().filter((file) => file.startsWith('ko-'))
    expect(korean.length).toBeGreaterThan(0)
    expect(korean.map((file) => read(`assets/${file}`)).join('')).not.toContain(', plural,')
  })

  it('loads the decoder and its wasm apart from the first paint', () => {
    const entry = assets().find((file) => file.startsWith('index-') && file.endsWith('.js')) ?? ''
    expect(assets().some((file) => file.endsWith('.wasm'))).toBe(true)
    expect(read(`assets/${entry}`)).not.toContain('zxing_reader')
    expect(statSync(join(folder, 'assets', entry)).size).toBeLessThan(120_000)
  })

  it('lists every file for a service worker to keep', () => {
    const listed = JSON.parse(read('assets.json')) as string[]
    expect(listed).toContain('index.html')
    for (const file of listed) expect(statSync(join(folder, file)).isFile()).toBe(true)
  })
})
