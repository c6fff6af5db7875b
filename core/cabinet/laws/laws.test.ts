import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newKeypad } from '../../access/keypad.ts'
import { cabinetDecider } from '../cabinet.ts'
import { newCabinet } from '../state.ts'
import { LawBroken } from './oracle.testing.ts'
import { story } from './story.testing.ts'
import { play, type Rules } from './world.testing.ts'

/** The laws that a rule book breaks, found by playing. */
function brokenBy(rules: Rules): readonly number[] {
  const laws = new Set<number>()
  for (const steps of fc.sample(story, { numRuns: 400, seed: 7 })) {
    try {
      play(rules, steps)
    } catch (failure) {
      if (!(failure instanceof LawBroken)) throw failure
      laws.add(failure.law)
    }
  }
  return [...laws].sort((left, right) => left - right)
}

const everyKind = `
  cabinetStarted codeAccepted codeAttempted codeElsewhere codeRejected codeRenewed codesRevoked
  compartmentFaulted compartmentHeld
  compartmentInspected compartmentLoaded compartmentReleased compartmentRestored compartmentRetired compartmentSuspected
  courierSessionOpened depositBegun depositCancelled depositCancelling depositCollected depositDisputed
  depositKept depositMade depositMoved depositPrepared depositRecalled depositRefused
  doorFound doorLeftOpen doorLost doorNotOpened doorOpened doorOutcomeUnknown
  doorPulsed doorShut doorUnlatched doorUnlockIntended emergencyEnded emergencyRaised largeDoorShut layoutTaken
  leaseAsked leaseEnded leaseGranted leaseLost lookBegun lookEnded orderAccepted
  orderRefused parcelJoined parcelTurnedAway pickupContinued pickupReopened pickupSessionOpened
  recallBegun refusalBegun releaseBegun serviceSwitchTurned sessionEnded sessionExtended undoBegun
`
  .trim()
  .split(/\s+/)

describe('a cabinet among people, faults and power cuts', () => {
  it('keeps laws 1 to 7, 13 and 16, and replays to the same state', () => {
    fc.assert(
      fc.property(story, (steps) => {
        play(cabinetDecider, steps)
      }),
      { numRuns: 1_000 },
    )
  })

  it('tells the same journal for the same moves (law 15)', () => {
    fc.assert(
      fc.property(story, (steps) => {
        expect(play(cabinetDecider, steps)).toEqual(play(cabinetDecider, steps))
      }),
      { numRuns: 50 },
    )
  })

  it('folds any events in any order without throwing', () => {
    const journal = fc.sample(story, { numRuns: 100, seed: 1 }).flatMap((steps) => play(cabinetDecider, steps))
    const shuffled = fc.shuffledSubarray(journal, { minLength: 0, maxLength: 200 })
    fc.assert(
      fc.property(shuffled, (events) => {
        events.reduce(cabinetDecider.evolve, newCabinet)
      }),
      { numRuns: 100 },
    )
  })

  it('meets every kind of event on the way', () => {
    const kinds = new Set(
      fc
        .sample(story, { numRuns: 600, seed: 3 })
        .flatMap((steps) => play(cabinetDecider, steps).map(({ type }) => type)),
    )
    expect([...kinds].sort()).toEqual(everyKind)
  })
})

describe('the laws', () => {
  it('catch a cabinet that does not compare epochs', () => {
    const careless: Rules = {
      ...cabinetDecider,
      decide(cabinet, command, given) {
        if (!('epoch' in command)) return cabinetDecider.decide(cabinet, command, given)
        const epoch = cabinet.compartments.get(command.compartment)?.epoch ?? 0
        return cabinetDecider.decide(cabinet, { ...command, epoch }, given)
      },
    }
    expect(brokenBy(careless)).toContain(6)
  })

  it('catch a cabinet that frees a compartment before its door is shut', () => {
    const hasty: Rules = {
      ...cabinetDecider,
      decide(cabinet, command, given) {
        const decision = cabinetDecider.decide(cabinet, command, given)
        if (decision.accepted || command.type !== 'confirmPickup' || decision.refusal !== 'door-open') return decision
        const deposit = [...cabinet.deposits.values()].find(({ session }) => session === command.session)
        if (deposit === undefined) return decision
        return {
          accepted: true,
          events: [
            { type: 'depositCollected', deposit: deposit.id, by: 'person', at: given.now },
            { type: 'compartmentReleased', compartment: deposit.compartment },
          ],
        }
      },
    }
    expect(brokenBy(hasty)).toContain(16)
  })

  it('catch a cabinet that forgets wrong codes in a restart', () => {
    const forgetful: Rules = {
      ...cabinetDecider,
      evolve(cabinet, event) {
        const next = cabinetDecider.evolve(cabinet, event)
        return event.type === 'cabinetStarted'
          ? { ...next, keypad: { ...newKeypad, attempts: next.keypad.attempts } }
          : next
      },
    }
    expect(brokenBy(forgetful)).toContain(7)
  })
})
