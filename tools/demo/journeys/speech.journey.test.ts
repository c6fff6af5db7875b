import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser, watchConsole } from '../../browser/browser.ts'
import { type Heard, listenToVoice } from '../../browser/voice.testing.ts'
import { sixDigits } from '../actors/cast.ts'
import { announce, noticeOf, parcelIs } from '../tour/moves/in-cloud.ts'
import { setStage, type Stage } from '../tour/stage.ts'
import { shut } from './moves.testing.ts'
import { type JourneyTown, kioskView, startJourneyTown } from './town.testing.ts'

let town: JourneyTown
let stage: Stage
let browser: Browser
let page: Page
let heard: Heard
let errors: readonly string[]

beforeAll(async () => {
  town = await startJourneyTown()
  stage = await setStage(town.places)
  browser = await launchBrowser()
  const context = await browser.newContext({ viewport: kioskView, reducedMotion: 'reduce' })
  page = await context.newPage()
  heard = await listenToVoice(page)
  errors = watchConsole(page)
  await page.goto(town.places.kiosks.north)
  await page.locator('.idle-doors').waitFor({ timeout: 30_000 })
})
afterAll(async () => {
  stage.leave()
  await browser.close()
  await town.stop()
})

/** Twelve keys and an ear: nothing of the screen is looked at. */
const press = async (keys: string): Promise<void> => {
  await heard.forget()
  for (const key of keys) await page.keyboard.press(key)
}
const label = async (): Promise<string> => {
  const said = (await heard.lines()).map(({ text }) => text).join(' ')
  return /Door ([AB]\d\d) is open/.exec(said)?.[1] ?? ''
}
const wake = async (): Promise<void> => {
  await page.locator('.idle-doors').waitFor({ timeout: 30_000 })
  await press('5')
  await heard.until('Spoken guide')
}

describe('by ear and twelve keys alone', () => {
  it('a courier signs in, puts a parcel in and is done', async () => {
    await announce(stage, 'by-ear', { recipient: 'mia', size: 'S', cabinet: 'north' })
    await wake()
    await heard.until('2: Deliver')
    await press('2')
    await heard.until('1: Use phone number instead')
    await press('1')
    await heard.until('Star: erase. Hash: say again')
    const before = new Set(stage.street.messages().map(({ id }) => id))
    await press(`${stage.phones.colleague.slice(3)}#`)
    await heard.until('Type the code from the message')
    const { text } = await stage.street.message(
      stage.phones.colleague,
      (message) => !before.has(message.id) && sixDigits.test(message.text),
    )
    await press(sixDigits.exec(text)?.[1] ?? '')
    await heard.until('Scan a parcel')
    await stage.street.scan('north', stage.number('by-ear'))
    await heard.until('Put the parcel in')
    expect((await heard.tones()).some((hz) => hz !== 880)).toBe(true)
    await shut(stage, 'north', await label(), { put: stage.number('by-ear') })
    await heard.until('Hash: Done')
    await press('#')
    await heard.until('1 parcel put in')
    await parcelIs(stage, 'by-ear', 'stored')
  })

  it('a recipient collects it by its code, with the network down', async () => {
    const code = await noticeOf(stage, 'by-ear', 'mia')
    await stage.street.uplink('north', true)
    await wake()
    await heard.until('1: Pick up')
    await press('1')
    await heard.until('Each gives the same tone')
    await press(code)
    await heard.until('Take your parcel')
    const said = (await heard.lines()).map(({ text }) => text).join(' ')
    expect(said).not.toContain(code.split('').join(' '))
    await shut(stage, 'north', await label(), { take: stage.number('by-ear') })
    await heard.until('1: All good')
    await press('1')
    await heard.until('Thank you')
    await stage.street.uplink('north', false)
    await parcelIs(stage, 'by-ear', 'collected')
    expect(errors).toEqual([])
  })
})
