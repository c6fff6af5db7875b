import type { PhoneCountry } from '@holdfast/core/parcel/phone.ts'
import { after, minutes, seconds, type RunningMs } from '@holdfast/core/values/instants.ts'
import type { Dialog, Page, Sight } from './dialog.ts'

export const pageLimits = { asking: minutes(2), farewell: seconds(8) } as const

export const asking = (now: RunningMs): RunningMs => after(now, pageLimits.asking)

export const codePage = (now: RunningMs, problem: string | null = null): Page => ({
  kind: 'code',
  busy: false,
  problem,
  elsewhere: null,
  until: asking(now),
})

export const signInPage = (now: RunningMs, problem: string | null = null): Page => ({
  kind: 'sign-in',
  problem,
  until: asking(now),
})

export const at = (dialog: Dialog, page: Page): Dialog => ({ ...dialog, page })

/** Settings carry any country; core knows the numbers of some, and others are typed with their country code. */
export const countryOf = ({ settings }: Sight): PhoneCountry => {
  const wanted = settings?.defaultCountry
  return knownCountries.find((country) => country === wanted) ?? 'CN'
}
const knownCountries: readonly PhoneCountry[] = ['CN', 'DE', 'FR', 'GB', 'HK', 'JP', 'KR', 'MO', 'SG', 'TW', 'US']
