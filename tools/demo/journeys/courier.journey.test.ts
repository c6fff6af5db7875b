import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../../browser/browser.ts'
import { cabinets } from '../plan/people.ts'
import { announce, noticeOf, parcelIs, viewOf } from '../tour/moves/in-cloud.ts'
import { setStage, type Stage } from '../tour/stage.ts'
import { type CourierPhone, openCourierPhone } from './courier-phone.testing.ts'
import { doorOnScreen, shut, touchDigits } from './moves.testing.ts'
import { type JourneyTown, kioskView, openScreen, startJourneyTown, type Watched } from './town.testing.ts'

let town: JourneyTown
let stage: Stage
let kioskBrowser: Browser
let phone: CourierPhone
let app: Watched
let kiosk: Watched

beforeAll(async () => {
  town = await startJourneyTown()
  stage = await setStage(town.places)
  kioskBrowser = await launchBrowser()
  phone = await openCourierPhone(town.places, stage)
  app = phone.app
  kiosk = await openScreen(kioskBrowser, town.places.kiosks.north, kioskView)
})
afterAll(async () => {
  stage.leave()
  await phone.stop()
  await kioskBrowser.close()
  await town.stop()
})

const ready = ({ page }: Watched): Promise<void> =>
  page.getByRole('heading', { name: 'Scan a parcel' }).waitFor({ timeout: 20_000 })

describe('a courier’s phone in a real town', () => {
  it('signs in with the code of a message', async () => {
    await phone.signIn()
    await app.look('courier-home')
  })

  it('reads the kiosk, then the labels, and the doors open', async () => {
    await announce(stage, 'first', { recipient: 'mia', size: 'S', cabinet: 'north' })
    await announce(stage, 'second', { recipient: 'ji', size: 'M', cabinet: 'north' })
    await phone.signInAt(kiosk)
    await app.reads('You are signed in')
    await ready(kiosk)

    await phone.lookAtLabel('first')
    await app.press('Scan parcels')
    const first = await doorOnScreen(kiosk)
    await app.reads(stage.number('first'))
    await app.look('courier-scans')
    await shut(stage, 'north', first, { put: stage.number('first') })
    await kiosk.reads('Scan the next parcel')

    await phone.lookAtLabel('second')
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
    await phone.goTo('today')
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

    await phone.goTo('recalls')
    await app.reads(stage.number('first'))
    await app.reads(cabinets.north.siteName)
    await app.look('courier-recalls')

    await phone.signInAt(kiosk)
    await kiosk.press('Take out 1')
    await kiosk.press('Open the first door')
    expect(await doorOnScreen(kiosk)).toBe(label)
    await shut(stage, 'north', label, { take: stage.number('first') })
    await kiosk.reads(`Taken out of ${label}`)
    await kiosk.press('Done')
    await parcelIs(stage, 'first', 'recalled')
    await phone.goTo('')
    await phone.goTo('recalls')
    await app.page.getByText(stage.number('first')).waitFor({ state: 'detached', timeout: 20_000 })
    expect([...kiosk.errors, ...app.errors.filter((error) => !/ 401 /.test(error))]).toEqual([])
  })
})
