import { dammDigit } from '@holdfast/wire/bytes/damm.ts'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../../browser/browser.ts'
import { readCode } from '../../browser/reader.testing.ts'
import { eventually } from '../actors/watch.ts'
import type { CabinetKey } from '../plan/people.ts'
import { deposit, finish, signInByGrant } from '../tour/moves/at-kiosk.ts'
import { announce, noticeOf, parcelIs, viewOf } from '../tour/moves/in-cloud.ts'
import { type RecipientName, setStage, type Stage } from '../tour/stage.ts'
import { openCourierPhone } from './courier-phone.testing.ts'
import { courierApproves, doorOnScreen, shut, touchDigits } from './moves.testing.ts'
import { type JourneyTown, kioskView, openScreen, startJourneyTown, type Watched } from './town.testing.ts'

let town: JourneyTown
let stage: Stage
let browser: Browser

beforeAll(async () => {
  town = await startJourneyTown()
  stage = await setStage(town.places)
  // From here the cloud needs ninety seconds to know that this one is away; its kiosk goes on meanwhile.
  await stage.street.uplink('library', true)
  browser = await launchBrowser()
})
afterAll(async () => {
  stage.leave()
  await browser.close()
  await town.stop()
})

/** A browser before this cabinet; whoever played there before has gone. */
async function atScreen(key: CabinetKey, play: (screen: Watched) => Promise<void>): Promise<void> {
  stage.kiosks[key].leave()
  const screen = await openScreen(browser, town.places.kiosks[key], kioskView)
  await play(screen)
  expect(screen.errors).toEqual([])
  await screen.page.context().close()
}

/** A parcel waits behind a door; put in without this journey's screen. */
async function waiting(name: string, recipient: RecipientName): Promise<string> {
  await announce(stage, name, { recipient, size: 'S', cabinet: 'north' })
  await signInByGrant(stage, 'north')
  await deposit(stage, 'north', name)
  await finish(stage, 'north')
  return await noticeOf(stage, name, recipient)
}

async function typeCode(screen: Watched, code: string): Promise<void> {
  await screen.press('Pick up')
  await touchDigits(screen, code)
}

