import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { after, hours, minutes, runningMs, seconds, durationMs, type RunningMs } from '../values/instants.ts'
import {
  abandonAttempt,
  acceptAttempt,
  evolveKeypad,
  keypadLimits,
  keypadStep,
  newKeypad,
  refuseAttempt,
  type Keypad,
} from './keypad.ts'

const now = runningMs(100_000_000)
const times = (n: number): RunningMs[] => Array.from({ length: n }, () => now)

const keypads = {
  quiet: newKeypad,
  'just tried': { ...newKeypad, lastAttemptAt: after(now, seconds(-1)) },
  'being judged': { ...newKeypad, open: { attempt: 1, step: 'code' } },
  paused: { ...newKeypad, wrongInRow: 5, pausedUntil: after(now, seconds(1)) },
  'pause over': { ...newKeypad, wrongInRow: 5, pausedUntil: now },
  'step-up': { ...newKeypad, wrongAt: times(60) },
  resting: { ...newKeypad, wrongAt: times(90), tailWrongAt: times(30) },
} as const satisfies Record<string, Keypad>
const columns = Object.keys(keypads) as (keyof typeof keypads)[]

const table: Readonly<
  Record<'code' | 'code-and-tail', readonly [string, string, string, string, string, string, string]>
> = {
  code: ['taken', 'keypad-too-soon', 'keypad-busy', 'keypad-paused', 'taken', 'keypad-needs-tail', 'keypad-resting'],
  'code-and-tail': ['taken', 'keypad-too-soon', 'keypad-busy', 'keypad-paused', 'taken', 'taken', 'keypad-resting'],
}

const wrong = (keypad: Keypad, at: RunningMs, step: 'code' | 'code-and-tail' = 'code'): Keypad => {
  const attempt = keypad.attempts + 1
  return evolveKeypad(evolveKeypad(keypad, { type: 'codeAttempted', attempt, step, at }), {
    type: 'codeRejected',
    attempt,
    at,
  })
}
const wrongTimes = (n: number, at: RunningMs): Keypad =>
  times(n).reduce((keypad: Keypad) => wrong(keypad, at), newKeypad)

describe('the keypad', () => {
  it.each(
    (['code', 'code-and-tail'] as const).flatMap((step) =>
      columns.map((state, i) => [step, state, table[step][i]] as const),
    ),
  )('%s, %s: %s', (step, state, expected) => {
    expect(refuseAttempt(keypads[state], step, now) ?? 'taken').toBe(expected)
  })

  it.each([
    [4, null],
    [5, minutes(1)],
    [6, minutes(2)],
    [7, minutes(4)],
    [8, minutes(8)],
    [9, minutes(15)],
    [40, minutes(15)],
  ])('after %i wrong ones in a row pauses %s ms', (tries, pause) => {
    expect(wrongTimes(tries, now).pausedUntil).toBe(pause === null ? null : after(now, pause))
  })

  it('asks for the last four digits after 60 wrong ones in 24 hours, rests after 30 more, and forgets in time', () => {
    const stepped = wrongTimes(keypadLimits.wrongInWindow, now)
    expect(keypadStep(stepped, now)).toBe('code-and-tail')
    const rested = times(30).reduce((keypad: Keypad) => wrong(keypad, now, 'code-and-tail'), stepped)
    expect(keypadStep(rested, now)).toBe('resting')
    expect(keypadStep(rested, after(now, hours(24)))).toBe('code')
  })

  it('forgives the row for a right code, not the window', () => {
    const right = acceptAttempt(wrongTimes(7, now))
    expect([right.wrongInRow, right.pausedUntil, right.wrongAt.length]).toEqual([0, null, 7])
  })

  it('counts an attempt that a crash left unjudged as wrong (law 7)', () => {
    const open = evolveKeypad(newKeypad, { type: 'codeAttempted', attempt: 1, step: 'code', at: now })
    expect(abandonAttempt(open, now)).toMatchObject({ open: null, wrongInRow: 1, wrongAt: [now] })
    expect(abandonAttempt(newKeypad, now)).toBe(newKeypad)
  })
})

