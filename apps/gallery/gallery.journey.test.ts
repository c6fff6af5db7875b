import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axeFindings } from '../../tools/browser/axe.ts'
import { launchBrowser, screenshot } from '../../tools/browser/browser.ts'
import { makeCameraFilm } from '../../tools/browser/film.ts'
import { buildApps } from '../build/build.ts'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
}

const label = '00340123456789012340'
const folder = mkdtempSync(join(tmpdir(), 'holdfast-gallery-'))

const policy = "default-src 'self' 'wasm-unsafe-eval'; media-src 'self' blob:"

const server = createServer((request, reply) => {
  const path = new URL(request.url ?? '/', 'http://gallery').pathname
  const file = join(folder, 'gallery', path === '/' ? 'index.html' : path)
  if (!existsSync(file)) return reply.writeHead(404).end()
  const head = { 'content-type': types[extname(file)] ?? 'application/octet-stream', 'content-security-policy': policy }
  return reply.writeHead(200, head).end(readFileSync(file))
})

let browser: Browser
let address = ''
const complaints: string[] = []

async function visit(query: string, size = { width: 1440, height: 900 }): Promise<Page> {
  const context = await browser.newContext({ viewport: size, permissions: ['camera'], reducedMotion: 'reduce' })
  const page = await context.newPage()
  page.on('console', (message) => complaints.push(`${query}: ${message.text()}`))
  page.on('pageerror', (error) => complaints.push(`${query}: ${error.message}`))
  page.on('request', (request) => {
    if (!request.url().startsWith(address)) complaints.push(`${query}: asked for ${request.url()}`)
  })
  await page.goto(`${address}/?${query}`)
  await page.waitForSelector('main')
  return page
}

beforeAll(async () => {
  const film = join(folder, 'camera.y4m')
  await makeCameraFilm(`(00)${label.slice(2)}`, film, { kind: 'gs1-128', scale: 2 })
  await buildApps({ only: ['gallery'], outFolder: folder })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  browser = await launchBrowser({ fakeCamera: film })
})

afterAll(async () => {
  await browser.close()
  server.close()
  rmSync(folder, { recursive: true })
})

const looks = [
  ['kiosk', 'surface=kiosk', { width: 1080, height: 1920 }],
  ['kiosk in high contrast and large text', 'surface=kiosk&theme=contrast&text=large', { width: 1080, height: 1920 }],
  ['phone', '', { width: 390, height: 844 }],
  ['phone in large text', 'text=large', { width: 390, height: 844 }],
  ['dark desk', 'theme=dark', { width: 1440, height: 900 }],
] as const

describe('the kit in a browser', () => {
  for (const [i, [name, query, size]] of looks.entries()) {
    it(`has nothing for axe to find, and nothing clipped in any language, on the ${name}`, async () => {
      for (const [k, locale] of ['zh', 'en', 'ko'].entries()) {
        const page = await visit(`${query}&locale=${locale}`, size)
        expect(await page.evaluate(() => document.documentElement.lang)).toBe(locale)
        // What axe judges hangs on the look and not on the language, so each look has one, in turn.
        if (i % 3 === k) expect(await axeFindings(page)).toEqual([])
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
        await screenshot(page, `gallery-${name.replaceAll(' ', '-')}-${locale}`)
        await page.context().close()
      }
    })
  }

  it('takes digits from the keypad and from a real keyboard', async () => {
    const page = await visit('page=controls')
    const keypad = page.getByRole('group', { name: 'Number keys' })
    await keypad.getByRole('button', { name: '7' }).click()
    await page.keyboard.press('1')
    await page.keyboard.press('Backspace')
    await page.keyboard.press('8')
    expect(await page.locator('.hf-code').first().innerText()).toContain('5 of 9 digits entered')
    expect(await page.locator('.hf-code-place').nth(4).innerText()).toBe('8')
    await page.context().close()
  })

  it('keeps the focus inside a sheet, closes it by Escape and gives the focus back', async () => {
    const page = await visit('page=controls')
    const opener = page.getByRole('button', { name: 'Stop' })
    await opener.click()
    const sheet = page.getByRole('dialog', { name: 'Still there?' })
    await sheet.waitFor()
    for (let i = 0; i < 6; i++) {
      await page.keyboard.press('Tab')
      expect(await page.evaluate(() => document.activeElement?.closest('dialog, body')?.tagName)).not.toBe(undefined)
    }
    expect(await page.evaluate(() => document.querySelector('.hf-keypad button:focus'))).toBeNull()
    await page.keyboard.press('Escape')
    await sheet.waitFor({ state: 'hidden' })
    expect(await opener.evaluate((button) => button === document.activeElement)).toBe(true)
    await page.context().close()
  })

  it('chooses doors of the drawing by keyboard', async () => {
    const page = await visit('page=drawings')
    const door = page.getByRole('button', { name: /^Door A02/ })
    await door.focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => door.getAttribute('aria-pressed')).toBe('true')
    await page.context().close()
  })

  it('gives every target 44 px', async () => {
    const page = await visit('page=controls', { width: 390, height: 844 })
    const small = await page.locator('button:visible').evaluateAll((buttons) =>
      buttons
        .map((button) => ({ words: button.textContent, box: button.getBoundingClientRect() }))
        .filter(({ box }) => box.height < 44 || box.width < 44)
        .map(({ words }) => words),
    )
    expect(small).toEqual([])
    await page.context().close()
  })

  it('reads a GS1-128 label from the camera as bare digits under a strict policy', async () => {
    const page = await visit('page=scan')
    const output = page.locator('output')
    await expect.poll(() => output.innerText(), { timeout: 15_000 }).toBe(label)
    expect(await output.getAttribute('data-symbology')).toBe(']C1')
    await page.context().close()
  })

  it('said nothing on the console and asked nobody else for anything', () => {
    expect(complaints).toEqual([])
  })
})
