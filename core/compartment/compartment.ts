import type { CompartmentId, DepositId, OrderId, PersonId, SessionId, StaffId } from '../values/ids.ts'

export type Suspicion =
  | 'opened-without-cause'
  | 'did-not-open'
  | 'outcome-unknown'
  | 'opened-remotely'
  | 'session-broken-off'
  | 'found-empty'
  | 'not-looked-into'
  | 'new-incarnation'

/**
 * Who may use a compartment and what is believed to be inside. The epoch grows with each new occupancy, so that
 * no late order reaches the next parcel (law 6). A suspect compartment may still hold a deposit: its way out
 * stays open (law 3), but nothing new goes in until somebody has looked.
 */
export interface Compartment {
  readonly id: CompartmentId
  readonly epoch: number
  readonly use: 'free' | 'held' | 'loaded' | 'suspect' | 'retired'
  readonly deposit: DepositId | null
  readonly session: SessionId | null
  readonly suspicion: Suspicion | null
}

export type CompartmentEvent =
  | {
      readonly type: 'compartmentHeld'
      readonly compartment: CompartmentId
      readonly epoch: number
      readonly deposit: DepositId
      readonly session: SessionId
    }
  | { readonly type: 'compartmentReleased'; readonly compartment: CompartmentId }
  | { readonly type: 'compartmentLoaded'; readonly compartment: CompartmentId; readonly deposit: DepositId }
  | { readonly type: 'compartmentSuspected'; readonly compartment: CompartmentId; readonly why: Suspicion }
  | {
      readonly type: 'compartmentInspected'
      readonly compartment: CompartmentId
      readonly seen: 'empty' | 'parcel-inside'
      readonly by: PersonId | StaffId
      /** SHA-256 of the picture, hex: what a word against the sensor stands on (law 16). */
      readonly picture?: string
    }
  | { readonly type: 'compartmentRetired'; readonly compartment: CompartmentId; readonly order: OrderId }
  /** Its door would not shut: nothing goes in until somebody has mended it. */
  | { readonly type: 'compartmentFaulted'; readonly compartment: CompartmentId; readonly by: PersonId }
  | { readonly type: 'compartmentRestored'; readonly compartment: CompartmentId; readonly order: OrderId }

export const newCompartment = (id: CompartmentId): Compartment => ({
  id,
  epoch: 0,
  use: 'free',
  deposit: null,
  session: null,
  suspicion: null,
})

export type CompartmentRefusal =
  | 'compartment-not-free'
  | 'compartment-in-use'
  | 'compartment-not-retired'
  | 'compartment-not-suspect'

/** Whether an event may follow from this state; the one place that says what each use permits (law 1). */
export function permits(compartment: Compartment, event: CompartmentEvent): CompartmentRefusal | undefined {
  switch (event.type) {
    case 'compartmentHeld':
      return compartment.use === 'free' && event.epoch === compartment.epoch + 1 ? undefined : 'compartment-not-free'
    case 'compartmentReleased':
    case 'compartmentLoaded':
    case 'compartmentSuspected':
    case 'compartmentFaulted':
      return undefined
    case 'compartmentInspected':
      return compartment.use === 'suspect' ? undefined : 'compartment-not-suspect'
    case 'compartmentRetired':
      return compartment.use === 'free' || (compartment.use === 'suspect' && compartment.deposit === null)
        ? undefined
        : 'compartment-in-use'
    case 'compartmentRestored':
      return compartment.use === 'retired' ? undefined : 'compartment-not-retired'
  }
}

export function evolveCompartment(compartment: Compartment, event: CompartmentEvent): Compartment {
  switch (event.type) {
    case 'compartmentHeld':
      return {
        ...compartment,
        epoch: event.epoch,
        use: 'held',
        deposit: event.deposit,
        session: event.session,
        suspicion: null,
      }
    case 'compartmentReleased':
      return { ...compartment, use: 'free', deposit: null, session: null, suspicion: null }
    case 'compartmentLoaded':
      return { ...compartment, use: 'loaded', deposit: event.deposit, session: null, suspicion: null }
    case 'compartmentSuspected':
      return { ...compartment, use: 'suspect', session: null, suspicion: event.why }
    case 'compartmentInspected':
      return inspected(compartment, event.seen)
    case 'compartmentRetired':
      return { ...compartment, use: 'retired', session: null, suspicion: null }
    case 'compartmentFaulted':
      return { ...compartment, use: 'retired', deposit: null, session: null, suspicion: null }
    case 'compartmentRestored':
      // Nobody has looked inside since: a person's "seen empty" frees it, not the order.
      return { ...compartment, use: 'suspect', suspicion: 'not-looked-into' }
  }
}

function inspected(compartment: Compartment, seen: 'empty' | 'parcel-inside'): Compartment {
  if (seen === 'empty') return { ...compartment, use: 'free', deposit: null, session: null, suspicion: null }
  // A parcel without a deposit has no owner here yet: it stays in quarantine until an operator takes it out.
  return compartment.deposit === null ? compartment : { ...compartment, use: 'loaded', suspicion: null }
}
