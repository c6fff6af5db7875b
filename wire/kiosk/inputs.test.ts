import * as fc from 'fast-check'
import { Compile } from 'typebox/compile'
import { describe, expect, it } from 'vitest'
import { inputSchema } from './inputs.ts'

const check = Compile(inputSchema)
const envelope = { v: 1, message: 'kiosk-input', n: 0 }

describe('an input from the touchscreen', () => {
  it.each([
    { kind: 'pick-up' },
    { kind: 'code', code: '012345678' },
    { kind: 'code', code: '012345678', tail: '0001' },
    { kind: 'complain', what: 'empty' },
    { kind: 'phone', phone: '139 0013 9000' },
    { kind: 'message-code', code: '000000' },
    { kind: 'number', text: 'SF1234567890123' },
    { kind: 'size', size: 'XL' },
    { kind: 'recipient', phone: '+82 10 1234 5678' },
    { kind: 'same-door', same: false },
    { kind: 'elsewhere', cabinet: 'cab_01jd0000000000000000000003' },
  ])('is taken: %j', (input) => {
    expect(check.Check({ ...envelope, ...input })).toBe(true)
  })

  it.each([
    { kind: 'open-all' },
    { kind: 'code', code: '12345678' },
    { kind: 'code', code: '1234567890' },
    { kind: 'code', code: '１２３４５６７８９' },
    { kind: 'code', code: '12345678\n' },
    { kind: 'code', code: 123_456_789 },
    { kind: 'code', code: '012345678', tail: '12345' },
    { kind: 'message-code', code: '12345' },
    { kind: 'number', text: '' },
    { kind: 'number', text: '9'.repeat(300) },
    { kind: 'phone', phone: '1'.repeat(65) },
    { kind: 'size', size: 'XXL' },
    { kind: 'same-door', same: 'yes' },
    { kind: 'elsewhere' },
    { kind: 'elsewhere', cabinet: 'Library' },
    { kind: 'complain', what: 'bored' },
    { kind: 'pick-up', code: '012345678' },
    { kind: 'pick-up', n: -1 },
    { kind: 'pick-up', n: 0.5 },
    { kind: 'pick-up', v: 2 },
    { kind: 'pick-up', message: 'kiosk-show' },
    { kind: ['pick-up'] },
    {},
  ])('is refused: %j', (input) => {
    expect(check.Check({ ...envelope, ...input })).toBe(false)
  })

  it('of any shape is judged and never thrown', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(check.Check(value)).toBe(false)
      }),
      { numRuns: 1_000 },
    )
  })

  it('with any field of any value keeps to its own fields', () => {
    const fields = fc.dictionary(fc.constantFrom('kind', 'code', 'text', 'size', 'extra', '__proto__'), fc.jsonValue())
    fc.assert(
      fc.property(fields, (more) => {
        if (!check.Check({ ...envelope, ...more })) return
        expect(Object.keys(more)).not.toContain('extra')
      }),
    )
  })
})
