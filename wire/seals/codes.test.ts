import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  codeTag,
  type CodeTag,
  drawCodes,
  formatCode,
  isAcceptable,
  type PickupCode,
  readTypedCode,
  tailTag,
} from './codes.ts'
import { createNodeSeals } from './node.ts'
import { createStandInSeals } from './stand-in.ts'

const seals = createNodeSeals()
const keys = { key: new Uint8Array(32).fill(1), salt: new Uint8Array(16).fill(2), cost: 16 }
const draw = (seed: number, count: number): readonly PickupCode[] => drawCodes(createStandInSeals(seed).random, count)
const oneCode = fc.integer().map((seed) => draw(seed, 1)[0] ?? ('' as PickupCode))
const kindOf = (text: string): string => readTypedCode(text).kind

describe('pickup codes', () => {
  it('are nine digits that read back as typed', () => {
    fc.assert(
      fc.property(oneCode, (code) => {
        expect(readTypedCode(code)).toEqual({ kind: 'code', code })
        expect(readTypedCode(formatCode(code))).toEqual({ kind: 'code', code })
      }),
    )
  })

  it('show every wrong digit and every neighbour swap as a slip', () => {
    fc.assert(
      fc.property(oneCode, (code) => {
        for (let at = 0; at < 9; at += 1) {
          for (const digit of '0123456789') {
            if (digit !== code[at]) expect(kindOf(code.slice(0, at) + digit + code.slice(at + 1))).toBe('slip')
          }
          const swapped = code.slice(0, at) + code.charAt(at + 1) + code.charAt(at) + code.slice(at + 2)
          if (swapped !== code && swapped.length === 9) expect(kindOf(swapped)).toBe('slip')
        }
      }),
    )
  })

  it('of one draw differ in three digits or more', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const codes = draw(seed, 12)
        for (const left of codes) {
          for (const right of codes) {
            const difference = left
              .slice(0, 8)
              .split('')
              .filter((digit, i) => digit !== right[i]).length
            if (left !== right) expect(difference).toBeGreaterThanOrEqual(3)
          }
        }
        expect(new Set(codes).size).toBe(12)
      }),
    )
  })

  it('keep leading zeros and skip draws above the last whole code space', () => {
    const draws = [
      Uint8Array.of(0xff, 0xff, 0xff, 0xff),
      Uint8Array.of(0xfa, 0x56, 0xea, 0x00),
      Uint8Array.of(0, 0, 0, 7),
    ]
    // 0xfa56ea00 is 42 · 10^8, the first draw that would favour low codes.
    const [code] = drawCodes(() => draws.shift() ?? new Uint8Array(4), 1)
    expect(code?.slice(0, 8)).toBe('00000007')
    expect(draws).toHaveLength(0)
  })

  it('use every digit in every place about equally', () => {
    const { random } = createStandInSeals(5)
    const counts = Array.from({ length: 8 }, () => Array<number>(10).fill(0))
    for (let i = 0; i < 10_000; i += 1) {
      const [code = ''] = drawCodes(random, 1)
      for (let at = 0; at < 8; at += 1) {
        const row = counts[at] ?? []
        row[Number(code[at])] = (row[Number(code[at])] ?? 0) + 1
      }
    }
    // 1,000 expected, standard deviation 30: five of them leave 80 cells room.
    for (const count of counts.flat()) expect(Math.abs(count - 1_000)).toBeLessThan(150)
  })

  it('are understood with spaces, dashes, dots and full-width digits', () => {
    const [code = ''] = draw(3, 1)
    const wide = code.replaceAll(/./g, (digit) => String.fromCodePoint(0xff10 + Number(digit)))
    const [a, b, c] = [code.slice(0, 3), code.slice(3, 6), code.slice(6)]
    for (const text of [
      ` ${code}\n`,
      `${a}-${b}-${c}`,
      `${a}\u2013${b}\u2014${c}`,
      `${a}.${b}.${c}`,
      wide,
      `${a}\u3000${b}\u00a0${c}`,
    ]) {
      expect(readTypedCode(text)).toEqual({ kind: 'code', code })
    }
  })

  it.each(['', '12345678', '1234567890', '12345678a', '١٢٣٤٥٦٧٨٩', '123 456 78'])('are incomplete in %j', (text) => {
    expect(readTypedCode(text)).toEqual({ kind: 'incomplete' })
  })

  it('leave a tag that depends on code, key, salt, cost and last four digits', async () => {
    const [code = '' as PickupCode, other = '' as PickupCode] = draw(1, 2)
    const tags = await Promise.all([
      codeTag(seals, keys, code),
      codeTag(seals, keys, other),
      codeTag(seals, { ...keys, key: new Uint8Array(32) }, code),
      codeTag(seals, { ...keys, salt: new Uint8Array(16) }, code),
      codeTag(seals, { ...keys, cost: 32 }, code),
      tailTag(seals, keys, { code, lastFour: '1234' }),
      tailTag(seals, keys, { code, lastFour: '1235' }),
    ])
    expect(new Set(tags).size).toBe(7)
    expect(await codeTag(seals, keys, code)).toBe(tags[0])
    expect(tags[0]).toMatch(/^[\w-]{43}$/)
  })

  it('are acceptable only where the tag is neither alive nor lately used (law 7)', () => {
    const [live, used, fresh] = ['live', 'used', 'fresh'] as unknown as readonly [CodeTag, CodeTag, CodeTag]
    const judged = [live, used, fresh].map((tag) => isAcceptable(tag, new Set([live]), new Set([used])))
    expect(judged).toEqual([false, false, true])
  })
})
