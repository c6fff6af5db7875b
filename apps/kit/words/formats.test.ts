import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { kioskWords } from './kiosk/kiosk-words.ts'

const [en, zh, ko] = await Promise.all(['en', 'zh', 'ko'].map((locale) => kioskWords.load(locale)))
const all = [en, zh, ko].filter((words) => words !== undefined)
const shanghaiNight = Date.UTC(2026, 11, 31, 15, 59)
const zones = ['Asia/Shanghai', 'Asia/Seoul', 'UTC', 'America/Los_Angeles'] as const

describe('numbers, dates and money', () => {
  it.each([
    [1234567, ['1,234,567', '1,234,567', '1,234,567']],
    [0, ['0', '0', '0']],
    [-5, ['-5', '-5', '-5']],
  ])('%d stands as people write it', (value, said) => {
    expect(all.map(({ number }) => number(value))).toEqual(said)
  })

  it.each([
    [150, 'CNY', ['¥1.50', '¥1.50', '¥1.50']],
    [1500, 'KRW', ['₩1,500', '₩1,500', '₩1,500']],
    [0, 'KRW', ['₩0', '₩0', '₩0']],
    [199, 'USD', ['$1.99', '$1.99', '$1.99']],
  ])('%d minor units of %s', (minor, currency, said) => {
    expect(all.map(({ money }) => money(minor, currency))).toEqual(said)
  })

  it('a minute before New Year in Shanghai is New Year in Seoul and still morning in Los Angeles', () => {
    expect(zones.map((zone) => en?.date(shanghaiNight, 'date', zone))).toEqual([
      'December 31, 2026',
      'January 1, 2027',
      'December 31, 2026',
      'December 31, 2026',
    ])
    expect(zones.map((zone) => zh?.date(shanghaiNight, 'time', zone))).toEqual(['23:59', '00:59', '15:59', '07:59'])
    expect(zones.map((zone) => ko?.date(shanghaiNight, 'date', zone))[1]).toBe('2027년 1월 1일')
  })

  it('one zone never leaks into the next, in whatever order they are asked for', () => {
    const asked = fc.array(
      fc.tuple(fc.constantFrom(...zones), fc.constantFrom('date', 'time', 'moment', 'day' as const)),
    )
    fc.assert(
      fc.property(asked, (wishes) => {
        for (const [zone, form] of wishes) {
          const fresh = new Intl.DateTimeFormat('en', { ...styles[form as keyof typeof styles], timeZone: zone })
          expect(en?.date(shanghaiNight, form as 'date', zone)).toBe(fresh.format(shanghaiNight))
        }
      }),
      { numRuns: 20 },
    )
  })

  it('a phone is masked whatever it is, and shows no digit where it is no number', () => {
    const texts = fc.stringMatching(/^[0-9 +()-]{0,12}$/)
    fc.assert(fc.property(texts, (text) => /^\+\d{8,15}$/.test(text) || !/\d/.test(en?.phone(text) ?? '0')))
    expect(all.map(({ phone }) => phone('+8613812345678'))).toEqual(['138******78', '138******78', '138******78'])
    expect(en?.phone('138******78')).toBe('138******78')
  })
})

const styles = {
  date: { dateStyle: 'long' },
  time: { timeStyle: 'short' },
  moment: { dateStyle: 'medium', timeStyle: 'short' },
  day: { weekday: 'short', month: 'short', day: 'numeric' },
} as const
