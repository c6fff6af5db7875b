import { after, minutes, seconds, type DurationMs, type RunningMs } from '../values/instants.ts'
import type { Cause } from './cause.ts'

/** Openings are counted by who asks. `remote`: orders with nobody's nonce on the screen (law 13). */
export type BudgetKind = 'pickup' | 'courier' | 'remote' | 'service'

export interface Budget {
  readonly spent: Readonly<Record<BudgetKind, readonly RunningMs[]>>
}

export const newBudget: Budget = { spent: { pickup: [], courier: [], remote: [], service: [] } }

interface Allowance {
  readonly openings: number
  readonly window: DurationMs
}

export const allowances: Readonly<Record<BudgetKind, Allowance>> = {
  pickup: { openings: 20, window: minutes(1) },
  courier: { openings: 20, window: minutes(1) },
  remote: { openings: 5, window: minutes(10) },
  // A technician stands before the open service door with a signed grant; each lock's cool-down stays.
  service: { openings: 120, window: minutes(1) },
}

/** Pulses of one cabinet start at least this far apart; service mode lifts this and nothing else. */
export const pulseSpacing = seconds(2)

/** null: an emergency is never counted against anybody (law 17). */
export function budgetKind(cause: Cause): BudgetKind | null {
  switch (cause.kind) {
    case 'deposit':
    case 'recall':
    case 'look':
      return 'courier'
    case 'pickup':
      return 'pickup'
    case 'order':
      return 'remote'
    case 'service':
      return 'service'
    case 'emergency':
      return null
  }
}

export function hasBudget(budget: Budget, kind: BudgetKind | null, now: RunningMs): boolean {
  return kind === null || within(budget.spent[kind], kind, now).length < allowances[kind].openings
}

export function spendBudget(budget: Budget, cause: Cause, at: RunningMs): Budget {
  const kind = budgetKind(cause)
  if (kind === null) return budget
  return { spent: { ...budget.spent, [kind]: [...within(budget.spent[kind], kind, at), at] } }
}

function within(spent: readonly RunningMs[], kind: BudgetKind, now: RunningMs): readonly RunningMs[] {
  return spent.filter((at) => now < after(at, allowances[kind].window))
}
