import { durationMs } from '@holdfast/core/values/instants.ts'
import { codeOf } from '../../platform/failure.ts'
import { createSignal } from '../../platform/outbox/signal.ts'
import type { Ports } from '../../platform/ports.ts'

export type Rounds = {
  /** Something was queued and is committed: look now. */
  readonly wake: () => void
  readonly start: () => void
  readonly stop: () => Promise<void>
}

const firstPauseMs = 50
const longestPauseMs = 1_000
/** A round takes at least so many where more may wait. */
const manyFrom = 16

/** Works while there is much work; then waits for a wake or for an ever longer pause. */
export function createRounds({ clock, log }: Ports, round: () => Promise<number>): Rounds {
  const signal = createSignal(clock)
  const stopping = new AbortController()
  let running: Promise<void> = Promise.resolve()
  const run = async (): Promise<void> => {
    let pause = firstPauseMs
    while (!stopping.signal.aborted) {
      const seen = signal.count()
      const moved = await round().catch((error: unknown) => {
        log.warn({ code: codeOf(error) }, 'messages cannot be worked on, trying again')
        return 0
      })
      if (moved >= manyFrom) continue
      const woken = await signal.wait(seen, durationMs(pause), stopping.signal)
      pause = woken || moved > 0 ? firstPauseMs : Math.min(pause * 2, longestPauseMs)
    }
  }
  return {
    wake: signal.raise,
    start: () => {
      running = run()
    },
    stop: async () => {
      stopping.abort()
      await running
    },
  }
}
