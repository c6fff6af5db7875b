import { describe, expect, it } from 'vitest'
import type { Cabinet, Cycle, Deposit } from '@holdfast/core/cabinet/state.ts'
import type { Door } from '@holdfast/core/door/door.ts'
import { isReminded, phaseOf } from './door-phase.ts'

const at = 'cmp_1' as Deposit['compartment']
const deposit = (cycle: Cycle) => ({ compartment: at, cycle }) as unknown as Deposit
const cabinet = (door: object | undefined) =>
  ({ doors: new Map(door === undefined ? [] : [[at, door]]) }) as unknown as Cabinet
const positions: readonly Door['position'][] = ['shut', 'unlatched', 'open', 'stuck', 'unseen']
const cycles: readonly Cycle[] = ['none', 'unknown', 'open', 'shut']

/** What the sensor says by what the deposit has seen of its opening. */
const shown: Readonly<Record<Door['position'], Readonly<Record<Cycle, string>>>> = {
  shut: { none: 'stuck', unknown: 'stuck', open: 'open', shut: 'shut' },
  unlatched: { none: 'open', unknown: 'open', open: 'open', shut: 'open' },
  open: { none: 'open', unknown: 'open', open: 'open', shut: 'open' },
  stuck: { none: 'stuck', unknown: 'stuck', open: 'open', shut: 'shut' },
  unseen: { none: 'stuck', unknown: 'stuck', open: 'open', shut: 'shut' },
}

describe('what a screen says of the door that somebody stands before', () => {
  it.each(positions.flatMap((position) => cycles.map((cycle) => [position, cycle, shown[position][cycle]] as const)))(
    'the sensor says %s, its opening %s: %s',
    (position, cycle, phase) => {
      expect(phaseOf(deposit(cycle), cabinet({ position, pulse: null }))).toBe(phase)
    },
  )

  it('is that it opens, whatever the sensor says, until the pulse is answered', () => {
    for (const position of positions)
      for (const cycle of cycles)
        expect(phaseOf(deposit(cycle), cabinet({ position, pulse: { at: 1 } }))).toBe('opening')
  })

  it('is that help is needed where the layout has no such door any more', () => {
    for (const cycle of cycles) expect(phaseOf(deposit(cycle), cabinet(undefined))).toBe('stuck')
  })

  it.each([
    [{ reminded: true }, true],
    [{ reminded: false }, false],
    [{}, false],
    [undefined, false],
  ])('reminds once the door itself is reminded of: %j', (door, reminded) => {
    expect(isReminded(at, cabinet(door))).toBe(reminded)
  })
})