describe('the two seconds between tries', () => {
  const tried = evolveKeypad(evolveKeypad(newKeypad, { type: 'codeAttempted', attempt: 1, step: 'code', at: now }), {
    type: 'codeElsewhere',
    attempt: 1,
    at: now,
  })
  it.each([
    [0, 'keypad-too-soon'],
    [1_999, 'keypad-too-soon'],
    [2_000, undefined],
  ])('%i ms after the last: %s', (ms, refusal) => {
    expect(refuseAttempt(tried, 'code', after(now, durationMs(ms)))).toBe(refusal)
  })

  it('do not hold up the first, however early in the cabinet’s life', () => {
    expect(refuseAttempt(newKeypad, 'code', runningMs(0))).toBeUndefined()
  })
})

describe('law 7, whatever is typed and whenever the power fails', () => {
  const guess = fc.record({
    waitMs: fc.oneof(fc.nat(4_000), fc.nat(1_200_000)),
    step: fc.constantFrom('code', 'code-and-tail' as const),
    end: fc.constantFrom('rejected', 'rejected', 'rejected', 'crash', 'unjudged' as const),
  })
  const guesses = fc.array(guess, { minLength: 50, maxLength: 400, size: 'max' })
  const inWindow = (wrongs: readonly RunningMs[], at: RunningMs) =>
    wrongs.filter((wrongAt) => at < after(wrongAt, keypadLimits.window)).length

  it('no counter falls but by its window, and 24 hours never hold more than 60 and 30 wrong ones', () => {
    fc.assert(
      fc.property(guesses, (typed) => {
        let keypad: Keypad = newKeypad
        let at = now
        const wrongs: RunningMs[] = []
        const counted: RunningMs[] = []
        let [fell, differs, most] = [false, false, 0]
        for (const { waitMs, step, end } of typed) {
          at = runningMs(at + waitMs)
          const before = keypad
          if (refuseAttempt(keypad, step, at) === undefined) {
            keypad = evolveKeypad(keypad, { type: 'codeAttempted', attempt: keypad.attempts + 1, step, at })
            wrongs.push(at)
          }
          if (keypad.open !== null && end !== 'unjudged') counted.push(at)
          if (keypad.open !== null && end === 'crash') keypad = abandonAttempt(keypad, at)
          if (keypad.open !== null && end === 'rejected') {
            keypad = evolveKeypad(keypad, { type: 'codeRejected', attempt: keypad.attempts, at })
          }
          const counters = [keypad, before].map(({ attempts, wrongInRow, tailWrongAt }) => [
            attempts,
            wrongInRow,
            inWindow(tailWrongAt, at),
          ])
          fell ||= (counters[0] ?? []).some((counted, nth) => counted < (counters[1]?.[nth] ?? 0))
          differs ||= inWindow(keypad.wrongAt, at) !== inWindow(counted, at) || keypad.wrongInRow !== counted.length
          most = Math.max(most, inWindow(keypad.wrongAt, at))
        }
        // Once for a day of guesses: an expectation costs more than a guess.
        expect([fell, differs]).toEqual([false, false])
        expect(most).toBeLessThanOrEqual(keypadLimits.wrongInWindow + keypadLimits.tailTries)
        expect(keypad.attempts).toBe(wrongs.length)
      }),
      { numRuns: 60 },
    )
  })

  it('lets tries begin two seconds apart, and none in a pause', () => {
    fc.assert(
      fc.property(guesses, (typed) => {
        let keypad: Keypad = newKeypad
        let at = now
        let last: RunningMs | undefined
        for (const { waitMs, step } of typed) {
          at = runningMs(at + waitMs)
          if (refuseAttempt(keypad, step, at) !== undefined) continue
          if (last !== undefined) expect(at - last).toBeGreaterThanOrEqual(keypadLimits.spacing)
          expect(keypad.pausedUntil ?? 0).toBeLessThanOrEqual(at)
          keypad = wrong(keypad, at, step)
          last = at
        }
      }),
      { numRuns: 60 },
    )
  })

  it('counts no code that is right at another cabinet, and forgives none before it', () => {
    const before = wrongTimes(4, now)
    const at = after(now, seconds(5))
    const tried = evolveKeypad(before, { type: 'codeAttempted', attempt: 5, step: 'code', at })
    const told = evolveKeypad(tried, { type: 'codeElsewhere', attempt: 5, at })
    expect(told).toEqual({ ...before, attempts: 5, lastAttemptAt: at })
    expect(wrong(told, after(at, seconds(5))).pausedUntil).toBe(after(at, seconds(65)))
  })
})
