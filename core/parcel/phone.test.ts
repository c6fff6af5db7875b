import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isPhone, lastFour, maskPhone, type Phone, type PhoneCountry, readPhone } from './phone.ts'

function phone(text: string): Phone {
  if (!isPhone(text)) throw new Error(`not E.164: ${text}`)
  return text
}
const read = (typed: string, country: PhoneCountry = 'CN'): string => {
  const reading = readPhone(typed, country)
  return reading.accepted ? reading.phone : reading.refusal
}

describe('reads what people type', () => {
  it.each([
    ['13812345678', 'CN', '+8613812345678'],
    [' 138 1234 5678 ', 'CN', '+8613812345678'],
    ['138-1234-5678', 'CN', '+8613812345678'],
    [`13812345678${' '.repeat(53)}`, 'CN', '+8613812345678'],
    ['１３８１２３４５６７８', 'CN', '+8613812345678'],
    ['＋８６ 138 1234 5678', 'CN', '+8613812345678'],
    ['0086 13812345678', 'KR', '+8613812345678'],
    ['8613812345678', 'CN', '+8613812345678'],
    ['010-1234-5678', 'KR', '+821012345678'],
    ['+82 10 1234 5678', 'CN', '+821012345678'],
    ['+82 (0)10 1234 5678', 'CN', '+821012345678'],
    ['011 234 5678', 'KR', '+82112345678'],
    ['07911 123456', 'GB', '+447911123456'],
    ['(212) 555-0123', 'US', '+12125550123'],
    ['0912 345 678', 'TW', '+886912345678'],
    ['9123 4567', 'SG', '+6591234567'],
    ['+66 81 234 5678', 'CN', '+66812345678'],
    ['+66 812345', 'CN', '+66812345'],
    ['0571-88888888', 'CN', '+8657188888888'],
    ['+86 0571 88888888', 'CN', '+8657188888888'],
    ['+86 571 88888888', 'KR', '+8657188888888'],
    ['010-6555-1234', 'CN', '+861065551234'],
    ['02-2555-1234', 'KR', '+82225551234'],
    ['031-255-1234', 'KR', '+82312551234'],
    ['03-3210-1234', 'JP', '+81332101234'],
    ['020 7946 0018', 'GB', '+442079460018'],
    ['030 123456', 'DE', '+4930123456'],
    ['01 42 68 53 00', 'FR', '+33142685300'],
    ['02 2345 6789', 'TW', '+886223456789'],
    ['2345 6789', 'HK', '+85223456789'],
    ['2833 1234', 'MO', '+85328331234'],
    ['6123 4567', 'SG', '+6561234567'],
    ['+65 6123 4567', 'CN', '+6561234567'],
  ] as const)('%j in %s is %s', (typed, country, expected) => {
    expect(read(typed, country)).toBe(expected)
  })
})

describe('refuses what cannot be a phone', () => {
  it.each([
    '',
    '1',
    '1381234567',
    '138123456789',
    '8612345678901',
    '12812345678',
    '57188888888',
    '0571-888888',
    '13812345678#12',
    '138abcd5678',
    '+999 1234 5678',
    '+210 1234 5678',
    '+86 0571 888888',
    '+66',
    '+66 81234',
    '+7 812345',
    '📱13812345678',
    '+'.repeat(20),
    '1'.repeat(300),
    `13812345678${' '.repeat(54)}`,
  ])('%j', (typed) => {
    expect(read(typed)).toBe('phone-unreadable')
  })

  it.each([
    ['CN', '13812345678'],
    ['KR', '01012345678'],
    ['JP', '09012345678'],
    ['GB', '07911123456'],
    ['FR', '0612345678'],
    ['TW', '0912345678'],
    ['HK', '91234567'],
    ['SG', '91234567'],
    ['MO', '66123456'],
  ] as const)('and takes no mobile of %s with a digit missing or too many for a landline', (country, mobile) => {
    // Behind the digits that say what kind of number it is.
    const slips = mobile
      .split('')
      .flatMap((digit, at) =>
        at < 3 ? [] : [mobile.slice(0, at) + mobile.slice(at + 1), mobile.slice(0, at) + digit + mobile.slice(at)],
      )
    expect(new Set(slips.map((slip) => read(slip, country)))).toEqual(new Set(['phone-unreadable']))
  })
})

describe('masks (R-18)', () => {
  it.each([
    ['+8613812345678', '138******78'],
    ['+821012345678', '010******78'],
    ['+6591234567', '******67'],
    ['+12125550123', '21******23'],
    ['+66812345678', '8******78'],
    ['+299123456', '******'],
  ])('%s as %s', (full, mask) => {
    expect(maskPhone(phone(full))).toBe(mask)
  })

  it('hides at least six digits of every number and adds none', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\+[1-9]\d{8,14}$/u), (full) => {
        const mask = maskPhone(phone(full))
        expect(mask.split('*').length - 1).toBeGreaterThanOrEqual(6)
        expect(mask.length).toBeLessThanOrEqual(full.length)
        expect(mask).toMatch(/^\d*\*+\d{0,2}$/u)
      }),
    )
  })
})

it('keeps the last four digits as a help to memory', () => {
  expect(lastFour(phone('+8613812345678'))).toBe('5678')
})

it('reads its own result again as the same phone, whatever the country of the cabinet', () => {
  const mobile = fc.stringMatching(/^1[3-9]\d{9}$/u)
  fc.assert(
    fc.property(mobile, fc.constantFrom<PhoneCountry>('CN', 'KR', 'US', 'DE'), (typed, country) => {
      expect(read(read(typed, 'CN'), country)).toBe(`+86${typed}`)
    }),
  )
})

it('never throws and gives E.164 or its one refusal for any text', () => {
  const typed = fc.oneof(fc.string({ unit: 'binary', maxLength: 80 }), fc.stringMatching(/^[+0-9 ()-]{0,24}$/u))
  fc.assert(
    fc.property(typed, fc.constantFrom<PhoneCountry>('CN', 'KR', 'FR', 'HK', 'JP', 'MO'), (text, country) => {
      expect(read(text, country)).toMatch(/^(?:\+[1-9]\d{6,14}|phone-unreadable)$/u)
    }),
  )
})
