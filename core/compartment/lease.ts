import type { CarrierId, CompartmentId, OrderId, PersonId } from '../values/ids.ts'
import { after, earliest, hours, minutes, type RunningMs } from '../values/instants.ts'
import type { Size } from '../values/sizes.ts'
import { chooseCompartment, type Candidate } from './allocate.ts'

/**
 * A courier's place in the queue for a door, and the door once one is held for him. The compartment itself stays
 * free: nobody else is given it, and when the lease runs out nothing has to be undone.
 */
export interface Lease {
  /** The order that asked for it names it. */
  readonly order: OrderId
  readonly person: PersonId
  readonly carrier: CarrierId
  readonly size: Size
  readonly askedAt: RunningMs
  /** Null: still waiting. */
  readonly held: { readonly compartment: CompartmentId; readonly until: RunningMs } | null
}

export type LeaseEnd = 'used' | 'expired' | 'given-back' | 'waited-out'

export type LeaseEvent =
  | {
      readonly type: 'leaseAsked'
      readonly order: OrderId
      readonly person: PersonId
      readonly carrier: CarrierId
      readonly size: Size
      readonly at: RunningMs
    }
  | {
      readonly type: 'leaseGranted'
      readonly order: OrderId
      readonly compartment: CompartmentId
      readonly until: RunningMs
      readonly at: RunningMs
    }
  /** The door fell ill or was retired: it waits again, in its old place. */
  | { readonly type: 'leaseLost'; readonly order: OrderId; readonly at: RunningMs }
  | { readonly type: 'leaseEnded'; readonly order: OrderId; readonly why: LeaseEnd; readonly at: RunningMs }

/** Short, so that a courier who does not come keeps nobody waiting; all of it running time. */
export const leaseLimits = { held: minutes(20), waiting: hours(2), each: 3, all: 60 } as const

export function evolveLeases(leases: readonly Lease[], event: LeaseEvent): readonly Lease[] {
  const { order } = event
  const change = (held: Lease['held']): readonly Lease[] =>
    leases.map((lease) => (lease.order === order ? { ...lease, held } : lease))
  switch (event.type) {
    case 'leaseAsked': {
      const { person, carrier, size, at: askedAt } = event
      return [...leases, { order, person, carrier, size, askedAt, held: null }]
    }
    case 'leaseGranted':
      return change({ compartment: event.compartment, until: event.until })
    case 'leaseLost':
      return change(null)
    case 'leaseEnded':
      return leases.filter((lease) => lease.order !== order)
  }
}

export function isLeasedToOther(leases: readonly Lease[], id: CompartmentId, person: PersonId | null): boolean {
  return leases.some((lease) => lease.held?.compartment === id && lease.person !== person)
}

/** What `timePassed` ends: a door not come for, and a wait that is no use any more. */
export function endedBy(leases: readonly Lease[], now: RunningMs): readonly LeaseEvent[] {
  return leases.flatMap(({ order, askedAt, held }): readonly LeaseEvent[] => {
    if (held !== null) return now < held.until ? [] : [{ type: 'leaseEnded', order, why: 'expired', at: now }]
    return now < after(askedAt, leaseLimits.waiting) ? [] : [{ type: 'leaseEnded', order, why: 'waited-out', at: now }]
  })
}

export const leaseDue = (leases: readonly Lease[]): RunningMs | undefined =>
  earliest(leases.map(({ askedAt, held }) => held?.until ?? after(askedAt, leaseLimits.waiting)))

/**
 * First come, first served: each who waits takes the smallest door that fits, before anybody behind him is looked at.
 * One behind him may only get what is too small for everybody before: so nobody is overtaken, and nobody starves.
 */
export function grantsTo(leases: readonly Lease[], free: readonly Candidate[], now: RunningMs): readonly LeaseEvent[] {
  const granted: LeaseEvent[] = []
  let left = free
  for (const { order, size, held } of leases) {
    if (held !== null) continue
    const chosen = chooseCompartment(left, { size, box: null, lowDoor: false })
    if (chosen === undefined) continue
    const compartment = chosen.plan.id
    left = left.filter(({ plan }) => plan.id !== compartment)
    granted.push({ type: 'leaseGranted', order, compartment, until: after(now, leaseLimits.held), at: now })
  }
  return granted
}

/** The door was held for whoever is given it now. */
export function leaseUsed(leases: readonly Lease[], compartment: CompartmentId, at: RunningMs): readonly LeaseEvent[] {
  const lease = leases.find(({ held }) => held?.compartment === compartment)
  return lease === undefined ? [] : [{ type: 'leaseEnded', order: lease.order, why: 'used', at }]
}
