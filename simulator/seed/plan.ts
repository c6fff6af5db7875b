import { createChance } from './chance.ts'
import { faultKinds } from '../faults/faults.ts'
import { cloudFaultKinds } from '../house/trouble.ts'
import type { Family } from '../street.ts'

/** What a seed decides before anything happens. */
export interface Plan {
  readonly seed: number
  readonly minutes: number
  readonly cabinets: readonly Family[]
  /** Kinds of faults that this town knows; some towns know one, some all, and one in twelve none. */
  readonly faults: readonly string[]
  /** Between two faults at one cabinet, at least and at most. */
  readonly pauseMs: readonly [number, number]
  /** Real signatures and a real slow hash with a low cost. */
  readonly hasRealSeals: boolean
}

const realSealsEvery = 100

/** Their signatures are drawn outside of the seed: no trace of such a town is compared. */
export const hasRealSeals = (seed: number): boolean => seed % realSealsEvery === 0

export type Tier = 'stand-in' | 'cloud'

export interface Asked {
  readonly seed: number
  readonly minutes: number
  readonly tier: Tier
  /** In place of what the seed draws. */
  readonly kinds: readonly string[] | undefined
}

export function planOfSeed({ seed, minutes, tier, kinds: faults }: Asked): Plan {
  const chance = createChance(seed).apart('plan')
  const calm = chance.happens(1 / 12)
  const share = chance.draw()
  const known = tier === 'cloud' ? [...faultKinds, ...cloudFaultKinds] : faultKinds
  const drawn = known.filter(() => chance.happens(share))
  const leastMs = chance.between(1_000, 15_000)
  return {
    seed,
    minutes,
    cabinets: Array.from({ length: chance.between(1, 3) }, () => (chance.happens(0.5) ? 'xor-8a' : 'modbus-relay')),
    faults: faults ?? (calm ? [] : drawn),
    pauseMs: [leastMs, leastMs * chance.between(2, 6)],
    hasRealSeals: hasRealSeals(seed),
  }
}
