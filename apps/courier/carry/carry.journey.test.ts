import { createHash } from 'node:crypto'
import { create } from 'qrcode'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { base64FromBytes, bytesFromBase64 } from '@holdfast/wire/bytes/base64.ts'
import { partTexts } from '@holdfast/wire/carry/parts.ts'
import { locales, startBench } from '../../kit/phone/testing/journey.testing.ts'
import type { Bench, PhoneVisit } from '../../kit/phone/testing/journey.testing.ts'
import { aTown, courierRoutes } from '../cloud.testing.ts'
import type { CourierTown } from '../cloud.testing.ts'
import { northGate } from '../../kit/phone/testing/town.testing.ts'

let bench: Bench
let town: CourierTown
beforeAll(async () => {
  bench = await startBench('courier')
})
afterAll(() => bench.stop())
beforeEach(() => {
  town = aTown()
})
afterEach(() => bench.leave())

const facts = Uint8Array.from({ length: 1_000 }, (_, i) => (i * 37) & 255)
const partsOf = (kind: 'facts' | 'ask' | 'reply', bytes: Uint8Array) =>
  partTexts(kind, bytes, new Uint8Array(createHash('sha256').update(bytes).digest()))
const codes = partsOf('facts', facts)
const question = facts.subarray(0, 700)
const answer = [...partsOf('reply', facts.subarray(0, 760))]

/** The app with its camera before the kiosk's changing codes. */
async function beforeKiosk(shown: readonly string[] = codes, locale = 'en'): Promise<PhoneVisit> {
  const visit = await bench.visit(courierRoutes(town), { locale, camera: 'wall' })
  const pictures = shown.map((text) => {
    const { modules } = create(text, { errorCorrectionLevel: 'M' })
    return { side: modules.size, dark: Array.from(modules.data, (module) => module !== 0) }
  })
  await visit.context.addInitScript(cameraBefore, pictures)
  return visit
}

it('reads the kiosk’s codes, brings them to the cloud byte for byte, and says so', async () => {
  const { page, goTo, look, errors } = await beforeKiosk()
  await goTo('me')
  await goTo('carry')
  await page.reload()
  await page.getByText('Everything has arrived').waitFor({ timeout: 60_000 })
  expect(town.carried.map(bytesFromBase64)).toEqual([facts])
  await look('carry-done-en')
  expect(errors).toEqual([])
})

it('keeps them on the phone while it has no network, over a reload, and sends them when it is back', async () => {
  town.reachable = false
  const { page, goTo, look } = await beforeKiosk()
  await goTo('carry')
  await page.reload()
  await page.getByText('1 deposit is still on this phone').waitFor({ timeout: 60_000 })
  await look('carry-waiting-en')
  await goTo('')
  await page.reload()
  await page.getByText('1 deposit is still on this phone').waitFor()
  await look('home-waiting-en')
  town.reachable = true
  await goTo('carry')
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByText('Everything has arrived').waitFor()
  expect(town.carried).toHaveLength(1)
})

it('is there after a reload with no network at all, and reads the codes before the kiosk', async () => {
  const { page, cloud, goTo, look } = await beforeKiosk()
  await goTo('me')
  await page.evaluate(async () => await navigator.serviceWorker.ready)
  cloud.stop()
  await page.evaluate(() => {
    location.hash = 'carry'
  })
  await page.reload()
  await page.getByText('1 deposit is still on this phone').waitFor({ timeout: 60_000 })
  await look('carry-without-network-en')
})

it('asks for a cabinet without network, waits for the recipient, and holds the answer before the scanner', async () => {
  town.answers = [
    { state: 'waiting', codes: [] },
    { state: 'waiting', codes: [] },
    { state: 'agreed', codes: answer },
  ]
  const { page, goTo, look, button, errors } = await beforeKiosk(partsOf('ask', question))
  await goTo('carry')
  await page.reload()
  await page.getByText('The recipient was asked').waitFor({ timeout: 60_000 })
  await look('carry-ask-waiting-en')
  await page.getByText('This parcel may go in').waitFor()
  await look('carry-ask-agreed-en')
  expect(town.asked.map(({ again }) => again)).toEqual([false, true, true])
  expect(town.asked.every(({ bytes }) => bytes === base64FromBytes(question))).toBe(true)
  await button('Read the next code').click()
  await page.locator('.hf-scan').waitFor()
  expect(errors).toEqual([])
})

it.each([
  ['zh', 'declined'],
  ['ko', 'unknown'],
] as const)('shows the answer in %s', async (locale, state) => {
  town.answers = [{ state, codes: answer }]
  const { page, goTo, look } = await beforeKiosk(partsOf('ask', question), locale)
  await goTo('carry')
  await page.reload()
  await page.locator('.carried-answer').waitFor({ timeout: 60_000 })
  await look(`carry-ask-${state}-${locale}`)
})

it.each(locales)('signs in with this phone’s own key where neither end has a network, in %s', async (locale) => {
  const { page, context, goTo, look, typeDigits, errors } = await bench.visit(courierRoutes(town), {
    locale,
    camera: 'wall',
  })
  await goTo('me')
  await expect.poll(() => town.certified).toBeGreaterThan(0)
  await context.setOffline(true)
  await goTo(`${northGate.cabinet}.${'5'.repeat(32)}`)
  await page.locator('.hf-two-digits').waitFor()
  await look(`certificate-digits-${locale}`)
  await typeDigits('42')
  await page.locator('.hf-page-foot button, footer button').first().click()
  await page.locator('.hf-hold .hf-qr').waitFor()
  await look(`certificate-hold-${locale}`)
  expect(errors.filter((error) => !error.includes('ERR_INTERNET_DISCONNECTED'))).toEqual([])
})

it.each(locales)('has nothing for axe to find in %s', async (locale) => {
  const { page, goTo, look } = await bench.visit(courierRoutes(town), { locale, camera: 'wall' })
  await goTo('carry')
  await page.locator('.hf-scan[data-state=looking]').waitFor()
  await look(`carry-${locale}`)
})

/** Runs in the page: each code for a third of a second, round and round. */
function cameraBefore(pictures: readonly { readonly side: number; readonly dark: readonly boolean[] }[]): void {
  navigator.mediaDevices.getUserMedia = async () => {
    const canvas = document.createElement('canvas')
    canvas.width = 640
    canvas.height = 640
    const paint = canvas.getContext('2d')
    let turn = 0
    setInterval(() => {
      const picture = pictures[turn % pictures.length]
      turn += 1
      if (paint === null || picture === undefined) return
      paint.fillStyle = '#fff'
      paint.fillRect(0, 0, 640, 640)
      paint.fillStyle = '#000'
      picture.dark.forEach((dark, at) => {
        if (dark) paint.fillRect(40 + (at % picture.side) * 6, 40 + Math.floor(at / picture.side) * 6, 6, 6)
      })
    }, 330)
    return canvas.captureStream(10)
  }
}
