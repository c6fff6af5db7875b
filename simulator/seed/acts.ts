import type { Chance } from './chance.ts'
import type { VirtualClock } from './clock.ts'

/** `stream.number`: what somebody does, or what befalls a town. A seed is a list of acts, and a shrunk one a shorter list. */
export type ActId = `${number}.${number}`

export interface Acts {
  /** One after the other until the end of the day, each with a chance of its own, so that leaving one out moves no other. */
  again(pauseMs: readonly [number, number], act: (chance: Chance, id: ActId) => Promise<unknown>): void
  /** Ids of all that were begun. */
  begun(): readonly ActId[]
  /** The first thing that was thrown in somebody's hands. */
  failed(): Error | undefined
}

export interface ActsPorts {
  readonly clock: VirtualClock
  readonly chance: Chance
  readonly endsAt: number
  /** Undefined does all of them. */
  readonly only: ReadonlySet<ActId> | undefined
}

export function createActs({ clock, chance, endsAt, only }: ActsPorts): Acts {
  const begun: ActId[] = []
  let streams = 0
  let failed: Error | undefined
  const live = async (stream: number, ...[[leastMs, mostMs], act]: Parameters<Acts['again']>): Promise<void> => {
    for (let n = 0; ; n += 1) {
      const own = chance.apart(`act ${stream}.${n}`)
      await clock.sleep(own.between(leastMs, mostMs))
      if (clock.now() >= endsAt) return
      const id: ActId = `${stream}.${n}`
      if (only?.has(id) === false) continue
      begun.push(id)
      await act(own, id)
    }
  }
  return {
    again: (pauseMs, act) => {
      streams += 1
      live(streams - 1, pauseMs, act).catch((error: unknown) => {
        failed ??= error instanceof Error ? error : new Error(String(error))
      })
    },
    begun: () => begun,
    failed: () => failed,
  }
}
