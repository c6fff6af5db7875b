import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { axeFindings } from './axe.ts'
import { clippedText } from './clipped.ts'

/** The ways people have their screens, besides the usual one. `narrow` is WCAG's reflow at 400 %. */
export type Look = 'contrast' | 'dark' | 'forced' | 'large' | 'narrow'

export type Surface = 'kiosk' | 'phone' | 'desk'

const looks: Readonly<Record<Surface, readonly Look[]>> = {
  kiosk: ['contrast', 'dark', 'large'],
  phone: ['contrast', 'forced', 'large', 'narrow'],
  desk: ['dark', 'forced', 'large', 'narrow'],
}

export async function surfaceOf(page: Page): Promise<Surface> {
  const isKiosk = await page.evaluate(() => document.documentElement.dataset['surface'] === 'kiosk')
  if (isKiosk) return 'kiosk'
  return (page.viewportSize()?.width ?? 0) < 600 ? 'phone' : 'desk'
}

/** Draws the page as it stands in each look of its surface, and writes down what axe or a ruler find there. */
export async function drawLooks(page: Page, name: string, folder: string): Promise<void> {
  const surface = await surfaceOf(page)
  for (const look of looks[surface]) {
    const restore = await dress(page, look, surface)
    // Axe reads the page's own colours where the system paints others.
    const findings = [...(await clippedText(page)), ...(look === 'forced' ? [] : await axeFindings(page))]
    for (const finding of findings) appendFileSync(join(folder, 'findings.txt'), `${name}.${look}: ${finding}\n`)
    await page.screenshot({
      path: join(folder, `${name}.${look}.png`),
      fullPage: look === 'narrow',
    })
    await restore()
  }
}

async function dress(page: Page, look: Look, surface: Surface): Promise<() => Promise<void>> {
  switch (look) {
    case 'contrast':
    case 'dark':
      return await mark(page, 'theme', look)
    case 'large':
      return surface === 'kiosk' ? await mark(page, 'text', 'large') : await textTwice(page)
    case 'forced':
      await page.emulateMedia({ forcedColors: 'active' })
      return async () => await page.emulateMedia({ forcedColors: null })
    case 'narrow': {
      const usual = page.viewportSize() ?? { width: 1440, height: 900 }
      await page.setViewportSize({ width: 320, height: Math.min(usual.height, 640) })
      return async () => await page.setViewportSize(usual)
    }
  }
}

async function mark(page: Page, key: 'theme' | 'text', value: string): Promise<() => Promise<void>> {
  const set = async (to: string | undefined): Promise<string | undefined> =>
    await page.evaluate(
      ([name, wanted]) => {
        const { dataset } = document.documentElement
        const before = dataset[name]
        if (wanted === undefined) delete dataset[name]
        else dataset[name] = wanted
        return before
      },
      [key, to] as const,
    )
  const before = await set(value)
  return async () => void (await set(before))
}

/** As by the browser's own text size: twice what it was. A picture of the whole page would set it back. */
async function textTwice(page: Page): Promise<() => Promise<void>> {
  const session = await page.context().newCDPSession(page)
  const set = async (standard: number): Promise<void> =>
    void (await session.send('Page.setFontSizes', { fontSizes: { standard } }))
  await set(32)
  return async () => {
    await set(16)
    await session.detach()
  }
}
