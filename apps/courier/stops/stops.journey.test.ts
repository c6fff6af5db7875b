import type { Locator } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { locales, startBench } from '../../kit/phone/testing/journey.testing.ts'
import type { Bench, PhoneVisit, Visit } from '../../kit/phone/testing/journey.testing.ts'
import { library, northGate } from '../../kit/phone/testing/town.testing.ts'
import { aHold, aTown, courierRoutes } from '../cloud.testing.ts'
import type { CourierTown } from '../cloud.testing.ts'
import { aNeighbour } from './stops.testing.ts'

let bench: Bench
let town: CourierTown
const open = (visit: Visit = {}): Promise<PhoneVisit> => bench.visit(courierRoutes(town), visit)

beforeAll(async () => {
  bench = await startBench('courier', 'SF1034567890123')
})
afterAll(() => bench.stop())
beforeEach(() => {
  town = aTown()
})
afterEach(() => bench.leave())

/** Whether the bar of buttons at the foot covers any of it. */
const underFoot = async (mark: Locator): Promise<boolean> => {
  const [shown, foot] = await Promise.all(
    [mark, mark.page().locator('.hf-page > footer')].map((each) => each.boundingBox()),
  )
  return shown === null || foot === null || shown === undefined || foot === undefined || shown.y + shown.height > foot.y
}

describe('a full cabinet, before one goes there', () => {
  it('is said with its freshness, and a door asked for is asked, then held, then given back', async () => {
    const { page, button, look, errors } = await open({ route: 'cabinets' })
    await page.getByText('Full now, 2 couriers wait.').waitFor()
    await look('cabinets-full-en')
    const here = page.locator('article', { hasText: northGate.siteName })
    await here.getByRole('button', { name: 'Hold a door for me' }).click()
    await here.getByRole('button', { name: 'medium' }).click()
    await page.getByText('Asked for a medium door').waitFor()
    town.holds = town.holds.map((hold) => ({ ...hold, state: 'waiting' as const }))
    await page.getByText('In the queue for a medium door').waitFor({ timeout: 10_000 })
    town.holds = town.holds.map((hold) => ({ ...hold, state: 'held' as const, label: 'A07', until: hold.askedAt }))
    await page.getByText(/A07 is held for you until/).waitFor({ timeout: 10_000 })
    await look('cabinets-held-en')
    await button('Give back').click()
    await page.getByText(/A07 is held for you until/).waitFor({ state: 'detached' })
    expect(errors).toEqual([])
  })

  it('says in words why no door can be held', async () => {
    town.online = false
    const { page, button } = await open({ route: 'cabinets' })
    await button('Hold a door for me').first().click()
    await button('small').first().click()
    await page.getByText('The cabinet cannot be asked just now').waitFor()
  })

  it('shows what became of a door that was not come for', async () => {
    town.holds = [aHold({ state: 'expired' })]
    const { page } = await open({ route: 'cabinets' })
    await page.getByText('The door held for you was given to others').waitFor()
  })
})

describe('overflow', () => {
  it('is asked about from the list: the nearest first, and the answer stands there', async () => {
    const place = (metres: number) => ({ position: { latitude: 30 + metres / 111_195, longitude: 120 } })
    town.gate = { ...northGate, ...place(0) }
    town.neighbours = [
      aNeighbour('南门柜', {}, place(450)),
      aNeighbour('北门柜 2', { operatorName: '云栖快递柜' }, { ...place(200), directions: '大门左侧 20 米' }),
    ]
    town.round = [{ ...town.item('SF1034567890123'), consent: 'given' }]
    const { page, button, look, errors } = await open({ route: 'round', locale: 'zh' })
    await page.getByText('没有适合它的空格口').waitFor()
    await look('overflow-list-zh')
    await button('改放另一台柜').click()
    await page.getByText('大门左侧 20 米').waitFor()
    await look('overflow-choice-zh')
    await button('询问收件人').first().click()
    await page.getByText('已询问，待回复').waitFor()
    await page.getByText('北门柜 2 · 中格').waitFor()
    town.round = town.round.map((item) => ({ ...item, consent: 'given' as const }))
    await page.getByText('同意入柜').waitFor({ timeout: 10_000 })
    await look('overflow-agreed-zh')
    expect(errors).toEqual([])
  })
})

describe('the list of the morning', () => {
  it('takes the label that the camera reads, once, and marks it', async () => {
    town.round = [town.item('SF9')]
    const { page, button, look, errors } = await open({ route: 'round' })
    await button('Scan with the camera').click()
    await page.getByText('Scanned, with me').waitFor({ timeout: 20_000 })
    await expect.poll(async () => await underFoot(page.getByText('Scanned, with me'))).toBe(false)
    await look('round-scanned-en')
    const rows = page.locator('.deposit .hf-number')
    expect(await rows.allTextContents()).toEqual(['SF1034567890123', 'SF9'])
    await button('Stop scanning').click()
    expect(town.round).toHaveLength(2)
    expect(errors).toEqual([])
  })

  it('takes numbers by the column, and asks all their recipients by one button', async () => {
    const { page, button, look, errors } = await open({ route: 'round' })
    await page.getByText('Nothing on the list yet').waitFor()
    await button(library.name).click()
    await page.getByLabel('Tracking numbers, one or many').fill('SF1\nSF2\nSF3 X9')
    await button('Add 4 parcels').click()
    await page.getByText('1 number is not announced').waitFor()
    await look('round-added-en')
    await button('Ask 3 recipients').click()
    await page.getByText('0 agreed · 3 asked · 0 declined · 0 not asked').waitFor()
    town.round = town.round.map((item, i) => ({
      ...item,
      consent: i === 0 ? ('given' as const) : ('declined' as const),
    }))
    await page.getByText('1 agreed · 0 asked · 2 declined · 0 not asked').waitFor({ timeout: 10_000 })
    await page.getByText('Wants it at the door').first().waitFor()
    await look('round-answered-en')
    await button('Remove').first().click()
    await page.getByText('0 agreed · 0 asked · 2 declined').waitFor()
    expect(errors).toEqual([])
  })
})

it.each(locales)('has nothing for axe to find in %s', async (locale) => {
  town.holds = [aHold({ state: 'held', label: 'A07' }), aHold({ state: 'waiting', size: 'XL' })]
  town.neighbours = [aNeighbour('Pier 4', {}, { addressAlias: 'Locker 12' })]
  town.round = [{ ...town.item('SF1'), consent: 'asked' }, town.item('SF2'), { ...town.item('SF3'), size: null }]
  const { page, goTo, look } = await open({ locale })
  await page.locator('.way').first().waitFor()
  await look(`home-ways-${locale}`)
  await goTo('cabinets')
  await page.locator('.hold').first().waitFor()
  await look(`cabinets-${locale}`)
  await goTo('round')
  await page.locator('.deposit').first().waitFor()
  await look(`round-${locale}`)
  await goTo(`elsewhere/${town.round[0]?.parcel}`)
  await page.locator('article').first().waitFor()
  await look(`elsewhere-${locale}`)
})
