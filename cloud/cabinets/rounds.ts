import { after, durationMs, hours } from '@holdfast/core/values/instants.ts'
import { pause } from '../platform/clock.ts'
import { codeOf } from '../platform/failure.ts'
import type { Ports } from '../platform/ports.ts'
import type { Carried } from './carried/carried.ts'
import { type CabinetsHealth, lookForSilentEvery } from './health/health.ts'
import type { Orders } from './orders/orders.ts'
import { erasePictures } from './pictures/pictures.ts'
import { erasePrivates } from './views/store.postgres.ts'

export type Rounds = { readonly start: () => void; readonly stop: () => Promise<void> }

type Due = {
  readonly health: Pick<CabinetsHealth, 'findSilent'>
  readonly orders: Pick<Orders, 'findUnanswered'>
  readonly carried: Pick<Carried, 'settle'>
  readonly privateDays: number
}

/** What falls due by time alone is looked for in rounds: no timer for each cabinet or order. */
export function createRounds({ db, clock, log }: Ports, { health, orders, carried, privateDays }: Due): Rounds {
  const stopping = new AbortController()
  let running: Promise<void> = Promise.resolve()
  const round = async (): Promise<void> => {
    await health.findSilent()
    await orders.findUnanswered()
    await carried.settle(hours(24 * privateDays))
    const term = after(clock.now(), durationMs(0 - hours(24 * privateDays)))
    await erasePrivates(db.query, term)
    await erasePictures(db.query, term)
  }
  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await round().catch((error: unknown) => log.warn({ code: codeOf(error) }, 'cabinet round not finished'))
      await pause(clock, lookForSilentEvery, stopping.signal)
    }
  }
  return {
    start: () => {
      running = run()
    },
    stop: async () => {
      stopping.abort()
      await running
    },
  }
}
