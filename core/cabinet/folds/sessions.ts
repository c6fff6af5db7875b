import { noteDoor } from '../../access/certificate.ts'
import type { CompartmentId, SessionId } from '../../values/ids.ts'
import { after, type RunningMs } from '../../values/instants.ts'
import type { SessionEvent } from '../events.ts'
import { sessionLimits, type Cabinet, type Deposit, type Session } from '../state.ts'
import { withEntry } from './entries.ts'

type PickupOpened = Extract<SessionEvent, { type: 'pickupSessionOpened' }>

export function evolveSession(cabinet: Cabinet, event: SessionEvent): Cabinet {
  switch (event.type) {
    case 'courierSessionOpened': {
      const { session: id, person, carrier, via, nonce, doors, at } = event
      const certified = doors === undefined ? {} : { doors }
      const until = after(at, sessionLimits.courier)
      return {
        ...cabinet,
        session: { kind: 'courier', id, person, carrier, via, nonce, ...certified, until, deposit: null, leaving: [] },
      }
    }
    case 'pickupSessionOpened':
      return openPickup(cabinet, event)
    case 'pickupContinued': {
      if (cabinet.session?.kind !== 'pickup') return cabinet
      const next: Session = { ...cabinet.session, deposit: event.deposit }
      return renewSession(collectNow({ ...cabinet, session: next }, event, null), event.at)
    }
    case 'pickupReopened':
      return renewSession(countReopening(cabinet, event), event.at)
    case 'lookBegun':
    case 'lookEnded':
      return evolveLook(cabinet, event)
    case 'parcelTurnedAway':
    case 'sessionExtended':
      return cabinet.session?.id === event.session ? renewSession(cabinet, event.at) : cabinet
    case 'sessionEnded':
      return release(cabinet, event.session)
  }
}

/** A door that stands open already is looked into as it is. */
function evolveLook(cabinet: Cabinet, event: Extract<SessionEvent, { type: 'lookBegun' | 'lookEnded' }>): Cabinet {
  const { session } = cabinet
  if (session?.kind !== 'courier' || session.id !== event.session) return cabinet
  const { look: _over, ...rest } = session
  if (event.type === 'lookEnded') return renewSession({ ...cabinet, session: rest }, event.at)
  const { compartment } = event
  const cycle = cabinet.doors.get(compartment)?.position === 'open' ? 'open' : 'none'
  const looking = { ...cabinet, session: { ...rest, look: { compartment, cycle } } } as const
  return countCertified(renewSession(looking, event.at), event.at)
}

export function renewSession(cabinet: Cabinet, at: RunningMs): Cabinet {
  const { session } = cabinet
  return session === null
    ? cabinet
    : { ...cabinet, session: { ...session, until: after(at, sessionLimits[session.kind]) } }
}

export function setCourierHand(cabinet: Cabinet, deposit: Deposit['id'] | null, at: RunningMs): Cabinet {
  const { session } = cabinet
  if (session?.kind !== 'courier') return cabinet
  return renewSession({ ...cabinet, session: { ...session, deposit } }, at)
}

export function leave(cabinet: Cabinet, compartment: CompartmentId): Cabinet {
  const { session } = cabinet
  if (session?.kind !== 'courier') return cabinet
  return { ...cabinet, session: { ...session, leaving: [...session.leaving, compartment] } }
}

export function leftBehind(cabinet: Cabinet, compartment: CompartmentId): Cabinet {
  const { session } = cabinet
  if (session?.kind !== 'courier' || !session.leaving.includes(compartment)) return cabinet
  return { ...cabinet, session: { ...session, leaving: session.leaving.filter((id) => id !== compartment) } }
}

function openPickup(cabinet: Cabinet, event: PickupOpened): Cabinet {
  const { session: id, person, via, nonce, deposit, at } = event
  const until = after(at, sessionLimits.pickup)
  const opened: Cabinet = { ...cabinet, session: { kind: 'pickup', id, person, via, nonce, until, deposit } }
  // A right that comes back to its unfinished opening spends one of its reopenings (law 4).
  if (cabinet.deposits.get(deposit)?.stage !== 'collecting') return collectNow(opened, event, event.generation)
  return countReopening(opened, event)
}

type AtDeposit = Pick<PickupOpened, 'deposit' | 'session' | 'at'>

function collectNow(cabinet: Cabinet, { deposit: id, session, at }: AtDeposit, generation: number | null): Cabinet {
  const deposit = cabinet.deposits.get(id)
  if (deposit === undefined) return cabinet
  const collecting: Deposit = {
    ...deposit,
    stage: 'collecting',
    session,
    cycle: 'none',
    pickup: { startedAt: at, reopened: 0, generation },
  }
  return { ...cabinet, deposits: withEntry(cabinet.deposits, id, collecting) }
}

function countReopening(cabinet: Cabinet, { deposit: id, session }: AtDeposit): Cabinet {
  const deposit = cabinet.deposits.get(id)
  if (deposit === undefined || deposit.pickup === null) return cabinet
  const pickup = { ...deposit.pickup, reopened: deposit.pickup.reopened + 1 }
  return { ...cabinet, deposits: withEntry(cabinet.deposits, id, { ...deposit, session, pickup }) }
}

function release(cabinet: Cabinet, session: SessionId): Cabinet {
  const deposits = new Map(cabinet.deposits)
  for (const deposit of cabinet.deposits.values()) {
    if (deposit.session === session) deposits.set(deposit.id, { ...deposit, session: null })
  }
  const lastMade = cabinet.lastMade?.session === session ? null : cabinet.lastMade
  return { ...cabinet, deposits, lastMade, session: cabinet.session?.id === session ? null : cabinet.session }
}

/** A certificate's doors are counted where they are opened; other sign-ins have the cloud's own limits. */
export function countCertified(cabinet: Cabinet, at: RunningMs): Cabinet {
  const { session, certified } = cabinet
  if (session?.kind !== 'courier' || session.doors === undefined) return cabinet
  return { ...cabinet, certified: noteDoor(certified, { person: session.person, at }) }
}
