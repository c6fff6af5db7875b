import type { OrderView } from '@holdfast/wire/http/cabinets.ts'
import type { OrderState } from '../../cloud/recent.ts'

export type StepState = 'done' | 'now' | 'ahead' | 'good' | 'bad'

export interface Step {
  readonly word: Exclude<OrderState, never> | 'outcome'
  readonly state: StepState
}

const way = ['asked', 'sent', 'accepted'] as const

const good: readonly OrderState[] = ['opened', 'done']

/** The way of an order, told as far as it is known: what is behind it, where it is, what is still to come. */
export function stepsOf({ state }: Pick<OrderView, 'state'>): readonly Step[] {
  const at = way.findIndex((step) => step === state)
  if (at >= 0) {
    const steps = way.map((word, i): Step => ({ word, state: i < at ? 'done' : i === at ? 'now' : 'ahead' }))
    return [...steps, { word: 'outcome', state: 'ahead' }]
  }
  // Of refused and unanswered orders nobody knows how far they came: only the end is told.
  const passed = state === 'refused' || state === 'unanswered' ? [] : way
  const end: Step = { word: state, state: good.includes(state) ? 'good' : 'bad' }
  return [...passed.map((word): Step => ({ word, state: 'done' })), end]
}
