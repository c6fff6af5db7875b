import { describe, expect, it } from 'vitest'
import { keypadLimits } from '../../access/keypad.ts'
import { deposit, nth, session1, signedIn, stored, tell, typed } from '../laws/scene.testing.ts'
import { isKnownHere } from './code.ts'

const made = tell(tell(stored(signedIn, 1), { type: 'wait', ms: 3_000 }), {
  type: 'endSession',
  session: session1,
} as const)
const [attempt, tagged] = typed(1)
if (attempt?.type !== 'attemptCode' || tagged?.type !== 'codeTagged')
  throw new Error('a code is attempted, then tagged')

/** A code typed here that the cloud knows of another cabinet. */
const guess = (from: typeof made, tag: string, elsewhere: boolean) => {
  const tried = tell(from, { type: 'wait', ms: keypadLimits.spacing }, attempt)
  const { attempts } = tried.cabinet.keypad
  return tell(tried, { ...tagged, attempt: attempts, tag, session: nth('session', 500 + attempts), elsewhere })
}

describe('a code that is right at another cabinet of the site', () => {
  it('opens nothing, is written down, and costs nothing', () => {
    const told = guess(made, 'tag-of-another-cabinet', true)
    expect(told.answer).toMatchObject([{ type: 'codeElsewhere' }])
    expect(told.cabinet.keypad).toMatchObject({ wrongInRow: 0, wrongAt: [], open: null, pausedUntil: null })
    expect(told.cabinet.session).toBeNull()
    expect(told.cabinet.deposits.get(deposit(1))?.stage).toBe('stored')
  })

  it('clears no counter either: guesses around it add up to the pause (law 7)', () => {
    let at = made
    for (let n = 1; n < keypadLimits.wrongInRow; n += 1) {
      at = guess(guess(at, `guess-${n}`, false), 'tag-of-another-cabinet', true)
      expect(at.cabinet.keypad.wrongInRow).toBe(n)
    }
    expect(at.cabinet.keypad.pausedUntil).toBeNull()
    const paused = guess(at, 'guess-5', false)
    expect(paused.cabinet.keypad.pausedUntil).not.toBeNull()
    expect(tell(paused, { type: 'wait', ms: keypadLimits.spacing }, attempt).answer).toBe('keypad-paused')
  })

  it('waits for its turn like every attempt', () => {
    const told = guess(made, 'tag-of-another-cabinet', true)
    expect(tell(told, attempt).answer).toBe('keypad-too-soon')
  })

  it('is never said of a code that is known here, whatever the cloud says', () => {
    expect(isKnownHere(made.cabinet, tagged.tag)).toBe(true)
    expect(isKnownHere(made.cabinet, 'tag-of-another-cabinet')).toBe(false)
    expect(guess(made, tagged.tag, true).answer).toMatchObject([
      { type: 'codeAccepted', deposit: deposit(1) },
      { type: 'pickupSessionOpened' },
      { type: 'doorUnlockIntended' },
    ])
  })
})
