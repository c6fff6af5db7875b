import { accept, refuse, type Decider, type Decision } from '../decider/decider.ts'
import type { CabinetId, DepositId } from '../values/ids.ts'
import { after, type Instant } from '../values/instants.ts'
import type {
  Parcel,
  ParcelCommand,
  ParcelEvent,
  ParcelFact,
  ParcelGiven,
  ParcelRefusal,
  ParcelState,
  Storage,
} from './parcel.ts'

export const parcelDecider: Decider<Parcel, ParcelCommand, ParcelFact, ParcelEvent, ParcelRefusal, ParcelGiven> = {
  decide(parcel, command, { now: at }) {
    switch (command.type) {
      case 'announce': {
        // One that was given up may come after all, and its carrier says so by announcing it again.
        if (parcel.announced && parcel.state !== 'never-arrived') return refuse('parcel-already-announced')
        return accept({ type: 'parcelAnnounced', size: command.size, late: lies(parcel), at })
      }
      case 'correct':
        return correct(parcel, command, at)
      case 'cancel':
        if (lies(parcel)) return refuse('parcel-already-stored')
        return orOver(parcel, { type: 'parcelCancelled', at })
      case 'askConsent': {
        if (lies(parcel)) return refuse('parcel-already-stored')
        const asked: ParcelEvent = { type: 'consentAsked', cabinet: command.cabinet, at }
        const isNew = parcel.state === 'unheard' || parcel.state === 'never-arrived'
        return isNew ? accept(asked) : orOver(parcel, asked)
      }
      case 'recordConsent':
        return orOver(parcel, { type: 'consentRecorded', kind: command.kind, at })
    }
  },

  absorb(parcel, fact, { now: at }) {
    switch (fact.type) {
      case 'deposited':
        return absorbDeposited(parcel, fact, at)
      case 'timePassed': {
        const due = overdueAt(parcel)
        if (due === undefined || at < due || parcel.storage === null) return []
        return [{ type: 'parcelOverdue', deposit: parcel.storage.deposit, at }]
      }
      case 'keptLonger':
      case 'keptShorter':
        return absorbTerm(parcel, fact, at)
      case 'returned':
        if (parcel.state === 'returned') return []
        return [...(parcel.state === 'recalled' ? [] : [surprise(parcel, fact, at)]), { type: 'parcelReturned', at }]
      case 'neverArrived':
        return parcel.state === 'expected' ? [{ type: 'parcelNeverArrived', at }] : []
      case 'collected':
      case 'refused':
      case 'recalled':
      case 'disputed':
      case 'depositCancelled':
        return absorbOutcome(parcel, fact, at)
    }
  },

  evolve: evolveParcel,

  /** When it becomes overdue. */
  due: overdueAt,
}

/** In a cabinet now. */
export const lies = ({ state }: Parcel): boolean => state === 'stored' || state === 'overdue' || state === 'refused'

/** A consent is one person's: whoever gets the parcel instead has said nothing. What the sender named stands. */
export const forAnother = (parcel: Parcel): Parcel =>
  parcel.consent === 'sender-named-cabinet' ? parcel : { ...parcel, consent: null }

function overdueAt({ state, storage, retention }: Parcel): Instant | undefined {
  return state !== 'stored' || storage === null || retention === null ? undefined : after(storage.storedAt, retention)
}

function orOver(parcel: Parcel, event: ParcelEvent): Decision<ParcelEvent, ParcelRefusal> {
  if (parcel.state === 'unheard') return refuse('parcel-unknown')
  return parcel.state === 'expected' || lies(parcel) ? accept(event) : refuse('parcel-over')
}

function correct(
  parcel: Parcel,
  { phoneChanged, size }: Extract<ParcelCommand, { type: 'correct' }>,
  at: Instant,
): Decision<ParcelEvent, ParcelRefusal> {
  // Its size is known by the door it lies behind; only the phone still matters.
  if (lies(parcel) && !phoneChanged) return refuse('parcel-already-stored')
  const renewCode = phoneChanged && (parcel.state === 'stored' || parcel.state === 'overdue')
  return orOver(parcel, { type: 'parcelCorrected', phoneChanged, size: lies(parcel) ? null : size, renewCode, at })
}

type OfCabinet = Exclude<
  ParcelFact,
  { type: 'timePassed' | 'returned' | 'neverArrived' | 'deposited' | 'keptLonger' | 'keptShorter' }
>

const outcomes: Readonly<Record<OfCabinet['type'], ParcelState>> = {
  collected: 'collected',
  refused: 'refused',
  recalled: 'recalled',
  disputed: 'disputed',
  depositCancelled: 'expected',
}

