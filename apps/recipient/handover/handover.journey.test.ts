import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { locales, startBench } from '../../kit/phone/testing/journey.testing.ts'
import type { Bench, PhoneVisit, Visit } from '../../kit/phone/testing/journey.testing.ts'
import { anId, northGate } from '../../kit/phone/testing/town.testing.ts'
import { aTown, recipientRoutes } from '../cloud.testing.ts'
import type { RecipientTown } from '../cloud.testing.ts'

let bench: Bench
let town: RecipientTown
const open = (visit: Visit = {}): Promise<PhoneVisit> => bench.visit(recipientRoutes(town), visit)
const route = `take/${'a'.repeat(22)}`
const handed = {
  cabinet: anId('cabinet'),
  deposit: anId('deposit'),
  place: northGate,
  door: { compartment: anId('compartment'), label: 'C11', size: 'M' as const },
  trackingNumbers: ['SF1034567890999'],
  carrierName: '顺达速递',
}

beforeAll(async () => {
  bench = await startBench('recipient')
})
afterAll(() => bench.stop())
beforeEach(() => {
  town = aTown()
})
afterEach(() => bench.leave())

describe('a pickup handed to somebody else', () => {
  it('is a link that is sent, and taken back', async () => {
    const { page, button, look, errors } = await open()
    await button('Let somebody else collect').first().click()
    await button('Make a link').click()
    await page.getByText('Nobody has opened it yet').waitFor()
    expect(await page.locator('.handover-link').innerText()).toMatch(/\/recipient\/#take\/a{22}$/)
    await look('handover-given-en')
    await button('Take it back').click()
    await page.getByText('Nobody has opened it yet').waitFor({ state: 'detached' })
    await button('Make a link').waitFor()
    expect(errors).toEqual([])
  })

  it.each(locales)('is taken on by whoever opens it, and stands in their list, in %s', async (locale) => {
    town.received = [handed]
    const { page, look, errors } = await open({ route, locale })
    await page.getByText('C11').first().waitFor()
    await look(`handover-taken-${locale}`)
    expect(errors).toEqual([])
  })

  it('shows below one’s own parcels while it lasts', async () => {
    town.received = [handed]
    const { heading, errors } = await open()
    await heading('You collect for somebody').waitFor()
    expect(errors).toEqual([])
  })
})
