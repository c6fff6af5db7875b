import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { locales, startBench } from '../kit/phone/testing/journey.testing.ts'
import type { Bench, PhoneVisit, Visit } from '../kit/phone/testing/journey.testing.ts'
import { anId, kioskCode, kioskNumber, northGate } from '../kit/phone/testing/town.testing.ts'
import { aDeposit, aTown, courierRoutes } from './cloud.testing.ts'
import type { CourierTown } from './cloud.testing.ts'

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

describe('the courier at a kiosk', () => {
  it('signs in by camera and the two digits, then sends parcels into the session', async () => {
    const { page, button, heading, typeDigits, look, errors } = await open()
    await button('Scan the kiosk').click()
    await heading('Type the two digits beside the QR code').waitFor({ timeout: 20_000 })
    await page.getByText('You deliver here for 顺达速递').waitFor()
    expect(await button('Sign in here').isDisabled()).toBe(true)
    await typeDigits(kioskNumber)
    await look('kiosk-typed-en')
    await button('Sign in here').click()
    await page.getByText('You are signed in').waitFor()
    await look('kiosk-in-en')
    expect(town.session).toBe(true)
    expect(errors).toEqual([])
  })

  it('chooses the carrier where there are several', async () => {
    town.carriers = [...town.carriers, { carrier: anId('carrier'), name: '白鹭物流' }]
    const { page, button, typeDigits, look } = await open({ route: `k/${kioskCode}` })
    await typeDigits(kioskNumber)
    expect(await button('Sign in here').isDisabled()).toBe(true)
    await button('白鹭物流').click()
    await look('kiosk-carriers-en')
    await button('Sign in here').click()
    await page.getByText('You are signed in').waitFor()
  })

  it('shows a grant to hold before the scanner where the cabinet is offline', async () => {
    town.online = false
    const { page, button, typeDigits, look, errors } = await open({ route: `k/${kioskCode}` })
    await typeDigits(kioskNumber)
    await button('Sign in here').click()
    await page.locator('.hf-qr').waitFor()
    await look('kiosk-hold-en')
    await button('Carry for the cabinet').click()
    await page.getByText('Point the camera at the changing code').waitFor()
    expect(errors).toEqual([])
  })

  it('says how one’s work ends where nobody can touch the screen', async () => {
    town.screenDead = true
    const { page, button, typeDigits, look } = await open({ route: `k/${kioskCode}` })
    await typeDigits(kioskNumber)
    await button('Sign in here').click()
    await page.getByText('your work ends by itself').waitFor()
    await look('kiosk-untouchable-en')
  })

  it('asks for a new scan after wrong digits', async () => {
    const { page, button, typeDigits, look } = await open({ route: `k/${kioskCode}` })
    await typeDigits('11')
    await button('Sign in here').click()
    await page.getByText('The two digits do not match').waitFor()
    await look('kiosk-wrong-en')
    await button('Scan again').click()
    await page.locator('.hf-two-digits').waitFor({ timeout: 20_000 })
  })

  it('says so where no carrier of his uses the cabinet, and where the screen has changed', async () => {
    town.carriers = []
    const { page, goTo, look } = await open({ route: `k/${kioskCode}` })
    await page.getByText('None of your carriers uses this cabinet').waitFor()
    await look('kiosk-no-carrier-en')
    await goTo(`k/${northGate.cabinet}.${'0'.repeat(32)}`)
    await page.getByText('The code on the screen has changed').waitFor()
    await look('kiosk-stale-en')
  })

  it('goes on there after a sign-in that the kiosk’s link asked for', async () => {
    const { signIn, heading, errors } = await open({ route: `k/${kioskCode}`, signedIn: false })
    await signIn()
    await heading('Type the two digits beside the QR code').waitFor()
    expect(errors).toEqual([])
  })
})

