import { budgetKind, hasBudget } from '../../access/budget.ts'
import type { Cause } from '../../access/cause.ts'
import { accept, refuse, type Decision, type Given } from '../../decider/decider.ts'
import { doorDecider, type DoorEvent } from '../../door/door.ts'
import type { CompartmentId } from '../../values/ids.ts'
import type { Cabinet } from '../state.ts'

export type OpeningRefusal = 'door-open' | 'door-busy' | 'budget-spent'

/** The one place that intends an unlock: door first, then the budget of whoever asks (law 13). */
export function intendOpening(
  cabinet: Cabinet,
  at: { readonly compartment: CompartmentId; readonly cause: Cause },
  given: Given,
): Decision<DoorEvent, OpeningRefusal> {
  const door = cabinet.doors.get(at.compartment)
  if (door === undefined) return refuse('door-busy')
  const decision = doorDecider.decide(door, { type: 'unlock', cause: at.cause }, given)
  if (!decision.accepted) return decision
  return hasBudget(cabinet.budget, budgetKind(at.cause), given.now)
    ? accept(...decision.events)
    : refuse('budget-spent')
}
