import type { When } from '../when.ts'
import type { Claims } from './claim.ts'

const second = 1_000
const minute = 60 * second
const day = 24 * 60 * minute
const wrongMost = 60
const tailMost = 30

/** Law 7: attempts are counted through every crash, and pauses are kept. */
export function attempts({ claim }: Claims): When {
  let last = 0
  let lastAt: number | undefined
  let open: { readonly attempt: number; readonly tail: boolean } | undefined
  let inRow = 0
  let pausedUntil = 0
  let wrong: readonly { readonly at: number; readonly tail: boolean }[] = []

  const countWrong = (at: number): void => {
    wrong = [...wrong.filter((one) => at < one.at + day), { at, tail: open?.tail ?? false }]
    inRow += 1
    open = undefined
    if (inRow >= 5) pausedUntil = at + Math.min(minute * 2 ** Math.min(inRow - 5, 10), 15 * minute)
  }
  const answers = (attempt: number): void => {
    claim(7, open?.attempt === attempt, () => `attempt ${attempt} was answered and not journaled before`)
  }
  return {
    cabinetStarted: ({ at }) => {
      if (open !== undefined) countWrong(at)
    },
    codeAttempted: ({ attempt, step, at }) => {
      const recent = wrong.filter((one) => at < one.at + day)
      claim(7, attempt === last + 1, () => `attempt ${attempt} follows ${last}`)
      claim(7, open === undefined, () => `attempt ${attempt} came before ${last} was answered`)
      claim(7, at >= pausedUntil, () => `attempt ${attempt} came in a pause`)
      claim(7, lastAt === undefined || at >= lastAt + 2 * second, () => `attempt ${attempt} came within 2 s`)
      claim(7, recent.length < wrongMost || step !== 'code', () => `attempt ${attempt} came after ${wrongMost} wrong`)
      const resting = recent.length >= wrongMost && recent.filter(({ tail }) => tail).length >= tailMost
      claim(7, !resting, () => `attempt ${attempt} came while the keypad rested`)
      last = attempt
      lastAt = at
      open = { attempt, tail: step === 'code-and-tail' }
    },
    codeRejected: ({ attempt, at }) => {
      answers(attempt)
      countWrong(at)
    },
    codeElsewhere: ({ attempt }) => {
      answers(attempt)
      open = undefined
    },
    codeAccepted: ({ attempt }) => {
      answers(attempt)
      open = undefined
      inRow = 0
      pausedUntil = 0
    },
  }
}

interface Allowance {
  readonly most: number
  readonly windowMs: number
}

const budgets: Readonly<Record<string, Allowance>> = {
  pickup: { most: 20, windowMs: minute },
  courier: { most: 20, windowMs: minute },
  order: { most: 5, windowMs: 10 * minute },
  service: { most: 120, windowMs: minute },
}

/** Pulses start 2 s apart; when the journal heard of each differs by what a line and a disk take. */
const apartMs = 1_000

/** Law 13: the opening budget, whoever asks; an emergency is counted against nobody (law 17). */
export function openings({ ledger, claim }: Claims): When {
  const spent = new Map<string, number[]>()
  let lastPulse: number | undefined
  return {
    doorUnlockIntended: ({ cause: { kind }, at }) => {
      const who = kind === 'deposit' || kind === 'recall' ? 'courier' : kind
      const budget = budgets[who]
      if (budget === undefined) return
      const recent = [...(spent.get(who) ?? []).filter((earlier) => at < earlier + budget.windowMs), at]
      spent.set(who, recent)
      claim(
        13,
        recent.length <= budget.most,
        () => `${recent.length} openings by ${who} in ${budget.windowMs / minute} min`,
      )
    },
    doorPulsed: ({ door, at }) => {
      const kind = ledger.doors.get(door)?.intent?.cause.kind
      const close = lastPulse !== undefined && at < lastPulse + apartMs
      claim(13, !close || kind === 'service', () => `${door} was pulsed ${at - (lastPulse ?? at)} ms after another`)
      lastPulse = at
    },
  }
}
