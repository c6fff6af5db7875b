import { describe, expect, it } from 'vitest'
import { readPhone } from '@holdfast/core/parcel/phone.ts'
import { createStandInSeals } from '@holdfast/wire/seals/stand-in.ts'
import { phone } from '../people.testing.ts'
import { createPhones } from './phones.ts'

const seals = createStandInSeals(5)
const phonesOf = (defaultCountry: string, defaultLocale: string) =>
  createPhones(seals, seals.random(32), { defaultCountry, defaultLocale })
const china = phonesOf('CN', 'zh')

describe('the language of a phone that never chose one', () => {
  it.each([
    ['a mobile at home', '+8613812345678', 'zh'],
    ['a landline at home', '+861065551234', 'zh'],
    ['Korea', '+821012345678', 'ko'],
    ['Hong Kong', '+85291234567', 'zh'],
    ['Taiwan', '+886912345678', 'zh'],
    ['Vietnam', '+84912345678', 'vi'],
    ['Britain', '+447400123456', 'en'],
    ['the United States', '+12015550123', 'en'],
    ['Germany', '+4915112345678', 'de'],
    ['Japan', '+819012345678', 'ja'],
    ['no country at all', '+80012345678', 'en'],
  ])('%s: %s is spoken to in %s', (_, number, locale) => {
    expect(china.localeOf(phone(number))).toBe(locale)
  })

  it('is the house’s own at home, whatever the country speaks', () => {
    const hotel = phonesOf('KR', 'en')
    expect(hotel.localeOf(phone('+821012345678'))).toBe('en')
    expect(hotel.localeOf(phone('+8613812345678'))).toBe('zh')
  })
})

describe('a landline', () => {
  it.each([
    ['+861065551234', true],
    ['+8613812345678', false],
    ['+8225551234', true],
    ['+821012345678', false],
    ['+442079460018', true],
    ['+447400123456', false],
    // Either, by the plan: it may well take texts.
    ['+12015550123', false],
    ['+84241234567', false],
  ])('%s: %j', (number, is) => {
    expect(china.isLandline(phone(number))).toBe(is)
  })
})

describe('a landline typed at a kiosk', () => {
  it.each([
    ['CN', '0571-88888888'],
    ['CN', '010-6555-1234'],
    ['KR', '02-2555-1234'],
    ['KR', '031-255-1234'],
    ['JP', '03-3210-1234'],
    ['GB', '020 7946 0018'],
    ['DE', '030 123456'],
    ['FR', '01 42 68 53 00'],
    ['TW', '02 2345 6789'],
    ['HK', '2345 6789'],
    ['MO', '2833 1234'],
    ['SG', '6123 4567'],
  ] as const)('in %s as %s is read there as it is here, and rung up', (country, typed) => {
    const phones = phonesOf(country, 'en')
    const reading = readPhone(typed, country)
    if (!reading.accepted) throw new Error(reading.refusal)
    expect([phones.read(typed), phones.isLandline(reading.phone)]).toEqual([reading.phone, true])
  })
})

describe('a phone as typed', () => {
  it.each([
    ['138 1234 5678', '+8613812345678'],
    ['010-6555-1234', '+861065551234'],
    ['0082 10 1234 5678', '+821012345678'],
    ['＋８２ １０ １２３４ ５６７８', '+821012345678'],
    ['+44 7400 123456', '+447400123456'],
    ['12345', undefined],
    ['+8613812345678 ext. 5', undefined],
    ['call me', undefined],
    ['1'.repeat(33), undefined],
  ])('%j is %s', (typed, read) => {
    expect(china.read(typed)).toBe(read)
  })

  it('is locked for one person, and opens for no other', () => {
    const [ann, ben] = [1, 2].map((n) => `per_0${'0'.repeat(24)}${n}` as never)
    const locked = china.lock(ann as never, phone('+8613812345678'))
    expect(china.unlock(ann as never, locked)).toBe('+8613812345678')
    expect(china.unlock(ben as never, locked)).toBeUndefined()
  })

  it('belongs to a country that the library knows', () => {
    expect(() => phonesOf('XX', 'en')).toThrow('no phone numbers are known for country XX')
  })
})
