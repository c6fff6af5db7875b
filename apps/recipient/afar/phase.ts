import type { PickupFromAfar } from '@holdfast/wire/http/access.ts'

/** What the phone says while it stands in for a dead screen. */
export type Phase =
  | 'asking'
  | 'opening'
  | 'open'
  | 'shut'
  | 'stuck'
  | 'already-open'
  | 'busy'
  | 'works'
  | 'spent'
  | 'not-opened'

/** By the cabinet's own reason; what is not named here is "did not open". */
const refusals: Readonly<Record<string, Phase>> = {
  'order-door-open': 'already-open',
  'order-session-open': 'busy',
  'order-door-busy': 'busy',
  'order-out-of-budget': 'busy',
  'order-screen-works': 'works',
  'order-reopen-spent': 'spent',
}

/** `before`: a door that is shut has either not opened yet or been shut again. */
export function phaseOf(told: PickupFromAfar, before: Phase): Phase {
  switch (told.state) {
    case 'asked':
      return 'asking'
    case 'refused':
      return refusals[told.refusal ?? ''] ?? 'not-opened'
    case 'unanswered':
      return 'not-opened'
    case 'taken':
      return doorPhase(told.door, before)
  }
}

function doorPhase(door: PickupFromAfar['door'], before: Phase): Phase {
  switch (door) {
    case 'open':
    case 'unlatched':
      return 'open'
    case 'stuck':
      return 'stuck'
    case 'shut':
      return before === 'open' || before === 'shut' ? 'shut' : 'opening'
    case 'unseen':
      return 'opening'
  }
}

/** Nothing more comes by itself: the person may press again. */
export const isOver = (phase: Phase): boolean => !['asking', 'opening', 'open'].includes(phase)

/** Nothing will be different at another look. A stuck door may still be pulled open. */
export const isSettled = (phase: Phase): boolean => isOver(phase) && phase !== 'stuck'

/** Only what went wrong, or may have, is worth another press. */
export const mayPressAgain = (phase: Phase): boolean => isOver(phase) && !['works', 'spent'].includes(phase)
