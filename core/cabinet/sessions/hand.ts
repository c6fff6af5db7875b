import { accept, refuse, type Decision } from '../../decider/decider.ts'
import { doorsOpened } from '../../access/certificate.ts'
import type { Door } from '../../door/door.ts'
import type { DepositId, SessionId } from '../../values/ids.ts'
import type { RunningMs } from '../../values/instants.ts'
import type { CabinetRefusal } from '../commands.ts'
import type { CabinetEvent } from '../events.ts'
import type { Cabinet, CourierSession, Deposit, DepositStage, PickupSession, Session } from '../state.ts'

export type Answer = Decision<CabinetEvent, CabinetRefusal>

export const answer = (...events: readonly CabinetEvent[]): Answer => accept(...events)

/** The deposit that the live session has in hand, and its door. */
export interface Hand<Live extends Session> {
  readonly session: Live
  readonly deposit: Deposit
  readonly door: Door
}

type Refused = { readonly refused: Answer }

export function courierSession(cabinet: Cabinet, id: SessionId): CourierSession | undefined {
  return cabinet.session?.kind === 'courier' && cabinet.session.id === id ? cabinet.session : undefined
}

export function courierHand(
  cabinet: Cabinet,
  asked: { readonly session: SessionId; readonly deposit: DepositId },
  stages: readonly DepositStage[],
): Hand<CourierSession> | Refused {
  const session = courierSession(cabinet, asked.session)
  if (session === undefined) return { refused: refuse('session-unknown') }
  const deposit = cabinet.deposits.get(asked.deposit)
  if (deposit === undefined) return { refused: refuse('deposit-unknown') }
  if (session.deposit !== deposit.id) return { refused: refuse('deposit-elsewhere') }
  return stages.includes(deposit.stage) ? holding(cabinet, session, deposit) : { refused: refuse('deposit-not-ready') }
}

export function pickupHand(
  cabinet: Cabinet,
  id: SessionId,
  stages: readonly DepositStage[],
): Hand<PickupSession> | Refused {
  const { session } = cabinet
  if (session?.kind !== 'pickup' || session.id !== id) return { refused: refuse('session-unknown') }
  const deposit = cabinet.deposits.get(session.deposit)
  if (deposit === undefined || deposit.session !== id || !stages.includes(deposit.stage)) {
    return { refused: refuse('deposit-unknown') }
  }
  return holding(cabinet, session, deposit)
}

/** What keeps a person's word from counting: an opening under way, an open door, or none witnessed (Custody). */
export function refuseWord({ door, deposit }: Pick<Hand<Session>, 'door' | 'deposit'>): CabinetRefusal | undefined {
  if (door.pulse !== null) return 'door-busy'
  if (door.position === 'open' || door.position === 'unlatched') return 'door-open'
  return deposit.cycle === 'shut' ? undefined : 'door-not-cycled'
}

function holding<Live extends Session>(cabinet: Cabinet, session: Live, deposit: Deposit): Hand<Live> | Refused {
  const door = cabinet.doors.get(deposit.compartment)
  return door === undefined ? { refused: refuse('deposit-unknown') } : { session, deposit, door }
}

/** A deposit in hand, or a compartment that is being looked into. */
export const isBusy = ({ deposit, look }: CourierSession): boolean => deposit !== null || look !== undefined

/** What a certificate opens in a day is used up. */
export const isSpent = (cabinet: Cabinet, { doors, person }: CourierSession, now: RunningMs): boolean =>
  doors !== undefined && doorsOpened(cabinet.certified, person, now) >= doors
