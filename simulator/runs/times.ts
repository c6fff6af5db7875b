import { LawBroken } from '../checks/law.ts'
import { hasRealSeals } from '../seed/plan.ts'
import { type Lived, type Run, simulate } from '../world.ts'

/** The same town so many times, but once where its seals are real: the first life, broken under law 15 where another came out differently. */
export async function liveTimes(run: Run, times: number): Promise<Lived> {
  const first = await simulate(run)
  if (hasRealSeals(run.seed)) return first
  for (let n = 1; n < times; n += 1) {
    const { trace } = await simulate(run)
    if (trace === first.trace || first.failure !== undefined) continue
    const says = `seed ${run.seed} came out in two ways: ${first.trace.slice(0, 16)} and ${trace.slice(0, 16)}`
    return { ...first, failure: new LawBroken(15, says) }
  }
  return first
}
