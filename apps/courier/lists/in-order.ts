import type { CourierDeposit, Recall } from '@holdfast/wire/http/parcels.ts'

/** What to take out at one cabinet: one stop on the way. */
export interface Stop {
  readonly place: Recall['place']
  readonly recalls: readonly Recall[]
}

const byLabel = (a: Recall, b: Recall): number => a.door.label.localeCompare(b.door.label, 'en', { numeric: true })

/** Recalls by cabinet, the cabinet with most of them first; doors in the order of their labels. */
export function stopsOf(recalls: readonly Recall[]): readonly Stop[] {
  const stops = new Map<string, [Recall, ...Recall[]]>()
  for (const recall of recalls) {
    const known = stops.get(recall.place.cabinet)
    if (known) known.push(recall)
    else stops.set(recall.place.cabinet, [recall])
  }
  return [...stops.values()]
    .map((at) => ({ place: at[0].place, recalls: [...at].sort(byLabel) }))
    .sort((a, b) => b.recalls.length - a.recalls.length || (a.place.siteName < b.place.siteName ? -1 : 1))
}

const live = new Set<CourierDeposit['state']>(['stored', 'overdue'])

/** Whoever it is for does not know of it, and still could: the courier may still be there. */
export const isMissed = ({ notice, state, notMine }: CourierDeposit): boolean =>
  (notice === 'undeliverable' || notMine) && live.has(state)

/** While it waits, its recipient's number can be put right and the message sent again. */
export const canAmend = ({ state }: CourierDeposit): boolean => live.has(state)

export interface Day {
  readonly missed: readonly CourierDeposit[]
  readonly others: readonly CourierDeposit[]
}

/** Recipients not reached first, then the rest, newest first. */
export function dayOf(deposits: readonly CourierDeposit[]): Day {
  const newest = [...deposits].sort((a, b) => b.madeAt - a.madeAt)
  return { missed: newest.filter(isMissed), others: newest.filter((deposit) => !isMissed(deposit)) }
}

/** What a person is told of one deposit: while it waits, what became of the message; then what became of the parcel. */
export type DepositWord = 'notMine' | `notice.${CourierDeposit['notice']}` | `state.${CourierDeposit['state']}`

export const wordOf = (deposit: CourierDeposit): DepositWord =>
  deposit.notMine && live.has(deposit.state)
    ? 'notMine'
    : deposit.state === 'stored'
      ? `notice.${deposit.notice}`
      : isMissed(deposit)
        ? 'notice.undeliverable'
        : `state.${deposit.state}`

const stillThereMs = 10 * 60_000
const soonMs = 3_000

/** A message is on its way and the courier may still be at the cabinet: asked again soon, so that he hears of it there. */
export const soonFor = (deposits: readonly CourierDeposit[], now: number): number | undefined =>
  deposits.some(
    ({ notice, madeAt }) =>
      (notice === 'none' || notice === 'queued' || notice === 'sent') && now - madeAt < stillThereMs,
  )
    ? soonMs
    : undefined
