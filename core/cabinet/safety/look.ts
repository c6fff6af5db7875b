import { refuse, type Given } from '../../decider/decider.ts'
import { isAtRest } from '../../door/door.ts'
import type { CompartmentId, PersonId, StaffId } from '../../values/ids.ts'
import type { RunningMs } from '../../values/instants.ts'
import type { CabinetRefusal, CourierCommand } from '../commands.ts'
import type { CabinetEvent } from '../events.ts'
import { answer, courierSession, isBusy, isSpent, type Answer } from '../sessions/hand.ts'
import { intendOpening } from '../sessions/opening.ts'
import { depositIn, type Cabinet, type CourierSession, type Deposit } from '../state.ts'

type Of<Type extends CourierCommand['type']> = Extract<CourierCommand, { type: Type }>

/**
 * What a courier may look into: in doubt, and with nobody's parcel behind it but his own carrier's. Others are the
 * operator's to look into.
 */
export function doubted(cabinet: Cabinet, { carrier }: Pick<CourierSession, 'carrier'>): readonly CompartmentId[] {
  return cabinet.layout.compartments.flatMap(({ id }) => {
    if (cabinet.compartments.get(id)?.use !== 'suspect') return []
    const deposit = depositIn(cabinet, id)
    return deposit === undefined || (deposit.carrier === carrier && !isInHand(deposit)) ? [id] : []
  })
}

/** Somebody is busy with it, or its door is waited for. */
export const isInHand = ({ session, stage }: Deposit): boolean =>
  session !== null || stage === 'filling' || stage === 'cancelling'

/** A door that stands open already needs no pulse: it is looked into as it is. */
export function beginLook(cabinet: Cabinet, command: Of<'beginLook'>, given: Given): Answer {
  const session = courierSession(cabinet, command.session)
  if (session === undefined) return refuse('session-unknown')
  if (isBusy(session)) return refuse('deposit-in-hand')
  if (isSpent(cabinet, session, given.now)) return refuse('certificate-spent')
  const { compartment } = command
  if (!doubted(cabinet, session).includes(compartment)) return refuse('nothing-to-look-into')
  const begun = { type: 'lookBegun', session: session.id, compartment, at: given.now } as const
  if (cabinet.doors.get(compartment)?.position === 'open') return answer(begun)
  const opening = intendOpening(cabinet, { compartment, cause: { kind: 'look', session: session.id } }, given)
  return opening.accepted ? answer(begun, ...opening.events) : opening
}

export function reopenLook(cabinet: Cabinet, command: Of<'reopenLook'>, given: Given): Answer {
  const look = courierSession(cabinet, command.session)?.look
  if (look === undefined) return refuse('nothing-to-look-into')
  const { compartment } = look
  return intendOpening(cabinet, { compartment, cause: { kind: 'look', session: command.session } }, given)
}

/** The word counts after a witnessed cycle; against the sensor only with a picture (law 16). */
export function sayLook(cabinet: Cabinet, command: Of<'sayLook'>, given: Given): Answer {
  const session = courierSession(cabinet, command.session)
  if (session?.look === undefined) return refuse('nothing-to-look-into')
  const { compartment } = session.look
  if (!doubted(cabinet, session).includes(compartment)) return refuse('nothing-to-look-into')
  const hindrance = refuseSight(cabinet, session.look, command.picture)
  if (hindrance !== undefined) return refuse(hindrance)
  const { seen, picture } = command
  return answer(...inspected(cabinet, { compartment, seen, by: session.person, picture }, given.now), {
    type: 'lookEnded',
    session: session.id,
    at: given.now,
  })
}

/** Nothing is said: the compartment stays in doubt, whatever its door does. */
export function endLook(cabinet: Cabinet, command: Of<'endLook'>, given: Given): Answer {
  const session = courierSession(cabinet, command.session)
  if (session?.look === undefined) return refuse('nothing-to-look-into')
  const pulsed = cabinet.doors.get(session.look.compartment)?.pulse ?? null
  return pulsed === null ? answer({ type: 'lookEnded', session: session.id, at: given.now }) : refuse('door-busy')
}

function refuseSight(
  cabinet: Cabinet,
  { compartment, cycle }: NonNullable<CourierSession['look']>,
  picture: string | undefined,
): CabinetRefusal | undefined {
  const door = cabinet.doors.get(compartment)
  if (door === undefined || door.pulse !== null) return 'door-busy'
  if (picture !== undefined) return undefined
  if (door.position === 'open' || door.position === 'unlatched') return 'door-open'
  return cycle === 'shut' && isAtRest(door) ? undefined : 'door-not-cycled'
}

interface Seen {
  readonly compartment: CompartmentId
  readonly seen: 'empty' | 'parcel-inside'
  readonly by: PersonId | StaffId
  readonly picture: string | undefined
}

/** A parcel that should be there and is not is its carrier's to ask after. */
export function inspected(
  cabinet: Cabinet,
  { compartment, seen, by, picture }: Seen,
  at: RunningMs,
): readonly CabinetEvent[] {
  const deposit = depositIn(cabinet, compartment)
  const missing = deposit !== undefined && seen === 'empty'
  return [
    ...(missing ? [{ type: 'depositDisputed', deposit: deposit.id, why: 'empty', at } as const] : []),
    { type: 'compartmentInspected', compartment, seen, by, ...(picture === undefined ? {} : { picture }) },
  ]
}
