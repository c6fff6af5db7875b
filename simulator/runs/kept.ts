import type { Tier } from '../seed/plan.ts'

export interface Kept {
  readonly seed: number
  readonly tier: Tier
  readonly minutes: number
  /** What it once found. */
  readonly found: string
}

/** Towns that found something, played again before any fresh one. */
export const kept: readonly Kept[] = []
