import { acceptAttempt } from '../../access/keypad.ts'
import type { DepositId } from '../../values/ids.ts'
import type { RunningMs } from '../../values/instants.ts'
import type { CodeTags, DepositEvent } from '../events.ts'
import { usedTagsKept, type Cabinet, type Cycle, type Deposit } from '../state.ts'
import { withEntry, withoutEntry } from './entries.ts'
import { countCertified, leave, renewSession, setCourierHand } from './sessions.ts'

type Of<Type extends DepositEvent['type']> = Extract<DepositEvent, { type: Type }>

/** Total: an event about a deposit that is not here changes nothing. */
export function evolveDeposit(cabinet: Cabinet, event: DepositEvent): Cabinet {
  switch (event.type) {
    case 'depositBegun':
      return countCertified(begin(cabinet, event), event.at)
    case 'depositPrepared':
      return change(cabinet, event, () => ({ codes: event.codes }))
    case 'parcelJoined':
      return change(cabinet, event, ({ parcels }) => ({ parcels: [...parcels, event.parcel] }))
    case 'depositMoved':
      return move(cabinet, event)
    case 'depositMade':
      return made(cabinet, event)
    case 'depositCancelling':
      return change(cabinet, event, ({ cycle }) => ({ stage: 'cancelling', cycle: goesOn(cycle) }))
    case 'codeAccepted':
      return acceptCode(cabinet, event)
    case 'codeRenewed':
      return renewCode(cabinet, event)
    case 'codesRevoked':
      return revokeCodes(cabinet, event)
    case 'refusalBegun':
      return change(cabinet, event, ({ cycle }) => ({
        stage: 'putting-back',
        complaint: event.why,
        cycle: goesOn(cycle),
      }))
    case 'depositRefused':
      return refused(cabinet, event)
    case 'depositKept':
      return keep(cabinet, event)
    case 'undoBegun':
      return takeOut(cabinet, event)
    case 'recallBegun':
      return countCertified(takeOut(cabinet, event), event.at)
    case 'depositCancelled':
    case 'depositDisputed':
    case 'depositCollected':
    case 'depositRecalled':
      return remove(cabinet, event)
  }
}

/** By its own courier or by another of its carrier: the door opens for the parcel to leave. */
function takeOut(cabinet: Cabinet, event: Of<'undoBegun' | 'recallBegun'>): Cabinet {
  const taken = change(cabinet, event, ({ stage }) => ({
    stage: event.type === 'undoBegun' ? 'undoing' : 'recalling',
    before: stage === 'refused' ? 'refused' : 'stored',
    cycle: 'none',
    session: event.session,
  }))
  return setCourierHand(taken, event.deposit, event.at)
}

function made(cabinet: Cabinet, event: Of<'depositMade'>): Cabinet {
  const noted = noteMade(cabinet, event.deposit)
  return putDown(
    change(noted, event, () => ({ stage: 'stored', cycle: 'none', session: null })),
    event,
  )
}

/** Until the session that made it ends. */
function noteMade(cabinet: Cabinet, deposit: DepositId): Cabinet {
  const { session } = cabinet
  return session?.kind === 'courier' && session.deposit === deposit
    ? { ...cabinet, lastMade: { deposit, session: session.id } }
    : cabinet
}

/** A door that stands open serves the new purpose as well; a shut one is opened anew. */
const goesOn = (cycle: Cycle): Cycle => (cycle === 'open' ? 'open' : 'none')

/** Codes die: their tags stay, without their deposit (law 7). */
export function bury(cabinet: Cabinet, codes: readonly CodeTags[]): Cabinet {
  if (codes.length === 0) return cabinet
  return {
    ...cabinet,
    usedTags: [...cabinet.usedTags, ...codes.map(({ tag }) => tag)].slice(-usedTagsKept),
    codesDead: cabinet.codesDead + codes.length,
  }
}

/** Of the codes of a deposit only those that `lives` accepts stay alive. */
export function keepCodes(cabinet: Cabinet, id: DepositId, lives: (code: CodeTags) => boolean): Cabinet {
  const deposit = cabinet.deposits.get(id)
  if (deposit === undefined) return cabinet
  const dead = deposit.codes.filter((code) => !lives(code))
  const kept = { ...deposit, codes: deposit.codes.filter(lives) }
  return bury({ ...cabinet, deposits: withEntry(cabinet.deposits, id, kept) }, dead)
}

