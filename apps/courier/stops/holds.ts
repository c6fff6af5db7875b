import type { CourierCabinet, Hold } from '@holdfast/wire/http/courier/day.ts'

/** Asked, in the queue, or there for one: it can still be given back. */
export const isOpen = ({ state }: Hold): boolean => state === 'asked' || state === 'waiting' || state === 'held'

const endsShown = 1

/** Those that live, and the newest end: so one learns that a door went. One given back or used is no news. */
export function shownHolds({ holds }: Pick<CourierCabinet, 'holds'>): readonly Hold[] {
  const told = holds.filter((hold) => !isOpen(hold) && hold.state !== 'used' && hold.state !== 'given-back')
  const newest = [...told].sort((left, right) => right.askedAt - left.askedAt).slice(0, endsShown)
  return holds.filter((hold) => isOpen(hold) || newest.includes(hold))
}

const soonMs = 2_000

/** The cabinet's answer is waited for: asked again soon. */
export const pollOf = (list: { readonly items: readonly CourierCabinet[] }): number | undefined =>
  list.items.some(({ holds }) => holds.some(({ state }) => state === 'asked' || state === 'waiting'))
    ? soonMs
    : undefined

export const freeIn = (cabinets: readonly Pick<CourierCabinet, 'free'>[]): number =>
  cabinets.reduce((sum, { free }) => sum + free.S + free.M + free.L + free.XL, 0)
