import type { Browser } from 'playwright-core'
import { listenToVoice, type Heard } from '../../browser/voice.testing.ts'
import { kioskView } from '../../demo/journeys/town.testing.ts'
import { shut } from '../../demo/journeys/moves.testing.ts'
import type { Stage } from '../../demo/tour/stage.ts'
import { human, type Visit } from './visit.ts'

export interface ByEar {
  readonly stage: Stage
  readonly browser: Browser
  readonly visit: Visit
  readonly code: string
  readonly thing: string
}

/** Without a look: each prompt is heard until it has named the key that is pressed next. */
export async function pickUpByEar({ stage, browser, visit, code, thing }: ByEar): Promise<void> {
  const context = await browser.newContext({ viewport: kioskView, reducedMotion: 'reduce' })
  const page = await context.newPage()
  const heard = await listenToVoice(page)
  await page.goto(stage.places.kiosks.north)
  await page.locator('.idle-doors').waitFor({ timeout: 30_000 })
  const press = async (key: string): Promise<void> => {
    await visit.person(human.key)
    await heard.forget()
    await page.keyboard.press(key)
  }
  const hears = async (words: string | RegExp): Promise<string> => await listen(visit, heard, words)
  await visit.person(human.arrives)
  await press('5')
  await hears('1: Pick up')
  await press('1')
  await hears('Each gives the same tone')
  for (const digit of code) await press(digit)
  const label = /Door ([AB]\d\d) is open/.exec(await hears(/Take your parcel/))?.[1] ?? ''
  await visit.person(human.finds, human.takes, human.shuts)
  await heard.forget()
  await shut(stage, 'north', label, { take: thing })
  await visit.person(human.walks)
  await hears('1: All good')
  await press('1')
  await visit.machine(async () => await heard.until('Thank you'))
  await context.close()
}

/**
 * The machine's share ends when the line begins; from there the person listens, letter by letter. What was interrupted
 * before took no longer than the machine did.
 */
async function listen(visit: Visit, heard: Heard, words: string | RegExp): Promise<string> {
  const wanted = typeof words === 'string' ? words : words.source
  await visit.machine(async () => await heard.until(wanted))
  const text = (await heard.upTo(wanted)).join(' ')
  await visit.person(text.length * human.letter)
  return text
}
