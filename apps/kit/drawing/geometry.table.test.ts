import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createWords } from '../words/create-words.ts'
import type { KitId } from '../words/kit/kit-id.ts'
import { type Box, lead, measure } from './geometry.ts'
import { layout18, layout24 } from './layouts.fixture.ts'
import { describePlace, locate } from './place.ts'

const layouts = [
  ['24 doors', layout24],
  ['18 doors', layout18],
] as const
const wordsOf = (locale: string) =>
  createWords<KitId>(locale, JSON.parse(readFileSync(new URL(`../words/kit/${locale}.json`, import.meta.url), 'utf8')))

describe.each(layouts)('the drawing of %s', (_name, layout) => {
  const { doorOf, bodies, width, height, screen, floor } = measure(layout)
  const overlap = (a: Box, b: Box): boolean =>
    a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
  const within = (inner: Box, outer: Box): boolean =>
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height

  it('has each door in its body, and no door over another or over the screen', () => {
    const boxes = layout.compartments.map((plan) => ({ plan, box: doorOf(plan) }))
    for (const [i, { plan, box }] of boxes.entries()) {
      const body = bodies[plan.body]
      expect([plan.label, body !== undefined && within(box, body)]).toEqual([plan.label, true])
      expect([plan.label, screen !== undefined && overlap(screen, box)]).toEqual([plan.label, false])
      for (const other of boxes.slice(i + 1)) expect(overlap(box, other.box)).toBe(false)
    }
  })

  it('has its bodies side by side on one floor, all of them inside the drawing', () => {
    const all = { x: 0, y: 0, width, height }
    for (const [i, body] of bodies.entries()) {
      expect(within(body, all)).toBe(true)
      expect(body.y + body.height).toBe(floor)
      const next = bodies[i + 1]
      if (next !== undefined) expect(body.x + body.width).toBeLessThan(next.x)
    }
  })

  it.each(['en', 'zh', 'ko'])('has a place for each door that no other door has, in %s', (locale) => {
    const words = wordsOf(locale)
    const places = layout.compartments.map(({ id }) => describePlace(layout, id, words))
    expect(new Set(places).size).toBe(layout.compartments.length)
    for (const place of places) expect(place).not.toMatch(/place\.|\{|undefined/)
  })

  it('counts the rows of a column from both ends to the same door', () => {
    for (const { id } of layout.compartments) {
      const place = locate(layout, id)
      if (place === undefined) throw new Error('a door without a place')
      const column = layout.compartments
        .map((plan) => locate(layout, plan.id))
        .filter((each) => each?.column === place.column && each.bodyOffset === place.bodyOffset)
      expect(place.fromAbove + place.fromBelow - 1).toBe(column.length)
      expect(place.column).toBeGreaterThanOrEqual(1)
      expect(place.column).toBeLessThanOrEqual(place.columns)
    }
  })

  it('leads from the screen to every door’s edge', () => {
    if (screen === undefined) throw new Error('no screen')
    for (const plan of layout.compartments) {
      const box = doorOf(plan)
      const numbers =
        lead(screen, box)
          .match(/-?\d+(\.\d+)?/g)
          ?.map(Number) ?? []
      const end = numbers.at(-1) ?? Number.NaN
      const edges = [box.x, box.x + box.width, box.y, box.y + box.height]
      expect([plan.label, edges.some((edge) => Math.abs(edge - end) <= 8)]).toEqual([plan.label, true])
    }
  })
})

describe('a line to a door', () => {
  it('is made of numbers wherever screen and door stand', () => {
    const side = fc.integer({ min: 1, max: 2000 })
    const box = fc.record({ x: side, y: side, width: side, height: side })
    fc.assert(
      fc.property(box, box, (from, to) => {
        expect(lead(from, to)).toMatch(/^M-?[\d.]+ -?[\d.]+[HV]/)
        expect(lead(from, to)).not.toMatch(/NaN|Infinity|undefined/)
      }),
      { seed: 9, numRuns: 200 },
    )
  })

  it('goes nowhere for a door that this cabinet does not have', () => {
    expect(locate(layout24, 'cmp_none')).toBeUndefined()
    expect(describePlace(layout24, 'cmp_none', wordsOf('en'))).toBe('')
  })
})
