import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeId } from '../values/ids.ts'
import { instant } from '../values/instants.ts'
import { nth, sixDoors, tell, untold } from './laws/scene.testing.ts'
import { type CompartmentPlan, isReachable, reachableBandMm } from './layout.ts'

const door = (yMm: number, heightMm: number): CompartmentPlan => ({
  id: makeId('compartment', instant(0), new Uint8Array(10)),
  label: 'A07',
  body: 0,
  size: 'M',
  inside: { widthMm: 420, heightMm: heightMm - 20, depthMm: 500 },
  front: { xMm: 0, yMm, widthMm: 440, heightMm },
  lock: { line: 'main', board: 1, channel: 7 },
  witness: 'leaf',
})

describe('the reachable band (R-38)', () => {
  it.each([
    [380, 840, true, 'fills it'],
    [600, 200, true, 'lies inside'],
    [379, 200, false, 'begins a millimetre too low'],
    [1_021, 200, false, 'ends a millimetre too high'],
    [100, 200, false, 'lies below'],
    [1_300, 200, false, 'lies above'],
    [200, 1_400, false, 'reaches beyond it on both sides'],
  ])('a door from %d mm, %d mm high: %s, because it %s', (yMm, heightMm, reachable) => {
    expect(isReachable(door(yMm, heightMm))).toBe(reachable)
  })

  it('holds every point of a reachable door', () => {
    const y = fc.integer({ min: 0, max: 2_200 })
    fc.assert(
      fc.property(
        y,
        fc.integer({ min: 50, max: 900 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (yMm, height, part) => {
          fc.pre(isReachable(door(yMm, height)))
          const point = yMm + part * height
          expect(point).toBeGreaterThanOrEqual(reachableBandMm.lowest)
          expect(point).toBeLessThanOrEqual(reachableBandMm.highest)
        },
      ),
    )
  })

  it('is not left by cutting a door in two', () => {
    fc.assert(
      fc.property(fc.integer({ min: 300, max: 1_300 }), fc.integer({ min: 100, max: 900 }), (yMm, height) => {
        const lower = Math.floor(height / 2)
        const halves = [door(yMm, lower), door(yMm + lower, height - lower)]
        expect(halves.every(isReachable)).toBe(isReachable(door(yMm, height)))
      }),
    )
  })

  it('does not depend on where along the front the door is', () => {
    const plan = door(600, 200)
    fc.assert(
      fc.property(fc.nat(5_000), fc.nat(3), (xMm, body) => {
        expect(isReachable({ ...plan, body, front: { ...plan.front, xMm } })).toBe(true)
      }),
    )
  })
})

describe('a plan', () => {
  const planned = tell(untold, { type: 'takeLayout', layout: sixDoors })

  it('that is told again, with its fields in any order, changes nothing', () => {
    const turned = (value: unknown): unknown => {
      if (typeof value !== 'object' || value === null) return value
      if (Array.isArray(value)) return value.map(turned)
      return Object.fromEntries(
        Object.entries(value)
          .toReversed()
          .map(([name, inner]) => [name, turned(inner)]),
      )
    }
    const again: typeof sixDoors = JSON.parse(JSON.stringify(turned(sixDoors)))
    expect(JSON.stringify(again)).not.toBe(JSON.stringify(sixDoors))
    expect(tell(planned, { type: 'takeLayout', layout: again }).answer).toEqual([])
  })

  it.each([
    [
      'another label',
      { ...sixDoors, compartments: sixDoors.compartments.map((plan) => ({ ...plan, label: `B${plan.label}` })) },
    ],
    ['one door less', { ...sixDoors, compartments: sixDoors.compartments.slice(1) }],
  ])('with %s is taken', (_, layout) => {
    expect(tell(planned, { type: 'takeLayout', layout }).answer).toMatchObject([{ type: 'layoutTaken' }])
  })

  it('with two doors behind one lock is not', () => {
    const [first] = sixDoors.compartments
    const twice = first === undefined ? [] : [first, { ...first, id: nth('compartment', 99), label: 'Z1' }]
    expect(tell(planned, { type: 'takeLayout', layout: { ...sixDoors, compartments: twice } }).answer).toBe(
      'layout-unsound',
    )
  })
})
