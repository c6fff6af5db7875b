import { after, durationMs, hours, minutes, seconds, type DurationMs, type RunningMs } from '../values/instants.ts'

/**
 * Guessing at the keypad. Everything is derived from journaled attempts, so no crash or restart lowers a
 * counter (law 7). The phone's way is never shut by this.
 */
export interface Keypad {
  /** Wrong answers in a row; a right one clears it. */
  readonly wrongInRow: number
  /** When each wrong answer of the running window was journaled, oldest first. */
  readonly wrongAt: readonly RunningMs[]
  readonly tailWrongAt: readonly RunningMs[]
  readonly lastAttemptAt: RunningMs | null
  readonly pausedUntil: RunningMs | null
  /** An attempt that was journaled and not yet judged counts as wrong until it is. */
  readonly open: { readonly attempt: number; readonly step: KeypadStep } | null
  readonly attempts: number
}

/** What must be typed: the code, or after too many wrong ones the code and the phone's last four digits. */
export type KeypadStep = 'code' | 'code-and-tail'

export const newKeypad: Keypad = {
  wrongInRow: 0,
  wrongAt: [],
  tailWrongAt: [],
  lastAttemptAt: null,
  pausedUntil: null,
  open: null,
  attempts: 0,
}

export const keypadLimits = {
  spacing: seconds(2),
  wrongInRow: 5,
  firstPause: minutes(1),
  longestPause: minutes(15),
  window: hours(24),
  wrongInWindow: 60,
  tailTries: 30,
  /** The slow hash takes about 100 ms; an attempt without an answer for this long counts as wrong. */
  judging: seconds(10),
} as const

export type KeypadRefusal = 'keypad-too-soon' | 'keypad-paused' | 'keypad-resting' | 'keypad-needs-tail' | 'keypad-busy'

export type KeypadEvent =
  | { readonly type: 'codeAttempted'; readonly attempt: number; readonly step: KeypadStep; readonly at: RunningMs }
  | { readonly type: 'codeRejected'; readonly attempt: number; readonly at: RunningMs }
  | { readonly type: 'codeElsewhere'; readonly attempt: number; readonly at: RunningMs }

/** The step the keypad asks for now, or 'resting' until the window ends. */
export function keypadStep(keypad: Keypad, now: RunningMs): KeypadStep | 'resting' {
  if (within(keypad.wrongAt, now).length < keypadLimits.wrongInWindow) return 'code'
  return within(keypad.tailWrongAt, now).length < keypadLimits.tailTries ? 'code-and-tail' : 'resting'
}

export function refuseAttempt(keypad: Keypad, step: KeypadStep, now: RunningMs): KeypadRefusal | undefined {
  if (keypad.open !== null) return 'keypad-busy'
  if (keypad.pausedUntil !== null && now < keypad.pausedUntil) return 'keypad-paused'
  const asked = keypadStep(keypad, now)
  if (asked === 'resting') return 'keypad-resting'
  if (asked === 'code-and-tail' && step === 'code') return 'keypad-needs-tail'
  if (keypad.lastAttemptAt !== null && now < after(keypad.lastAttemptAt, keypadLimits.spacing)) return 'keypad-too-soon'
  return undefined
}

export function evolveKeypad(keypad: Keypad, event: KeypadEvent): Keypad {
  switch (event.type) {
    case 'codeAttempted':
      return {
        ...keypad,
        attempts: event.attempt,
        lastAttemptAt: event.at,
        open: { attempt: event.attempt, step: event.step },
      }
    case 'codeRejected':
      return countWrong(keypad, event.at)
    case 'codeElsewhere':
      // Right at another cabinet: it raises no counter, and like a code of one's own it clears none (law 7).
      return { ...keypad, open: null }
  }
}

/** A right code clears the row, not the window: a thief with one code of his own gains no tries. */
export const acceptAttempt = (keypad: Keypad): Keypad => ({ ...keypad, open: null, wrongInRow: 0, pausedUntil: null })

/** An attempt that a crash left unjudged was never answered: it counts as wrong. */
export const abandonAttempt = (keypad: Keypad, now: RunningMs): Keypad =>
  keypad.open === null ? keypad : countWrong(keypad, now)

function countWrong(keypad: Keypad, at: RunningMs): Keypad {
  const wrongInRow = keypad.wrongInRow + 1
  const tail = keypad.open?.step === 'code-and-tail'
  return {
    ...keypad,
    open: null,
    wrongInRow,
    wrongAt: [...within(keypad.wrongAt, at), at],
    tailWrongAt: tail ? [...within(keypad.tailWrongAt, at), at] : within(keypad.tailWrongAt, at),
    pausedUntil: wrongInRow >= keypadLimits.wrongInRow ? after(at, pauseAfter(wrongInRow)) : keypad.pausedUntil,
  }
}

function pauseAfter(wrongInRow: number): DurationMs {
  const doublings = Math.min(wrongInRow - keypadLimits.wrongInRow, 10)
  return durationMs(Math.min(keypadLimits.firstPause * 2 ** doublings, keypadLimits.longestPause))
}

function within(instants: readonly RunningMs[], now: RunningMs): readonly RunningMs[] {
  return instants.filter((at) => now < after(at, keypadLimits.window))
}
