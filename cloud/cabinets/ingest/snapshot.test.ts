import { describe, expect, it } from 'vitest'
import { evolveCabinet } from '@holdfast/core/cabinet/evolve.ts'
import { newCabinet } from '@holdfast/core/cabinet/state.ts'
import { runningMs } from '@holdfast/core/values/instants.ts'
import { cabinetDigest } from '@holdfast/wire/journal/digest.ts'
import { createStandInSeals } from '@holdfast/wire/seals/stand-in.ts'
import { depositEvents, testId, testLayout } from '../cabinets.testing.ts'
import { packCabinet, unpackCabinet, withoutUsedTags } from './snapshot.ts'

const carrier = testId('carrier', 1)
const events = [
  { type: 'cabinetStarted', boot: 1, at: runningMs(0) },
  { type: 'layoutTaken', layout: testLayout(4, 1), at: runningMs(0) },
  ...depositEvents(1, testId('compartment', 1000), { carrier }),
  ...depositEvents(2, testId('compartment', 1001), { carrier }).slice(0, 5),
] as const
const states = events.reduce((all, event) => [...all, evolveCabinet(all.at(-1) ?? newCabinet, event)], [newCabinet])
/** As PostgreSQL gives it back. */
const stored = (value: object): unknown => JSON.parse(JSON.stringify(value))

describe('the state of a cabinet that is stored beside its journal', () => {
  it('comes back as it was after every event of a deposit', () => {
    for (const state of states) expect(unpackCabinet(stored(packCabinet(state)))).toEqual(state)
  })

  it('goes on as if it had never been stored', () => {
    const seals = createStandInSeals(1)
    const [door] = [testId('compartment', 1002)]
    const next = depositEvents(3, door, { carrier })
    const last = states.at(-1) ?? newCabinet
    const read = unpackCabinet(stored(packCabinet(last)))
    expect(read).toBeDefined()
    const digest = (from: typeof last) => cabinetDigest(seals, next.reduce(evolveCabinet, from))
    expect(digest(read ?? newCabinet)).toBe(digest(last))
    expect(digest(last)).not.toBe(cabinetDigest(seals, last))
  })

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['text', 'state'],
    ['an older shape', { ...packCabinet(newCabinet), shape: 0 }],
    ['a newer shape', { ...packCabinet(newCabinet), shape: 2 }],
    ['no shape at all', { doors: [], compartments: [], deposits: [] }],
  ])('is folded anew from the facts where it is %s', (_, value) => {
    expect(unpackCabinet(value)).toBeUndefined()
  })

  it('stands as in a new cabinet where an older program had no word for something', () => {
    const { session: _, ...older } = packCabinet(newCabinet) as Record<string, unknown>
    expect(unpackCabinet(stored(older))?.session).toEqual(newCabinet.session)
  })

  it('holds no tags of dead codes', () => {
    const used = { ...newCabinet, usedTags: ['a', 'b'] } as unknown as typeof newCabinet
    expect(withoutUsedTags(used).usedTags).toEqual([])
    expect(withoutUsedTags(newCabinet)).toBe(newCabinet)
  })
})
