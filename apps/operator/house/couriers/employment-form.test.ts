import { Value } from 'typebox/value'
import { describe, expect, it } from 'vitest'
import { employmentRequest } from '@holdfast/wire/http/desk/couriers.ts'
import { idOf } from '../../testing/scene.testing.ts'
import { bodyOf, emptyEmployment, isSound, standingOf } from './employment-form.ts'

const form = emptyEmployment(idOf('carrier', 1))

describe('the form of an employment', () => {
  it('asks for nothing but a carrier, and makes a request that wire takes', () => {
    expect([isSound(form), bodyOf(form)]).toEqual([true, { carrier: form.carrier }])
    const whole = bodyOf({ ...form, outlet: ' Harbour ', from: '2026-12-01', until: '2026-12-31' })
    expect(Value.Check(employmentRequest, whole)).toBe(true)
    expect(whole).toMatchObject({ outlet: 'Harbour', from: new Date('2026-12-01T00:00:00').getTime() })
  })

  it('lets the last day be worked to its end', () => {
    const { from = 0, until = 0 } = bodyOf({ ...form, from: '2026-12-24', until: '2026-12-24' })
    expect(until - from).toBe(24 * 3_600_000)
  })

  it.each([
    ['no carrier', { carrier: '' }],
    ['an end before the beginning', { from: '2026-12-02', until: '2026-12-01' }],
    ['a day that is none', { until: '2026-13-40' }],
  ])('does not take %s', (_what, change) => {
    expect(isSound({ ...form, ...change })).toBe(false)
  })

  it.each([
    [{ from: 10, until: null }, 'now'],
    [{ from: 10, until: 50 }, 'past'],
    [{ from: 60, until: null }, 'later'],
    [{ from: 50, until: 51 }, 'now'],
  ])('sees %j as %s', (employment, standing) => {
    expect(standingOf(employment, 50)).toBe(standing)
  })
})
