import { countFree } from '@holdfast/core/compartment/allocate.ts'
import { candidates, type Cabinet, type Deposit } from '@holdfast/core/cabinet/state.ts'
import type { CompartmentId } from '@holdfast/core/values/ids.ts'
import type { FreeCounts, Phase } from '@holdfast/wire/kiosk/screens.ts'
import type { Sight } from '../dialog.ts'

/** For whoever stands here: doors held for others do not count, a courier's own do. */
export function freeNow({ cabinet }: Sight): FreeCounts {
  const { session } = cabinet
  return countFree(candidates(cabinet, session?.kind === 'courier' ? session.person : null))
}

/** Where the opening that a deposit or a look waits for has come to. */
export function phaseOf({ compartment, cycle }: Pick<Deposit, 'compartment' | 'cycle'>, { doors }: Cabinet): Phase {
  const door = doors.get(compartment)
  if (door === undefined) return 'stuck'
  if (door.pulse !== null) return 'opening'
  if (door.position === 'open' || door.position === 'unlatched') return 'open'
  switch (cycle) {
    case 'shut':
      return 'shut'
    case 'open':
      return 'open'
    case 'none':
    case 'unknown':
      return 'stuck'
  }
}

export const isReminded = (compartment: CompartmentId, { doors }: Cabinet): boolean =>
  doors.get(compartment)?.reminded === true
