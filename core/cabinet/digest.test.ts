import { expect, it } from 'vitest'
import { digestInput } from './digest.ts'
import { doorIds, nth, sixDoors } from './laws/scene.testing.ts'
import { cabinetDecider } from './cabinet.ts'
import { newCabinet, type Cabinet } from './state.ts'
import { runningMs } from '../values/instants.ts'

const cabinet = cabinetDecider.evolve(newCabinet, { type: 'layoutTaken', layout: sixDoors, at: runningMs(1) })
const told = (of: Cabinet): string => JSON.stringify(digestInput(of))
const [first] = doorIds
const change = (to: Partial<NonNullable<ReturnType<Cabinet['compartments']['get']>>>): Cabinet => {
  const compartments = new Map(cabinet.compartments)
  const before = first === undefined ? undefined : compartments.get(first)
  if (before === undefined) throw new Error('there are doors')
  return { ...cabinet, compartments: compartments.set(before.id, { ...before, ...to }) }
}

it('says the same in whatever order the doors were told', () => {
  const turned = { ...cabinet, compartments: new Map([...cabinet.compartments].toReversed()) }
  expect(told(turned)).toBe(told(cabinet))
})

it.each<readonly [string, Cabinet]>([
  ['an epoch', change({ epoch: 1 })],
  ['a use', change({ use: 'suspect' })],
  ['a deposit', change({ deposit: nth('deposit', 1) })],
  ['a dead code', { ...cabinet, codesDead: 1 }],
])('differs where %s does', (_what, other) => {
  expect(told(other)).not.toBe(told(cabinet))
})

it.each<readonly [string, Cabinet]>([
  ['running time', { ...cabinet, boot: cabinet.boot + 1 }],
  ['a switch that was turned', { ...cabinet, serviceSwitchClosed: true }],
])('is the same for another %s: both sides need not agree on it', (_what, other) => {
  expect(told(other)).toBe(told(cabinet))
})
