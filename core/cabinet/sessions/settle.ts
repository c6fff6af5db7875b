import type { CompartmentEvent, Suspicion } from '../../compartment/compartment.ts'
import { inTurn } from '../../decider/decider.ts'
import { isAtRest } from '../../door/door.ts'
import type { CompartmentId } from '../../values/ids.ts'
import type { RunningMs } from '../../values/instants.ts'
import type { CabinetEvent, SessionEnd } from '../events.ts'
import { evolveCabinet } from '../evolve.ts'
import type { Cabinet, Deposit } from '../state.ts'

/** Retired stays retired; of several suspicions the first stands until somebody has looked. */
export function suspect(cabinet: Cabinet, id: CompartmentId, why: Suspicion): readonly CompartmentEvent[] {
  const use = cabinet.compartments.get(id)?.use
  if (use === undefined || use === 'suspect' || use === 'retired') return []
  return [{ type: 'compartmentSuspected', compartment: id, why }]
}

/**
 * A compartment whose deposit has gone. It is freed only with its door seen shut and at rest (law 16), and out of
 * suspicion only where a person had it open and says that it is empty (`looked`).
 */
export function letGo(cabinet: Cabinet, id: CompartmentId, looked: boolean): readonly CompartmentEvent[] {
  const compartment = cabinet.compartments.get(id)
  const door = cabinet.doors.get(id)
  if (compartment === undefined || door === undefined) return []
  if (compartment.use === 'free' || compartment.use === 'retired') return []
  if (!isAtRest(door)) return suspect(cabinet, id, 'session-broken-off')
  if (compartment.use === 'suspect' && !looked) return []
  return [{ type: 'compartmentReleased', compartment: id }]
}

/** Ends the live session and settles what it leaves behind (Custody: silence). */
export function endSession(cabinet: Cabinet, why: SessionEnd, now: RunningMs): readonly CabinetEvent[] {
  const { session } = cabinet
  if (session === null) return []
  const leaving = session.kind === 'courier' ? session.leaving : []
  const inHand = session.deposit
  return inTurn<Cabinet, CabinetEvent>(evolveCabinet, cabinet, [
    ...leaving.map((id) => (at: Cabinet) => suspect(at, id, 'session-broken-off')),
    () => [{ type: 'sessionEnded', session: session.id, why, at: now }],
    (at) => (inHand === null ? [] : settle(at, at.deposits.get(inHand), { late: false, now })),
  ])
}

interface Moment {
  /** The door shut only after the session had ended: nobody who was asked was there to object. */
  readonly late: boolean
  readonly now: RunningMs
}

/**
 * What becomes of a deposit whose session is over. Nothing, as long as its door is not seen shut and at rest: this
 * is asked again at each event of the door.
 */
export function settle(cabinet: Cabinet, deposit: Deposit | undefined, moment: Moment): readonly CabinetEvent[] {
  if (deposit === undefined || deposit.session !== null) return []
  const door = cabinet.doors.get(deposit.compartment)
  if (door === undefined || !isAtRest(door)) return []
  switch (deposit.stage) {
    case 'stored':
    case 'refused':
      return []
    case 'filling':
      return settleFilling(cabinet, deposit, moment)
    case 'cancelling':
      return [
        {
          type: 'depositCancelled',
          deposit: deposit.id,
          why: deposit.cycle === 'shut' ? 'courier' : 'broken-off',
          at: moment.now,
        },
        ...suspect(cabinet, deposit.compartment, 'session-broken-off'),
      ]
    case 'undoing':
      return settleUndoing(cabinet, deposit, moment)
    case 'collecting':
      return settleCollecting(cabinet, deposit, moment)
    case 'putting-back':
      return settlePuttingBack(cabinet, deposit, moment)
    case 'recalling':
      return settleRecalling(cabinet, deposit, moment)
  }
}

function settleFilling(cabinet: Cabinet, deposit: Deposit, { late, now }: Moment): readonly CabinetEvent[] {
  const { id, compartment } = deposit
  if (deposit.cycle === 'shut' && deposit.codes.length > 0 && !late) {
    const loaded = cabinet.compartments.get(compartment)?.use === 'held'
    return [
      { type: 'depositMade', deposit: id, by: 'silence', at: now },
      ...(loaded ? [{ type: 'compartmentLoaded', compartment, deposit: id } as const] : []),
    ]
  }
  return [
    { type: 'depositCancelled', deposit: id, why: 'broken-off', at: now },
    ...(deposit.cycle === 'none'
      ? letGo(cabinet, compartment, false)
      : suspect(cabinet, compartment, 'session-broken-off')),
  ]
}

/** Never opened: it waits as before. Else the parcel is with its courier, and somebody looks whether that is so. */
function settleUndoing(cabinet: Cabinet, deposit: Deposit, { now }: Moment): readonly CabinetEvent[] {
  if (deposit.cycle === 'none' || deposit.cycle === 'unknown') {
    return [{ type: 'depositKept', deposit: deposit.id, at: now }]
  }
  return [
    { type: 'depositCancelled', deposit: deposit.id, why: 'broken-off', at: now },
    ...suspect(cabinet, deposit.compartment, 'session-broken-off'),
  ]
}

function settleCollecting(cabinet: Cabinet, deposit: Deposit, moment: Moment): readonly CabinetEvent[] {
  switch (deposit.cycle) {
    case 'unknown':
      // Perhaps it opened: the same right may come back within its quarter of an hour, else somebody looks.
      return []
    case 'none':
      return [{ type: 'depositKept', deposit: deposit.id, at: moment.now }]
    case 'open':
    case 'shut':
      return [
        { type: 'depositCollected', deposit: deposit.id, by: 'silence', at: moment.now },
        ...emptied(cabinet, deposit.compartment, moment),
      ]
  }
}

function settlePuttingBack(cabinet: Cabinet, deposit: Deposit, { now }: Moment): readonly CabinetEvent[] {
  if (deposit.cycle === 'none') {
    // The door did not open again: the parcel is still in the recipient's hands.
    return [
      { type: 'depositCollected', deposit: deposit.id, by: 'silence', at: now },
      ...letGo(cabinet, deposit.compartment, false),
    ]
  }
  return [{ type: 'depositRefused', deposit: deposit.id, why: deposit.complaint ?? 'not-wanted', at: now }]
}

function settleRecalling(cabinet: Cabinet, deposit: Deposit, moment: Moment): readonly CabinetEvent[] {
  if (deposit.cycle === 'none' || deposit.cycle === 'unknown') {
    return [{ type: 'depositKept', deposit: deposit.id, at: moment.now }]
  }
  return [
    { type: 'depositRecalled', deposit: deposit.id, by: 'silence', at: moment.now },
    ...emptied(cabinet, deposit.compartment, moment),
  ]
}

const emptied = (cabinet: Cabinet, id: CompartmentId, { late }: Moment): readonly CompartmentEvent[] =>
  late ? suspect(cabinet, id, 'session-broken-off') : letGo(cabinet, id, false)
