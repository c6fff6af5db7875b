import { LawBroken as CoreLawBroken } from '@holdfast/core/cabinet/laws/oracle.testing.ts'
import { LawBroken } from '../checks/law.ts'
import type { Lived } from '../world.ts'

/** Laws that nothing in a town can break yet, because what they speak of is not in it. */
export const vacuousLaws = [9, 11, 14] as const

export interface Summary {
  readonly seeds: number
  readonly parcels: number
  readonly events: number
  readonly virtualHours: number
  readonly faults: Readonly<Record<string, number>>
  readonly violations: readonly { readonly seed: number; readonly says: string }[]
  readonly parcelsPerCoreSecond: number
  readonly vacuousLaws: readonly number[]
}

/** The number of the law that broke; 0 for anything else that was thrown. */
export const lawOf = (error: Error): number =>
  error instanceof LawBroken || error instanceof CoreLawBroken ? error.law : 0

export function createReport() {
  const faults = new Map<string, number>()
  const violations: { readonly seed: number; readonly says: string }[] = []
  let [seeds, parcels, events, virtualMs] = [0, 0, 0, 0]
  return {
    add: (lived: Lived): void => {
      seeds += 1
      parcels += lived.parcels
      events += lived.events
      virtualMs += lived.virtualMs
      for (const [kind, times] of Object.entries(lived.faults)) faults.set(kind, (faults.get(kind) ?? 0) + times)
      if (lived.failure !== undefined) violations.push({ seed: lived.seed, says: lived.failure.message })
    },
    parcels: () => parcels,
    summary: (coreMs: number): Summary => ({
      seeds,
      parcels,
      events,
      virtualHours: Math.round(virtualMs / 36_000) / 100,
      faults: Object.fromEntries([...faults].sort(([left], [right]) => left.localeCompare(right))),
      violations,
      parcelsPerCoreSecond: Math.round((parcels / coreMs) * 10_000) / 10,
      vacuousLaws,
    }),
  }
}
