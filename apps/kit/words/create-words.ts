import { setupI18n } from '@lingui/core'
import type { Messages } from '@lingui/core'
import { isPhone, maskPhone } from '@holdfast/core/parcel/phone.ts'

/** Word id to message: text in sources and tests, compiled by `apps/build` in what ships. */
export type Catalog = Messages

export type Values = Readonly<Record<string, string | number>>

export interface Words<Id extends string = string> {
  readonly locale: string
  /** The word for `id`; `values` fill its placeholders. */
  t(id: Id, values?: Values): string
  /** The same for an id known only at run time, such as a refusal code; nothing where there is no such word. */
  readonly find: (id: string, values?: Values) => string | undefined
  readonly number: (value: number) => string
  /** `date`: 22 November 2026; `time`: 23:40; `moment`: both. In `zone` (IANA), else the device's. */
  readonly date: (at: number, form?: DateForm, zone?: string) => string
  /** Whole minor units (fen, cent, won) of an ISO 4217 currency. */
  readonly money: (minor: number, currency: string) => string
  /** '+8613812345678' shows as 138******78. */
  readonly phone: (number: string) => string
}

export type DateForm = 'date' | 'time' | 'moment' | 'day'

const dateForms: Record<DateForm, Intl.DateTimeFormatOptions> = {
  date: { dateStyle: 'long' },
  time: { timeStyle: 'short' },
  moment: { dateStyle: 'medium', timeStyle: 'short' },
  day: { weekday: 'short', month: 'short', day: 'numeric' },
}

export function createWords<Id extends string>(locale: string, catalog: Catalog): Words<Id> {
  const i18n = setupI18n({ locale, messages: { [locale]: catalog } })
  const number = new Intl.NumberFormat(locale)
  const dates = new Map<string, Intl.DateTimeFormat>()
  // Made once: a browser needs longer to make a format than to draw the row that it stands in.
  const dateFormat = (form: DateForm, zone = ''): Intl.DateTimeFormat => {
    const name = `${form} ${zone}`
    const made =
      dates.get(name) ??
      new Intl.DateTimeFormat(locale, { ...dateForms[form], ...(zone === '' ? {} : { timeZone: zone }) })
    dates.set(name, made)
    return made
  }
  const money = (minor: number, currency: string): string => {
    const format = new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' })
    return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2))
  }
  return {
    locale,
    t: (id, values) => i18n._(id, values ?? {}),
    find: (id, values) => (Object.hasOwn(catalog, id) ? i18n._(id, values ?? {}) : undefined),
    number: (value) => number.format(value),
    date: (at, form = 'moment', zone) => dateFormat(form, zone).format(at),
    money,
    phone: maskedPhone,
  }
}

/** Of an international number as core's rule says; a number that is none shows no digit, a masked one stays as it is. */
const maskedPhone = (text: string): string => {
  if (isPhone(text)) return maskPhone(text)
  return text.includes('*') ? text : text.replace(/\d/g, '*')
}
