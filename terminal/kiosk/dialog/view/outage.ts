import type { Instant } from '@holdfast/core/values/instants.ts'
import type { Settings } from '@holdfast/wire/cabinet/desired.ts'

/** The end of the planned outage that runs now, by the wall clock: it says no more than whether parcels are taken in. */
export function outageUntil(settings: Settings | undefined, wall: Instant): Instant | null {
  const running = settings?.outages?.filter(({ from, to }) => from <= wall && wall < to) ?? []
  const ends = running.map(({ to }) => to)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the schema's instants.
  return ends.length === 0 ? null : (Math.max(...ends) as Instant)
}
