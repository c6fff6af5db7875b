import type { Browser } from 'playwright-core'
import type { Stage } from '../../demo/tour/stage.ts'
import { phoneView, type Watched } from '../../demo/journeys/town.testing.ts'
import { against, type Measured } from '../figure.ts'

export const firstViewNames = ['recipient-page', 'recipient-page-bytes'] as const

const slow3g = { latency: 400, downloadThroughput: 400_000 / 8, uploadThroughput: 400_000 / 8, offline: false }

/** The signed-in recipient opens the app on slow 3G with nothing kept: when the code can be read, and what it cost. */
export async function firstView(browser: Browser, stage: Stage, app: Watched): Promise<readonly Measured[]> {
  const storageState = await app.page.context().storageState()
  const context = await browser.newContext({ viewport: phoneView, locale: 'en-GB', storageState })
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  let bytes = 0
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength
  })
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', slow3g)
  const from = performance.now()
  await page.goto(`${stage.places.cloud}/recipient/`, { waitUntil: 'commit' })
  await page.locator('.hf-code').first().waitFor({ timeout: 60_000 })
  const codeMs = performance.now() - from
  await page.waitForLoadState('networkidle')
  await context.close()
  return [against('recipient-page', codeMs / 1000, 's', 4), against('recipient-page-bytes', bytes / 1024, 'KB', 60)]
}
