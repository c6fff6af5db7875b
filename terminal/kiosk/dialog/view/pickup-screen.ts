import type { PickupSession } from '@holdfast/core/cabinet/state.ts'
import { mayReopen } from '@holdfast/core/cabinet/sessions/pickup.ts'
import type { Screen } from '@holdfast/wire/kiosk/screens.ts'
import type { PickupTalk, Sight } from '../dialog.ts'
import { isReminded, phaseOf } from './door-phase.ts'

/** The door that is theirs, until it is settled. */
export function pickupScreen(talk: PickupTalk, session: PickupSession, { cabinet, now }: Sight): Screen {
  const deposit = cabinet.deposits.get(session.deposit)
  const { problem } = talk
  if (deposit === undefined || deposit.session !== session.id) return { kind: 'pickup-next', problem }
  const { compartment } = deposit
  if (talk.complaining) return { kind: 'complaint', compartment, problem }
  return {
    kind: 'pickup-door',
    compartment,
    phase: phaseOf(deposit, cabinet),
    reminded: isReminded(compartment, cabinet),
    putBack: deposit.stage === 'putting-back' ? (deposit.complaint ?? 'not-wanted') : null,
    mayReopen: mayReopen(deposit, now),
    problem,
  }
}
