import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { replay } from '../../decider/decider.ts'
import { runningMs, type RunningMs } from '../../values/instants.ts'
import { cabinetDecider } from '../cabinet.ts'
import type { CabinetEvent } from '../events.ts'
import { givenAt } from '../laws/scene.testing.ts'
import { story } from '../laws/story.testing.ts'
import { play } from '../laws/world.testing.ts'
import { newCabinet, type Cabinet } from '../state.ts'

const { absorb, evolve, due } = cabinetDecider

/** The cabinet at the end of a story, and when that was. */
function ends(journal: readonly CabinetEvent[]): { readonly cabinet: Cabinet; readonly now: RunningMs } {
  const now = Math.max(0, ...journal.map((event) => ('at' in event ? event.at : 0)))
  return { cabinet: replay(evolve, newCabinet, journal), now: runningMs(now) }
}
const stories = fc.sample(story, { numRuns: 250, seed: 23 }).map((steps) => ends(play(cabinetDecider, steps)))

it('what is due is done at its instant: nothing is due twice, and time comes to rest', () => {
  for (const { cabinet: start, now } of stories) {
    let cabinet = start
    let last = now
    for (let rounds = 0; ; rounds += 1) {
      const next = due(cabinet)
      if (next === undefined) break
      const at = runningMs(Math.max(next, last))
      cabinet = replay(evolve, cabinet, absorb(cabinet, { type: 'timePassed' }, givenAt(at)))
      expect(due(cabinet) ?? at + 1).toBeGreaterThan(at)
      expect(absorb(cabinet, { type: 'timePassed' }, givenAt(at))).toEqual([])
      last = at
      expect(rounds).toBeLessThan(100)
    }
  }
})

it('before anything is due nothing happens by itself', () => {
  for (const { cabinet, now } of stories) {
    const next = due(cabinet)
    const early = runningMs(Math.min(next === undefined ? now + 1_000_000 : next - 1, now + 1_000_000))
    if (early < now) continue
    expect(absorb(cabinet, { type: 'timePassed' }, givenAt(early))).toEqual([])
  }
})

it('a power cut loses no timer: the folded journal is due when the cabinet was', () => {
  for (const { cabinet } of stories.slice(0, 60)) {
    const again = structuredClone(cabinet)
    expect(due(again)).toBe(due(cabinet))
  }
})
