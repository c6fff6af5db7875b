import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nth } from '../cabinet/laws/scene.testing.ts'
import { durationMs, after, runningMs, type RunningMs } from '../values/instants.ts'
import { allowances, type Budget, budgetKind, type BudgetKind, hasBudget, newBudget, spendBudget } from './budget.ts'
import type { Cause } from './cause.ts'

const session = nth('session', 1)
const deposit = nth('deposit', 1)
const order = nth('order', 1)
const causes: Readonly<Record<BudgetKind, Cause>> = {
  courier: { kind: 'deposit', session, deposit },
  pickup: { kind: 'pickup', session, deposit },
  remote: { kind: 'order', order, staff: nth('staff', 1) },
  service: { kind: 'service', order, person: nth('staff', 1) },
}
const kinds: readonly BudgetKind[] = ['courier', 'pickup', 'remote', 'service']
const start = runningMs(5_000)
const spent = (kind: BudgetKind, times: number, at: RunningMs = start): Budget =>
  Array.from({ length: times }).reduce<Budget>((budget) => spendBudget(budget, causes[kind], at), newBudget)

it.each([
  ['courier', 20, 60_000],
  ['pickup', 20, 60_000],
  ['remote', 5, 600_000],
  ['service', 120, 60_000],
] as const)('%s openings: %d in %d ms of running time', (kind, openings, windowMs) => {
  expect(hasBudget(spent(kind, openings - 1), kind, start)).toBe(true)
  const full = spent(kind, openings)
  expect(hasBudget(full, kind, start)).toBe(false)
  expect(hasBudget(full, kind, after(start, durationMs(windowMs - 1)))).toBe(false)
  expect(hasBudget(full, kind, after(start, durationMs(windowMs)))).toBe(true)
})

it('asks no budget of an emergency, and spends none by it (law 17)', () => {
  const emergency: Cause = { kind: 'emergency', order, staff: nth('staff', 1) }
  expect(budgetKind(emergency)).toBeNull()
  expect(hasBudget(spent('remote', 120), null, start)).toBe(true)
  expect(spendBudget(newBudget, emergency, start)).toBe(newBudget)
})

it('counts a recall with the couriers', () => {
  expect(budgetKind({ kind: 'recall', session, deposit })).toBe('courier')
  expect(budgetKind({ kind: 'look', session })).toBe('courier')
  for (const kind of kinds) expect(budgetKind(causes[kind])).toBe(kind)
})

describe('law 13', () => {
  const asking = fc.array(fc.record({ kind: fc.constantFrom(...kinds), waitMs: fc.nat(20_000) }), { maxLength: 200 })

  it('holds in every window, whoever asks in whatever order', () => {
    fc.assert(
      fc.property(asking, (asks) => {
        const given: Record<BudgetKind, RunningMs[]> = { courier: [], pickup: [], remote: [], service: [] }
        let budget = newBudget
        let now = start
        for (const { kind, waitMs } of asks) {
          now = after(now, durationMs(waitMs))
          if (!hasBudget(budget, kind, now)) continue
          budget = spendBudget(budget, causes[kind], now)
          given[kind].push(now)
          const { openings, window } = allowances[kind]
          expect(given[kind].filter((at) => now < after(at, window)).length).toBeLessThanOrEqual(openings)
        }
      }),
    )
  })

  it('lets nobody spend what is another one’s', () => {
    for (const kind of kinds) {
      const full = spent(kind, allowances[kind].openings)
      expect(kinds.filter((other) => !hasBudget(full, other, start))).toEqual([kind])
    }
  })
})
