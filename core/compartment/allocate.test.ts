import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nth, sixDoors } from '../cabinet/laws/scene.testing.ts'
import { isReachable } from '../cabinet/layout.ts'
import { type Door, newDoor } from '../door/door.ts'
import { runningMs } from '../values/instants.ts'
import { fitsSize, sizeRank, sizes } from '../values/sizes.ts'
import { type Candidate, chooseCompartment, countFree, fitsBeside, isFree, type Need } from './allocate.ts'
import { type Compartment, newCompartment } from './compartment.ts'

const shut: Partial<Door> = { position: 'shut' }
const candidates = (
  change: (index: number) => {
    readonly door?: Partial<Door>
    readonly compartment?: Partial<Compartment>
  } = () => ({}),
): readonly Candidate[] =>
  sixDoors.compartments.map((plan, index) => ({
    plan,
    compartment: { ...newCompartment(plan.id), ...change(index).compartment },
    door: { ...newDoor(plan.id, runningMs(0)), ...shut, ...change(index).door },
  }))
const only = (...left: readonly number[]) =>
  candidates((index) => (left.includes(index) ? {} : { compartment: { use: 'held' } }))
const need = (change: Partial<Need> = {}): Need => ({ size: 'S', box: null, lowDoor: false, ...change })
const labelOf = (chosen: Candidate | undefined): string | undefined => chosen?.plan.label

// A01 S low, A02 S within reach, A03 M within reach, A04 M high, A05 L within reach, A06 XL low.
describe('the door that is handed out', () => {
  it.each([
    ['the smallest that fits', need(), 'A01'],
    ['within reach where that was asked for', need({ lowDoor: true }), 'A02'],
    ['out of reach first for everybody else, so that low doors last', need({ size: 'M' }), 'A04'],
    ['large enough', need({ size: 'L' }), 'A05'],
    ['the largest', need({ size: 'XL' }), 'A06'],
    ['one that the box itself fits into', need({ box: { widthMm: 300, heightMm: 250, depthMm: 400 } }), 'A04'],
  ])('is %s', (_, wanted, label) => {
    expect(labelOf(chooseCompartment(candidates(), wanted))).toBe(label)
  })

  it.each([
    ['the next size where the smaller are taken', only(4, 5), need(), 'A05'],
    ['none where nothing fits', only(0, 1), need({ size: 'M' }), undefined],
    ['none within reach, though others are free', only(0, 3, 5), need({ lowDoor: true }), undefined],
    ['none where nothing is free', only(), need(), undefined],
  ])('is %s', (_, free, wanted, label) => {
    expect(labelOf(chooseCompartment(free, wanted))).toBe(label)
  })

  it.each([
    ...(['unlatched', 'open', 'stuck', 'unseen'] as const).map(
      (position) => [position, { door: { position } }] as const,
    ),
    ...(['held', 'loaded', 'suspect', 'retired'] as const).map((use) => [use, { compartment: { use } }] as const),
    [
      'about to be pulsed',
      {
        door: {
          pulse: {
            cause: { kind: 'order', order: nth('order', 1), staff: nth('staff', 1) },
            intendedAt: runningMs(0),
            pulsedAt: null,
            doubtful: false,
          },
        },
      },
    ] as const,
  ])('is never one that is %s (law 16)', (_, change) => {
    const spoilt = candidates(() => change)
    expect(spoilt.some(isFree)).toBe(false)
    expect(chooseCompartment(spoilt, need())).toBeUndefined()
    expect(countFree(spoilt)).toEqual({ S: 0, M: 0, L: 0, XL: 0 })
  })

  it('always fits, is free, and none smaller that would do is passed over', () => {
    const wanted = fc.record({ size: fc.constantFrom(...sizes), box: fc.constant(null), lowDoor: fc.boolean() })
    fc.assert(
      fc.property(wanted, fc.subarray([0, 1, 2, 3, 4, 5]), (asked, free) => {
        const from = only(...free)
        const chosen = chooseCompartment(from, asked)
        const would = from.filter(
          (each) => isFree(each) && fitsSize(asked.size, each.plan.size) && (!asked.lowDoor || isReachable(each.plan)),
        )
        expect(chosen === undefined).toBe(would.length === 0)
        if (chosen === undefined) return
        expect(would).toContain(chosen)
        expect(would.every(({ plan }) => sizeRank(plan.size) >= sizeRank(chosen.plan.size))).toBe(true)
      }),
    )
  })
})

it('goes by the label among doors of one size and height, wherever they stand in the layout', () => {
  const [, door] = candidates()
  if (door === undefined) throw new Error('no door')
  const named = (label: string): Candidate => ({ ...door, plan: { ...door.plan, label } })
  for (const labels of [
    ['A02', 'A10'],
    ['A10', 'A02'],
  ])
    expect(labelOf(chooseCompartment(labels.map(named), need()))).toBe('A02')
})

it('counts what is free by size', () => {
  expect(countFree(candidates())).toEqual({ S: 2, M: 2, L: 1, XL: 1 })
  expect(countFree(only(0, 4))).toEqual({ S: 1, M: 0, L: 1, XL: 0 })
})

describe('whether several surely fit behind one door', () => {
  const [small, high, , , large] = candidates()
  const of = (size: Need['size'], box: Need['box'] = null): Need => ({ size, box, lowDoor: false })
  const flat = { widthMm: 200, heightMm: 300, depthMm: 30 }
  it.each([
    ['one of its class', small, [of('S')], true],
    ['two of its class', small, [of('S'), of('S')], false],
    ['flat ones, whichever way they were measured', small, [of('S', flat), of('S', flat), of('S', flat)], true],
    ['one too many flat ones', small, Array.from({ length: 4 }, () => of('S', flat)), false],
    ['a class that the door is too small for', small, [of('M')], false],
    ['a class that the door is too small for, though it is high enough', high, [of('M')], false],
    ['a box as broad and deep as the door', small, [of('S', { widthMm: 400, heightMm: 500, depthMm: 30 })], true],
    ['a box too broad, whichever way it lies', small, [of('S', { widthMm: 401, heightMm: 450, depthMm: 30 })], false],
    ['a box too deep', small, [of('S', { widthMm: 400, heightMm: 501, depthMm: 30 })], false],
    ['a box broader than the door', large, [of('S', { ...flat, heightMm: 900 })], false],
    ['small and middle in a large one', large, [of('S'), of('M')], true],
  ] as const)('%s', (_name, at, needs, expected) => {
    if (at === undefined) throw new Error('no such door')
    expect(fitsBeside(at.plan, needs)).toBe(expected)
  })
})
