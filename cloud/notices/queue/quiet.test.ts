import { describe, expect, it } from 'vitest'
import { instant } from '@holdfast/core/values/instants.ts'
import { quietUntil } from './quiet.ts'

const at = (iso: string) => instant(Date.parse(iso))
const nights = { from: 22, to: 7 }
const told = (now: string, zone = 'Asia/Shanghai', quiet = nights, about: object = {}) => {
  const until = quietUntil(at(now), quiet, { channel: 'sms', template: 'overdue', zone, ...about })
  return until === undefined ? 'now' : new Date(until).toISOString()
}

describe('in quiet hours', () => {
  it.each([
    [
      'a reminder at a quarter to eleven in the evening waits for seven',
      '2026-11-22T14:45:12.345Z',
      '2026-11-22T23:00:00.000Z',
    ],
    ['one at five in the morning waits for two hours', '2026-11-22T21:00:00.000Z', '2026-11-22T23:00:00.000Z'],
    ['one at seven goes', '2026-11-22T23:00:00.000Z', 'now'],
    ['one at noon goes', '2026-11-22T04:00:00.000Z', 'now'],
    ['one a second before ten goes', '2026-11-22T13:59:59.999Z', 'now'],
    ['one at ten waits', '2026-11-22T14:00:00.000Z', '2026-11-22T23:00:00.000Z'],
  ])('%s', (_, now, expected) => expect(told(now)).toBe(expected))

  const night = '2026-11-22T16:00:00.000Z'
  it('nobody is rung up, whatever it is about; a code by text goes at once', () => {
    expect(told(night, undefined, nights, { channel: 'voice', template: 'stored' })).toBe('2026-11-22T23:00:00.000Z')
    for (const template of ['stored', 'consent-asked', 'sign-in-code'])
      expect(told(night, undefined, nights, { template })).toBe('now')
  })

  it('nobody is reminded, nor asked to make room', () => {
    for (const template of ['due-soon', 'overdue', 'please-collect', 'recalled'])
      expect(told(night, undefined, nights, { template })).toBe('2026-11-22T23:00:00.000Z')
  })

  it('the clock of the site counts, half hours included', () => {
    expect(told(night, 'Europe/London')).toBe('now')
    expect(told('2026-11-22T18:45:00.000Z', 'Asia/Kolkata')).toBe('2026-11-23T01:30:00.000Z')
  })

  it('may lie in the day, or be none', () => {
    expect(told('2026-11-22T05:30:00.000Z', undefined, { from: 13, to: 15 })).toBe('2026-11-22T07:00:00.000Z')
    expect(told('2026-11-22T04:30:00.000Z', undefined, { from: 13, to: 15 })).toBe('now')
    expect(told(night, undefined, { from: 0, to: 0 })).toBe('now')
    expect(quietUntil(at(night), nights, { channel: 'voice', template: 'x', zone: null })).toBeUndefined()
  })
})
