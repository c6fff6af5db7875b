import { describe, expect, it } from 'vitest'
import { evolveCabinet } from '@holdfast/core/cabinet/evolve.ts'
import type { CabinetEvent } from '@holdfast/core/cabinet/events.ts'
import { type Cabinet, newCabinet } from '@holdfast/core/cabinet/state.ts'
import { type Id, type IdKind, idFromBytes } from '@holdfast/core/values/ids.ts'
import { runningMs } from '@holdfast/core/values/instants.ts'
import {
  createWaits,
  factsPerStay,
  type JournalEnd,
  lostFacts,
  type Stay,
  stepsOf,
  type StoredJournal,
} from './fleet.ts'

const id = <Kind extends IdKind>(kind: Kind, n = 1): Id<Kind> => idFromBytes(kind, new Uint8Array(16).fill(n))
const door = id('compartment')
const stay: Stay = {
  carrier: id('carrier'),
  courier: id('person'),
  door,
  epoch: 1,
  deposit: id('deposit'),
  sessions: [id('session', 1), id('session', 2)],
  digest: 'd'.repeat(64),
  tags: ['a'.repeat(64), 'b'.repeat(64)],
}

const layoutTaken: CabinetEvent = {
  type: 'layoutTaken',
  at: runningMs(1),
  layout: {
    version: 1,
    bodies: [{ kind: 'mainCabinet', widthMm: 800, heightMm: 1_900 }],
    compartments: [
      {
        id: door,
        label: 'A01',
        body: 0,
        size: 'M',
        inside: { widthMm: 350, heightMm: 200, depthMm: 450 },
        front: { xMm: 0, yMm: 0, widthMm: 400, heightMm: 220 },
        lock: { line: 'one', board: 1, channel: 1 },
        witness: 'leaf',
      },
    ],
  },
}

describe('a parcel’s stay in the fleet', () => {
  const steps = stepsOf(stay)
  const states = steps.reduce<readonly Cabinet[]>(
    (before, { events }) => [...before, events.reduce(evolveCabinet, before.at(-1) ?? newCabinet)],
    [evolveCabinet(newCabinet, layoutTaken)],
  )
  const useAfter = (step: number) => states[step + 1]?.compartments.get(door)?.use

  it('is as many facts as the pace counts on', () => {
    expect(steps.flatMap(({ events }) => events)).toHaveLength(factsPerStay)
  })

  it('holds a door, loads it, and leaves it free under a higher epoch', () => {
    expect(steps.map((_, step) => useAfter(step))).toEqual(['held', 'held', 'loaded', 'loaded', 'loaded', 'free'])
    expect(states.at(-1)?.compartments.get(door)?.epoch).toBeGreaterThanOrEqual(stay.epoch)
  })

  it('brings its private part with the facts that name its codes', () => {
    const sealed = steps.filter(({ isSealed }) => isSealed)
    expect(sealed.map(({ events }) => events[0]?.type)).toEqual(['depositPrepared'])
  })

  it('unlocks nothing that was not intended before', () => {
    const told = steps.flatMap(({ events }) => events.map(({ type }) => type))
    expect(told.filter((type) => type === 'doorPulsed')).toHaveLength(2)
    for (const [at, type] of told.entries()) if (type === 'doorPulsed') expect(told[at - 1]).toBe('doorUnlockIntended')
  })
})

describe('the waits of facts', () => {
  const [one, two] = [id('cabinet', 1), id('cabinet', 2)]

  it('end with the word that covers them, each by its own cabinet’s', () => {
    const waits = createWaits()
    waits.written(one, 1, 100)
    waits.written(one, 2, 150)
    waits.written(two, 1, 200)
    waits.acknowledged(one, 1, 300)
    expect([waits.lagsMs(), waits.open()]).toEqual([[200], 2])
    waits.acknowledged(one, 2, 400)
    waits.acknowledged(two, 5, 500)
    expect([waits.lagsMs(), waits.open()]).toEqual([[200, 250, 300], 0])
  })

  it('count once, however often the same word comes', () => {
    const waits = createWaits()
    waits.written(one, 1, 100)
    for (const atMs of [300, 400, 500]) waits.acknowledged(one, 1, atMs)
    waits.acknowledged(two, 9, 600)
    expect(waits.lagsMs()).toEqual([200])
  })

  it('stay open where the word never came', () => {
    const waits = createWaits()
    waits.written(one, 1, 100)
    waits.written(one, 2, 100)
    waits.acknowledged(one, 1, 101)
    expect(waits.open()).toBe(1)
  })
})

describe('facts that are lost', () => {
  const wrote = (n: number, seq: number, hash = 'end'): JournalEnd => ({ cabinet: id('cabinet', n), seq, hash })
  const has = (n: number, seq: number, facts = seq, hash = 'end'): StoredJournal => ({ ...wrote(n, seq, hash), facts })

  it('are none where the cloud has all of them', () => {
    expect(lostFacts([wrote(1, 17), wrote(2, 34)], [has(2, 34), has(1, 17)])).toBe(0)
  })

  it.each([
    ['the end was never taken in', [has(1, 10)], 7],
    ['a row is gone from the middle', [has(1, 17, 16)], 1],
    ['a journal is not there at all', [], 17],
    ['the journal was set back, though its rows are there', [has(1, 12, 17)], 5],
    ['the same number holds something else', [has(1, 17, 17, 'another end')], 1],
  ])('are seen where %s', (_, stored, lost) => {
    expect(lostFacts([wrote(1, 17)], stored)).toBe(lost)
  })

  it('of one cabinet are not made good by another’s', () => {
    expect(lostFacts([wrote(1, 5), wrote(2, 5)], [has(1, 4), has(2, 6, 6, 'more')])).toBe(2)
  })
})
