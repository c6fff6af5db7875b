/** The newest of something that is told again and again, and a way to wait for what one hopes for. */
export interface Watch<Value> {
  tell(value: Value): void
  latest(): Value | undefined
  forget(): void
  /** The first pick that is not undefined, of now or later; throws after `withinMs`, naming what was waited for. */
  until<Found>(pick: (value: Value) => Found | undefined, what: string, withinMs?: number): Promise<Found>
}

const withinMsDefault = 15_000

export function createWatch<Value>(describe: (value: Value | undefined) => string): Watch<Value> {
  let latest: Value | undefined
  const listeners = new Set<() => void>()
  return {
    tell: (value) => {
      latest = value
      for (const listener of listeners) listener()
    },
    latest: () => latest,
    forget: () => {
      latest = undefined
    },
    until: (pick, what, withinMs = withinMsDefault) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = latest === undefined ? undefined : pick(latest)
          if (found === undefined) return
          clearTimeout(timer)
          listeners.delete(look)
          resolve(found)
        }
        const timer = setTimeout(() => {
          listeners.delete(look)
          reject(new Error(`waited ${withinMs / 1000} s for ${what}; there is ${describe(latest)}`))
        }, withinMs)
        listeners.add(look)
        look()
      }),
  }
}

const pollMs = 150

/** The same for what has to be asked for. */
export async function eventually<Found>(
  ask: () => Promise<Found | undefined>,
  what: string,
  withinMs = withinMsDefault,
): Promise<Found> {
  const until = Date.now() + withinMs
  for (;;) {
    const found = await ask()
    if (found !== undefined) return found
    if (Date.now() > until) throw new Error(`waited ${withinMs / 1000} s for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, pollMs))
  }
}
