import { expect, it } from 'vitest'
import { gs1, gs1Digit, luhn, mod10, mod11Then10, mod37And36, mod7, s10Check, withPrefix } from './checks.ts'

const split = (number: string): [string, string] => [number.slice(0, -1), number.slice(-1)]

it('maps the two odd remainders of S10: 10 to 0 and 11 to 5', () => {
  expect(s10Check('47312482', '9')).toBe(true)
  expect(s10Check('12345678', '5')).toBe(true)
  expect(s10Check('12345678', '6')).toBe(false)
  expect(s10Check('00000008', '0')).toBe(true)
  expect(s10Check('00000015', '5')).toBe(true)
  expect(s10Check('00000015', '1')).toBe(false)
})

it.each([
  '106141411234567897',
  '000123450000000027',
  '6291041500213',
  '9521234543213',
  '036000291452',
  // The blind spot: neighbours that differ by five may swap unseen.
  '101641411234567897',
])('accepts the GS1 check digit of %s', (number) => {
  expect(gs1(...split(number))).toBe(true)
})

it('tells nine of ten last digits of a GS1 number wrong', () => {
  const passing = '0123456789'.split('').filter((digit) => gs1('10614141123456789', digit))
  expect(passing).toEqual([gs1Digit('10614141123456789')])
})

it('agrees with the published numbers of UPS, FedEx, DHL and DPD', () => {
  expect(mod10(1, 2)('5R8939035756712', '7')).toBe(true)
  expect(mod10(1, 2)('929023471', '1')).toBe(true)
  expect(mod10(1, 2)('A28588222182098', '4')).toBe(true)
  expect(mod11Then10(3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1)('98657878885', '5')).toBe(true)
  expect(mod7('331881002', '5')).toBe(true)
  expect(mod37And36('09980000020033', 'F')).toBe(true)
  expect(mod37And36('09980000020033', 'D')).toBe(false)
})

it('accepts the classic Luhn number and no neighbour of it', () => {
  expect(luhn('7992739871', '3')).toBe(true)
  expect(luhn('7992739871', '4')).toBe(false)
})

it('counts a prefix that the label leaves out, and not twice', () => {
  const check = withPrefix('91', gs1)
  const digit = gs1Digit('9171969010756003077')
  expect(check('71969010756003077', digit)).toBe(true)
  expect(check('9171969010756003077', digit)).toBe(true)
})
