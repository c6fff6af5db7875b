import { courierKioskSchema, grantReply } from '@holdfast/wire/http/access.ts'
import { readCode } from '../../browser/reader.testing.ts'
import type { CabinetKey } from '../plan/people.ts'
import type { Stage } from '../tour/stage.ts'
import type { Watched } from './town.testing.ts'

/** What a camera reads off the screen, and the two digits beside it. */
export async function readScreenQr({ page }: Watched): Promise<{ readonly text: string; readonly number: string }> {
  const number = await page.locator('.scan-panel-number').innerText({ timeout: 20_000 })
  const text = await readCode(await page.locator('.hf-qr').screenshot())
  if (text === undefined) throw new Error('no QR can be read off the screen')
  return { text, number: number.replaceAll(/\D/g, '') }
}

/** The courier touches Deliver, scans the screen with the app, and types its two digits there. */
export async function courierApproves({ courier }: Stage, screen: Watched): Promise<void> {
  await screen.press('Deliver')
  const { text, number } = await readScreenQr(screen)
  const [cabinet = '', nonce = ''] = new URL(text).hash.slice(1).split('.')
  const seen = await courier.ask(courierKioskSchema, 'POST /v1/courier/kiosk-scans', { cabinet, nonce })
  const carrier = seen.carriers[0]?.carrier
  await courier.ask(grantReply, 'POST /v1/courier/kiosk-sign-ins', { cabinet, nonce, number, carrier })
  await screen.page.getByRole('heading', { name: 'Scan a parcel' }).waitFor({ timeout: 20_000 })
}

/** The label of the door that the screen says is open; not the one before it. */
export async function doorOnScreen({ page }: Watched, not = ''): Promise<string> {
  const heading = page.getByRole('heading', { name: /^Door [AB]\d\d is open$/ })
  await page.waitForFunction(
    (before) => {
      const text = [...document.querySelectorAll('h1, h2')].map(({ textContent }) => textContent ?? '').join('\n')
      const label = /Door ([AB]\d\d) is open/.exec(text)?.[1]
      return label !== undefined && label !== before
    },
    not,
    { timeout: 20_000 },
  )
  return /Door ([AB]\d\d)/.exec(await heading.first().innerText())?.[1] ?? ''
}

/** On the keypad of the screen: each key as soon as it may be touched. */
export async function touchDigits({ page }: Watched, digits: string): Promise<void> {
  const keys = page.locator('.hf-keypad')
  for (const digit of digits) await keys.getByRole('button', { name: digit, exact: true }).click()
}

interface Hands {
  readonly put?: string
  readonly take?: string
}

export async function shut(
  { street }: Stage,
  key: CabinetKey,
  label: string,
  { put, take }: Hands = {},
): Promise<void> {
  if (put !== undefined) await street.hand(key, label, 'put', put)
  if (take !== undefined) await street.hand(key, label, 'take', take)
  await street.shut(key, label)
}
