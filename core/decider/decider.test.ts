import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { accept, inTurn, refuse, replay } from './decider.ts'

const sum = (state: number, event: number): number => state + event
const events = fc.array(fc.integer({ min: -9, max: 9 }), { maxLength: 12 })

describe('a replay', () => {
  it('is the same in one go and in any two parts', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.nat(20), (told, cut) => {
        const join = (state: string, event: string): string => `${state}/${event}`
        const parts = replay(join, replay(join, '', told.slice(0, cut)), told.slice(cut))
        expect(parts).toBe(replay(join, '', told))
      }),
    )
  })

  it('takes anything that can be gone through once, and nothing at all', () => {
    function* told() {
      yield 1
      yield 2
    }
    expect(replay(sum, 0, told())).toBe(3)
    expect(replay(sum, 7, [])).toBe(7)
  })
})

describe('steps in turn', () => {
  it('each see what those before them have done, and all of it comes out in order', () => {
    const seen: number[] = []
    const step = (adds: readonly number[]) => (state: number) => {
      seen.push(state)
      return adds
    }
    expect(inTurn(sum, 1, [step([1, 2]), step([]), step([4]), step([])])).toEqual([1, 2, 4])
    expect(seen).toEqual([1, 4, 4, 8])
  })

  it('come to what their events come to', () => {
    fc.assert(
      fc.property(fc.array(events, { maxLength: 6 }), (rounds) => {
        let last = 0
        const said = inTurn(
          sum,
          0,
          rounds.map((adds) => (state: number) => {
            last = replay(sum, state, adds)
            return adds
          }),
        )
        expect(said).toEqual(rounds.flat())
        expect(replay(sum, 0, said)).toBe(last)
      }),
    )
  })

  it('that do not come say nothing', () => {
    expect(inTurn(sum, 5, [])).toEqual([])
  })
})

it('a decision is taken with its events, though there be none, or refused with its reason', () => {
  expect(accept()).toEqual({ accepted: true, events: [] })
  expect(accept(1, 2)).toEqual({ accepted: true, events: [1, 2] })
  expect(refuse('door-open')).toEqual({ accepted: false, refusal: 'door-open' })
})
