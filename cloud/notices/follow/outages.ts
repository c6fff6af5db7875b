import type { DepositId } from '@holdfast/core/values/ids.ts'
import type { Instant } from '@holdfast/core/values/instants.ts'
import type { PlannedPause } from '../../cabinets/facts.ts'
import type { Content, PlaceWords } from '../notices.ts'
import type { Task } from './compose.ts'

export type OutageCase = {
  readonly deposit: DepositId
  /** Of the place, as far as they are not over. */
  readonly outages: readonly PlannedPause[]
  readonly where: PlaceWords
  /** The end of the free time, counted around all of them. */
  readonly until: Instant
}

/** `over`: nobody needs to hear of it any more. */
export type OutageWords = { readonly key: string; readonly content: Content; readonly over: Instant }

/** What the news of an outage still has to say: nothing of one that was called off or is over meanwhile. */
export function sayOutage({ type, outage }: Task, about: OutageCase): OutageWords | undefined {
  if (outage === undefined) return undefined
  const { deposit, outages, where, until } = about
  if (type === 'outage-planned') return outages.some(({ id }) => id === outage.id) ? planned(outage, about) : undefined
  const content = { template: 'outage-cancelled', ...where, outage, until } as const
  return { key: `outage-cancelled/${deposit}/${outage.id}`, content, over: outage.to }
}

/** Whoever gets a parcel put in learns with its code when he could not come; the same words under the same key. */
export const sayComing = (about: OutageCase): readonly OutageWords[] =>
  about.outages.filter(({ from }) => from < about.until).map((outage) => planned(outage, about))

const planned = (outage: PlannedPause, { deposit, where, until }: OutageCase): OutageWords => ({
  key: `outage/${deposit}/${outage.id}`,
  content: { template: 'outage-planned', ...where, outage, until },
  over: outage.to,
})