describe('at the kiosk of a real cabinet', () => {
  it('a courier deposits two parcels, the second behind a bigger door', async () => {
    await announce(stage, 'first', { recipient: 'mia', size: 'S', cabinet: 'north' })
    await announce(stage, 'bulky', { recipient: 'ji', size: 'S', cabinet: 'north' })
    await atScreen('north', async (screen) => {
      await screen.look('kiosk-idle')
      await courierApproves(stage, screen)
      await screen.look('kiosk-scan')
      await stage.street.scan('north', stage.number('first'))
      const first = await doorOnScreen(screen)
      await screen.look('kiosk-deposit')
      await shut(stage, 'north', first, { put: stage.number('first') })
      await screen.reads('Scan the next parcel')
      await stage.street.scan('north', stage.number('bulky'))
      const small = await doorOnScreen(screen, first)
      await screen.press('Bigger door')
      const bigger = await doorOnScreen(screen, small)
      await shut(stage, 'north', small)
      await shut(stage, 'north', bigger, { put: stage.number('bulky') })
      await screen.reads('Scan the next parcel')
      await screen.press('Done')
      await screen.reads('2 parcels put in')
      await screen.look('kiosk-farewell')
    })
    await parcelIs(stage, 'first', 'stored')
    await parcelIs(stage, 'bulky', 'stored')
  })

  it('a recipient picks up by code, and opens again', async () => {
    const code = await waiting('by-code', 'min')
    await atScreen('north', async (screen) => {
      await typeCode(screen, code)
      const label = await doorOnScreen(screen)
      await shut(stage, 'north', label, { take: stage.number('by-code') })
      await screen.reads('Is everything in order?')
      await screen.look('kiosk-pickup-shut')
      await screen.press('Open again')
      await doorOnScreen(screen)
      await shut(stage, 'north', label)
      await screen.press('All good')
      await screen.reads('Thank you')
    })
    await parcelIs(stage, 'by-code', 'collected')
  })

  it('a damaged parcel is refused and put back, and a courier takes it out', async () => {
    const code = await waiting('damaged', 'mia')
    await atScreen('north', async (screen) => {
      await typeCode(screen, code)
      const label = await doorOnScreen(screen)
      await shut(stage, 'north', label, { take: stage.number('damaged') })
      await screen.press('Something is wrong')
      await screen.look('kiosk-complaint')
      await screen.press('The parcel is damaged')
      await screen.reads('Put the parcel back')
      await screen.look('kiosk-put-back')
      await shut(stage, 'north', label, { put: stage.number('damaged') })
      await screen.reads('The parcel goes back')
      await parcelIs(stage, 'damaged', 'refused')
      await courierApproves(stage, screen)
      await screen.press('Take out 1')
      await screen.look('kiosk-recalls')
      await screen.press('Open the first door')
      await doorOnScreen(screen)
      await shut(stage, 'north', label, { take: stage.number('damaged') })
      await screen.reads(`Taken out of ${label}`)
      await screen.press('Done')
      await screen.reads('1 parcel taken out')
    })
    await parcelIs(stage, 'damaged', 'recalled')
  })

  it('goes on without a network: a deposit and a pickup by code', async () => {
    const code = await waiting('before', 'ji')
    await announce(stage, 'meanwhile', { recipient: 'min', size: 'M', cabinet: 'north' })
    await atScreen('north', async (screen) => {
      await courierApproves(stage, screen)
      await stage.street.uplink('north', true)
      await stage.street.scan('north', stage.number('meanwhile'))
      await shut(stage, 'north', await doorOnScreen(screen), { put: stage.number('meanwhile') })
      await screen.reads('Scan the next parcel')
      await screen.press('Done')
      await screen.reads('Hold your phone before this code')
      await screen.look('kiosk-carry')
      await screen.press('Finish without my phone')
      await screen.reads('1 parcel put in')
      await screen.reads('Pickup by code works as usual')
      await screen.look('kiosk-offline')
      await typeCode(screen, code)
      await shut(stage, 'north', await doorOnScreen(screen), { take: stage.number('before') })
      await screen.press('All good')
      await screen.reads('Thank you')
    })
    await parcelIs(stage, 'meanwhile', 'expected')
    await stage.street.uplink('north', false)
    await parcelIs(stage, 'meanwhile', 'stored')
    await parcelIs(stage, 'before', 'collected')
    await noticeOf(stage, 'meanwhile', 'min')
  })

  it('answers five wrong codes alike, then pauses the keypad', async () => {
    await atScreen('library', async (screen) => {
      await screen.press('Pick up')
      for (let i = 0; i < 5; i += 1) {
        const digits = `1234567${i}`
        await touchDigits(screen, digits + dammDigit(digits))
        await screen.reads('Checking your code')
        await screen.reads(i < 4 ? 'This code does not open a door here' : 'Too many tries')
        if (i === 0) await screen.look('kiosk-code-wrong')
      }
      await screen.reads('Too many tries')
      await screen.look('kiosk-code-paused')
      await screen.press('Stop')
    })
  })

  it('takes a grant from a courier’s phone before the scanner, where the cloud cannot reach the cabinet', async () => {
    const phone = await openCourierPhone(town.places, stage)
    await phone.signIn()
    await eventually(
      async () => ((await viewOf(stage, 'library')).summary.online ? undefined : true),
      'the library to be offline',
      120_000,
    )
    await atScreen('library', async (screen) => {
      await phone.signInAt(screen)
      await phone.app.page.locator('.hf-qr').waitFor({ timeout: 20_000 })
      await phone.app.look('courier-grant')
      const grant = await readCode(await phone.app.page.locator('.hf-qr').screenshot())
      expect(grant).toBeDefined()
      await stage.street.scan('library', grant ?? '')
      await screen.reads('Scan a parcel')
      await phone.app.press('Carry for the cabinet')
      await stage.street.uplink('library', false)
    })
    await phone.stop()
  })
})
