import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { clippedText } from '../../tools/browser/clipped.ts'
import { locales, startBench } from '../kit/phone/testing/journey.testing.ts'
import type { Bench, PhoneVisit, Visit } from '../kit/phone/testing/journey.testing.ts'
import { kioskCode, kioskLink, kioskNumber, messageCode } from '../kit/phone/testing/town.testing.ts'
import { aMessage, aTown, recipientRoutes } from './cloud.testing.ts'
import type { RecipientTown } from './cloud.testing.ts'

let bench: Bench
let town: RecipientTown
const open = (visit: Visit = {}): Promise<PhoneVisit> => bench.visit(recipientRoutes(town), visit)

beforeAll(async () => {
  bench = await startBench('recipient')
})
afterAll(() => bench.stop())
beforeEach(() => {
  town = aTown()
})
afterEach(() => bench.leave())

describe('the recipient’s first view', () => {
  it('weighs at most 60 kB, all files of it together', async () => {
    const { page, heading } = await open()
    const asked: string[] = []
    page.on('request', (request) => asked.push(new URL(request.url()).pathname))
    await page.reload()
    await heading('2 doors wait for you').waitFor()
    const files = asked.filter((path) => path.startsWith('/recipient/')).map((path) => path.slice(11) || 'index.html')
    const bytes = files.map((file) => gzipSync(readFileSync(join(bench.built, file))).length)
    expect(files.filter((file) => file.endsWith('.js')).length).toBeGreaterThan(1)
    expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(60_000)
    expect(readdirSync(join(bench.built, 'assets')).some((file) => file.endsWith('.woff2'))).toBe(false)
  })

  it('shows the code at once, copies it and asks for a new one', async () => {
    const { page, button, errors } = await open()
    await page.getByText('Code 0 4 8 2 1 5 9 3 7').waitFor()
    await button('Copy code').first().click()
    await button('Copied').waitFor()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('730006128')
    await button('New code').first().click()
    await page.getByText('A new code is being drawn').waitFor()
    expect(errors).toEqual([])
  })

  it.each(locales)('holds at twice the text size in %s', async (locale) => {
    const { page } = await open({ locale })
    await page.evaluate(() => {
      document.documentElement.style.fontSize = '200%'
    })
    expect(await clippedText(page)).toEqual([])
  })

  it('has the code sent again, and says when that was a moment ago', async () => {
    const { page, button, errors } = await open()
    await button('Send the code again').first().click()
    await page.getByText('is on its way again').waitFor()
    town.toldAlready = true
    await button('Send the code again').last().click()
    await page.getByText('The code was sent a moment ago').waitFor()
    expect(errors.filter((error) => !/429/.test(error))).toEqual([])
  })

  it.each(locales)('disowns a parcel after one question, and says what became of it in %s', async (locale) => {
    const { page, look, errors } = await open({ locale })
    await page.locator('button.complain').first().click()
    await page.locator('dialog .hf-button-danger').waitFor()
    await look(`not-mine-${locale}`)
    await page.locator('dialog .hf-button-danger').click()
    await page.locator('dialog .hf-banner-safe').waitFor()
    await look(`not-mine-said-${locale}`)
    await page.locator('dialog .hf-button-main').click()
    await page.locator('.waiting').nth(1).waitFor({ state: 'detached' })
    expect(await page.locator('.waiting').count()).toBe(1)
    expect(errors).toEqual([])
  })

  it.each(locales)('marks a new message and shows it, in %s', async (locale) => {
    town.messages = [aMessage(), aMessage({ isRead: true, at: aMessage().at - 86_400_000 })]
    const { page, look, goTo, errors } = await open({ locale })
    await page.locator('.inbox-link-new').waitFor()
    await look(`inbox-new-${locale}`)
    await page.locator('.inbox-link').click()
    await page.locator('.letter-new').waitFor()
    await look(`inbox-${locale}`)
    await expect.poll(() => town.messages.every(({ isRead }) => isRead)).toBe(true)
    town.messages = []
    await goTo('')
    await page.locator('.inbox-link').click()
    await page.locator('.hf-empty').waitFor()
    await look(`inbox-none-${locale}`)
    expect(errors).toEqual([])
  })

  it('agrees to a locker and changes its mind', async () => {
    const { page, button, errors } = await open()
    await button('Yes, in a locker').click()
    await page.getByText('You agreed to a locker.').waitFor()
    await button('Change').click()
    await button('No, to my door').click()
    await page.getByText('It is brought to your door.').waitFor()
    expect(errors).toEqual([])
  })

  it('keeps the code on screen without a connection and comes back by itself', async () => {
    const { page, context, heading, look } = await open()
    await heading('2 doors wait for you').waitFor()
    await context.setOffline(true)
    await page.evaluate(() => dispatchEvent(new Event('online')))
    await page.getByText('No connection').waitFor()
    await page.getByText('Code 0 4 8 2 1 5 9 3 7').waitFor()
    await look('offline-en')
    await context.setOffline(false)
    await page.getByText('No connection').waitFor({ state: 'detached' })
  })
})

