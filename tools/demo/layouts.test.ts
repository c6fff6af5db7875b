import { describe, expect, it } from 'vitest'
import { libraryLayout, northGateLayout } from './layouts.ts'

describe('the demo’s two cabinets', () => {
  it.each([
    ['North Gate', northGateLayout, { doors: 24, boards: 2, channels: 24 }],
    ['Library', libraryLayout, { doors: 18, boards: 3, channels: 8 }],
  ])(
    '%s has its doors on boards that have so many channels',
    (_name, { compartments }, { doors, boards, channels }) => {
      expect(compartments).toHaveLength(doors)
      expect(new Set(compartments.map(({ lock }) => lock.board)).size).toBe(boards)
      expect(compartments.every(({ lock }) => lock.channel >= 1 && lock.channel <= channels)).toBe(true)
      expect(new Set(compartments.map(({ lock }) => `${lock.board}/${lock.channel}`)).size).toBe(doors)
    },
  )

  it.each([northGateLayout, libraryLayout])('names each door once and has all sizes, some within reach', (layout) => {
    const { compartments } = layout
    expect(new Set(compartments.map(({ label }) => label)).size).toBe(compartments.length)
    expect(new Set(compartments.map(({ id }) => id)).size).toBe(compartments.length)
    expect(new Set(compartments.map(({ size }) => size))).toEqual(new Set(['S', 'M', 'L', 'XL']))
    expect(compartments.some(({ front }) => front.yMm >= 380 && front.yMm + front.heightMm <= 1_200)).toBe(true)
  })

  it('ends every column at one height', () => {
    for (const { bodies, compartments } of [northGateLayout, libraryLayout]) {
      const tops = compartments.map(({ front }) => front.yMm + front.heightMm)
      expect(Math.max(...tops)).toBeLessThanOrEqual(bodies[0]?.heightMm ?? 0)
    }
  })
})
