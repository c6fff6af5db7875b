import { describe, expect, it } from 'vitest'
import { createWords } from './create-words.ts'

const english = createWords('en', {
  'state.doors': '{count, plural, one {# door} other {# doors}}',
  'kiosk.refusal.wrong-code': 'That code does not open a door here.',
})
const chinese = createWords('zh', {})
const korean = createWords('ko', {})
const at = Date.UTC(2026, 10, 22, 15, 40)

describe('words', () => {
  it('fills placeholders by the language’s own plural', () => {
    expect(english.t('state.doors', { count: 1 })).toBe('1 door')
    expect(english.t('state.doors', { count: 24 })).toBe('24 doors')
  })

  it('finds a word by an id known only at run time, or says there is none', () => {
    expect(english.find('kiosk.refusal.wrong-code')).toBe('That code does not open a door here.')
    expect(english.find('kiosk.refusal.unheard-of')).toBeUndefined()
    expect(english.find('toString')).toBeUndefined()
  })

  it.each([
    ['en', 1250, 'CNY', '¥12.50'],
    ['ko', 1250, 'KRW', '₩1,250'],
    ['zh', 250, 'CNY', '¥2.50'],
    ['en', 99, 'EUR', '€0.99'],
  ])('writes money in %s: %d minor units of %s', (locale, minor, currency, shown) => {
    expect(createWords(locale, {}).money(minor, currency)).toBe(shown)
  })

  it('writes numbers and moments by locale, in the site’s zone', () => {
    expect(english.number(12345)).toBe('12,345')
    expect(english.date(at, 'date', 'Asia/Shanghai')).toBe('November 22, 2026')
    expect(chinese.date(at, 'date', 'Asia/Shanghai')).toBe('2026年11月22日')
    expect(korean.date(at, 'date', 'Asia/Seoul')).toBe('2026년 11월 23일')
    expect(chinese.date(at, 'time', 'Asia/Shanghai')).toBe('23:40')
  })

  it('hides at least six digits of a phone, and every digit of what is no phone', () => {
    expect(chinese.phone('+8613812345678')).toBe('138******78')
    expect(chinese.phone('12345')).toBe('*****')
    expect(chinese.phone('138******78')).toBe('138******78')
  })
})
