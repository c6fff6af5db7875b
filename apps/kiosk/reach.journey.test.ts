import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser, screenshot } from '../../tools/browser/browser.ts'
import { clippedText } from '../../tools/browser/clipped.ts'
import { buildApps } from '../build/build.ts'
import { example, serveExamples, shown } from './guide/examples.testing.ts'

const out = mkdtempSync(join(tmpdir(), 'holdfast-reach-'))
/** Of the screen's height, from above: nothing to touch stands higher when controls are low. */
const reachShare = 0.4
let browser: Browser

beforeAll(async () => {
  await buildApps({ only: ['kiosk'], outFolder: out })
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
  rmSync(out, { recursive: true })
})

const open = async (wishes: BrowserContextOptions): Promise<Page> => {
  const context = await browser.newContext({ viewport: { width: 1080, height: 1920 }, ...wishes })
  return await context.newPage()
}

const switches = { contrast: 0, largeText: 1, low: 2 } as const

const choose = async (page: Page, which: readonly (keyof typeof switches)[]): Promise<void> => {
  for (const one of which) {
    const button = page.locator('.hf-access button').nth(switches[one])
    if ((await button.getAttribute('aria-pressed')) !== 'true') await button.click()
  }
}

/** What stands under the steps and corners, where a screen is longer than its room. */
const cutOff = async (page: Page): Promise<readonly string[]> =>
  await page.evaluate(() => {
    const screen = document.querySelector('.kiosk-screen')
    return screen !== null && screen.scrollHeight > screen.clientHeight + 1 ? ['the screen is cut off'] : []
  })

const outOfReach = async (page: Page): Promise<readonly string[]> =>
  await page.evaluate((share) => {
    const live = [...document.querySelectorAll<HTMLButtonElement>('.kiosk button:enabled')]
    return live
      .filter((button) => {
        const { top, bottom, height } = button.getBoundingClientRect()
        return height > 0 && (top < innerHeight * share || bottom > innerHeight)
      })
      .map(({ textContent }) => `“${textContent}” is out of reach`)
  }, reachShare)

describe('every screen with controls low', () => {
  it.each([
    ['zh', ['low', 'contrast', 'largeText']],
    ['ko', ['low', 'contrast', 'largeText']],
    ['en', ['low', 'largeText']],
  ] as const)('keeps all that is touched within reach and cuts no word, in %s with %j', async (locale, which) => {
    const server = await serveExamples(join(out, 'kiosk'), locale, 'scan')
    const page = await open({ reducedMotion: 'reduce' })
    await page.goto(server.url)
    await page.waitForSelector('.kiosk')
    const findings: string[] = []
    for (const name of shown) {
      const show = example(name)
      server.tell(show)
      await page.waitForSelector(`[data-screen="${show.screen.kind}"]`)
      await choose(page, which)
      const found = [...(await outOfReach(page)), ...(await cutOff(page)), ...(await clippedText(page))]
      findings.push(...found.map((finding) => `${name}: ${finding}`))
      await screenshot(page, `kiosk-low-${locale}-${which.length}-${name}`)
    }
    expect(findings).toEqual([])
    await page.context().close()
    await server.stop()
  })
})

describe('where the system decides the colours', () => {
  it('what is chosen and what is in focus still shows', async () => {
    const server = await serveExamples(join(out, 'kiosk'), 'en', 'pickup-shut')
    const page = await open({ forcedColors: 'active' })
    await page.goto(server.url)
    await page.getByRole('button', { name: 'All good' }).focus()
    await page.keyboard.press('Tab')
    const outline = await page.evaluate(() => getComputedStyle(document.activeElement ?? document.body).outlineStyle)
    expect(outline).not.toBe('none')
    await choose(page, ['low'])
    const pressed = page.locator('.hf-access [aria-pressed="true"]')
    expect(await pressed.evaluate((element) => getComputedStyle(element).outlineStyle)).toBe('solid')
    await screenshot(page, 'kiosk-forced-colors')
    await page.context().close()
    await server.stop()
  })
})
