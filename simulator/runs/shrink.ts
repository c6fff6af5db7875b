import type { ActId } from '../seed/acts.ts'

/** Whether a town with only these acts still breaks the same law. */
export type StillBreaks = (acts: readonly ActId[]) => Promise<boolean>

/** Delta debugging: halves first, then ever smaller parts, as long as leaving one out keeps the law broken. */
export async function shrink(
  all: readonly ActId[],
  stillBreaks: StillBreaks,
  triesMax = 120,
): Promise<readonly ActId[]> {
  let acts = all
  let parts = 2
  for (let tries = 0; tries < triesMax && acts.length > 1;) {
    const size = Math.ceil(acts.length / parts)
    let smaller: readonly ActId[] | undefined
    for (let from = 0; from < acts.length && smaller === undefined && tries < triesMax; from += size) {
      const rest = [...acts.slice(0, from), ...acts.slice(from + size)]
      tries += 1
      if (await stillBreaks(rest)) smaller = rest
    }
    if (smaller !== undefined) {
      acts = smaller
      parts = Math.max(2, parts - 1)
    } else if (size === 1) {
      return acts
    } else {
      parts = Math.min(acts.length, parts * 2)
    }
  }
  return acts
}