describe('signing in', () => {
  it('says what is wrong with a number or a code, and keeps what was typed', async () => {
    const { page, button, heading, look, errors } = await open({ signedIn: false })
    const number = page.getByLabel('Your mobile number')
    await number.fill('123')
    await button('Send me a code').click()
    await page.getByRole('alert').filter({ hasText: 'cannot be read' }).waitFor()
    await number.fill('138 1234 5699')
    await button('Send me a code').click()
    await page.getByRole('alert').filter({ hasText: 'Too many codes' }).waitFor()
    await number.fill('138 1234 5678')
    await button('Send me a code').click()
    await page.getByLabel('Six digits').fill('111111')
    await page.getByRole('alert').filter({ hasText: 'newest message' }).waitFor()
    expect(await button(/Send again in/).isDisabled()).toBe(true)
    await look('sign-in-wrong-en')
    await button('Change number').click()
    expect(await number.inputValue()).toBe('138 1234 5678')
    expect(await page.getByText('You have been signed out').count()).toBe(0)
    await button('Send me a code').click()
    await page.getByText('Another message').waitFor()
    await page.getByLabel('Six digits').fill(messageCode)
    await heading('2 doors wait for you').waitFor()
    expect(errors.filter((error) => !/400|401|429/.test(error))).toEqual([])
  })

  it('leads on to the kiosk whose link was opened', async () => {
    const { signIn, heading, errors } = await open({ route: kioskCode, signedIn: false })
    await signIn()
    await heading('Your 2 doors here').waitFor()
    expect(errors).toEqual([])
  })

  it('is asked for again when the session has ended, and leads back', async () => {
    const { page, context, button, signIn } = await open()
    await context.clearCookies()
    await page.reload()
    await page.getByText('You have been signed out').waitFor()
    await signIn()
    await button('Copy code').first().waitFor()
  })
})

