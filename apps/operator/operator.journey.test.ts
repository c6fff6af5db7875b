import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axeFindings } from '../../tools/browser/axe.ts'
import { launchBrowser, screenshot, watchConsole } from '../../tools/browser/browser.ts'
import { clippedText, crampedText } from '../../tools/browser/clipped.ts'
import { northGateLayout } from '../../tools/demo/layouts.ts'
import { buildApps } from '../build/build.ts'
import { startOperatorCloud } from './testing/operator-cloud.testing.ts'
import type { OperatorCloud } from './testing/operator-cloud.testing.ts'
import { idOf, sceneAt } from './testing/scene.testing.ts'
import type { Scene } from './testing/scene.testing.ts'

const folder = mkdtempSync(join(tmpdir(), 'holdfast-operator-'))
const north = idOf('cabinet', 1)
const library = idOf('cabinet', 2)
const desk = { width: 1440, height: 900 }
const phone = { width: 390, height: 844 }

let browser: Browser
let cloud: OperatorCloud
let scene: Scene
const complaints: (readonly string[])[] = []

beforeAll(async () => {
  await buildApps({ only: ['operator'], outFolder: folder })
  scene = sceneAt(Date.now())
  cloud = await startOperatorCloud(join(folder, 'operator'), scene)
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser.close()
  cloud.stop()
  rmSync(folder, { recursive: true })
})

interface Look {
  readonly size?: typeof desk
  readonly locale?: string
  readonly theme?: string
}

async function arrive({ size = desk, locale = 'en', theme = 'light' }: Look = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: size, reducedMotion: 'reduce' })
  const page = await context.newPage()
  complaints.push(watchConsole(page))
  const kept = JSON.stringify({ locale, theme, singleKeys: true, signedIn: false })
  await page.addInitScript((text) => {
    if (localStorage.getItem('holdfast.operator') === null) localStorage.setItem('holdfast.operator', text)
  }, kept)
  await page.goto(`${cloud.address}/operator/`)
  await page.locator('input[type=email]').waitFor()
  return page
}

async function signedIn(look: Look = {}, at = ''): Promise<Page> {
  const page = await arrive(look)
  await page.locator('input[type=email]').fill('mei@harbour.example')
  await page.locator('input[type=password]').fill(scene.password)
  await page.keyboard.press('Enter')
  await page.locator('.op-live-live').waitFor()
  await visit(page, at)
  return page
}

async function visit(page: Page, at: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash
  }, at)
  await page.locator('h1').waitFor()
}

const screens = [
  ['overview', '/'],
  ['cabinet', `/cabinets/${north}/A03`],
  ['offline-cabinet', `/cabinets/${library}`],
  ['parcels', '/parcels'],
  ['story', `/parcels/${idOf('parcel', 1)}`],
  ['undelivered', '/undelivered'],
  ['new-cabinet', '/new-cabinet'],
  ['sign', `/sign/${north}`],
  ['nowhere', '/nowhere'],
] as const

const looks = [
  { size: desk, locale: 'en', theme: 'light' },
  { size: desk, locale: 'zh', theme: 'dark' },
  { size: phone, locale: 'ko', theme: 'light' },
] as const

async function expectSound(page: Page, name: string): Promise<void> {
  expect(await axeFindings(page)).toEqual([])
  expect([...(await clippedText(page)), ...(await crampedText(page))]).toEqual([])
  await screenshot(page, `operator-${name}`)
}

