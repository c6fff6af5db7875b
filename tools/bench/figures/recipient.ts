import type { Browser } from 'playwright-core'
import { launchBrowser } from '../../browser/browser.ts'
import { doorOnScreen, readScreenQr, shut } from '../../demo/journeys/moves.testing.ts'
import { kioskView, openScreen, startJourneyTown, type Watched } from '../../demo/journeys/town.testing.ts'
import { pickupCode } from '../../demo/actors/cast.ts'
import { cabinets } from '../../demo/plan/people.ts'
import { deposit, finish, signInByGrant } from '../../demo/tour/moves/at-kiosk.ts'
import { announce, noticeOf, parcelIs } from '../../demo/tour/moves/in-cloud.ts'
import { setStage, type Stage } from '../../demo/tour/stage.ts'
import type { Measure, Measured } from '../figure.ts'
import { firstView, firstViewNames } from '../visit/first-view.testing.ts'
import { pickUpByEar } from '../visit/ear.testing.ts'
import { signedInPhone } from '../visit/phone.testing.ts'
import { beginVisit, human } from '../visit/visit.ts'

/** A recipient on the real kiosk page, terminal, boards and cloud: from arrival to walking away. */
export const measure: Measure = async ({ wants }) => {
  const town = await startJourneyTown()
  const stage = await setStage(town.places)
  const browser = await launchBrowser()
  try {
    const visits = [
      ...(wants('recipient-code', 'recipient-code-machine') ? [byCode] : []),
      ...(wants('recipient-phone', 'recipient-phone-machine', ...firstViewNames) ? [byPhone] : []),
      ...(wants('recipient-speech', 'recipient-speech-machine') ? [bySpeech] : []),
    ]
    const found: Measured[] = []
    for (const visit of visits) found.push(...(await visit(stage, browser)))
    return found
  } finally {
    stage.leave()
    await browser.close()
    await town.stop()
  }
}

/** A parcel waits behind a door; the code came by message. */
async function waiting(stage: Stage, name: string, recipient: 'mia' | 'ji' | 'min'): Promise<string> {
  await announce(stage, name, { recipient, size: 'S', cabinet: 'north' })
  await putIn(stage, name)
  return await noticeOf(stage, name, recipient)
}

async function putIn(stage: Stage, name: string): Promise<void> {
  await signInByGrant(stage, 'north')
  await deposit(stage, 'north', name)
  await finish(stage, 'north')
  stage.kiosks.north.leave()
}

const arrive = async (stage: Stage, browser: Browser): Promise<Watched> => {
  const screen = await openScreen(browser, stage.places.kiosks.north, kioskView)
  await screen.page.locator('.idle-doors').waitFor({ timeout: 30_000 })
  return screen
}

async function byCode(stage: Stage, browser: Browser): Promise<readonly Measured[]> {
  const code = await waiting(stage, 'figure-code', 'mia')
  const screen = await arrive(stage, browser)
  const visit = beginVisit()
  await visit.person(human.arrives, human.touches)
  await visit.machine(async () => {
    await screen.press('Pick up')
    await screen.page.locator('.hf-keypad').waitFor()
  })
  for (const digit of code) {
    await visit.person(human.key)
    await screen.page.keyboard.press(digit)
  }
  const label = await visit.machine(async () => await doorOnScreen(screen))
  await visit.person(human.walks, human.takes, human.shuts)
  await shut(stage, 'north', label, { take: stage.number('figure-code') })
  await visit.person(human.walks)
  await visit.machine(async () => await screen.page.getByRole('button', { name: 'All good' }).waitFor())
  await visit.person(human.touches)
  await visit.machine(async () => {
    await screen.press('All good')
    await screen.reads('Thank you')
  })
  await screen.page.context().close()
  await parcelIs(stage, 'figure-code', 'collected')
  return visit.figures('code')
}

/** The app is open on the way; the phone opens, and its owner need not come back to the screen. */
async function byPhone(stage: Stage, browser: Browser): Promise<readonly Measured[]> {
  // Nobody of the cast: its own phone has asked for a code in this minute already.
  const phone = '+8613800000109'
  const recipient = { phone, locale: 'en' } as const
  const [cabinet, trackingNumber] = [cabinets.north.id, stage.number('figure-phone')]
  await stage.carrier.announce({ trackingNumber, recipient, size: 'S', cabinet })
  await putIn(stage, 'figure-phone')
  await stage.street.message(phone, ({ text }) => pickupCode(text) !== undefined)
  const app = await signedInPhone(stage, browser, phone)
  const view = await firstView(browser, stage, app)
  const screen = await arrive(stage, browser)
  const visit = beginVisit()
  await visit.person(human.arrives, human.touches)
  await visit.machine(async () => {
    await screen.press('Pick up')
    await screen.page.locator('.scan-panel-number').waitFor()
  })
  // The phone's camera reads it in the person's own time.
  const [qr] = await Promise.all([readScreenQr(screen), visit.person(human.scans)])
  await visit.machine(async () => {
    await app.page.goto(`${stage.places.cloud}/recipient/#k/${new URL(qr.text).hash.slice(1)}`)
    await app.page.locator('.hf-two-digits').waitFor()
  })
  for (const digit of qr.number) {
    await visit.person(human.key)
    await app.page.keyboard.press(digit)
  }
  await visit.person(human.touches)
  const label = await visit.machine(async () => {
    await app.press(/^Open door/)
    return await doorOnScreen(screen)
  })
  await visit.person(human.walks, human.takes, human.shuts)
  await shut(stage, 'north', label, { take: stage.number('figure-phone') })
  await screen.press('All good')
  await screen.press('Finish')
  await screen.page.context().close()
  await app.page.context().close()
  return [...visit.figures('phone'), ...view]
}

async function bySpeech(stage: Stage, browser: Browser): Promise<readonly Measured[]> {
  const code = await waiting(stage, 'figure-speech', 'ji')
  const visit = beginVisit()
  await pickUpByEar({ stage, browser, visit, code, thing: stage.number('figure-speech') })
  await parcelIs(stage, 'figure-speech', 'collected')
  return visit.figures('speech')
}
