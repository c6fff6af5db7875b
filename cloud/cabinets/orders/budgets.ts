import type { CabinetsRefusal } from '../codes.ts'
import type { Openings } from './store.postgres.ts'

/** Law 13, the cloud's part; the cabinet's own budget stands below it whatever happens here. */
export const openingLimits = {
  perStaffAndHour: 20,
  perStaffAndTenMinutes: 3,
  perOperatorAndHour: 20,
  /** The breaker: so many times the hourly norm of the last week, and never below `perOperatorAndHour`. */
  timesNorm: 3,
} as const

const hoursInWeek = 7 * 24

export function refuseOpening({ byStaff, byStaffLately, byOperator, inWeek }: Openings): CabinetsRefusal | undefined {
  if (byStaff >= openingLimits.perStaffAndHour) return 'staff-openings-spent'
  const norm = inWeek / hoursInWeek
  const breaker = Math.max(openingLimits.perOperatorAndHour, openingLimits.timesNorm * norm)
  if (byOperator >= breaker) return 'operator-openings-stopped'
  // Above three doors a second person must stand for it.
  return byStaffLately >= openingLimits.perStaffAndTenMinutes ? 'second-person-needed' : undefined
}
