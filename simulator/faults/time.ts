import type { Chance } from '../seed/chance.ts'
import type { Family, Fault, FaultPorts } from './faults.ts'

const dayMs = 86_400_000

/** What befalls the wall clock of a cabinet: no right may notice (law: running time). */
export function timeFaults({ street }: FaultPorts): Family {
  const wall =
    (of: (chance: Chance) => Parameters<typeof street.setWall>[0]): Fault =>
    (chance, lasting) => {
      const wrong = of(chance)
      return lasting(10_000, 120_000, [() => street.setWall(wrong), () => street.setWall({})])
    }
  return {
    'clock-skew': wall((chance) => ({ offMs: chance.between(-365, 365) * dayMs })),
    'clock-jump': wall((chance) => ({ offMs: chance.between(1, 72) * 3_600_000 })),
    'clock-frozen': wall(() => ({ isFrozen: true })),
    'clock-backwards': wall((chance) => ({ offMs: -chance.between(1, 72) * 3_600_000 })),
  }
}
