import { endedBy, grantsTo, type LeaseEvent } from '../../compartment/lease.ts'
import { inTurn, replay } from '../../decider/decider.ts'
import type { RunningMs } from '../../values/instants.ts'
import type { CabinetEvent } from '../events.ts'
import { evolveCabinet } from '../evolve.ts'
import { candidates, type Cabinet } from '../state.ts'

/** Whatever happened may have freed a door or spoilt one: those who wait for a door are served in the same breath. */
export function withLeases(cabinet: Cabinet, events: readonly CabinetEvent[], now: RunningMs): readonly CabinetEvent[] {
  if (cabinet.leases.length === 0 && !events.some(({ type }) => type === 'leaseAsked')) return events
  const after = replay(evolveCabinet, cabinet, events)
  const ended = (at: Cabinet): readonly LeaseEvent[] => endedBy(at.leases, now)
  // Who lost his door late may have waited long enough by then, unless there is another one for him.
  const served = inTurn<Cabinet, CabinetEvent>(evolveCabinet, after, [
    ended,
    (at) => spoilt(at, now),
    (at) => grantsTo(at.leases, candidates(at), now),
    ended,
  ])
  return [...events, ...served]
}

function spoilt({ leases, compartments }: Cabinet, at: RunningMs): readonly LeaseEvent[] {
  return leases.flatMap(({ order, held }) =>
    held !== null && compartments.get(held.compartment)?.use !== 'free'
      ? [{ type: 'leaseLost', order, at } as const]
      : [],
  )
}
