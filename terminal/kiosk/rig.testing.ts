import { nth, sixDoors } from '@holdfast/core/cabinet/laws/scene.testing.ts'
import { readId, type CompartmentId, type DepositId } from '@holdfast/core/values/ids.ts'
import type { Card, Settings } from '@holdfast/wire/cabinet/desired.ts'
import type { Touch } from '@holdfast/wire/kiosk/inputs.ts'
import type { Broken } from '@holdfast/wire/kiosk/show.ts'
import type { Screen, ScreenKind, ScreenOf } from '@holdfast/wire/kiosk/screens.ts'
import { createFakeClock } from '../boards/line/clock.fake.ts'
import { silentLog } from '../platform/log.ts'
import { createDesk } from './desk.ts'
import { createFakeLoop } from './fake-loop.testing.ts'

export const carrier = nth('carrier', 1)
export const otherCarrier = nth('carrier', 2)
export const person = nth('person', 1)
export const recipientPhone = '13800138000'

export const settings: Settings = {
  siteName: 'North Gate',
  address: '1 Harbour Road',
  operatorName: 'Demo',
  complaintPhone: '400-000-1234',
  retentionHours: 24,
  defaultCountry: 'CN',
  locales: ['zh', 'en', 'ko'],
  phoneOrigin: 'https://parcels.example',
  carriers: [
    { id: carrier, code: 'sf-express', name: 'SF' },
    { id: otherCarrier, code: 'zto', name: 'ZTO' },
  ],
  salt: 'salt',
}

/** What the tests' terminal says instead of a hash. */
export const digest = (of: string, number: string): string => `${of}/${number}`

export const cardFor = (number: string, change: Partial<Card> = {}): Card => ({
  parcel: digest(carrier, number),
  carrier,
  size: 'S',
  box: null,
  lowDoor: false,
  locale: 'zh',
  recipient: null,
  tail: '8000',
  consent: { kind: 'parcel', ref: 'con_1' },
  declared: { freshFood: false, valuables: false, agreement: false },
  version: 1,
  ...change,
})

/** A conversation on the real rules, with a clock that a test turns. */
export function createKioskRig() {
  const clock = createFakeClock()
  const loop = createFakeLoop({ layout: sixDoors, clock, settings })
  const broken: Broken[] = []
  const desk = createDesk({ loop, clock, digest, broken: () => [...broken], changed: () => {}, log: silentLog })
  const screen = (): Screen => desk.show().screen
  const on = <Kind extends ScreenKind>(kind: Kind): ScreenOf<Kind> => {
    const shown = screen()
    if (!isOf(shown, kind)) throw new Error(`expected ${kind}, found ${JSON.stringify(shown)}`)
    return shown
  }
  const touch = (input: Touch): boolean => desk.touch(desk.show().n, input)
  const doorOf = (): CompartmentId => {
    const shown = screen()
    const door = 'compartment' in shown ? readId('compartment', shown.compartment) : undefined
    if (door === undefined) throw new Error(`no door on ${shown.kind}`)
    return door
  }
  const signIn = (): void => desk.scanned(`HF1:sign-in:${person}:${carrier}`)
  /** Scans a carded parcel, puts it in and shuts the door. */
  const put = async (number: string, change: Partial<Card> = {}): Promise<DepositId> => {
    loop.cardsHere.set(digest(carrier, number), cardFor(number, change))
    desk.scanned(number)
    await clock.advance(1_000)
    const { session } = loop.cabinet()
    const deposit = session?.kind === 'courier' ? session.deposit : null
    if (deposit === null) throw new Error('nothing in hand')
    loop.shut(doorOf())
    await clock.advance(100)
    return deposit
  }
  /** A cabinet with one parcel in it and nobody before it. */
  const stored = async (number = 'SF1234567890123'): Promise<DepositId> => {
    signIn()
    const deposit = await put(number)
    touch({ kind: 'finish' })
    await clock.advance(9_000)
    return deposit
  }
  return { clock, loop, broken, desk, screen, on, touch, doorOf, signIn, put, stored }
}

export type KioskRig = ReturnType<typeof createKioskRig>

const isOf = <Kind extends ScreenKind>(screen: Screen, kind: Kind): screen is ScreenOf<Kind> => screen.kind === kind
