import { keypadLimits } from '../../access/keypad.ts'
import { doorDecider } from '../../door/door.ts'
import { leaseDue } from '../../compartment/lease.ts'
import { after, earliest, type RunningMs } from '../../values/instants.ts'
import { releaseDue } from '../safety/emergency.ts'
import type { Cabinet } from '../state.ts'

/** The next instant at which `timePassed` has something to say. */
export function cabinetDue(cabinet: Cabinet): RunningMs | undefined {
  const doors = [...cabinet.doors.values()].map((door) => doorDecider.due(door))
  return earliest([
    ...doors,
    cabinet.session?.until,
    judgingEndsAt(cabinet),
    leaseDue(cabinet.leases),
    releaseDue(cabinet),
  ])
}

/** An attempt whose tag never came (the hashing worker died) is answered as wrong. */
export function judgingEndsAt({ keypad }: Cabinet): RunningMs | undefined {
  if (keypad.open === null || keypad.lastAttemptAt === null) return undefined
  return after(keypad.lastAttemptAt, keypadLimits.judging)
}
