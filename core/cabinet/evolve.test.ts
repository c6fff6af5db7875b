import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { replay } from '../decider/decider.ts'
import type { CabinetEvent } from './events.ts'
import { evolveCabinet } from './evolve.ts'
import { story } from './laws/story.testing.ts'
import { flat, play } from './laws/world.testing.ts'
import { cabinetDecider } from './cabinet.ts'
import { newCabinet, type Cabinet } from './state.ts'

const journals = fc.sample(story, { numRuns: 25, seed: 11 }).map((steps) => play(cabinetDecider, steps))
const folded = (events: readonly CabinetEvent[], start: Cabinet = newCabinet): Cabinet =>
  replay(evolveCabinet, start, events)

it('a fold changes nothing that was handed to it: neither the state before nor the event', () => {
  for (const journal of journals.slice(0, 8)) {
    let cabinet = newCabinet
    for (const event of journal) {
      const [before, said] = [structuredClone(flat(cabinet)), structuredClone(event)]
      const next = evolveCabinet(cabinet, event)
      expect(flat(cabinet)).toEqual(before)
      expect(event).toEqual(said)
      cabinet = next
    }
  }
})

it('a prefix kept as a snapshot and the rest fold to what the whole folds to, wherever it is cut (law 8)', () => {
  for (const journal of journals) {
    const whole = flat(folded(journal))
    for (const cut of [0, 1, journal.length >> 1, journal.length - 1]) {
      const kept = structuredClone(folded(journal.slice(0, cut)))
      expect(flat(folded(journal.slice(cut), kept))).toEqual(whole)
    }
  }
})

it('what was written down and read again folds to the same cabinet, its fields in any order', () => {
  const turned = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(turned)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value)
        .toReversed()
        .map(([name, inner]) => [name, turned(inner)]),
    )
  }
  for (const journal of journals) {
    const again = JSON.parse(JSON.stringify(turned(journal))) as CabinetEvent[]
    expect(flat(folded(again))).toEqual(flat(folded(journal)))
  }
})

it('never makes two live deposits of one compartment and epoch, whatever the fold is at (law 1)', () => {
  for (const journal of journals) {
    let cabinet = newCabinet
    for (const event of journal) {
      cabinet = evolveCabinet(cabinet, event)
      const bound = [...cabinet.compartments.values()].flatMap(({ deposit }) => deposit ?? [])
      expect(new Set(bound).size).toBe(bound.length)
    }
  }
})

it('never lowers an epoch, nor the number of codes that are dead (laws 5 and 6)', () => {
  for (const journal of journals) {
    let cabinet = newCabinet
    for (const event of journal) {
      const next = evolveCabinet(cabinet, event)
      const lowered = [...cabinet.compartments].filter(
        ([id, { epoch }]) => (next.compartments.get(id)?.epoch ?? epoch) < epoch,
      )
      expect(lowered).toEqual([])
      expect(next.codesDead).toBeGreaterThanOrEqual(cabinet.codesDead)
      cabinet = next
    }
  }
})
