import { against, type Measure } from '../../figure.ts'
import { runOfflineDay } from '../../offline/day.testing.ts'

/**
 * A day with the cabinet's cable out, on the real terminal and the real cloud in one process: a hundred deposits by way
 * of the courier's phone, a hundred with a certificate, three hundred pickups (a hundred from before). The cabinet's own
 * day goes ten times as fast, with its budgets; codes and merging are measured on the wall.
 */
export const measure: Measure = async () => {
  const day = await runOfflineDay({ before: 100, byPhone: 100, certified: 100 })
  const unserved = day.deposits + day.pickups - day.served
  return [
    {
      figure: { name: 'offline-day', value: unserved, unit: 'unserved', ratio: unserved + day.twice, ...counts(day) },
      atMost: 0,
    },
    against('offline-day-code', day.slowestCodeMs, 'ms', 5_000),
    against('offline-day-merge', day.mergedMs, 'ms', 30_000),
  ]
}

const counts = ({ deposits, pickups, twice }: Awaited<ReturnType<typeof runOfflineDay>>) => ({
  deposits,
  pickups,
  twice,
})