function begin(cabinet: Cabinet, event: Of<'depositBegun'>): Cabinet {
  const { deposit: id, compartment, epoch, carrier, person, session, parcels, need } = event
  const deposit: Deposit = {
    id,
    compartment,
    epoch,
    carrier,
    person,
    session,
    parcels,
    need,
    stage: 'filling',
    before: 'stored',
    cycle: 'none',
    codes: [],
    usedGeneration: null,
    renewals: [],
    pickup: null,
    complaint: null,
  }
  return setCourierHand({ ...cabinet, deposits: withEntry(cabinet.deposits, id, deposit) }, id, event.at)
}

function move(cabinet: Cabinet, event: Of<'depositMoved'>): Cabinet {
  const { to: compartment, epoch, need } = event
  const moved = change(unbind(cabinet, event.deposit), event, () => ({ compartment, epoch, need, cycle: 'none' }))
  return cabinet.compartments.get(event.from)?.use === 'held' ? leave(moved, event.from) : moved
}

function acceptCode(cabinet: Cabinet, event: Of<'codeAccepted'>): Cabinet {
  const used = change(cabinet, event, () => ({ usedGeneration: event.generation }))
  const judged = { ...used, keypad: acceptAttempt(used.keypad) }
  return keepCodes(judged, event.deposit, ({ generation }) => generation >= event.generation)
}

function renewCode(cabinet: Cabinet, event: Of<'codeRenewed'>): Cabinet {
  const buried = keepCodes(cabinet, event.deposit, () => false)
  return change(buried, event, ({ renewals }) => ({ codes: [event.code], renewals: [...renewals, event.at].slice(-5) }))
}

function revokeCodes(cabinet: Cabinet, event: Of<'codesRevoked'>): Cabinet {
  const buried = keepCodes(cabinet, event.deposit, ({ generation }) => generation > event.through)
  return change(buried, event, () => ({ revokedThrough: event.through }))
}

function refused(cabinet: Cabinet, event: Of<'depositRefused'>): Cabinet {
  const buried = keepCodes(cabinet, event.deposit, () => false)
  return change(buried, event, () => ({
    stage: 'refused',
    complaint: event.why,
    cycle: 'none',
    session: null,
    pickup: null,
  }))
}

function keep(cabinet: Cabinet, event: Of<'depositKept'>): Cabinet {
  const kept = change(cabinet, event, ({ stage, before }) => ({
    stage: stage === 'recalling' ? before : 'stored',
    cycle: 'none',
    session: null,
    pickup: null,
  }))
  return putDown(kept, event)
}

function remove(cabinet: Cabinet, event: { readonly deposit: DepositId; readonly at: RunningMs }): Cabinet {
  const buried = unbind(
    keepCodes(cabinet, event.deposit, () => false),
    event.deposit,
  )
  return putDown({ ...buried, deposits: withoutEntry(buried.deposits, event.deposit) }, event)
}

function unbind(cabinet: Cabinet, id: DepositId): Cabinet {
  const at = cabinet.deposits.get(id)?.compartment
  const compartment = at === undefined ? undefined : cabinet.compartments.get(at)
  if (compartment === undefined || compartment.deposit !== id) return cabinet
  return {
    ...cabinet,
    compartments: withEntry(cabinet.compartments, compartment.id, { ...compartment, deposit: null }),
  }
}

function putDown(cabinet: Cabinet, { deposit, at }: { readonly deposit: DepositId; readonly at: RunningMs }): Cabinet {
  return cabinet.session?.deposit === deposit ? setCourierHand(cabinet, null, at) : cabinet
}

type Change = (deposit: Deposit) => Partial<Deposit>

function change(cabinet: Cabinet, event: { readonly deposit: DepositId; readonly at: RunningMs }, by: Change): Cabinet {
  const deposit = cabinet.deposits.get(event.deposit)
  if (deposit === undefined) return cabinet
  const changed = { ...cabinet, deposits: withEntry(cabinet.deposits, deposit.id, { ...deposit, ...by(deposit) }) }
  return cabinet.session?.deposit === deposit.id ? renewSession(changed, event.at) : changed
}
