import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { locales, startBench } from '../../kit/phone/testing/journey.testing.ts'
import type { Bench, PhoneVisit, Visit } from '../../kit/phone/testing/journey.testing.ts'
import { library, northGate } from '../../kit/phone/testing/town.testing.ts'
import { aHold, aTown, courierRoutes } from '../cloud.testing.ts'
import type { CourierTown } from '../cloud.testing.ts'

let bench: Bench
let town: CourierTown
const open = (visit: Visit = {}): Promise<PhoneVisit> => bench.visit(courierRoutes(town), visit)

beforeAll(async () => {
  bench = await startBench('courier')
})
afterAll(() => bench.stop())
beforeEach(() => {
  town = aTown()
})
afterEach(() => bench.leave())

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

describe('the list of the morning', () => {
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
})
