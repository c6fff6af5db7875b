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
  ] as const)('%j in %s is %s', (typed, country, expected) => {
    expect(read(typed, country)).toBe(expected)
  })
})

describe('refuses what cannot be a person’s mobile', () => {
  it.each([
    '',
    '1',
    '1381234567',
    '138123456789',
    '8612345678901',
    '12812345678',
    '0571-88888888',
    '13812345678#12',
    '138abcd5678',
    '+999 1234 5678',
    '+210 1234 5678',
    '+86 0571 88888888',
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
