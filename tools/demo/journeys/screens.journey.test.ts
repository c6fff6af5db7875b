import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sixDigits } from '../actors/cast.ts'
import { launchBrowser } from '../../browser/browser.ts'
import { makeCameraFilm } from '../../browser/film.ts'
import { cabinets, manager } from '../plan/people.ts'
import { deposit, finish, signInByGrant } from '../tour/moves/at-kiosk.ts'
import { alert, parcelIs, viewOf } from '../tour/moves/in-cloud.ts'
import { setStage, type Stage } from '../tour/stage.ts'
import { doorOnScreen, readScreenQr, shut, touchDigits } from './moves.testing.ts'
import {
  deskView,
  type JourneyTown,
  kioskView,
  openScreen,
  phoneView,
  startJourneyTown,
  type Watched,
} from './town.testing.ts'

const folder = mkdtempSync(join(tmpdir(), 'holdfast-films-'))
let town: JourneyTown
let stage: Stage
let browser: Browser

beforeAll(async () => {
  town = await startJourneyTown()
  stage = await setStage(town.places)
  browser = await launchBrowser()
})
afterAll(async () => {
  stage.leave()
  await browser.close()
  rmSync(folder, { recursive: true, force: true })
  await town.stop()
})

/** A phone whose camera sees one thing only; its owner signs in with the code from the tray. */
async function signedInPhone(phone: Browser, number: string): Promise<Watched> {
  const app = await openScreen(phone, `${town.places.cloud}/recipient/`, phoneView)
  await app.page.getByLabel('Your mobile number').fill(number)
  const before = new Set(stage.street.messages().map(({ id }) => id))
  await app.press('Send me a code')
  const { text } = await stage.street.message(number, ({ id, text }) => !before.has(id) && sixDigits.test(text))
  await app.page.getByLabel('Six digits').fill(sixDigits.exec(text)?.[1] ?? '')
  return app
}

describe('between screens', () => {
  it('a phone’s camera reads the kiosk’s QR, and two digits open the door', async () => {
    // Nobody of the cast: its own phone has asked for a code in this minute already.
    const number = '+8613800000109'
    await stage.carrier.announce({
      trackingNumber: stage.number('by-camera'),
      recipient: { phone: number, locale: 'en' },
      size: 'S',
      cabinet: cabinets.north.id,
    })
    await signInByGrant(stage, 'north')
    const label = await deposit(stage, 'north', 'by-camera')
    await finish(stage, 'north')
    stage.kiosks.north.leave()
    await stage.street.message(number, ({ text }) => text.includes(label))

    const kiosk = await openScreen(browser, town.places.kiosks.north, kioskView)
    await kiosk.press('Pick up')
    const qr = await readScreenQr(kiosk)
    const film = await makeCameraFilm(qr.text, join(folder, 'kiosk.y4m'), { scale: 4 })
    const phone = await launchBrowser({ fakeCamera: film })
    const app = await signedInPhone(phone, number)
    await app.reads(label)
    // Of what lies half under the bar at the bottom, axe would measure only what peeps out.
    await app.page.evaluate(() => scrollTo(0, document.body.scrollHeight))
    await app.look('recipient-waiting')
    await app.press(/Pick up by phone/)
    await app.page.locator('.hf-two-digits').waitFor({ timeout: 30_000 })
    await app.look('recipient-pickup')
    await touchDigits(app, qr.number)
    await app.press(`Open door ${label}`)
    expect(await doorOnScreen(kiosk)).toBe(label)
    await shut(stage, 'north', label, { take: stage.number('by-camera') })
    await kiosk.press('All good')
    await parcelIs(stage, 'by-camera', 'collected')
    expect([...kiosk.errors, ...app.errors.filter((error) => !/ 401 /.test(error))]).toEqual([])
    await phone.close()
    await kiosk.page.context().close()
  })

  it('the dashboard opens one door with a reason', async () => {
    const { compartments } = await viewOf(stage, 'library')
    const label = compartments.find(({ use }) => use === 'free')?.label ?? ''
    const desk = await openScreen(browser, `${town.places.cloud}/operator/`, deskView)
    await desk.page.getByLabel('E-mail').fill(manager.email)
    await desk.page.getByLabel('Password').fill(manager.password)
    await desk.press('Sign in')
    await desk.reads(cabinets.library.name)
    await desk.look('operator-overview')
    await desk.page.goto(`${town.places.cloud}/operator/#/cabinets/${cabinets.library.id}/${label}`)
    await desk.press('Open the door')
    const sheet = desk.page.getByRole('dialog')
    await sheet.getByRole('button', { name: 'Door jammed' }).click()
    await sheet.getByRole('button', { name: 'Open the door' }).click()
    await desk.reads(`${label} is open`)
    await stage.street.door('library', label, ({ leaf }) => leaf !== 'shut')
    await desk.look('operator-opened')
    await stage.street.shut('library', label)
    expect(desk.errors.filter((error) => !/ 401 /.test(error))).toEqual([])
    await desk.page.context().close()
  })

  it('the town page shows doors moving, hands that move them, and what arrives', async () => {
    const page = await openScreen(browser, town.places.page, deskView)
    await page.reads('What is running')
    await page.look('town')
    const cabinet = page.page.getByRole('region', { name: cabinets.library.name })
    const { compartments } = await viewOf(stage, 'library')
    const label = compartments.findLast(({ use, door }) => use === 'free' && door === 'shut')?.label ?? ''
    await cabinet.getByRole('button', { name: new RegExp(`Door ${label}`) }).click()
    await cabinet.getByRole('button', { name: 'Open with the mechanical key' }).click()
    await alert(stage, 'opened-without-cause', { label })
    await cabinet.getByRole('button', { name: 'Put it in' }).click()
    await cabinet.getByRole('button', { name: 'Take a parcel out' }).waitFor()
    await page.look('town-door-open')
    await cabinet.getByRole('button', { name: 'Push it shut' }).click()
    await stage.street.door('library', label, ({ leaf }) => leaf === 'shut')
    await cabinet.getByRole('button', { name: 'Cut its network' }).click()
    await cabinet.getByRole('button', { name: 'Mend its network' }).click()
    expect(page.errors).toEqual([])
    await page.page.context().close()
  })
})
