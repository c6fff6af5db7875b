import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axeFindings } from '../../tools/browser/axe.ts'
import { launchBrowser, screenshot, watchConsole } from '../../tools/browser/browser.ts'
import { clippedText, crampedText } from '../../tools/browser/clipped.ts'
import { buildApps } from '../build/build.ts'
import { emptyHouse, houseAt } from './testing/house.testing.ts'
import { startOperatorCloud } from './testing/operator-cloud.testing.ts'
import type { OperatorCloud } from './testing/operator-cloud.testing.ts'
import { idOf, sceneAt } from './testing/scene.testing.ts'

const folder = mkdtempSync(join(tmpdir(), 'holdfast-house-'))
const desk = { width: 1440, height: 900 }
const phone = { width: 390, height: 844 }
const welcome = '#/welcome/dG9rZW4tb2YtYS1saW5r0123'

let browser: Browser
const clouds: OperatorCloud[] = []
const complaints: (readonly string[])[] = []

beforeAll(async () => {
  await buildApps({ only: ['operator'], outFolder: folder })
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser.close()
  for (const cloud of clouds) cloud.stop()
  rmSync(folder, { recursive: true })
})

async function arrive(at: { empty: boolean; size?: typeof desk; locale?: string; theme?: string }): Promise<Page> {
  const { empty, size = desk, locale = 'en', theme = 'light' } = at
  const scene = sceneAt(Date.now())
  const house = houseAt(scene.now)
  scene.house = empty ? emptyHouse(house) : house
  if (empty) scene.cabinets = []
  const cloud = await startOperatorCloud(join(folder, 'operator'), scene)
  clouds.push(cloud)
  const page = await (await browser.newContext({ viewport: size, reducedMotion: 'reduce' })).newPage()
  complaints.push(watchConsole(page))
  const kept = JSON.stringify({ locale, theme, singleKeys: true, signedIn: false })
  await page.addInitScript((text) => {
    if (localStorage.getItem('holdfast.operator') === null) localStorage.setItem('holdfast.operator', text)
  }, kept)
  await page.goto(`${cloud.address}/operator/${welcome}`)
  await page.locator('input[type=password]').waitFor()
  return page
}

async function begin(page: Page): Promise<void> {
  const fields = page.locator('input.hf-field-input')
  for (const [i, text] of ['Harbour Lockers', 'Lin Mei', 'lin@example.com', 'a long password'].entries()) {
    await fields.nth(i).fill(text)
  }
  await page.keyboard.press('Enter')
  await page.locator('.op-live-live').waitFor()
}

async function sound(page: Page, name: string): Promise<void> {
  await page.locator('progress').waitFor({ state: 'detached' })
  expect(await axeFindings(page)).toEqual([])
  expect([...(await clippedText(page)), ...(await crampedText(page))]).toEqual([])
  await screenshot(page, `house-${name}`)
}

const visit = async (page: Page, at: string): Promise<void> => {
  await page.evaluate((hash) => {
    location.hash = hash
  }, at)
  await page.locator('h1').waitFor()
}