describe('scanning parcels with the phone', () => {
  it('loses nothing: typed without a session, sent after the sign-in', async () => {
    const { page, button, goTo, typeDigits, look } = await open({ route: 'parcels', camera: 'wall' })
    await page.getByLabel(/Or type the number/).fill('SF1034567890123')
    await button('Send').click()
    await page.getByText('You are not signed in at a cabinet').waitFor()
    await look('parcels-refused-en')
    await goTo(`k/${kioskCode}`)
    await typeDigits(kioskNumber)
    await button('Sign in here').click()
    await button('Scan parcels').click()
    await button('Try again').click()
    await page.getByText('At the kiosk. Look at its screen.').waitFor()
    expect(town.scans).toEqual(['SF1034567890123'])
    await look('parcels-sent-en')
    const picture = { name: 'inside.png', mimeType: 'image/png', buffer: await page.screenshot() }
    await page.getByLabel('Take a picture of the inside').setInputFiles(picture)
    await page.getByText('The kiosk has your picture').waitFor()
    expect(town.pictures.map((jpeg) => jpeg.slice(0, 3))).toEqual(['_9j'])
    await look('parcels-picture-en')
  })

  it('keeps a scan through a broken network and sends it under its first key', async () => {
    town.session = true
    const { page, context, cloud, button } = await open({ route: 'parcels', camera: 'wall' })
    await page.getByLabel(/Or type the number/).fill('JD00112233445')
    await context.setOffline(true)
    await button('Send').click()
    await page.getByText('No connection').waitFor()
    await context.setOffline(false)
    await button('Try again').click()
    await page.getByText('At the kiosk. Look at its screen.').waitFor()
    expect(town.scans).toEqual(['JD00112233445'])
    expect(cloud.calls.filter(({ at }) => at === 'POST /v1/courier/scans')).toHaveLength(1)
  })

  it('takes the kiosk’s own code for what it is', async () => {
    const { heading } = await open({ route: 'parcels' })
    await heading('Type the two digits beside the QR code').waitFor({ timeout: 20_000 })
  })

  it('lets one remove what is not to be sent', async () => {
    const { page, button } = await open({ route: 'parcels', camera: 'denied' })
    await page.getByLabel(/Or type the number/).fill('WRONG1')
    await button('Send').click()
    await button('Remove').click()
    await page.getByText('WRONG1').waitFor({ state: 'detached' })
    await page.getByText('Hold a label before the camera').waitFor()
  })
})

describe('the courier’s lists', () => {
  it('put those not reached on top and lead there from the start', async () => {
    const { page, button, heading, errors } = await open()
    await page.getByText('1 recipient was not reached').waitFor()
    await button('See which').click()
    await heading('1 recipient was not reached').waitFor()
    expect(await page.locator('.deposit').first().innerText()).toContain('EA123456789CN')
    expect(errors).toEqual([])
  })

  it('name doors to empty, stop by stop', async () => {
    const { page } = await open({ route: 'recalls' })
    await page.getByText('City Library').waitFor()
    const labels = await page.locator('.hf-door [aria-hidden]').allInnerTexts()
    expect(labels).toEqual(['A02', 'A10', 'B01'])
  })

  it('stay on screen in a tunnel and come back by themselves', async () => {
    const { page, context, look } = await open({ route: 'recalls' })
    await page.getByText('City Library').waitFor()
    await context.setOffline(true)
    await page.getByRole('link', { name: 'Today' }).click()
    await page.getByText('No connection').waitFor()
    await page.getByRole('link', { name: 'Take out' }).click()
    await page.getByText('City Library').waitFor()
    await look('offline-en')
    await context.setOffline(false)
    await page.getByRole('link', { name: 'Today' }).click()
    await page.getByText('EA123456789CN').waitFor()
  })
})

