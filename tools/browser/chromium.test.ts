import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { quietFlags, systemBrowser } from './chromium.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-chromium-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe("the system's browser", () => {
  it('is the one that CHROME_PATH names', () => {
    const chosen = join(folder, 'my-browser')
    writeFileSync(chosen, '')
    expect(systemBrowser({ CHROME_PATH: chosen, PATH: folder })).toBe(chosen)
  })

  it('is not replaced in silence when CHROME_PATH is wrong', () => {
    expect(() => systemBrowser({ CHROME_PATH: join(folder, 'gone'), PATH: folder })).toThrow(/which does not exist/)
  })

  it('is else looked for on the path, Chromium before others and the build without a window first', () => {
    expect(systemBrowser({ PATH: folder })).toBeUndefined()
    for (const name of ['google-chrome', 'chromium', 'chromium-headless-shell']) {
      writeFileSync(join(folder, name), '')
      expect(systemBrowser({ PATH: folder })).toBe(join(folder, name))
    }
  })

  it('runs as root and keeps quiet', () => {
    expect(quietFlags).toEqual(
      expect.arrayContaining([
        '--no-sandbox',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ]),
    )
  })
})
