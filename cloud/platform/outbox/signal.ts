import type { DurationMs } from '@holdfast/core/values/instants.ts'
import type { Clock } from '../clock.ts'

/** Wakes everyone who waits in this process. `count` closes the gap between looking and waiting. */
export type Signal = {
  readonly raise: () => void
  readonly count: () => number
  /** True when raised since `seen` was counted; false after the delay or an abort. */
  readonly wait: (seen: number, delay: DurationMs, abort?: AbortSignal) => Promise<boolean>
}

export function createSignal(clock: Clock): Signal {
  let raised = 0
  const waiting = new Set<() => void>()
  return {
    count: () => raised,
    raise: () => {
      raised += 1
      for (const wake of waiting) wake()
    },
    wait: (seen, delay, abort) =>
      new Promise((resolve) => {
        const finish = (): void => {
          cancel()
          waiting.delete(finish)
          abort?.removeEventListener('abort', finish)
          resolve(raised > seen)
        }
        const cancel = clock.timer(delay, finish)
        waiting.add(finish)
        abort?.addEventListener('abort', finish)
        if (raised > seen || abort?.aborted === true) finish()
      }),
  }
}
