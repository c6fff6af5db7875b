import { expect, it } from 'vitest'
import type { Street } from '../street.ts'
import type { Run } from '../world.ts'
import { lawOf } from './report.ts'
import { liveTimes } from './times.ts'

const run: Run = { seed: 7, minutes: 0.5, faults: [] }

it('finds a town that comes out in two ways (law 15)', { timeout: 60_000 }, async () => {
  const { failure } = await liveTimes({ ...run, sabotage: otherwiseEachTime() }, 2)
  expect(failure === undefined ? undefined : lawOf(failure)).toBe(15)
  expect(failure?.message).toContain('came out in two ways')
})

it('finds nothing in a town that is the same however often it is lived', { timeout: 60_000 }, async () => {
  const { failure } = await liveTimes(run, 3)
  expect(failure?.message).toBeUndefined()
})

it('compares no traces of a town whose seals are real', { timeout: 60_000 }, async () => {
  const { failure } = await liveTimes({ ...run, seed: 100 }, 2)
  expect(failure?.message).toBeUndefined()
})

/** What no seed knows of: a key that is turned in every second life. */
function otherwiseEachTime(): (street: Street) => void {
  let lives = 0
  return ({ metal }) => {
    lives += 1
    const [first] = metal.snapshot()
    if (lives % 2 === 0 && first !== undefined) metal.hands.turnKey(first.lock)
  }
}
