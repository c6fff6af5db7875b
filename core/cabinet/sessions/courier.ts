import { inTurn, refuse, type Given } from '../../decider/decider.ts'
import { isAtRest } from '../../door/door.ts'
import type { CompartmentId } from '../../values/ids.ts'
import type { CabinetRefusal, CourierCommand } from '../commands.ts'
import type { CabinetEvent } from '../events.ts'
import { evolveCabinet } from '../evolve.ts'
import type { Cabinet, Deposit, Session } from '../state.ts'
import { answer, refuseWord, type Answer } from './hand.ts'
import { endSession, letGo } from './settle.ts'

type Of<Type extends CourierCommand['type']> = Extract<CourierCommand, { type: Type }>

export function openCourierSession(cabinet: Cabinet, command: Of<'openCourierSession'>, given: Given): Answer {
  const stale = refuseFreshness(command.freshness)
  if (stale !== undefined) return refuse(stale)
  if (cabinet.session !== null) return refuse('session-open')
  const { session, person, carrier, via, nonce, doors } = command
  const certified = doors === undefined ? {} : { doors }
  return answer({ type: 'courierSessionOpened', session, person, carrier, via, nonce, ...certified, at: given.now })
}

/** People's rights are shown at the screen, on a nonce that stood there (law 6). */
export function refuseFreshness(freshness: Of<'openCourierSession'>['freshness']): CabinetRefusal | undefined {
  switch (freshness) {
    case 'screen':
      return undefined
    case 'wrong-number':
      return 'number-wrong'
    case 'asked':
    case 'stale':
      return 'nonce-stale'
  }
}

/** a parcel that may not go in leaves a record of why; the session goes on. */
export function turnParcelAway(cabinet: Cabinet, command: Of<'turnParcelAway'>, given: Given): Answer {
  if (cabinet.session?.id !== command.session || cabinet.session.kind !== 'courier') return refuse('session-unknown')
  const { session, parcel, why } = command
  return answer({ type: 'parcelTurnedAway', session, parcel, why, at: given.now })
}

export function extendSession(cabinet: Cabinet, command: Of<'extendSession'>, given: Given): Answer {
  if (cabinet.session?.id !== command.session) return refuse('session-unknown')
  return answer({ type: 'sessionExtended', session: command.session, at: given.now })
}

/** "Done": what a door cycle has witnessed is confirmed by the same touch; an open door is asked to be shut first. */
export function finishSession(cabinet: Cabinet, command: Of<'endSession'>, given: Given): Answer {
  const { session } = cabinet
  if (session?.id !== command.session) return refuse('session-unknown')
  if (session.kind === 'courier' && session.leaving.length > 0) return refuse('door-open')
  if (session.kind === 'courier' && session.look !== undefined && !isSeenShut(cabinet, session.look.compartment)) {
    return refuse('door-open')
  }
  const deposit = session.deposit === null ? undefined : cabinet.deposits.get(session.deposit)
  const hindrance = deposit === undefined ? undefined : refuseDone(cabinet, session, deposit)
  if (hindrance !== undefined) return refuse(hindrance)
  return answer(
    ...inTurn<Cabinet, CabinetEvent>(evolveCabinet, cabinet, [
      (at) => (deposit === undefined ? [] : confirm(at, session, deposit, given)),
      (at) => endSession(at, 'done', given.now),
    ]),
  )
}

function isSeenShut({ doors }: Cabinet, id: CompartmentId): boolean {
  const door = doors.get(id)
  return door !== undefined && door.pulse === null && isAtRest(door)
}

function refuseDone(cabinet: Cabinet, session: Session, deposit: Deposit): CabinetRefusal | undefined {
  const door = cabinet.doors.get(deposit.compartment)
  if (deposit.session !== session.id || door === undefined) return undefined
  if (door.pulse !== null) return 'door-busy'
  if (door.position === 'open' || door.position === 'unlatched') return 'door-open'
  const unprepared = deposit.stage === 'filling' && deposit.cycle === 'shut' && deposit.codes.length === 0
  return unprepared ? 'deposit-not-ready' : undefined
}

function confirm(cabinet: Cabinet, session: Session, deposit: Deposit, { now }: Given): readonly CabinetEvent[] {
  const door = cabinet.doors.get(deposit.compartment)
  if (deposit.session !== session.id || door === undefined || !isAtRest(door)) return []
  if (refuseWord({ door, deposit }) !== undefined) return []
  const { id, compartment } = deposit
  switch (deposit.stage) {
    case 'filling':
      return [
        { type: 'depositMade', deposit: id, by: 'person', at: now },
        { type: 'compartmentLoaded', compartment, deposit: id },
      ]
    case 'collecting':
      return [{ type: 'depositCollected', deposit: id, by: 'person', at: now }, ...letGo(cabinet, compartment, true)]
    case 'recalling':
      return [{ type: 'depositRecalled', deposit: id, by: 'person', at: now }, ...letGo(cabinet, compartment, true)]
    case 'undoing':
      return [{ type: 'depositCancelled', deposit: id, why: 'courier', at: now }, ...letGo(cabinet, compartment, true)]
    case 'cancelling':
    case 'putting-back':
    case 'stored':
    case 'refused':
      return []
  }
}
