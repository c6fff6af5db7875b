import { describe, expect, it } from 'vitest'
import { sceneAt } from '../testing/scene.testing.ts'
import { inOrder, isAway, totalOf } from './street.ts'

const cabinets = sceneAt(1_790_000_000_000).cabinets.map(({ summary }) => summary)
const namesOf = (list: readonly { readonly name: string }[]): readonly string[] => list.map(({ name }) => name)

describe('the street', () => {
  it('puts what needs a person first', () => {
    expect(namesOf(inOrder(cabinets, undefined, 'en'))).toEqual(['North Gate', '市图书馆', '강변 시장'])
  })

  it('shows only cabinets that have what is asked for, most first', () => {
    expect(namesOf(inOrder(cabinets, 'offline', 'en'))).toEqual(['市图书馆'])
    expect(namesOf(inOrder(cabinets, 'suspect', 'en'))).toEqual(['North Gate'])
    expect(namesOf(inOrder(cabinets, 'loaded', 'en'))).toEqual(['North Gate', '市图书馆'])
  })

  it('orders equals by name as people count', () => {
    const calm = { openAlerts: 0, suspect: 0, open: 0, online: true, journal: 'ok' } as const
    const named = ['Gate 10', 'Gate 9'].flatMap((name) =>
      cabinets.slice(0, 1).map((one) => ({ ...one, ...calm, name })),
    )
    expect(namesOf(inOrder(named, undefined, 'en'))).toEqual(['Gate 9', 'Gate 10'])
  })

  it('does not count doors of cabinets that were never set up, nor miss such cabinets', () => {
    const [, , market] = cabinets
    expect(market && isAway(market)).toBe(false)
    expect(totalOf(cabinets, 'free')).toBe(10)
    expect(totalOf(cabinets, 'offline')).toBe(1)
    expect(totalOf(cabinets, 'openAlerts')).toBe(3)
  })
})