describe('a recipient who does not know', () => {
  it('is told by the right number, from a sheet that the list behind does not disturb', async () => {
    town.deposits = [aDeposit({ notice: 'sent', madeAt: Date.now() }), ...town.deposits.slice(1)]
    const { page, button, cloud, errors } = await open({ route: 'today' })
    await button('Door B05: correct or send again').click()
    await page.getByLabel('A digit was wrong').check()
    await page.getByLabel('The right phone number').fill('abcdef')
    const asked = cloud.calls.length
    await button('Use this number').click()
    await page.getByText('This phone number cannot be read').waitFor()
    const looked = (): number => cloud.calls.slice(asked).filter(({ at }) => at.endsWith('/deposits')).length
    await expect.poll(looked, { timeout: 10_000 }).toBeGreaterThan(0)
    expect(await page.getByLabel('The right phone number').inputValue()).toBe('abcdef')
    await page.getByLabel('The right phone number').fill('139 0000 0001')
    await button('Use this number').click()
    await page.getByText('The old code is dead').waitFor()
    await button('Done').click()
    await page.getByText('1 recipient was not reached').waitFor({ state: 'detached' })
    expect(errors.filter((error) => !/400/.test(error))).toEqual([])
  })

  it('is sent the message again', async () => {
    const { page, button, errors } = await open({ route: 'today' })
    await button('Door A07: correct or send again').click()
    await page.getByLabel('The recipient asked').check()
    await button('Send the message again').click()
    await page.getByText('is on its way again').waitFor()
    expect(errors).toEqual([])
  })

  it.each(locales)('has a sheet that axe finds nothing in, in %s', async (locale) => {
    town.deposits = [...town.deposits, aDeposit({ notMine: true })]
    town.outlook = 'spare'
    const { page, look } = await open({ locale, route: 'today' })
    await page.locator('.deposit-missed .hf-button').first().click()
    await page.locator('dialog input[type=tel]').waitFor()
    await look(`amend-${locale}`)
    await page.locator('dialog input[type=radio]').first().check()
    await page.locator('dialog input[type=tel]').fill('13900000001')
    await look(`amend-why-${locale}`)
    await page.locator('dialog .hf-button-main').click()
    await page.locator('dialog .hf-banner').waitFor()
    await look(`amended-${locale}`)
  })
})

describe('the courier himself', () => {
  it('changes the language, sees his carriers and signs out', async () => {
    const { page, button, errors } = await open({ route: 'me' })
    await page.getByText('西湖网点').waitFor()
    await button('한국어').click()
    await page.getByText('소속 택배사').waitFor()
    await button('English').click()
    await button('Sign out').click()
    await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click()
    await page.getByLabel('Your mobile number').waitFor()
    expect(errors).toEqual([])
  })
})

describe('every screen of the courier', () => {
  const screens = [
    ['home', '', '.way'],
    ['today', 'today', '.deposit'],
    ['recalls', 'recalls', '.deposit'],
    ['me', 'me', '.hf-card'],
    ['scan', 'scan', '.hf-scan[data-state=looking]'],
    ['parcels', 'parcels', '.hf-scan[data-state=looking]'],
    ['kiosk', `k/${kioskCode}`, '.hf-two-digits'],
  ] as const

  it.each(locales)('has nothing for axe to find in %s', async (locale) => {
    const { page, goTo, look, errors } = await open({ locale, camera: 'wall' })
    for (const [name, route, sign] of screens) {
      await goTo(route)
      await page.locator(sign).first().waitFor()
      await look(`${name}-${locale}`)
    }
    expect(errors).toEqual([])
  })

  it.each(locales)('has nothing for axe to find at the sign-in and on empty lists in %s', async (locale) => {
    town.deposits = []
    town.recalls = []
    const { page, goTo, button, look } = await open({ locale })
    for (const name of ['today', 'recalls']) {
      await goTo(name)
      await page.locator('.hf-empty').waitFor()
      await look(`${name}-empty-${locale}`)
    }
    await goTo('me')
    await page.locator('.hf-button-danger').first().click()
    await page.locator('dialog .hf-button-danger').click()
    await page.locator('.hf-sign-in').waitFor()
    await button('English').waitFor()
    await look(`sign-in-${locale}`)
  })

  it('gives gloves 48 px and more', async () => {
    const { page } = await open()
    await page.locator('.way').first().waitFor()
    const small = await page.locator('button:visible, a:visible').evaluateAll((targets) =>
      targets
        .map((target) => ({ words: target.textContent, box: target.getBoundingClientRect() }))
        .filter(({ box }) => box.height < 48 || box.width < 48)
        .map(({ words }) => words),
    )
    expect(small).toEqual([])
  })

  it('looks sane on a desk', async () => {
    const { page, look } = await open({ desk: true })
    await page.locator('.way').first().waitFor()
    await look('desk-en')
  })
})