describe('the dashboard in a browser', () => {
  it.each(looks)('has nothing for axe to find, and nothing clipped, in $locale $theme', async (look) => {
    const page = await arrive(look)
    const suffix = `${look.size === desk ? 'desk' : 'phone'}-${look.locale}-${look.theme}`
    await expectSound(page, `sign-in-${suffix}`)
    await page.context().close()
    const inside = await signedIn(look)
    for (const [name, at] of screens) {
      await visit(inside, at)
      await inside.locator('progress').waitFor({ state: 'detached' })
      await expectSound(inside, `${name}-${suffix}`)
    }
    expect(await inside.evaluate(() => document.documentElement.lang)).toBe(look.locale)
    await inside.context().close()
  })

  it('opens a door with a reason, asks once, and follows the order to its outcome', async () => {
    const page = await signedIn({}, `/cabinets/${north}/A01`)
    await page.getByRole('button', { name: 'Open the door' }).click()
    const sheet = page.getByRole('dialog')
    await sheet.getByRole('button', { name: 'Open the door' }).click()
    await sheet.getByText('Write why.').waitFor()
    await expectSound(page, 'open-sheet')
    await sheet.getByRole('button', { name: 'Door jammed' }).click()
    await sheet.getByRole('button', { name: 'Open the door' }).click()
    await page.getByText('Asked; waiting for the cabinet').waitFor()
    const order = scene.orders.at(-1)
    expect(order).toMatchObject({ kind: 'open', reason: 'Door jammed' })
    cloud.tell('order', { ...order, state: 'accepted' })
    await page.locator('[data-step=now]', { hasText: 'Accepted by the cabinet' }).waitFor()
    await expectSound(page, 'order-accepted')
    const opened = { ...order, state: 'opened', answeredAt: scene.now }
    cloud.tell('order', opened)
    await page.getByText('A01 is open').waitFor()
    const door = scene.cabinets[1]?.compartments.find(({ label }) => label === 'A01')
    cloud.tell('compartment', { cabinet: north, compartment: { ...door, door: 'open' } })
    await page.locator('.hf-door[data-door=open][aria-label^="Door A01"]').waitFor()
    expect(cloud.calls.filter(({ path }) => path.endsWith('/orders'))).toHaveLength(1)
    await page.context().close()
  })

  it('tells a refusal in the words of the cabinet', async () => {
    const page = await signedIn({}, `/cabinets/${north}/A02`)
    await page.getByRole('button', { name: 'Take out of service' }).click()
    await page.getByRole('dialog').locator('input').fill('Hinge bent')
    await page.keyboard.press('Enter')
    await page.getByText('Asked; waiting for the cabinet').waitFor()
    cloud.tell('order', { ...scene.orders.at(-1), state: 'refused', refusal: 'order-compartment-in-use' })
    await page.getByText('The compartment is in use.').waitFor()
    await page.context().close()
  })

  it('takes an alert on by keyboard alone and keeps it until its cause ends', async () => {
    const page = await signedIn()
    await page.locator('h1').evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
    await page.keyboard.press('ArrowDown')
    expect(await page.locator(':focus').innerText()).toBe('B05 did not open')
    await page.keyboard.press('a')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.type('Calling the site')
    await page.keyboard.press('Enter')
    await page.getByText('Lin Mei is on it').waitFor()
    expect(cloud.calls.findLast(({ path }) => path.endsWith('/acknowledge'))?.body).toEqual({
      note: 'Calling the site',
    })
    cloud.tell('alert', { ...scene.alerts[1], endedAt: scene.now })
    await page.getByText('B05 did not open').waitFor({ state: 'detached' })
    await page.context().close()
  })

  it('searches by /, shows its keys by ?, and walks the doors by arrows', async () => {
    const page = await signedIn()
    await page.keyboard.press('/')
    await page.keyboard.type('17')
    await page.keyboard.press('Enter')
    await page.getByRole('link', { name: 'SF1402938475610' }).waitFor()
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
    await expectSound(page, 'keys')
    await page.keyboard.press('Escape')
    await visit(page, `/cabinets/${north}`)
    await page.locator('[aria-label^="Door A04"]').focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Door A03' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('heading', { name: 'Doors to look at' }).waitFor()
    await page.context().close()
  })

  it('says when it is not live, goes on where it stopped, and asks anew after a reset', async () => {
    const page = await signedIn()
    cloud.tell('fact', { cabinet: north, seq: 1205, type: 'doorShut', label: 'A08', at: scene.now })
    const asked = (): number => cloud.calls.filter(({ path }) => path === '/v1/operator/cabinets').length
    const before = asked()
    cloud.breakStreams()
    await page.locator('.op-live-waiting').waitFor()
    await page.locator('.op-live-live').waitFor()
    cloud.tell('reset', {})
    await expect.poll(asked).toBeGreaterThan(before)
    const summary = scene.cabinets[0]?.summary
    // Told until it shows: a list still on its way when the event comes is asked for again, and this cloud answers as before.
    const offlineCount = async () => {
      cloud.tell('cabinet', { ...summary, online: true, openAlerts: 0 })
      return await page.locator('.op-total').nth(1).innerText()
    }
    await expect.poll(offlineCount, { timeout: 20_000 }).toContain('0')
    await page.context().close()
  })

  it('makes a cabinet from a layout that it judged and drew, and shows the claim token', async () => {
    const page = await signedIn({}, '/new-cabinet')
    const [good, bad] = [join(folder, 'good.json'), join(folder, 'bad.json')]
    writeFileSync(good, JSON.stringify(northGateLayout))
    const [first, second, ...rest] = northGateLayout.compartments
    const twice = { ...second, label: first?.label }
    writeFileSync(bad, JSON.stringify({ ...northGateLayout, compartments: [first, twice, ...rest] }))
    await page.locator('input[type=file]').setInputFiles(bad)
    await page.getByText('stands on two doors').waitFor()
    await expectSound(page, 'layout-wrong')
    await page.locator('input[type=file]').setInputFiles(good)
    await page.getByText('24 doors').waitFor()
    for (const [label, text] of [
      ['Name of the cabinet', 'Pier 4'],
      ['Site', 'Pier'],
      ['Address', '4 Pier Road'],
      ['Phone for complaints', '0571-1234567'],
    ] as const)
      await page.getByLabel(label, { exact: true }).fill(text)
    await page.getByRole('button', { name: 'Create the cabinet' }).click()
    await page.getByText('hf-claim-7K2M9Q4W8R6T3Y5V').waitFor()
    await expectSound(page, 'claim-token')
    await page.context().close()
  })

  it('corrects a recipient and sends the code again, each with a reason that stands in the story', async () => {
    const page = await signedIn({}, `/parcels/${idOf('parcel', 1)}`)
    await page.getByRole('button', { name: 'Send the code again' }).click()
    const sheet = page.getByRole('dialog')
    await sheet.getByLabel('Reason').fill('She called')
    await page.keyboard.press('Enter')
    await page.getByText('Pickup code sent once more').waitFor()
    await page.getByRole('button', { name: 'Correct the number' }).click()
    await sheet.getByLabel('The right phone number').fill('139 0000 0001')
    await sheet.getByLabel('Reason').fill('Read out her waybill')
    await expectSound(page, 'correct-sheet')
    await page.keyboard.press('Enter')
    await page.getByText('Read out her waybill').waitFor()
    await page.getByText('a code kept in reserve has gone to this number').waitFor()
    await page.context().close()
  })

  it('says that a screen is dead and when it is dark, and prints the sign for the door in three languages', async () => {
    const page = await signedIn({}, `/cabinets/${north}`)
    await page.getByRole('button', { name: 'The screen is dead' }).click()
    await page.getByText('recipients open their doors from the phone').first().waitFor()
    await page.getByRole('button', { name: 'The screen works again' }).click()
    await page.getByRole('button', { name: 'The screen is dead' }).waitFor()
    await page.getByRole('button', { name: 'Set the night' }).click()
    await page.getByLabel('From').fill('21:30')
    await page.getByRole('button', { name: 'Set', exact: true }).click()
    await page.getByText('21:30 to 06:00: dark screen at 60 % while nobody is there, 30 % of the volume').waitFor()
    await page.getByRole('link', { name: 'Print the sign' }).click()
    for (const words of ['屏幕失灵？', 'Screen dead?', '화면이 꺼졌나요?'])
      await page.locator('.op-sign h2', { hasText: words }).waitFor()
    await page.emulateMedia({ media: 'print' })
    expect(await page.locator('.op-frame > header, .op-frame > nav').filter({ visible: true }).count()).toBe(0)
    await screenshot(page, 'operator-sign-print')
    await page.context().close()
  })

  it('asks to send again, leaves the line until it is gone, and takes one off with a reason', async () => {
    const page = await signedIn({}, '/undelivered')
    await page.getByRole('button', { name: 'Send again' }).first().click()
    await page.getByText('Being sent again').waitFor()
    expect(await page.locator('.op-undelivered-list li').count()).toBe(2)
    await page.getByRole('button', { name: 'Take off the list' }).last().click()
    await page.getByRole('dialog').getByLabel('Reason').fill('Rang the carrier up')
    await expectSound(page, 'clear-sheet')
    await page.keyboard.press('Enter')
    await page.locator('.op-undelivered-list li').nth(1).waitFor({ state: 'detached' })
    await page.context().close()
  })

  it('kept wire’s contract and said nothing on the console', () => {
    expect(cloud.violations).toEqual([])
    expect(complaints.flat().filter((text) => !text.includes('ERR_INCOMPLETE_CHUNKED_ENCODING'))).toEqual([])
  })

  it('lets nobody in with a wrong password, and says so', async () => {
    const page = await arrive()
    complaints.pop()
    await page.locator('input[type=email]').fill('mei@harbour.example')
    await page.locator('input[type=password]').fill('wrong')
    await page.keyboard.press('Enter')
    await page.getByText('E-mail or password is wrong.').waitFor()
    await expectSound(page, 'sign-in-wrong')
    await page.context().close()
  })
})
