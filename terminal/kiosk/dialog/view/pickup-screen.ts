import type { PickupSession } from '@holdfast/core/cabinet/state.ts'
import { mayReopen } from '@holdfast/core/cabinet/sessions/pickup.ts'
import type { Screen } from '@holdfast/wire/kiosk/screens.ts'
import type { PickupTalk, Sight } from '../dialog.ts'
import { lowDoorsOf } from '../pickup.ts'
import { isReminded, phaseOf } from './door-phase.ts'

/** The door that is theirs, until it is settled. */
export function pickupScreen(talk: PickupTalk, session: PickupSession, sight: Sight): Screen {
  const { cabinet, now } = sight
  const deposit = cabinet.deposits.get(session.deposit)
  const { problem } = talk
  if (deposit === undefined || deposit.session !== session.id) return { kind: 'pickup-next', problem }
  const { compartment } = deposit
  if (talk.complaining) return { kind: 'complaint', compartment, problem }
  const lowDoors = phaseOf(deposit, cabinet) === 'shut' ? lowDoorsOf(talk, session, sight) : undefined
  return {
    kind: 'pickup-door',
    compartment,
    phase: phaseOf(deposit, cabinet),
    reminded: isReminded(compartment, cabinet),
    putBack: deposit.stage === 'putting-back' ? (deposit.complaint ?? 'not-wanted') : null,
    mayReopen: mayReopen(deposit, now),
    ...(lowDoors === undefined ? {} : { lowDoors }),
    problem,
  }
}