describe('picking up by phone', () => {
  it('opens door after door by camera and the two digits of the screen', async () => {
    const { page, button, heading, typeDigits, look, errors } = await open()
    await button(/Pick up by phone/).click()
    await heading('Your 2 doors here').waitFor({ timeout: 20_000 })
    expect(await button('Open door A07').isDisabled()).toBe(true)
    await typeDigits(kioskNumber)
    await look('pickup-en')
    await button('Open door A07').click()
    await page.getByText('Door A07 is opening').waitFor()
    await look('pickup-opened-en')
    await button('Next: open door B03').click()
    await page.getByText('Door B03 is opening').waitFor()
    await look('pickup-last-en')
    await button('All done').click()
    await heading('2 doors wait for you').waitFor()
    expect(errors).toEqual([])
  })

  it('shows a grant to hold before the scanner where the cabinet is offline', async () => {
    town.online = false
    const { page, button, typeDigits, look, errors } = await open({ route: `k/${kioskCode}` })
    await page.getByText('This cabinet is offline').waitFor()
    await typeDigits(kioskNumber)
    await button('Open door A07').click()
    await page.locator('.hf-qr').waitFor()
    await look('pickup-hold-en')
    expect(errors).toEqual([])
  })

  it('asks for a new scan after wrong digits', async () => {
    const { page, button, typeDigits, look } = await open({ route: `k/${kioskCode}` })
    await typeDigits('11')
    await button('Open door A07').click()
    await page.getByText('The two digits do not match').waitFor()
    await look('pickup-wrong-en')
    await button('Scan again').click()
    await page.locator('.hf-two-digits').waitFor({ timeout: 20_000 })
  })

  it('tries the same door again after the network broke', async () => {
    const { page, context, button, typeDigits } = await open({ route: `k/${kioskCode}` })
    await typeDigits(kioskNumber)
    await context.setOffline(true)
    await button('Open door A07').click()
    await page.getByText('No connection').waitFor()
    await context.setOffline(false)
    await button('Open door A07').click()
    await page.getByText('Door A07 is opening').waitFor()
  })

  it('says so where nothing waits in this cabinet', async () => {
    town.lists = { ...town.lists, waiting: [] }
    const { page, look } = await open({ route: `k/${kioskCode}` })
    await page.getByText('Nothing of yours is in this cabinet').waitFor()
    await look('pickup-nothing-en')
  })

  it('finds the kiosk by a pasted link where the camera is forbidden', async () => {
    const { page, button, heading, look } = await open({ route: 'scan', camera: 'denied' })
    await page.getByText('The camera is not allowed').waitFor()
    await page.getByText('The camera does not work?').click()
    await page.getByLabel('Link from the QR code').fill('nonsense')
    await button('Next').click()
    await page.getByText('This is not the link of a kiosk').waitFor()
    await look('scan-denied-en')
    await page.getByLabel('Link from the QR code').fill(kioskLink)
    await button('Next').click()
    await heading('Your 2 doors here').waitFor()
  })
})

describe('the recipient’s settings', () => {
  it('save wishes at once and sign out after asking', async () => {
    const { page, button, heading, look, errors } = await open({ route: 'settings' })
    await page.getByRole('switch', { name: /reach sitting/ }).click()
    await page.getByText('Saved').waitFor()
    expect(town.me.lowDoor).toBe(true)
    await button('한국어').click()
    await heading('설정').waitFor()
    await expect.poll(() => town.me.locale).toBe('ko')
    await button('English').click()
    await button('Sign out').click()
    await look('sign-out-en')
    await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click()
    await page.getByLabel('Your mobile number').waitFor()
    expect(errors).toEqual([])
  })
})

describe('every screen of the recipient', () => {
  it.each(locales)('has nothing for axe to find in %s', async (locale) => {
    const { page, goTo, look, errors } = await open({ locale, camera: 'wall' })
    await page.locator('.hf-code').first().waitFor()
    await look(`parcels-${locale}`)
    await goTo('settings')
    await page.getByRole('switch').first().waitFor()
    await look(`settings-${locale}`)
    await goTo('scan')
    await page.locator('.hf-scan[data-state=looking]').waitFor()
    await look(`scan-${locale}`)
    await goTo(`k/${kioskCode}`)
    await page.locator('.hf-two-digits').waitFor()
    await look(`kiosk-${locale}`)
    town.lists = { waiting: [], expected: town.lists.expected, past: town.lists.past }
    await goTo('')
    await page.locator('.hf-empty').waitFor()
    await look(`expected-${locale}`)
    town.lists = { waiting: [], expected: [], past: [] }
    await page.reload()
    await page.locator('.hf-empty').waitFor()
    await look(`empty-${locale}`)
    expect(errors).toEqual([])
  })

  it.each(locales)('has nothing for axe to find at the sign-in in %s', async (locale) => {
    const { look } = await open({ signedIn: false, locale })
    await look(`sign-in-${locale}`)
  })

  it('looks sane on a desk', async () => {
    const { page, look } = await open({ desk: true })
    await page.locator('.hf-code').first().waitFor()
    await look('desk-en')
  })
})
