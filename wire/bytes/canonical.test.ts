import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalText, parseCanonical, toCanonical } from './canonical.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const json = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.maxSafeInteger(),
    fc.boolean(),
    fc.constant(null),
    fc.string({ unit: 'binary' }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.string({ unit: 'binary', maxLength: 6 }), tie('value'), { maxKeys: 5 }),
  ),
})).value

describe('canonical JSON', () => {
  it('sorts keys by UTF-16 code units (RFC 8785, 3.2.3)', () => {
    const value = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    }
    expect(canonicalText(value)).toBe(
      '{"\\r":"Carriage Return","1":"One","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis",' +
        '"\u20ac":"Euro Sign","\ud83d\ude00":"Emoji: Grinning Face","\ufb33":"Hebrew Letter Dalet With Dagesh"}',
    )
  })

  it('escapes strings as RFC 8785, 3.2.2.2 does', () => {
    expect(canonicalText('\u20ac$\u000f\nA\'B"\\\\"/\u007f')).toBe('"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/\u007f"')
    expect(canonicalText('\b\t\n\f\r\u0000')).toBe('"\\b\\t\\n\\f\\r\\u0000"')
  })

  it('writes the published bytes for nested values', () => {
    const value = { literals: [null, true, false], b: { z: [], a: {} }, a: [-1, 0, -0, 9007199254740991] }
    expect(canonicalText(value)).toBe(
      '{"a":[-1,0,0,9007199254740991],"b":{"a":{},"z":[]},"literals":[null,true,false]}',
    )
  })

  it('reads back every value that it writes, and writes it the same again', () => {
    fc.assert(
      fc.property(json, (value) => {
        const made = toCanonical(value)
        const read = parseCanonical(made)
        expect(read.ok).toBe(true)
        if (read.ok) expect(toCanonical(read.value)).toEqual(made)
      }),
    )
  })

  it('gives one text per value, however its keys were ordered', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { maxLength: 8 }), (keys) => {
        const object = (names: readonly string[]): object => Object.fromEntries(names.map((name) => [name, 1]))
        expect(canonicalText(object(keys))).toBe(canonicalText(object([...keys].reverse())))
      }),
    )
  })

  it.each([
    [1.5, 'canonical-not-integer'],
    [Number.NaN, 'canonical-not-integer'],
    [Infinity, 'canonical-not-integer'],
    [2 ** 53, 'canonical-not-integer'],
    [undefined, 'canonical-not-json'],
    [{ a: undefined }, 'canonical-not-json'],
    [[undefined], 'canonical-not-json'],
    [Array(1), 'canonical-not-json'],
    [1n, 'canonical-not-json'],
    [new Date(0), 'canonical-not-json'],
    [new Map(), 'canonical-not-json'],
    [Uint8Array.of(1), 'canonical-not-json'],
    ['\ud83d', 'canonical-lone-surrogate'],
    [{ '\ude00': 1 }, 'canonical-lone-surrogate'],
  ])('has no form for case %#', (value, code) => {
    expect(() => toCanonical(value)).toThrow(expect.objectContaining({ code }))
  })

  it.each([
    [' 1', 'canonical-not-canonical'],
    ['{"b":1,"a":2}', 'canonical-not-canonical'],
    ['{"a":1,"a":1}', 'canonical-not-canonical'],
    ['-0', 'canonical-not-canonical'],
    ['1.0', 'canonical-not-canonical'],
    ['1e3', 'canonical-not-canonical'],
    ['"\\u0041"', 'canonical-not-canonical'],
    ['"\\/"', 'canonical-not-canonical'],
    ['0.5', 'canonical-not-integer'],
    ['9007199254740993', 'canonical-not-integer'],
    ['"\\ud83d"', 'canonical-lone-surrogate'],
    ['{', 'canonical-not-json'],
    ['', 'canonical-not-json'],
    ['\ufeff1', 'canonical-not-json'],
    ['['.repeat(65) + ']'.repeat(65), 'canonical-too-deep'],
    ['['.repeat(200_000) + ']'.repeat(200_000), 'canonical-too-deep'],
  ])('refuses other spellings', (text, refusal) => {
    expect(parseCanonical(bytes(text))).toEqual({ ok: false, refusal })
  })

  it('refuses bytes that are no UTF-8', () => {
    expect(parseCanonical(Uint8Array.of(0x22, 0xff, 0x22))).toEqual({ ok: false, refusal: 'canonical-not-json' })
  })

  it('keeps a key called __proto__ as a key', () => {
    const text = '{"__proto__":{"a":1}}'
    const read = parseCanonical(bytes(text))
    expect(read.ok && canonicalText(read.value)).toBe(text)
  })

  it('never throws and never accepts two texts for one value, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (noise) => {
        const read = parseCanonical(noise)
        if (read.ok) expect(toCanonical(read.value)).toEqual(noise)
      }),
      { numRuns: 2_000 },
    )
  })
})
