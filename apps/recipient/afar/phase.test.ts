import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PickupFromAfar } from '@holdfast/wire/http/access.ts'
import { isOver, mayPressAgain, type Phase, phaseOf } from './phase.ts'

const told = (given: Partial<PickupFromAfar>): PickupFromAfar => ({
  state: 'taken',
  refusal: null,
  door: 'shut',
  ...given,
})

describe('what the phone says of a door that it opens', () => {
  it.each([
    ['nobody has answered yet', told({ state: 'asked' }), 'asking'],
    ['the cabinet took it and the door is still shut', told({}), 'opening'],
    ['nobody sees the door', told({ door: 'unseen' }), 'opening'],
    ['the hook let go', told({ door: 'unlatched' }), 'open'],
    ['the leaf is out', told({ door: 'open' }), 'open'],
    ['it did not follow', told({ door: 'stuck' }), 'stuck'],
    ['it stood open already', told({ state: 'refused', refusal: 'order-door-open' }), 'already-open'],
    ['somebody else is at it', told({ state: 'refused', refusal: 'order-session-open' }), 'busy'],
    ['the door is on its way', told({ state: 'refused', refusal: 'order-door-busy' }), 'busy'],
    ['too many doors in a minute', told({ state: 'refused', refusal: 'order-out-of-budget' }), 'busy'],
    ['the screen is back', told({ state: 'refused', refusal: 'order-screen-works' }), 'works'],
    ['opened as often as it may', told({ state: 'refused', refusal: 'order-reopen-spent' }), 'spent'],
    ['whatever else it refused', told({ state: 'refused', refusal: 'order-stale-epoch' }), 'not-opened'],
    ['refused without a word', told({ state: 'refused' }), 'not-opened'],
    ['no answer came', told({ state: 'unanswered' }), 'not-opened'],
  ] as const)('%s', (_, answer, phase) => {
    expect(phaseOf(answer, 'asking')).toBe(phase)
  })

  it('knows a door that was shut again from one that has not opened yet', () => {
    const doors = ['shut', 'open', 'open', 'shut', 'shut'] as const
    const phases = doors.reduce<readonly Phase[]>(
      (said, door) => [...said, phaseOf(told({ door }), said.at(-1) ?? 'asking')],
      [],
    )
    expect(phases).toEqual(['opening', 'open', 'open', 'shut', 'shut'])
  })

  it('never says "shut" before the door was seen open', () => {
    const doors = fc.array(fc.constantFrom('shut', 'unseen', 'stuck' as const))
    fc.assert(
      fc.property(doors, (seen) => {
        let phase: Phase = 'asking'
        for (const door of seen) phase = phaseOf(told({ door }), phase)
        expect(phase).not.toBe('shut')
      }),
    )
  })

  it.each([
    ['asking', false, false],
    ['opening', false, false],
    ['open', false, false],
    ['shut', true, true],
    ['stuck', true, true],
    ['already-open', true, true],
    ['busy', true, true],
    ['not-opened', true, true],
    ['works', true, false],
    ['spent', true, false],
  ] as const)('%s: over %s, another press helps %s', (phase, over, again) => {
    expect([isOver(phase), mayPressAgain(phase)]).toEqual([over, again])
  })
})
