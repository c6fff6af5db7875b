import type { CabinetEvent } from '@holdfast/core/cabinet/events.ts'
import type { CabinetLayout, LockAddress } from '@holdfast/core/cabinet/layout.ts'
import type { GivenPulse } from '../cabinet/cabinet.ts'
import { holds } from './law.ts'

/** Two frames of one line differ by what polls and noise make of it; the rule itself is 2 s. */
const spacingMs = 1_900

export interface PulseCheck {
  happened(event: CabinetEvent): void
  /** A coil drew current. */
  drew(pulse: GivenPulse): void
}

/** Laws 2 and 13, by physical truth: a coil draws once for one synced intent of this boot, and never close on another. */
export function checkPulses({ compartments }: CabinetLayout, mostCoilsAtOnce: () => number): PulseCheck {
  const due = new Set<string>()
  const keys = new Map(compartments.map(({ id, lock }) => [id, keyOf(lock)]))
  let lastAtMs = Number.NEGATIVE_INFINITY
  return {
    happened: (event) => {
      // After a restart doors are read, never pulsed.
      if (event.type === 'cabinetStarted') due.clear()
      if (event.type === 'doorUnlockIntended') due.add(keys.get(event.door) ?? event.door)
    },
    drew: ({ lock, atMs, isMeant }) => {
      if (!isMeant) {
        due.delete(keyOf(lock))
        return
      }
      holds(2, due.delete(keyOf(lock)), () => `${keyOf(lock)} drew current at ${atMs} without an intent`)
      holds(13, mostCoilsAtOnce() <= 1, () => 'two coils drew current at once')
      holds(13, atMs - lastAtMs >= spacingMs, () => `two pulses ${Math.round(atMs - lastAtMs)} ms apart`)
      lastAtMs = atMs
    },
  }
}

const keyOf = ({ line, board, channel }: LockAddress): string => `${line}/${board}/${channel}`
