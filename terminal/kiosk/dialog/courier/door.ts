import type { CabinetCommand } from '@holdfast/core/cabinet/commands.ts'
import type { Deposit } from '@holdfast/core/cabinet/state.ts'
import type { Need } from '@holdfast/core/compartment/allocate.ts'
import { sizes, sizeRank, type Size } from '@holdfast/core/values/sizes.ts'
import { turn, type CourierTalk, type Sight, type Means, type Turn } from '../dialog.ts'
import { courierSession, inHand } from './talk.ts'

export const detoursMax = 2

const submit = (talk: CourierTalk, command: CabinetCommand, means: Means = 'nothing'): Turn<CourierTalk> =>
  turn({ ...talk, problem: null }, { do: 'submit', commands: [command], means })

/** The command by which the next scan, or Done, confirms what is behind the door. */
export function confirmation({ id: deposit, stage }: Deposit, sight: Sight): CabinetCommand | undefined {
  const session = courierSession(sight)?.id
  if (session === undefined) return undefined
  if (stage === 'filling') return { type: 'confirmDeposit', session, deposit }
  if (stage === 'undoing') return { type: 'confirmUndo', session, deposit }
  return stage === 'recalling' ? { type: 'confirmRecall', session, deposit } : undefined
}

export function reopen(talk: CourierTalk, sight: Sight): Turn<CourierTalk> {
  const session = courierSession(sight)?.id
  const held = inHand(sight)
  if (session === undefined || held === undefined) return turn(talk)
  const type = held.stage === 'recalling' ? 'reopenRecall' : 'reopenDeposit'
  return submit(talk, { type, session, deposit: held.id })
}

export function cancel(talk: CourierTalk, problem: string | null, sight: Sight): Turn<CourierTalk> {
  const session = courierSession(sight)?.id
  const held = inHand(sight)
  if (session === undefined || held === undefined) return turn(talk)
  const { state, deeds } = submit(talk, { type: 'cancelDeposit', session, deposit: held.id })
  return turn({ ...state, problem }, ...deeds)
}

/** The next class up from the door that is open now. */
export function bigger(talk: CourierTalk, sight: Sight): Turn<CourierTalk> {
  const held = inHand(sight)
  const size = held === undefined ? undefined : nextSize(held, sight)
  return held === undefined || size === undefined ? turn(talk) : move(talk, { ...held.need, size }, sight)
}

/** Within reach of a wheelchair, for this parcel alone: what somebody wishes for all stands in his own app. */
export function lower(talk: CourierTalk, sight: Sight): Turn<CourierTalk> {
  const held = inHand(sight)
  return held?.stage === 'filling' ? move(talk, { ...held.need, lowDoor: true }, sight) : turn(talk)
}

/** A door that did not open: another one for the same parcel, a few times by itself, then by the courier's word. */
export function detour(talk: CourierTalk, sight: Sight): Turn<CourierTalk> {
  const held = inHand(sight)
  if (held?.stage !== 'filling' || talk.detours >= detoursMax) return turn(talk)
  const next = { ...talk, instead: held.compartment, detours: talk.detours + 1 }
  return move(next, held.need, sight, 'detour')
}

export function another(talk: CourierTalk, sight: Sight): Turn<CourierTalk> {
  const held = inHand(sight)
  return held === undefined ? turn(talk) : move({ ...talk, instead: held.compartment }, held.need, sight)
}

/** The parcel goes behind another door under the same code; this one stays out of service as it stands. */
export function willNotShut(talk: CourierTalk, sight: Sight): Turn<CourierTalk> {
  const session = courierSession(sight)?.id
  const held = inHand(sight)
  if (session === undefined || talk.parcel !== null || held?.stage !== 'filling') return turn(talk)
  const { id: deposit, need, compartment: instead } = held
  return submit({ ...talk, instead }, { type: 'moveDeposit', session, deposit, need, faulty: true })
}

function move(talk: CourierTalk, need: Need, sight: Sight, means: Means = 'nothing'): Turn<CourierTalk> {
  const session = courierSession(sight)?.id
  const held = inHand(sight)
  if (session === undefined || held === undefined) return turn(talk)
  return submit(talk, { type: 'moveDeposit', session, deposit: held.id, need }, means)
}

export function nextSize(held: Deposit, { cabinet }: Sight): Size | undefined {
  const plan = cabinet.layout.compartments.find(({ id }) => id === held.compartment)
  return plan === undefined ? undefined : sizes[sizeRank(plan.size) + 1]
}
