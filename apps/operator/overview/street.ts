import type { CabinetSummary } from '@holdfast/wire/http/cabinets.ts'
import type { Show } from '../desk/route.ts'

/** How much of `show` one cabinet has. */
export function amountOf(cabinet: CabinetSummary, show: Show): number {
  if (show === 'offline') return isAway(cabinet) ? 1 : 0
  // Doors of a cabinet that was never set up are free for nobody.
  return cabinet.enrolled || show === 'openAlerts' ? cabinet[show] : 0
}

/** Set up once and silent now. One that was never set up is not missed by anybody. */
export const isAway = ({ enrolled, online }: CabinetSummary): boolean => enrolled && !online

export const totalOf = (cabinets: readonly CabinetSummary[], show: Show): number =>
  cabinets.reduce((sum, cabinet) => sum + amountOf(cabinet, show), 0)

/** Higher stands first: alerts, a failing journal, silence, open and suspect doors. */
function urgency(cabinet: CabinetSummary): readonly number[] {
  const { openAlerts, journal, open, suspect } = cabinet
  return [openAlerts, journal === 'ok' ? 0 : 1, isAway(cabinet) ? 1 : 0, suspect, open]
}

/** What needs a person first; with `show`, only cabinets that have some of it, most first. */
export function inOrder(
  cabinets: readonly CabinetSummary[],
  show: Show | undefined,
  locale: string,
): readonly CabinetSummary[] {
  const names = new Intl.Collator(locale, { numeric: true })
  const kept = show === undefined ? [...cabinets] : cabinets.filter((cabinet) => amountOf(cabinet, show) > 0)
  const weigh = (cabinet: CabinetSummary): readonly number[] => [
    ...(show === undefined ? [] : [amountOf(cabinet, show)]),
    ...urgency(cabinet),
  ]
  return kept
    .map((cabinet) => ({ cabinet, weight: weigh(cabinet) }))
    .sort((a, b) => compare(b.weight, a.weight) || names.compare(a.cabinet.name, b.cabinet.name))
    .map(({ cabinet }) => cabinet)
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [i, value] of a.entries()) {
    const difference = value - (b[i] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