function absorbDeposited(
  parcel: Parcel,
  fact: Extract<ParcelFact, { type: 'deposited' }>,
  at: Instant,
): readonly ParcelEvent[] {
  if (parcel.storage?.deposit === fact.deposit) return []
  const { cabinet, deposit, retention } = fact
  const begun: ParcelEvent = { type: 'parcelDeposited', cabinet, deposit, retention, at }
  // Lying in two places at once is an incident: the deposit that stands is kept until a person has looked.
  if (lies(parcel)) return [surprise(parcel, fact, at)]
  const isAwaited = parcel.state === 'unheard' || parcel.state === 'expected' || parcel.state === 'never-arrived'
  return isAwaited ? [begun] : [surprise(parcel, fact, at), begun]
}

/** Each moves the term its own way only: told late or twice it takes nothing back. */
function absorbTerm(
  { state, storage, retention: now }: Parcel,
  { type, deposit, retention }: Extract<ParcelFact, { type: 'keptLonger' | 'keptShorter' }>,
  at: Instant,
): readonly ParcelEvent[] {
  if (state !== 'stored' || storage?.deposit !== deposit || now === null) return []
  if (type === 'keptLonger') return retention > now ? [{ type: 'parcelKeptLonger', deposit, retention, at }] : []
  return retention < now ? [{ type: 'parcelKeptShorter', deposit, retention, at }] : []
}

function absorbOutcome(parcel: Parcel, fact: OfCabinet, at: Instant): readonly ParcelEvent[] {
  const { storage } = parcel
  if (storage !== null && storage.deposit !== fact.deposit) return [surprise(parcel, fact, at)]
  if (storage === null) return fact.type === 'depositCancelled' ? [] : [surprise(parcel, fact, at), outcome(fact, at)]
  if (parcel.state === outcomes[fact.type]) return []
  return lies(parcel) ? [outcome(fact, at)] : [surprise(parcel, fact, at)]
}

function outcome(fact: OfCabinet, at: Instant): ParcelEvent {
  const { cabinet, deposit } = fact
  switch (fact.type) {
    case 'collected':
      return { type: 'parcelCollected', cabinet, deposit, by: fact.by, at }
    case 'refused':
      return { type: 'parcelRefused', cabinet, deposit, why: fact.why, at }
    case 'recalled':
      return { type: 'parcelRecalled', cabinet, deposit, at }
    case 'disputed':
      return { type: 'parcelDisputed', cabinet, deposit, at }
    case 'depositCancelled':
      return { type: 'parcelTakenBack', cabinet, deposit, at }
  }
}

const surprise = (parcel: Parcel, fact: ParcelFact, at: Instant): ParcelEvent => ({
  type: 'surpriseNoted',
  fact: fact.type,
  state: parcel.state,
  deposit: 'deposit' in fact ? fact.deposit : null,
  at,
})

function evolveParcel(parcel: Parcel, event: ParcelEvent): Parcel {
  switch (event.type) {
    case 'parcelAnnounced':
      return { ...parcel, announced: true, size: event.size, state: heard(parcel) }
    case 'consentAsked':
      return { ...parcel, state: heard(parcel) }
    case 'parcelCorrected':
      return { ...(event.phoneChanged ? forAnother(parcel) : parcel), size: event.size ?? parcel.size }
    case 'parcelCancelled':
      return { ...parcel, state: 'cancelled' }
    case 'consentRecorded':
      return { ...parcel, consent: event.kind }
    case 'parcelDeposited': {
      const { cabinet, deposit, retention, at: storedAt } = event
      return { ...parcel, state: 'stored', retention, complaint: null, storage: { cabinet, deposit, storedAt } }
    }
    case 'parcelOverdue':
      return { ...parcel, state: 'overdue' }
    case 'parcelKeptLonger':
    case 'parcelKeptShorter':
      return { ...parcel, retention: event.retention }
    case 'parcelCollected':
      return { ...parcel, state: 'collected', storage: lastSeen(parcel, event) }
    case 'parcelRefused':
      return { ...parcel, state: 'refused', complaint: event.why, storage: lastSeen(parcel, event) }
    case 'parcelRecalled':
      return { ...parcel, state: 'recalled', storage: lastSeen(parcel, event) }
    case 'parcelDisputed':
      return { ...parcel, state: 'disputed', storage: lastSeen(parcel, event) }
    case 'parcelTakenBack':
      return { ...parcel, state: 'expected', storage: lastSeen(parcel, event) }
    case 'parcelReturned':
      return { ...parcel, state: 'returned' }
    case 'parcelNeverArrived':
      return { ...parcel, state: 'never-arrived' }
    case 'surpriseNoted':
      return parcel
  }
}

const heard = ({ state }: Parcel): ParcelState =>
  state === 'unheard' || state === 'never-arrived' ? 'expected' : state

/** Kept beyond its end, so that the deposit told again, or told late, is known. */
function lastSeen(
  { storage }: Parcel,
  { cabinet, deposit, at }: { cabinet: CabinetId; deposit: DepositId; at: Instant },
): Storage {
  return storage ?? { cabinet, deposit, storedAt: at }
}
