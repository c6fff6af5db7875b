import { describe, expect, it } from 'vitest'
import { lead, measure } from './geometry.ts'
import type { Box } from './geometry.ts'
import { layout18, layout24 } from './layouts.fixture.ts'

const inside = (inner: Box, outer: Box): boolean =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height

const apart = (a: Box, b: Box): boolean =>
  a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y

describe.each([
  ['24 doors', layout24],
  ['18 doors in two bodies', layout18],
])('the drawing of %s', (_name, layout) => {
  const geometry = measure(layout)
  const boxes = layout.compartments.map(geometry.doorOf)

  it('keeps every door inside its body, none over another, none over the screen', () => {
    const wrong = layout.compartments.filter((plan, i) => {
      const box = geometry.doorOf(plan)
      const body = geometry.bodies[plan.body]
      const others = [...boxes.filter((_, j) => j !== i), ...(geometry.screen ? [geometry.screen] : [])]
      return !body || !inside(box, body) || !others.every((other) => apart(box, other))
    })
    expect(wrong.map(({ label }) => label)).toEqual([])
  })

  it('draws bodies side by side on one floor, to scale', () => {
    geometry.bodies.forEach((body, i) => {
      expect(body.y + body.height).toBe(geometry.floor)
      expect(body.width).toBe(layout.bodies[i]?.widthMm)
    })
  })
})

describe('the lead to a door', () => {
  const screen: Box = { x: 400, y: 400, width: 300, height: 500 }
  const box = (x: number, y: number): Box => ({ x, y, width: 400, height: 100 })

  it('ends at the edge that faces the screen', () => {
    expect(lead(screen, box(800, 1500))).toMatch(/H792$/)
    expect(lead(screen, box(-50, 1500))).toMatch(/H358$/)
  })

  it('runs straight down or up in the screen’s own column', () => {
    expect(lead(screen, box(350, 1200))).toBe('M550 900V1192')
    expect(lead(screen, box(350, 100))).toBe('M550 400V208')
  })

  it('is a straight line to a door at the screen’s own height', () => {
    expect(lead(screen, box(800, 600))).toBe('M700 650H758Q758 650 758 650V650Q758 650 758 650H792')
  })
})
