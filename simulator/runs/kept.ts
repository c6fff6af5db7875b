import type { Tier } from '../seed/plan.ts'

export interface Kept {
  readonly seed: number
  readonly tier: Tier
  readonly minutes: number
  /** What it once found. */
  readonly found: string
}

/** Towns that found something, played again before any fresh one. */
export const kept: readonly Kept[] = [
  { seed: 8, tier: 'stand-in', minutes: 8, found: 'a recipient who knew his code before his parcel was acknowledged' },
  { seed: 10, tier: 'stand-in', minutes: 8, found: 'a recipient whose every code was dead, and who had a phone' },
  { seed: 30, tier: 'stand-in', minutes: 8, found: 'an acknowledgement that a full disk did not take' },
  { seed: 446735497, tier: 'stand-in', minutes: 8, found: 'the same as seed 8, with a courier who lingers' },
  { seed: 10_110, tier: 'stand-in', minutes: 8, found: 'a recipient who left a stuck leaf in silence' },
  { seed: 10_138, tier: 'stand-in', minutes: 8, found: 'a code that was renewed while it was looked at' },
  { seed: 10_149, tier: 'stand-in', minutes: 8, found: 'doors that were told one by one after a full disk' },
  { seed: 40_072, tier: 'stand-in', minutes: 8, found: 'the same as 10110, with a passer-by who pushes the leaf to' },
  { seed: 40_032, tier: 'stand-in', minutes: 8, found: 'a recipient whose door staff shut before he reached in' },
  { seed: 303_149_739, tier: 'stand-in', minutes: 4, found: 'the same, asking again before the boards had seen it' },
  { seed: 888_268_076, tier: 'stand-in', minutes: 4, found: 'the same, of one who had opened it with his phone' },
]