describe('a house set up on the dashboard', () => {
  it.each([
    { size: desk, locale: 'en', theme: 'light' },
    { size: desk, locale: 'zh', theme: 'dark' },
    { size: phone, locale: 'ko', theme: 'light' },
  ])('has nothing for axe to find, and nothing clipped, in $locale $theme', async (look) => {
    const suffix = `${look.size === desk ? 'desk' : 'phone'}-${look.locale}`
    const page = await arrive({ empty: false, ...look })
    await sound(page, `welcome-${suffix}`)
    await begin(page)
    for (const part of ['', '/carriers', '/couriers', '/staff']) {
      await visit(page, `/house${part}`)
      await page.locator('.op-steps, .op-list').first().waitFor()
      await sound(page, `${part.slice(1) || 'start'}-${suffix}`)
    }
    await page.context().close()
  })

  it('begins by the printed link, and leads from what is missing to carrier, key, test event, courier, colleague', async () => {
    const page = await arrive({ empty: true })
    await begin(page)
    await page.getByRole('heading', { name: 'Before the first parcel' }).waitFor()
    const ticked = await page
      .locator('.op-steps li[data-done=false]')
      .evaluateAll((steps) => steps.map((step) => getComputedStyle(step, '::before').content))
    expect(ticked).toEqual(ticked.map(() => 'none'))
    await sound(page, 'empty-overview')
    expect(page.url()).not.toContain('welcome')
    await page.getByRole('link', { name: 'Add a carrier with a key' }).click()
    await page.getByText('No carriers yet').waitFor()
    await page.getByLabel('Name that recipients know').fill('SF Express')
    await page.getByLabel('Short name').fill('sf')
    await page.getByRole('button', { name: 'Add the carrier' }).click()
    const card = page.getByRole('region', { name: 'SF Express' })
    await card.getByRole('button', { name: 'Make a key' }).click()
    await card.getByText('hfk_Zm9yIHRo').waitFor()
    await card.getByLabel('Address, https').fill('https://hooks.example.com/in')
    await card.getByRole('button', { name: 'Add the endpoint' }).click()
    await card.getByText('whsec_').waitFor()
    await card.getByRole('button', { name: 'Send a test event' }).click()
    await card.getByText('The endpoint took it: 204').waitFor()
    await sound(page, 'carrier-tested')
    await page.getByRole('link', { name: 'Couriers', exact: true }).click()
    await page.getByRole('button', { name: 'Add a courier' }).click()
    const sheet = page.getByRole('dialog')
    await sheet.getByLabel('Name').fill('Wang')
    await sheet.getByLabel('Phone').fill('13900001111')
    await sound(page, 'add-courier')
    await sheet.getByRole('button', { name: 'Add a courier' }).click()
    await page.getByText('139******11').waitFor()
    await page.getByRole('link', { name: 'Colleagues' }).click()
    await page.getByRole('button', { name: 'Invite a colleague' }).click()
    await sheet.getByLabel('Name').fill('Kim')
    await sheet.getByLabel('E-mail').fill('kim@example.com')
    await sound(page, 'invite')
    await sheet.getByRole('button', { name: 'Make the link' }).click()
    await page.getByText('#/welcome/dG9rZW4').waitFor()
    await page.context().close()
  })

  it('plans an outage with its times and its reason, and calls it off again', async () => {
    const page = await arrive({ empty: false })
    await begin(page)
    await visit(page, `/cabinets/${idOf('cabinet', 1)}`)
    await page.getByRole('button', { name: 'Plan an outage' }).click()
    const sheet = page.getByRole('dialog')
    await sheet.getByRole('button', { name: 'Plan it and tell people' }).click()
    await sheet.getByText('Write why; it stays in the cabinet’s story.').waitFor()
    await sound(page, 'outage-sheet')
    await sheet.getByLabel('Why').fill('New floor in the yard')
    await sheet.getByRole('button', { name: 'Plan it and tell people' }).click()
    await page.getByText('ahead · New floor in the yard').waitFor()
    await page.getByRole('button', { name: 'Call it off and tell people' }).click()
    await page.getByText('called off by Lin Mei · New floor in the yard').waitFor()
    await page.context().close()
  })

  it('sets a cabinet’s state and its worries on the line of its numbers', async () => {
    const page = await arrive({ empty: false })
    await begin(page)
    await visit(page, '/')
    await page.locator('.op-cabinets').waitFor()
    const lines = await page.locator('.op-cabinets tbody tr', { hasText: 'North Gate' }).evaluate((row) =>
      [...row.querySelectorAll('.hf-status, .op-number, time')].flatMap((element) => {
        const words = document.createRange()
        words.selectNodeContents(element.lastChild ?? element)
        const { height, bottom } = words.getBoundingClientRect()
        return height === 0 ? [] : [bottom]
      }),
    )
    expect(lines.length).toBeGreaterThan(5)
    expect(Math.max(...lines) - Math.min(...lines)).toBeLessThanOrEqual(1)
    await page.context().close()
  })

  it('keeps a long sheet’s title and its way out in sight, and what is in focus beside them', async () => {
    const page = await arrive({ empty: false, size: { width: 1440, height: 640 } })
    await begin(page)
    await visit(page, `/cabinets/${idOf('cabinet', 1)}`)
    await page.getByRole('button', { name: 'It has moved' }).click()
    const sheet = page.getByRole('dialog')
    await sheet.locator('input').last().focus()
    const { y: top = 0 } = (await sheet.boundingBox()) ?? {}
    const close = await sheet.getByRole('button', { name: 'Close' }).boundingBox()
    expect(close?.y).toBeGreaterThanOrEqual(top)
    await sheet.locator('input').first().focus()
    const field = await sheet.locator('input').first().boundingBox()
    expect(field?.y).toBeGreaterThanOrEqual((close?.y ?? 0) + (close?.height ?? 0))
    await sound(page, 'moving-sheet')
    await page.context().close()
  })

  it('kept to wire’s shapes, and the browser had nothing to complain of', () => {
    expect(clouds.flatMap(({ violations }) => violations)).toEqual([])
    expect(complaints.flat()).toEqual([])
  })
})
