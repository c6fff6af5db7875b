import { courierKioskSchema, type GrantReply, grantReply } from '@holdfast/wire/http/access.ts'
import type { ScreenOf } from '@holdfast/wire/kiosk/screens.ts'
import type { Caller } from '../../actors/caller.ts'
import { sixDigits } from '../../actors/cast.ts'
import type { KioskHands } from '../../actors/kiosk.ts'
import type { CabinetKey } from '../../plan/people.ts'
import type { Stage } from '../stage.ts'

export interface Scanned {
  readonly cabinet: string
  readonly nonce: string
  /** The two digits beside the QR, which a person types. */
  readonly number: string
}

/** What a phone's camera reads off the kiosk, and what its owner reads beside it. */
export function readQr(qr: NonNullable<ScreenOf<'code'>['qr']>): Scanned {
  const [cabinet = '', nonce = ''] = new URL(qr.text).hash.slice(1).split('.')
  return { cabinet, nonce, number: qr.number }
}

/** Everybody who still stands there has gone. */
export async function free(kiosk: KioskHands): Promise<void> {
  await kiosk.until(
    ({ screen }) => (screen.kind === 'idle' || screen.kind === 'farewell' ? true : undefined),
    'a free kiosk',
    20_000,
  )
}

/** A courier signs in by scanning the kiosk with the app and typing the number. */
export async function signInByGrant(
  { kiosks, courier }: Pick<Stage, 'kiosks' | 'courier'>,
  key: CabinetKey,
): Promise<void> {
  const kiosk = kiosks[key]
  await free(kiosk)
  await kiosk.touch({ kind: 'deliver' })
  const { qr } = await kiosk.sees('sign-in', (screen) => screen.qr !== null)
  if (qr === null) throw new Error('no QR on the sign-in screen')
  const { cabinet, nonce, number } = readQr(qr)
  const scan = await courier.ask(courierKioskSchema, 'POST /v1/courier/kiosk-scans', { cabinet, nonce })
  const carrier = scan.carriers[0]?.carrier
  const grant = await courier.ask(grantReply, 'POST /v1/courier/kiosk-sign-ins', { cabinet, nonce, number, carrier })
  if (!grant.sent) throw new Error('the grant was not sent to the cabinet')
  await kiosk.sees('scan')
}

/** By phone number and the code that the message brought. */
export async function signInByMessage({ kiosks, street, phones }: Stage, key: CabinetKey): Promise<void> {
  const kiosk = kiosks[key]
  await free(kiosk)
  await kiosk.touch({ kind: 'deliver' })
  await kiosk.sees('sign-in')
  await kiosk.touch({ kind: 'by-phone' })
  await kiosk.sees('courier-phone')
  const before = new Set(street.messages().map(({ id }) => id))
  await kiosk.touch({ kind: 'phone', phone: phones.colleague })
  await kiosk.sees('courier-code')
  const { text } = await street.message(phones.colleague, ({ id, text }) => !before.has(id) && sixDigits.test(text))
  await kiosk.touch({ kind: 'message-code', code: sixDigits.exec(text)?.[1] ?? '' })
  await kiosk.sees('scan')
}

/** The courier's door stands open: the parcel goes in and the door is pushed shut. */
export async function putIn(stage: Stage, key: CabinetKey, name: string): Promise<string> {
  const { street, kiosks } = stage
  const kiosk = kiosks[key]
  const { compartment } = await kiosk.sees('deposit-door', ({ phase }) => phase === 'open')
  const label = kiosk.labelOf(compartment)
  const thing = stage.number(name)
  await street.hand(key, label, 'put', thing)
  await street.shut(key, label)
  await kiosk.sees('deposit-door', (screen) => screen.phase === 'shut' && screen.compartment === compartment)
  stage.put.set(name, { cabinet: key, label, thing })
  return label
}

/** Scan, put in, push shut: no tap. */
export async function deposit(stage: Stage, key: CabinetKey, name: string): Promise<string> {
  await stage.street.scan(key, stage.number(name))
  return await putIn(stage, key, name)
}

/** "Done": what is behind the last door is confirmed by it. */
export async function finish({ kiosks }: Pick<Stage, 'kiosks'>, key: CabinetKey): Promise<void> {
  await kiosks[key].touch({ kind: 'finish' })
  await kiosks[key].sees('farewell')
}

/** A person whose door has opened takes the parcel out and pushes the door shut. */
export async function takeOut(stage: Stage, name: string): Promise<string> {
  const { cabinet, label, thing } = found(stage, name)
  const kiosk = stage.kiosks[cabinet]
  const { compartment } = await kiosk.sees('pickup-door', ({ phase }) => phase === 'open')
  if (kiosk.labelOf(compartment) !== label) throw new Error(`door ${kiosk.labelOf(compartment)} opened for ${label}`)
  await stage.street.hand(cabinet, label, 'take', thing)
  await stage.street.shut(cabinet, label)
  await kiosk.sees('pickup-door', ({ phase }) => phase === 'shut')
  return label
}

export function found({ put }: Pick<Stage, 'put'>, name: string) {
  const where = put.get(name)
  if (where === undefined) throw new Error(`nobody put in ${name}`)
  return where
}

export async function typeCode({ kiosks }: Pick<Stage, 'kiosks'>, key: CabinetKey, code: string): Promise<void> {
  await free(kiosks[key])
  await kiosks[key].touch({ kind: 'pick-up' })
  await kiosks[key].sees('code')
  await kiosks[key].touch({ kind: 'code', code })
}

/** The signed-in app asks for a grant over the kiosk's nonce. */
export async function askGrant(app: Caller, scanned: Scanned, deposit: string): Promise<GrantReply> {
  const { cabinet, nonce, number } = scanned
  return await app.ask(grantReply, 'POST /v1/recipient/pickup-grants', { cabinet, nonce, number, deposit })
}

/** The pickup screen with its QR, as a recipient's camera reads it. */
export async function showQr({ kiosks }: Pick<Stage, 'kiosks'>, key: CabinetKey): Promise<Scanned> {
  await free(kiosks[key])
  await kiosks[key].touch({ kind: 'pick-up' })
  const { qr } = await kiosks[key].sees('code', (screen) => screen.qr !== null)
  if (qr === null) throw new Error('no QR on the pickup screen')
  return readQr(qr)
}
