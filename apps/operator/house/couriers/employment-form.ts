import type { CourierRow, EmploymentRequest } from '@holdfast/wire/http/desk/couriers.ts'

export interface EmploymentForm {
  readonly carrier: string
  readonly outlet: string
  /** Days of the desk's own calendar, 2026-12-31; empty: from now, and with no end. */
  readonly from: string
  readonly until: string
}

export const emptyEmployment = (carrier: string): EmploymentForm => ({ carrier, outlet: '', from: '', until: '' })

/** When a day begins where the desk stands; undefined for what is no day. */
function startOf(day: string): number | undefined {
  const at = day === '' ? Number.NaN : new Date(`${day}T00:00:00`).getTime()
  return Number.isNaN(at) ? undefined : at
}

/** The last day is worked to its end. */
function endOf(day: string): number | undefined {
  const begun = startOf(day)
  if (begun === undefined) return undefined
  const next = new Date(begun)
  next.setDate(next.getDate() + 1)
  return next.getTime()
}

/** An end before now is the cloud's to refuse: it knows what time it is. */
export function isSound({ carrier, from, until }: EmploymentForm): boolean {
  const [begin, end] = [startOf(from), endOf(until)]
  if (carrier === '' || (until !== '' && end === undefined)) return false
  return end === undefined || begin === undefined || end > begin
}

export function bodyOf({ carrier, outlet, from, until }: EmploymentForm): EmploymentRequest {
  const [begin, end] = [startOf(from), endOf(until)]
  return {
    carrier,
    ...(outlet.trim() === '' ? {} : { outlet: outlet.trim() }),
    ...(begin === undefined ? {} : { from: begin }),
    ...(end === undefined ? {} : { until: end }),
  }
}

export function standingOf(
  { from, until }: Pick<CourierRow['employments'][number], 'from' | 'until'>,
  now: number,
): 'past' | 'now' | 'later' {
  if (until !== null && until <= now) return 'past'
  return from > now ? 'later' : 'now'
}
