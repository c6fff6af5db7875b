import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'
import { findBrowser, quietFlags } from './chromium.ts'
import { drawLooks } from './looks.ts'

export interface BrowserOptions {
  /** A film made by `makeCameraFilm`: what every camera of the browser then sees, over and over. */
  readonly fakeCamera?: string
}

export async function launchBrowser({ fakeCamera }: BrowserOptions = {}): Promise<Browser> {
  const { path, args } = await findBrowser()
  const camera = fakeCamera
    ? [
        '--use-fake-ui-for-media-stream',
        '--use-fake-device-for-media-stream',
        `--use-file-for-fake-video-capture=${fakeCamera}`,
      ]
    : []
  return chromium.launch({ executablePath: path, args: [...new Set([...args, ...quietFlags, ...camera])] })
}

/** Collects what must be empty at the end of a journey: errors in the console, and what nobody caught. */
export function watchConsole(page: Page): readonly string[] {
  const errors: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(`${message.text()} (${message.location().url})`)
  })
  page.on('pageerror', (error) => errors.push(String(error)))
  return errors
}

export const screenshots = fileURLToPath(new URL('../../screenshots', import.meta.url))

/**
 * Keeps a picture where people want to look at them: `npm test -- --journeys --pictures` makes the folder
 * screenshots/, which git ignores. Without it a run draws none, which saves it a minute.
 */
export async function screenshot(page: Page, name: string, folder = screenshots): Promise<void> {
  if (!existsSync(folder)) return
  await page.screenshot({ path: join(folder, `${name}.png`) })
  if (folder === screenshots) await drawLooks(page, name, folder)
}
