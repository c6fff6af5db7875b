import type { LockAddress } from '@holdfast/core/cabinet/layout.ts'
import type { Defects } from '../cabinet/door.ts'
import type { Chance } from '../seed/chance.ts'
import { lineName } from '../street.ts'
import type { Family, Fault, FaultPorts } from './faults.ts'

export const soundDoor: Defects = {
  jammed: false,
  leafHeld: false,
  willNotLatch: false,
  latchSays: undefined,
  leafSays: undefined,
}

/** Bolts that stick, leaves that freeze, catches that are worn, contacts that lie. */
export function doorFaults({ street, layout }: FaultPorts): Family {
  const anyLock = (chance: Chance): LockAddress =>
    chance.pick(layout.compartments)?.lock ?? { line: lineName, board: 1, channel: 1 }
  const defect =
    (bad: Partial<Defects>): Fault =>
    (chance, lasting) => {
      const lock = anyLock(chance)
      const healthy = Object.fromEntries(Object.keys(bad).map((name) => [name, undefined]))
      const set = (defects: Partial<Defects>) => () => street.metal.setDefects(lock, defects)
      return lasting(20_000, 90_000, [set(bad), set({ ...soundDoor, ...healthy })])
    }
  return {
    jammed: defect({ jammed: true }),
    'leaf-held': defect({ leafHeld: true }),
    'will-not-latch': defect({ willNotLatch: true }),
    // A contact that hangs open: the other way round it would hide an open door, and no law speaks of what nobody sees.
    'latch-sensor-stuck': defect({ latchSays: 'released' }),
    'leaf-sensor-stuck': defect({ leafSays: 'open' }),
    'key-turned': async (chance, lasting) => {
      const lock = anyLock(chance)
      await lasting(2_000, 20_000, [() => street.metal.hands.turnKey(lock), () => street.metal.hands.push(lock)])
    },
  }
}
