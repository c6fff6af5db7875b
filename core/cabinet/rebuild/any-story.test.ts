import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { replay } from '../../decider/decider.ts'
import { runningMs } from '../../values/instants.ts'
import { cabinetDecider } from '../cabinet.ts'
import { doorIds, givenAt, sixDoors } from '../laws/scene.testing.ts'
import { story } from '../laws/story.testing.ts'
import { play } from '../laws/world.testing.ts'
import { newCabinet, type Cabinet } from '../state.ts'
import { rebuildOf } from './rebuild.ts'

const { decide, evolve } = cabinetDecider
const fresh = evolve(newCabinet, { type: 'layoutTaken', layout: sixDoors, at: runningMs(1) })

const pairs = fc.sample(story, { numRuns: 200, seed: 31 }).map((steps) => {
  const lost = replay(evolve, newCabinet, play(cabinetDecider, steps))
  const decision = decide(fresh, { type: 'rebuildCabinet', compartments: rebuildOf(lost) }, givenAt(runningMs(2)))
  if (!decision.accepted) throw new Error(decision.refusal)
  return { lost, built: replay(evolve, fresh, decision.events) }
})
const live = (cabinet: Cabinet) =>
  [...cabinet.compartments.values()].flatMap(({ id, deposit }) => {
    const stage = deposit === null ? undefined : cabinet.deposits.get(deposit)?.stage
    return deposit !== null && (stage === 'stored' || stage === 'refused') ? [`${id} ${deposit} ${stage}`] : []
  })

it('keeps every deposit that waits behind its door, and makes up none (laws 1 and 3)', () => {
  for (const { lost, built } of pairs) {
    const kept = live(built)
    for (const one of live(lost)) expect(kept).toContain(one)
    const known = new Set(lost.deposits.keys())
    for (const id of built.deposits.keys()) expect(known).toContain(id)
  }
})

it('takes no door for empty that nobody has looked into since (law 16)', () => {
  for (const { built } of pairs) for (const id of doorIds) expect(built.compartments.get(id)?.use).not.toBe('free')
})

it('goes back in no epoch, so that no old order opens anything (law 6)', () => {
  for (const { lost, built } of pairs)
    for (const [id, { epoch }] of lost.compartments)
      expect(built.compartments.get(id)?.epoch ?? -1).toBeGreaterThanOrEqual(epoch)
})

it('knows none of the lost codes, and takes a past over once', () => {
  for (const { lost, built } of pairs.slice(0, 40)) {
    for (const { codes } of built.deposits.values()) expect(codes).toEqual([])
    const again = decide(built, { type: 'rebuildCabinet', compartments: rebuildOf(lost) }, givenAt(runningMs(3)))
    expect(again).toEqual({ accepted: false, refusal: 'cabinet-has-a-past' })
  }
})
