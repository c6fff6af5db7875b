import type { Browser } from 'playwright-core'
import { sixDigits } from '../../demo/actors/cast.ts'
import { openScreen, phoneView, type Watched } from '../../demo/journeys/town.testing.ts'
import type { Stage } from '../../demo/tour/stage.ts'

/** A recipient's phone, signed in with the code from the tray, and showing what waits. */
export async function signedInPhone(stage: Stage, browser: Browser, number: string): Promise<Watched> {
  const app = await openScreen(browser, `${stage.places.cloud}/recipient/`, phoneView)
  await app.page.getByLabel('Your mobile number').fill(number)
  const before = new Set(stage.street.messages().map(({ id }) => id))
  await app.press('Send me a code')
  const { text } = await stage.street.message(number, ({ id, text }) => !before.has(id) && sixDigits.test(text))
  await app.page.getByLabel('Six digits').fill(sixDigits.exec(text)?.[1] ?? '')
  await app.page.locator('.hf-code').first().waitFor({ timeout: 30_000 })
  return app
}
