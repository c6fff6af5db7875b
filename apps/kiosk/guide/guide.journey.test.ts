import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { KioskInput } from '@holdfast/wire/kiosk/inputs.ts'
import type { Show } from '@holdfast/wire/kiosk/show.ts'
import { listenToVoice, type Heard } from '../../../tools/browser/voice.testing.ts'
import { launchBrowser, watchConsole } from '../../../tools/browser/browser.ts'
import { buildApps } from '../../build/build.ts'
import { example, serveExamples, shown } from './examples.testing.ts'

const out = mkdtempSync(join(tmpdir(), 'holdfast-guide-'))
let browser: Browser
let server: Awaited<ReturnType<typeof serveExamples>>
let page: Page
let heard: Heard
let errors: readonly string[]

beforeAll(async () => {
  await buildApps({ only: ['kiosk'], outFolder: out })
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
  rmSync(out, { recursive: true })
})
beforeEach(async () => {
  server = await serveExamples(join(out, 'kiosk'), 'en', 'idle')
  const context = await browser.newContext({ viewport: { width: 1080, height: 1920 }, reducedMotion: 'reduce' })
  page = await context.newPage()
  heard = await listenToVoice(page)
  errors = watchConsole(page)
  await page.goto(server.url)
  await page.waitForSelector('.idle-doors')
  await page.keyboard.press('5')
  await heard.until('Spoken guide')
})
afterEach(async () => {
  if (errors.length > 0) throw new Error(errors.join('\n'))
  await page.context().close()
  await server.stop()
})

const told = async (show: Show): Promise<void> => {
  server.tell(show)
  await page.waitForSelector(`[data-screen="${show.screen.kind}"]`)
}
const sent = async (kind: string): Promise<KioskInput> => {
  await expect.poll(() => server.inputs.map((input) => input.kind)).toContain(kind)
  return server.inputs.find((input) => input.kind === kind) as KioskInput
}

describe('the kiosk without sight', () => {
  it('wakes at any key, and says where the keys are and what they do', async () => {
    await heard.until('1: Pick up')
    await heard.until('2: Deliver')
    await heard.until('中文')
    expect((await heard.lines()).find(({ text }) => text.includes('中文'))?.lang).toBe('zh')
    expect(server.inputs).toEqual([])
  })

  it('speaks every screen whole: its title, and a key for everything that a finger can do', async () => {
    const silent: string[] = []
    for (const name of shown) {
      await heard.forget()
      const show = { ...example(name), earphones: true }
      await told({ ...example('unready'), earphones: true })
      await told(show)
      const title = await page.locator('.kiosk-screen h1, .kiosk-screen .hf-empty > strong').first().innerText()
      if (show.screen.kind !== 'unready') await heard.until(title)
      const buttons = await page
        .locator('.kiosk-screen button:enabled:not(.hf-keypad button)')
        .evaluateAll((all) => all.filter((one) => one.ariaDisabled !== 'true').length)
      const asksDigits = (await page.locator('.hf-keypad[data-disabled="false"]').count()) > 0
      const numbered = (await heard.lines()).filter(({ text }) => /^[1-7]: /.test(text)).length
      if (!asksDigits && numbered < buttons) silent.push(`${name}: ${numbered} of ${buttons}`)
    }
    expect(silent).toEqual([])
  })

  it('types a code by tones aloud, and digit by digit into earphones', async () => {
    await told(example('code'))
    await heard.until('Each gives the same tone')
    await heard.forget()
    await page.keyboard.type('04271')
    await heard.until('3 of 9 digits')
    expect((await heard.lines()).map(({ text }) => text)).toEqual(['3 of 9 digits'])
    expect((await heard.tones()).every((hz) => hz === 880)).toBe(true)
    server.tell({ ...example('code'), earphones: true })
    await heard.until('You alone hear each digit')
    await heard.forget()
    await page.keyboard.type('8365')
    await expect.poll(async () => (await heard.lines()).map(({ text }) => text)).toEqual(['8', '3', '6', '5'])
    expect(await sent('code')).toMatchObject({ code: '042718365' })
  })

  it('takes digits back and goes back with star, and says it again with zero', async () => {
    await told(example('code'))
    await page.keyboard.type('12')
    await page.keyboard.press('*')
    await page.keyboard.press('*')
    expect(server.inputs).toEqual([])
    await page.keyboard.press('*')
    await sent('back')
    await told(example('pickup-shut'))
    await heard.until('Hash: All good')
    await heard.forget()
    await page.keyboard.press('0')
    await heard.until('Is everything in order?')
  })

  it('settles by hash, chooses by number, and finds help at nine everywhere', async () => {
    await told(example('pickup-shut'))
    await page.keyboard.press('9')
    await heard.until('Call us')
    await page.keyboard.press('*')
    await page.waitForSelector('dialog:not([open])', { state: 'attached' })
    await page.keyboard.press('2')
    await sent('reopen')
    await page.keyboard.press('#')
    await sent('all-good')
  })

  it('lets the open door sound, higher for a higher one, until it is shut', async () => {
    await told(example('pickup-open'))
    await expect.poll(async () => (await heard.tones()).filter((hz) => hz !== 880).length).toBeGreaterThanOrEqual(2)
    await told(example('pickup-shut'))
    await heard.until('Is everything')
    await heard.forget()
    await page.keyboard.press('0')
    await heard.until('Is everything')
    expect((await heard.tones()).filter((hz) => hz !== 880)).toEqual([])
  })

  it('warns before time is up, and any key gives more', async () => {
    await told({ ...example('pickup-shut'), time: { leftMs: 15_000, totalMs: 120_000 } })
    await heard.until('Any key gives more time')
    await page.keyboard.press('0')
    await sent('extend')
  })

  it('is plain again for the next person', async () => {
    await told(example('farewell-collected'))
    await told(example('idle'))
    await expect.poll(async () => await page.locator('.hf-access [aria-pressed="true"]').count()).toBe(0)
    await heard.forget()
    await told(example('code'))
    await page.waitForSelector('.hf-keypad')
    expect((await heard.lines()).filter(({ text }) => text.includes('same tone'))).toEqual([])
  })
})
