import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axeFindings, expectNoAxeFindings } from './axe.ts'
import { launchBrowser, screenshot, watchConsole } from './browser.ts'
import { crampedText } from './clipped.ts'
import { makeCameraFilm } from './film.ts'
import { readCode } from './reader.testing.ts'

const page = (body: string): string =>
  `<!doctype html><html lang="en"><head><title>Town</title><link rel="icon" href="data:,"></head><body><main><h1>Town</h1>${body}</main></body></html>`

/** Cameras need a secure context: 127.0.0.1 is one, a page made from text is not. */
function serve(bodies: Readonly<Record<string, string>>): Promise<{ server: Server; origin: string }> {
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8').end(page(bodies[request.url ?? ''] ?? ''))
  })
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve({ server, origin: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}` })
    }),
  )
}

const shownByKiosk = 'HF1:CAB-7Q4X9:0123456789ABCDEF'
let folder = ''
let browser: Browser
let site: { server: Server; origin: string }

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-browser-'))
  browser = await launchBrowser({ fakeCamera: await makeCameraFilm(shownByKiosk, join(folder, 'kiosk.y4m')) })
  site = await serve({
    '/good': '<button>Pick up</button>',
    '/card': '<div style="border:1px solid;padding:8px">Inside <b>its card</b></div>',
    '/cramped': '<div style="border:1px solid;padding:8px 0">On the line</div>',
    '/unnamed': '<button></button><img src="data:,">',
    '/faint': '<p style="color:#bbb;background:#fff">Your parcel is here.</p>',
    '/noisy': '<script>console.error("door?"); setTimeout(() => { throw new Error("unlatched") })</script>',
    '/camera': '<video autoplay muted playsinline></video>',
  })
})
afterAll(async () => {
  await browser.close()
  site.server.close()
  rmSync(folder, { recursive: true, force: true })
})

async function open(path: string): Promise<{ page: Page; errors: readonly string[] }> {
  const context = await browser.newContext({ viewport: { width: 640, height: 480 } })
  const opened = await context.newPage()
  const errors = watchConsole(opened)
  await opened.goto(`${site.origin}${path}`)
  return { page: opened, errors }
}

describe('the browser of the journeys', () => {
  it('shows a page, keeps its picture and has nothing to complain of', async () => {
    const { page: good, errors } = await open('/good')
    await expectNoAxeFindings(good)
    await screenshot(good, 'browser-good', folder)
    expect(statSync(join(folder, 'browser-good.png')).size).toBeGreaterThan(1000)
    await screenshot(good, 'browser-good', join(folder, 'nobody-looks'))
    expect(existsSync(join(folder, 'nobody-looks'))).toBe(false)
    expect(errors).toEqual([])
  })

  it('finds words that stand on the edge of their box, and none inside it', async () => {
    const { page: card } = await open('/card')
    expect(await crampedText(card)).toEqual([])
    const { page: cramped } = await open('/cramped')
    expect(await crampedText(cramped)).toEqual(['“On the line” stands on an edge'])
  })

  it.each([
    ['/unnamed', 'button-name'],
    ['/unnamed', 'image-alt'],
    ['/faint', 'color-contrast'],
  ])('finds on %s what axe calls %s', async (path, rule) => {
    const { page: bad } = await open(path)
    expect((await axeFindings(bad)).map((line) => line.split(':')[0])).toContain(rule)
    await expect(expectNoAxeFindings(bad)).rejects.toThrow(rule)
  })

  it('looks anew each time it is asked, also where axe is on the page already', async () => {
    const { page: changing } = await open('/good')
    expect(await axeFindings(changing)).toEqual([])
    await changing.evaluate(() => document.querySelector('button')?.replaceChildren())
    expect((await axeFindings(changing)).map((line) => line.split(':')[0])).toEqual(['button-name'])
  })

  it('hears what a page says to its console, and what nobody caught', async () => {
    const { page: noisy, errors } = await open('/noisy')
    await expect.poll(() => errors.length).toBe(2)
    expect(errors.join('\n')).toMatch(/door\?[^]*unlatched/)
    await noisy.close()
  })

  it('sees the kiosk through the fake camera, well enough to read its code', async () => {
    const { page: camera, errors } = await open('/camera')
    await camera.evaluate(async () => {
      const video = document.querySelector('video')
      if (!video) throw new Error('no video')
      video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { width: 640, height: 480 } })
    })
    await camera.waitForFunction(() => (document.querySelector('video')?.videoWidth ?? 0) === 640)
    expect(await readCode(await camera.locator('video').screenshot())).toBe(shownByKiosk)
    expect(errors).toEqual([])
  })
})
