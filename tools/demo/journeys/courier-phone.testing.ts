import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launchBrowser } from '../../browser/browser.ts'
import { makeCameraFilm } from '../../browser/film.ts'
import { sixDigits } from '../actors/cast.ts'
import type { Places } from '../plan/places.ts'
import type { Stage } from '../tour/stage.ts'
import { readScreenQr, touchDigits } from './moves.testing.ts'
import { openScreen, phoneView, type Watched } from './town.testing.ts'

/** A courier's own phone: the app in a browser whose camera sees what is held before it. */
export interface CourierPhone {
  readonly app: Watched
  goTo(route: string): Promise<void>
  /** With the code that the message brings. */
  signIn(): Promise<void>
  /** Deliver on the kiosk; the camera reads the screen, its owner types the two digits. */
  signInAt(kiosk: Watched): Promise<void>
  /** The label of a parcel before the lens. */
  lookAtLabel(name: string): Promise<void>
  stop(): Promise<void>
}

export async function openCourierPhone(places: Places, stage: Stage): Promise<CourierPhone> {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-courier-'))
  const film = join(folder, 'before-the-lens.y4m')
  await makeCameraFilm('nothing yet', film)
  const browser = await launchBrowser({ fakeCamera: film })
  const app = await openScreen(browser, `${places.cloud}/courier/`, phoneView)
  const goTo = async (route: string): Promise<void> => void (await app.page.goto(`${places.cloud}/courier/#${route}`))
  return {
    app,
    goTo,
    signIn: async () => {
      const number = stage.phones.colleague
      await app.page.getByLabel('Your mobile number').fill(number)
      const before = new Set(stage.street.messages().map(({ id }) => id))
      await app.press('Send me a code')
      const { text } = await stage.street.message(number, ({ id, text }) => !before.has(id) && sixDigits.test(text))
      await app.page.getByLabel('Six digits').fill(sixDigits.exec(text)?.[1] ?? '')
      await app.page.getByRole('button', { name: 'Scan the kiosk' }).waitFor({ timeout: 20_000 })
    },
    signInAt: async (kiosk) => {
      await kiosk.press('Deliver')
      const { text, number } = await readScreenQr(kiosk)
      await makeCameraFilm(text, film, { scale: 4 })
      await goTo('scan')
      await app.page.locator('.hf-two-digits').waitFor({ timeout: 30_000 })
      await touchDigits(app, number)
      await app.press('Sign in here')
    },
    lookAtLabel: async (name) => void (await makeCameraFilm(stage.number(name), film, { kind: 'code128', scale: 2 })),
    stop: async () => {
      await browser.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
