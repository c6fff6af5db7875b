import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { type Phone, isPhone } from '@holdfast/core/parcel/phone.ts'
import { type PersonId, idToBytes } from '@holdfast/core/values/ids.ts'
import type { Locale } from '@holdfast/wire/codes/messages.ts'
import type { Seals } from '@holdfast/wire/seals/seals.ts'

export type Phones = {
  /** Undefined for what no country's plan knows. */
  readonly read: (typed: string) => Phone | undefined
  /** Only where the plan says so: many countries' numbers may be either. */
  readonly isLandline: (phone: Phone) => boolean
  /** What its owner is spoken to in until he says otherwise: at home the house's language, else his country's. */
  readonly localeOf: (phone: Phone) => Locale
  /** Finds a phone without telling it. */
  readonly key: (phone: Phone) => Uint8Array
  readonly lock: (person: PersonId, phone: Phone) => Uint8Array
  readonly unlock: (person: PersonId, locked: Uint8Array) => Phone | undefined
}

const utf8 = new TextEncoder()
const longestTyped = 32

/** Whose numbers may be typed without a country code, and the language that is spoken there. */
export type Home = { readonly defaultCountry: string; readonly defaultLocale: Locale }

export function createPhones(seals: Seals, atRest: Uint8Array, home: Home): Phones {
  const country = home.defaultCountry
  if (!isSupportedCountry(country)) throw new Error(`no phone numbers are known for country ${country}`)
  const findKey = seals.hmac(atRest, utf8.encode('people/phone-key/1'))
  const lockKey = seals.hmac(atRest, utf8.encode('people/phone-lock/1'))
  return {
    read: (typed) => readPhone(typed, country),
    localeOf: (phone) => {
      const from = parsePhoneNumberFromString(phone)?.country
      return from === country ? home.defaultLocale : languageOf(from)
    },
    isLandline: (phone) => parsePhoneNumberFromString(phone)?.getType() === 'FIXED_LINE',
    key: (phone) => seals.hmac(findKey, utf8.encode(phone)),
    lock: (person, phone) => seals.lock(lockKey, idToBytes(person), utf8.encode(phone)),
    unlock: (person, locked) => {
      const plain = seals.unlock(lockKey, idToBytes(person), locked)
      const text = plain === undefined ? '' : new TextDecoder().decode(plain)
      return isPhone(text) ? text : undefined
    },
  }
}

/** Numbers of no country, as ships and services have them, are spoken to in what most people read somewhat. */
const ofNoCountry: Locale = 'en'

/** Most people's language there, as the Unicode tables have it; one without a translator's file falls back. */
const languageOf = (country: CountryCode | undefined): Locale =>
  country === undefined ? ofNoCountry : new Intl.Locale('und', { region: country }).maximize().language

function readPhone(typed: string, country: CountryCode): Phone | undefined {
  if (typed.length > longestTyped) return undefined
  const text = typed.normalize('NFKC').replace(/^\s*00/u, '+')
  const found = parsePhoneNumberFromString(text, { defaultCountry: country, extract: false })
  return found?.isValid() === true && found.ext === undefined && isPhone(found.number) ? found.number : undefined
}
