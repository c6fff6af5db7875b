import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { locales, startBench } from '../../kit/phone/testing/journey.testing.ts'
import type { Bench } from '../../kit/phone/testing/journey.testing.ts'
import { northGate } from '../../kit/phone/testing/town.testing.ts'
import { aRecipientParcel, aTown, recipientRoutes } from '../cloud.testing.ts'
import type { RecipientTown } from '../cloud.testing.ts'

let bench: Bench

beforeAll(async () => {
  bench = await startBench('recipient')
})
afterAll(() => bench.stop())
afterEach(() => bench.leave())

/** One parcel of hers waits in a cabinet whose screen is dead. */
const deadTown = (): RecipientTown => {
  const town = aTown()
  const waiting = [aRecipientParcel({ place: { ...northGate, screenDead: true } })]
  return { ...town, lists: { ...town.lists, waiting } }
}

const words = {
  en: {
    press: /Open door A07/,
    now: /I stand there/,
    open: 'Door A07 is open',
    shut: 'Door A07 is shut',
    done: 'All done',
    help: 'Help',
  },
  zh: {
    press: /用手机打开 A07/,
    now: /我在柜前/,
    open: 'A07 号格口已打开',
    shut: 'A07 号格口已关好',
    done: '完成',
    help: '求助',
  },
  ko: {
    press: /A07번 문 열기/,
    now: /앞에 있습니다/,
    open: 'A07번 문이 열렸습니다',
    shut: 'A07번 문이 닫혔습니다',
    done: '완료',
    help: '도움 요청',
  },
} as const

it.each(locales)('opens the door from the phone where the screen is dead, in %s', async (locale) => {
  const { page, button, look, errors } = await bench.visit(recipientRoutes(deadTown()), { locale })
  const said = words[locale]
  await button(said.press).waitFor()
  // The code on a dead screen cannot be scanned: that way steps back behind the card's.
  expect(await page.locator('footer .hf-button-main').count()).toBe(0)
  await look(`dead-screen-${locale}`)
  await button(said.press).click()
  await button(said.now).click()
  await page.getByText(said.open).waitFor()
  await look(`dead-screen-open-${locale}`)
  await page.getByText(said.shut).waitFor()
  await button(said.done).click()
  await expect.poll(() => page.locator('dialog[open]').count()).toBe(0)
  await button(said.help).click()
  await page.locator(`a[href="tel:${northGate.phone}"].hf-help-call`).waitFor()
  await look(`help-${locale}`)
  expect(errors).toEqual([])
})

it('says what to do where the door does not follow, and that the code stays good', async () => {
  const town = deadTown()
  town.afar = [{ state: 'taken', door: 'stuck' }]
  const { page, button } = await bench.visit(recipientRoutes(town))
  await button(words.en.press).click()
  await button(words.en.now).click()
  await page.getByText('your code stays good').waitFor()
  await button('Open A07 once more').waitFor()
})

it('has help before anybody is signed in, and no number it does not know', async () => {
  const { page, button, look } = await bench.visit(recipientRoutes(aTown()), { signedIn: false })
  await button('Help').click()
  await page.getByText('The number to call stands on the cabinet.').waitFor()
  await look('help-signed-out')
})

it('has help, the number to call and a way back where a part of the app cannot be fetched any more (law 17)', async () => {
  const { page, context, goTo, button, look } = await bench.visit(recipientRoutes(aTown()))
  await page.getByText('Code 0 4 8 2 1 5 9 3 7').waitFor()
  await context.setOffline(true)
  await goTo('settings')
  await page.getByText('No connection. Nothing is lost').waitFor()
  await look('unfetched-en')
  await button('Help').click()
  await page.locator('dialog a[href^="tel:"]').first().waitFor()
  await button('Close').last().click()
  await button('Back').last().click()
  await page.locator('.inbox-link, .hf-banner').first().waitFor()
  await context.setOffline(false)
  await page.getByText('Code 0 4 8 2 1 5 9 3 7').waitFor()
})
