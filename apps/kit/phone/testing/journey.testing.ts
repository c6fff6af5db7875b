import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { axeFindings } from '../../../../tools/browser/axe.ts'
import { launchBrowser, screenshot, watchConsole } from '../../../../tools/browser/browser.ts'
import { crampedText } from '../../../../tools/browser/clipped.ts'
import { makeCameraFilm } from '../../../../tools/browser/film.ts'
import { buildApps } from '../../../build/build.ts'
import { startFakeCloud } from './cloud.testing.ts'
import type { FakeCloud, FakeRoute } from './cloud.testing.ts'
import { kioskLink, messageCode } from './town.testing.ts'

export const locales = ['zh', 'en', 'ko'] as const

export interface Visit {
  readonly route?: string
  readonly signedIn?: boolean
  readonly locale?: string
  /** What the camera sees: the kiosk's QR by default. */
  readonly camera?: 'kiosk' | 'wall' | 'denied'
  readonly desk?: boolean
}

export interface PhoneVisit {
  readonly page: Page
  readonly context: BrowserContext
  readonly cloud: FakeCloud
  readonly errors: readonly string[]
  readonly goTo: (route: string) => Promise<void>
  /** Axe, nothing clipped, and a picture. */
  readonly look: (name: string) => Promise<void>
  readonly button: (name: string | RegExp) => Locator
  readonly heading: (name: string | RegExp) => Locator
  readonly typeDigits: (digits: string) => Promise<void>
  readonly signIn: () => Promise<void>
}

export interface Bench {
  /** Where the built app lies. */
  readonly built: string
  readonly visit: (routes: readonly FakeRoute[], visit?: Visit) => Promise<PhoneVisit>
  /** Ends the last visit; complains where app and contract disagreed. */
  readonly leave: () => Promise<void>
  readonly stop: () => Promise<void>
}

/** One built app, one browser whose camera sees a kiosk or what is given, and a fresh cloud for each visit. */
export async function startBench(app: 'courier' | 'recipient', seen = kioskLink): Promise<Bench> {
  const folder = mkdtempSync(join(tmpdir(), `holdfast-${app}-`))
  await makeCameraFilm(seen, join(folder, 'kiosk.y4m'), { scale: 4 })
  await buildApps({ only: [app], outFolder: folder })
  const browser = await launchBrowser({ fakeCamera: join(folder, 'kiosk.y4m') })
  const built = join(folder, app)
  let current: PhoneVisit | undefined
  return {
    built,
    visit: async (routes, visit = {}) => {
      const cloud = await startFakeCloud(app, built, routes)
      current = await open(app, { browser, cloud, visit })
      return current
    },
    leave: async () => {
      const last = current
      current = undefined
      await last?.context.close()
      last?.cloud.stop()
      expect(last?.cloud.violations ?? []).toEqual([])
    },
    stop: async () => {
      await browser.close()
      rmSync(folder, { recursive: true })
    },
  }
}

interface Opening {
  readonly browser: Browser
  readonly cloud: FakeCloud
  readonly visit: Visit
}

async function open(app: 'courier' | 'recipient', { browser, cloud, visit }: Opening): Promise<PhoneVisit> {
  const context = await browser.newContext({
    viewport: visit.desk === true ? { width: 1440, height: 900 } : { width: 390, height: 844 },
    reducedMotion: 'reduce',
    locale: visit.locale ?? 'en',
    permissions: ['camera', 'clipboard-read', 'clipboard-write'],
  })
  if (visit.signedIn !== false) {
    await context.addCookies([{ name: `hf_${app}`, value: 'yes', url: cloud.address }])
    await context.addInitScript((key) => localStorage.setItem(key, '{"signedIn":true}'), `holdfast.${app}`)
  }
  if (visit.camera === 'wall' || visit.camera === 'denied') await context.addInitScript(otherCamera, visit.camera)
  const page = await context.newPage()
  const errors = watchConsole(page)
  const goTo = async (route: string): Promise<void> => {
    await page.goto(`${cloud.address}/${app}/#${route}`)
    await page.waitForSelector('h1', { timeout: 15_000 })
  }
  await goTo(visit.route ?? '')
  const button = (name: string | RegExp): Locator => page.getByRole('button', { name })
  return {
    page,
    context,
    cloud,
    errors,
    goTo,
    button,
    look: async (name) => {
      expect({ name, findings: await axeFindings(page) }).toEqual({ name, findings: [] })
      expect({ name, cramped: await crampedText(page) }).toEqual({ name, cramped: [] })
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      expect({ name, clipped: wide > 0 }).toEqual({ name, clipped: false })
      await screenshot(page, `${app}-${name}`)
    },
    heading: (name) => page.getByRole('heading', { name }),
    typeDigits: async (digits) => {
      const keys = page.locator('.hf-keypad')
      for (const digit of digits) await keys.getByRole('button', { name: digit, exact: true }).click()
    },
    signIn: async () => {
      await page.getByLabel('Your mobile number').fill('13812345678')
      await button('Send me a code').click()
      await page.getByLabel('Six digits').fill(messageCode)
    },
  }
}

/** Runs in the page: a camera before a black wall, or a forbidden one. */
function otherCamera(kind: 'wall' | 'denied'): void {
  navigator.mediaDevices.getUserMedia = async () => {
    if (kind === 'denied') throw new DOMException('no', 'NotAllowedError')
    const canvas = document.createElement('canvas')
    canvas.getContext('2d')?.fillRect(0, 0, 1, 1)
    return canvas.captureStream(5)
  }
}
