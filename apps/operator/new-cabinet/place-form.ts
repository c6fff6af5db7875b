import { readOpening } from '@holdfast/core/tariff/opening.ts'
import { readPosition } from '@holdfast/core/values/position.ts'
import type { PlaceRequest } from '@holdfast/wire/http/desk/moving.ts'
import type { CabinetLayout } from '@holdfast/core/cabinet/layout.ts'
import type { FieldProps } from '../../kit/controls/ask/field.tsx'

const names = [
  'name',
  'siteName',
  'address',
  'zone',
  'hours',
  'retentionHours',
  'complaintPhone',
  'addressAlias',
  'directions',
  'position',
] as const
type Name = (typeof names)[number]
export type PlaceForm = Readonly<Record<Name, string>>

export const emptyForm = (): PlaceForm => ({
  name: '',
  siteName: '',
  address: '',
  zone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
  retentionHours: '24',
  complaintPhone: '',
  hours: '',
  addressAlias: '',
  directions: '',
  position: '',
})

type How = Partial<Pick<FieldProps, 'maxLength' | 'inputMode' | 'type' | 'autoFocus' | 'optional'>>

export const formFields: readonly (How & { readonly name: Name })[] = [
  { name: 'name', maxLength: 80, autoFocus: true },
  { name: 'siteName', maxLength: 80 },
  { name: 'address', maxLength: 200 },
  { name: 'zone', maxLength: 64 },
  { name: 'hours', maxLength: 200, optional: true },
  { name: 'retentionHours', maxLength: 4, inputMode: 'numeric' },
  { name: 'complaintPhone', maxLength: 32, type: 'tel' },
  { name: 'addressAlias', maxLength: 120, optional: true },
  { name: 'directions', maxLength: 200, optional: true },
  { name: 'position', maxLength: 60, optional: true },
]

const hints = ['zone', 'retentionHours', 'hours', 'addressAlias', 'directions', 'position'] as const
/** Fields that say how they are written. */
export const hinted = (name: string): name is (typeof hints)[number] => hints.some((one) => one === name)

export function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/** What the cloud would not take. */
export function wrongFields(form: PlaceForm): ReadonlySet<Name> {
  const hours = Number(form.retentionHours)
  const fits: Readonly<Record<Name, boolean>> = {
    name: form.name.trim() !== '',
    siteName: form.siteName.trim() !== '',
    address: form.address.trim() !== '',
    zone: isZone(form.zone.trim()),
    retentionHours: /^\d+$/.test(form.retentionHours.trim()) && hours >= 1 && hours <= 1440,
    hours: form.hours.trim() === '' || (form.hours.trim().length <= 200 && readOpening(form.hours).accepted),
    addressAlias: form.addressAlias.trim().length <= 120,
    directions: form.directions.trim().length <= 200,
    position: form.position.trim() === '' || readPosition(form.position) !== undefined,
    complaintPhone: /\d{3}/.test(form.complaintPhone.replaceAll(/[\s-]/g, '')),
  }
  return new Set(names.filter((name) => !fits[name]))
}

/** Of a cabinet that moves: its own name stays. */
export const wrongPlace = (form: PlaceForm): ReadonlySet<Name> =>
  new Set([...wrongFields(form)].filter((name) => name !== 'name'))

export const requestFrom = (form: PlaceForm, layout: CabinetLayout) => ({
  name: form.name.trim(),
  ...placeFrom(form),
  layout,
})

export const placeFrom = (form: PlaceForm): Omit<PlaceRequest, 'reason'> => ({
  siteName: form.siteName.trim(),
  address: form.address.trim(),
  zone: form.zone.trim(),
  retentionHours: Number(form.retentionHours),
  complaintPhone: form.complaintPhone.trim(),
  ...(form.hours.trim() === '' ? {} : { hours: form.hours.trim() }),
  ...(form.addressAlias.trim() === '' ? {} : { addressAlias: form.addressAlias.trim() }),
  ...(form.directions.trim() === '' ? {} : { directions: form.directions.trim() }),
  ...positionFrom(form),
})

function positionFrom(form: PlaceForm): Pick<PlaceRequest, 'position'> {
  const position = readPosition(form.position)
  return position === undefined ? {} : { position }
}
