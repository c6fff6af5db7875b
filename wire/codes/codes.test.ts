import { describe, expect, it } from 'vitest'
import { kioskCodes } from '../kiosk/codes.ts'
import { bytesCodes } from './bytes.ts'
import { cabinetCodes } from './cabinet.ts'
import { failureCodes } from './failures.ts'
import { type CodeRow, locales } from './messages.ts'

const tables: Readonly<Record<string, Readonly<Record<string, CodeRow>>>> = {
  bytes: bytesCodes,
  cabinet: cabinetCodes,
  failures: failureCodes,
  kiosk: kioskCodes,
}
const rows = Object.entries(tables).flatMap(([table, codes]) =>
  Object.entries(codes).map(([code, { messages }]) => ({ table, code, messages })),
)

describe('each code', () => {
  it.each(rows)('$code is spelt as a code', ({ code }) => {
    expect(code).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/)
  })

  it.each(rows)('$code speaks English, Chinese and Korean, each in its own script and in a whole sentence', (row) => {
    const { zh, en, ko } = row.messages
    expect(en).toMatch(/^[A-Z“][^\p{Script=Han}\p{Script=Hangul}]+[.?!]$/u)
    expect(zh).toMatch(/^[^\p{Script=Hangul}]*\p{Script=Han}[^\p{Script=Hangul}]*[。？！]$/u)
    expect(ko).toMatch(/^[^\p{Script=Han}]*\p{Script=Hangul}[^\p{Script=Han}]*[.?!]$/u)
  })

  it.each(rows)('$code says nothing of itself: its name is for machines', ({ code, messages }) => {
    for (const locale of locales) expect(messages[locale]).not.toContain(code)
  })

  it.each(rows)('$code has no place that nobody fills', ({ messages }) => {
    for (const locale of locales) expect(messages[locale]).not.toMatch(/[{}<>]|undefined| {2}/)
  })
})

describe('the tables of codes', () => {
  it('share no code, one code being one meaning, but for the fork, which a kiosk tells its couriers as well', () => {
    const seen = new Map<string, string>()
    const twice = rows.filter(({ code, table }) => {
      const before = seen.get(code)
      seen.set(code, table)
      return before !== undefined && before !== table
    })
    expect(twice.map(({ code }) => code)).toEqual(['journal-forked'])
  })

  it.each(locales)('say no two things in one and the same sentence in %s, but for what must sound alike', (locale) => {
    const alike = new Map<string, string[]>()
    for (const { code, messages } of rows) alike.set(messages[locale], [...(alike.get(messages[locale]) ?? []), code])
    // A door is busy and a deposit unknown to whoever asks, at the screen or by an order.
    const stems = [...alike.values()].filter(
      (codes) => new Set(codes.map((code) => code.replace('order-', ''))).size > 2,
    )
    expect(stems).toEqual([])
  })

  it('tell every wrong code alike: nothing says unknown, used or revoked (law "Access")', () => {
    for (const locale of locales)
      expect(cabinetCodes['code-wrong'].messages[locale]).not.toMatch(
        /used|revoked|expired|已使用|作废|过期|사용된|취소/,
      )
  })
})
