import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../../browser/browser.ts'
import { makeCameraFilm } from '../../browser/film.ts'
import { readCode } from '../../browser/reader.testing.ts'
import { sixDigits } from '../actors/cast.ts'
import { eventually } from '../actors/watch.ts'
import { cabinets } from '../plan/people.ts'
import { announce, noticeOf, parcelIs, viewOf } from '../tour/moves/in-cloud.ts'
import { setStage, type Stage } from '../tour/stage.ts'
import { doorOnScreen, readScreenQr, shut, touchDigits } from './moves.testing.ts'
import { type JourneyTown, kioskView, openScreen, phoneView, startJourneyTown, type Watched } from './town.testing.ts'

const folder = mkdtempSync(join(tmpdir(), 'holdfast-courier-'))
const film = join(folder, 'before-the-lens.y4m')
let town: JourneyTown
let stage: Stage
let kioskBrowser: Browser
let phoneBrowser: Browser
let app: Watched
let kiosk: Watched

beforeAll(async () => {
  town = await startJourneyTown()
  stage = await setStage(town.places)
  // From here the cloud needs ninety seconds to know that this one is away.
  await stage.street.uplink('library', true)
  await makeCameraFilm('nothing yet', film)
  kioskBrowser = await launchBrowser()
  phoneBrowser = await launchBrowser({ fakeCamera: film })
  app = await openScreen(phoneBrowser, `${town.places.cloud}/courier/`, phoneView)
  kiosk = await openScreen(kioskBrowser, town.places.kiosks.north, kioskView)
})
afterAll(async () => {
  stage.leave()
  await phoneBrowser.close()
  await kioskBrowser.close()
  rmSync(folder, { recursive: true, force: true })
  await town.stop()
})

const lookAtKiosk = (text: string) => makeCameraFilm(text, film, { scale: 4 })
const lookAtLabel = (name: string) => makeCameraFilm(stage.number(name), film, { kind: 'code128', scale: 2 })
const goTo = async (route: string): Promise<unknown> => await app.page.goto(`${town.places.cloud}/courier/#${route}`)
const ready = ({ page }: Watched): Promise<void> =>
  page.getByRole('heading', { name: 'Scan a parcel' }).waitFor({ timeout: 20_000 })

/** Deliver on the kiosk; the phone's camera reads the screen, its owner types the two digits. */
async function signInAt(screen: Watched): Promise<void> {
  await screen.press('Deliver')
  const { text, number } = await readScreenQr(screen)
  await lookAtKiosk(text)
  await goTo('scan')
  await app.page.locator('.hf-two-digits').waitFor({ timeout: 30_000 })
  await touchDigits(app, number)
  await app.press('Sign in here')
}

describe('a courier’s phone in a real town', () => {
  it('signs in with the code of a message', async () => {
    const number = stage.phones.colleague
    await app.page.getByLabel('Your mobile number').fill(number)
    const before = new Set(stage.street.messages().map(({ id }) => id))
    await app.press('Send me a code')
    const { text } = await stage.street.message(number, ({ id, text }) => !before.has(id) && sixDigits.test(text))
    await app.page.getByLabel('Six digits').fill(sixDigits.exec(text)?.[1] ?? '')
    await app.page.getByRole('button', { name: 'Scan the kiosk' }).waitFor({ timeout: 20_000 })
    await app.look('courier-home')
  })

  it('reads the kiosk, then the labels, and the doors open', async () => {
    await announce(stage, 'first', { recipient: 'mia', size: 'S', cabinet: 'north' })
    await announce(stage, 'second', { recipient: 'ji', size: 'M', cabinet: 'north' })
    await signInAt(kiosk)
    await app.reads('You are signed in')
    await ready(kiosk)

    await lookAtLabel('first')
    await app.press('Scan parcels')
    const first = await doorOnScreen(kiosk)
    await app.reads(stage.number('first'))
    await app.look('courier-scans')
    await shut(stage, 'north', first, { put: stage.number('first') })
    await kiosk.reads('Scan the next parcel')

    await lookAtLabel('second')
    await shut(stage, 'north', await doorOnScreen(kiosk, first), { put: stage.number('second') })
    await kiosk.reads('Scan the next parcel')
    await kiosk.press('Done')
    await kiosk.reads('2 parcels put in')
    await parcelIs(stage, 'first', 'stored')
    await parcelIs(stage, 'second', 'stored')
  })

  it('lists the day with both doors', async () => {
    const doors = (await viewOf(stage, 'north')).compartments.filter(({ use }) => use === 'loaded')
    expect(doors).toHaveLength(2)
    await goTo('today')
    for (const name of ['first', 'second']) await app.reads(stage.number(name))
    for (const { label } of doors) expect(await app.page.getByText(label).count()).toBeGreaterThan(0)
    await app.look('courier-today')
  })

  it('lists what a recipient refused, and the courier takes it out again', async () => {
    await kiosk.press('Pick up')
    await touchDigits(kiosk, await noticeOf(stage, 'first', 'mia'))
    const label = await doorOnScreen(kiosk)
    await shut(stage, 'north', label, { take: stage.number('first') })
    await kiosk.press('Something is wrong')
    await kiosk.press('The parcel is damaged')
    await kiosk.reads('Put the parcel back')
    await shut(stage, 'north', label, { put: stage.number('first') })
    await parcelIs(stage, 'first', 'refused')

    await goTo('recalls')
    await app.reads(stage.number('first'))
    await app.reads(cabinets.north.siteName)
    await app.look('courier-recalls')

    await signInAt(kiosk)
    await kiosk.press('Take out 1')
    await kiosk.press('Open the first door')
    expect(await doorOnScreen(kiosk)).toBe(label)
    await shut(stage, 'north', label, { take: stage.number('first') })
    await kiosk.reads(`Taken out of ${label}`)
    await kiosk.press('Done')
    await parcelIs(stage, 'first', 'recalled')
    await goTo('')
    await goTo('recalls')
    await app.page.getByText(stage.number('first')).waitFor({ state: 'detached', timeout: 20_000 })
    expect([...kiosk.errors, ...app.errors.filter((error) => !/ 401 /.test(error))]).toEqual([])
  })

  it('holds a grant before the scanner of a cabinet that the cloud cannot reach', async () => {
    await eventually(
      async () => ((await viewOf(stage, 'library')).summary.online ? undefined : true),
      'the library to be offline',
      120_000,
    )
    const away = await openScreen(kioskBrowser, town.places.kiosks.library, kioskView)
    await signInAt(away)
    await app.page.locator('.hf-qr').waitFor({ timeout: 20_000 })
    await app.look('courier-grant')
    const grant = await readCode(await app.page.locator('.hf-qr').screenshot())
    expect(grant).toBeDefined()
    await stage.street.scan('library', grant ?? '')
    await ready(away)
    await app.press('Carry for the cabinet')
    await stage.street.uplink('library', false)
    expect(away.errors).toEqual([])
    await away.page.context().close()
  })
})
