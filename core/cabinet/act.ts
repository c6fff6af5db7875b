import type { Cause } from '../access/cause.ts'
import type { CompartmentId } from '../values/ids.ts'
import type { RunningMs } from '../values/instants.ts'
import type { CabinetEvent } from './events.ts'
import type { LockAddress } from './layout.ts'
import type { Cabinet } from './state.ts'

export type Effect =
  /** Once, never again (Actuation); not before `notBefore` on the cabinet's running time. */
  | {
      readonly kind: 'pulse'
      readonly door: CompartmentId
      readonly lock: LockAddress
      readonly notBefore: RunningMs
      readonly cause: Cause
    }
  /** `door` null: the whole cabinet. */
  | { readonly kind: 'alarm'; readonly what: Alarm; readonly door: CompartmentId | null }

export type Alarm = 'opened-without-cause' | 'left-open' | 'did-not-open' | 'emergency' | 'large-door-shut'

/**
 * What an event makes the cabinet do, as data. `state` is the cabinet after the event (or after all events of its
 * decision). To be asked once, when the event is journaled; never on replay (law 2).
 */
export function act(event: CabinetEvent, state: Cabinet): readonly Effect[] {
  if (event.type === 'doorUnlockIntended') {
    const { door, cause } = event
    const lock = state.layout.compartments.find(({ id }) => id === door)?.lock
    if (lock === undefined) return []
    const inService = cause.kind === 'service' && state.serviceSwitchClosed
    return [{ kind: 'pulse', door, lock, notBefore: inService ? event.at : (state.lastIntentAt ?? event.at), cause }]
  }
  const what = alarmOf(event)
  return what === undefined ? [] : [{ kind: 'alarm', what, door: 'door' in event ? event.door : null }]
}

function alarmOf(event: CabinetEvent): Alarm | undefined {
  if (event.type === 'doorOpened' && event.cause === null) return 'opened-without-cause'
  if (event.type === 'doorUnlatched' && !event.explained) return 'opened-without-cause'
  if (event.type === 'doorLeftOpen') return 'left-open'
  if (event.type === 'largeDoorShut') return 'large-door-shut'
  if (event.type === 'emergencyRaised' || event.type === 'releaseBegun') return 'emergency'
  return event.type === 'doorNotOpened' ? 'did-not-open' : undefined
}
