import { expect, it } from 'vitest'
import { runOfflineDay } from './day.testing.ts'

it('a day without the cabinet’s network: everybody is served, codes come by the phone, and nothing is told twice', async () => {
  const day = await runOfflineDay({ before: 3, byPhone: 4, certified: 4 })
  expect(day).toMatchObject({ deposits: 11, pickups: 11, served: 22, twice: 0 })
  expect(day.slowestCodeMs).toBeLessThan(5_000)
  expect(day.mergedMs).toBeLessThan(30_000)
}, 60_000)
