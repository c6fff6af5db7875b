import { type CabinetId, makeId } from '@holdfast/core/values/ids.ts'
import { instant } from '@holdfast/core/values/instants.ts'
import type { CabinetLayout } from '@holdfast/core/cabinet/layout.ts'
import type { FamilyName } from '@holdfast/terminal/boards/registry.ts'
import type { TownState } from '@holdfast/wire/town/town.ts'
import { libraryLayout, northGateLayout } from '../layouts.ts'

export const cabinetKeys = ['north', 'library'] as const
export type CabinetKey = (typeof cabinetKeys)[number]

export interface DemoCabinet {
  readonly key: CabinetKey
  readonly id: CabinetId
  readonly name: string
  readonly siteName: string
  readonly address: string
  readonly family: FamilyName
  readonly layout: CabinetLayout
}

/** The same ids at every start: a town that is emptied and started again is the same town. */
const cabinetId = (digit: number): CabinetId =>
  makeId('cabinet', instant(1_780_000_000_000), new Uint8Array(10).fill(digit))

export const cabinets: Readonly<Record<CabinetKey, DemoCabinet>> = {
  north: {
    key: 'north',
    id: cabinetId(17),
    name: 'North Gate',
    siteName: 'North Gate',
    address: '8 Harbour Street, by the north gate',
    family: 'xor-8a',
    layout: northGateLayout,
  },
  library: {
    key: 'library',
    id: cabinetId(34),
    name: 'Library',
    siteName: 'City Library',
    address: '21 Mill Lane, library foyer',
    family: 'modbus-relay',
    layout: libraryLayout,
  },
}

export const zone = 'Asia/Shanghai'
export const complaintPhone = '400 800 1234'
export const retentionHours = 48

export const operator = { name: 'Harbour Lockers' }
export const manager = { name: 'Ada Osei', email: 'ada@harbour.example', password: 'harbour-lights' }
/** Its code is the one that the scanner's candidates name for its labels. */
export const carrier = { code: 'sf', name: 'Swift Freight' }
export const couriers = [
  { name: 'Wang Lei', phone: '+8613900000201', locale: 'zh' },
  { name: 'Anna Berg', phone: '+8613900000202', locale: 'en' },
] as const
export const recipients = [
  { name: 'Mia Chen', phone: '+8613800000101', locale: 'en' },
  { name: 'Kim Ji-soo', phone: '+821020000102', locale: 'ko' },
  { name: 'Zhao Min', phone: '+8613800000103', locale: 'zh' },
] as const

export interface DemoLabel {
  readonly trackingNumber: string
  readonly note: string
  /** Told to the cloud when the town is started for the first time; a label without is a walk-up. */
  readonly announced?: { readonly recipient: 0 | 1 | 2; readonly size: 'S' | 'M' | 'L'; readonly cabinet?: CabinetKey }
}

export const labels: readonly DemoLabel[] = [
  {
    trackingNumber: 'SF1000000000011',
    note: 'S · Mia Chen · chose North Gate',
    announced: { recipient: 0, size: 'S', cabinet: 'north' },
  },
  {
    trackingNumber: 'SF1000000000029',
    note: 'M · Kim Ji-soo · chose Library',
    announced: { recipient: 1, size: 'M', cabinet: 'library' },
  },
  { trackingNumber: 'SF1000000000037', note: 'L · Zhao Min · no consent yet', announced: { recipient: 2, size: 'L' } },
  { trackingNumber: 'SF1000000000045', note: 'nobody announced it' },
]

/** Who may sign in where, as the town page shows it. */
export function townPeople(apiKey: string): TownState['people'] {
  const byCode = (phone: string): string => `${phone} · code arrives in the tray`
  return [
    ...couriers.map(({ name, phone }) => ({ role: 'courier', name, signIn: byCode(phone) })),
    ...recipients.map(({ name, phone }) => ({ role: 'recipient', name, signIn: byCode(phone) })),
    { role: 'manager', name: manager.name, signIn: `${manager.email} · ${manager.password}` },
    { role: 'carrier', name: carrier.name, signIn: apiKey },
  ]
}
