import fc from 'fast-check'
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

  it('runs in the seam beside a door whose column touches the screen, and turns into the door', () => {
    expect(lead(screen, box(712, 1500))).toBe('M700 650H700Q706 650 706 656V1544Q706 1550 712 1550H718')
    expect(lead(screen, box(-12, 100))).toBe('M400 650H400Q394 650 394 644V156Q394 150 388 150H382')
  })

  it('runs straight down or up in the screen’s own column', () => {
    expect(lead(screen, box(350, 1200))).toBe('M550 900V1192')
    expect(lead(screen, box(350, 100))).toBe('M550 400V208')
  })

  it('is a straight line to a door at the screen’s own height', () => {
    expect(lead(screen, box(800, 600))).toBe('M700 650H758Q758 650 758 650V650Q758 650 758 650H792')
  })
})

describe('every lead', () => {
  const screen: Box = { x: 400, y: 400, width: 300, height: 500 }
  const anyDoor = fc.record({
    x: fc.integer({ min: -3000, max: 3000 }),
    y: fc.integer({ min: 0, max: 2000 }),
    width: fc.integer({ min: 150, max: 600 }),
    height: fc.integer({ min: 60, max: 600 }),
  })
  /** The last place that the line names, on each axis. */
  const end = (path: string): { readonly x: number | undefined; readonly y: number | undefined } => {
    const last = (pattern: RegExp): number | undefined => {
      const found = [...path.matchAll(pattern)].at(-1)?.[1]
      return found === undefined ? undefined : Number(found)
    }
    return { x: last(/[HM](-?[\d.]+)/g), y: last(/V(-?[\d.]+)/g) }
  }

  it('stops eight millimetres before the edge of its door that faces the screen, and enters one that touches it', () => {
    const before = (roomMm: number): number => (roomMm < 42 ? -6 : 8)
    fc.assert(
      fc.property(anyDoor, (door) => {
        const { x, y } = end(lead(screen, door))
        const middle = door.x + door.width / 2
        const [left, right] = [door.x, door.x + door.width]
        if (middle > screen.x + screen.width) expect(x).toBe(left - before(left - screen.x - screen.width))
        else if (middle < screen.x) expect(x).toBe(right + before(screen.x - right))
        else expect([door.y - 8, door.y + door.height + 8]).toContain(y)
      }),
      { numRuns: 500 },
    )
  })

  it('is one line of numbers, wherever the door lies', () => {
    fc.assert(
      fc.property(anyDoor, (door) => {
        const path = lead(screen, door)
        expect(path).toMatch(/^M[^M]+$/)
        expect(path).not.toMatch(/NaN|undefined|Infinity|e/)
      }),
      { numRuns: 500 },
    )
  })
})

describe('a cabinet of any width', () => {
  it('is as wide as its bodies, the gaps between them and a margin at each end', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 300, max: 1500 }), { minLength: 1, maxLength: 8 }), (widths) => {
        const bodies = widths.map((widthMm) => ({ kind: 'extensionCabinet' as const, widthMm, heightMm: 2000 }))
        const { width, bodies: boxes } = measure({ version: 1, bodies, compartments: [] })
        expect(width).toBe(widths.reduce((sum, one) => sum + one, 0) + 24 * (widths.length - 1) + 60)
        for (const [i, box] of boxes.entries()) expect(apart(box, boxes[i + 1] ?? { ...box, x: width })).toBe(true)
      }),
    )
  })
})
