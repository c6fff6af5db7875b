import { refuseAttempt, type KeypadStep } from '../../access/keypad.ts'
import { hasBudget } from '../../access/budget.ts'
import { refuse, type Given } from '../../decider/decider.ts'
import type { SessionId } from '../../values/ids.ts'
import type { RunningMs } from '../../values/instants.ts'
import type { CabinetFact, PickupCommand, Revocation } from '../commands.ts'
import type { CabinetEvent, CodeTags } from '../events.ts'
import { answer, type Answer } from '../sessions/hand.ts'
import { intendOpening } from '../sessions/opening.ts'
import { mayReopen, pickupCause } from '../sessions/pickup.ts'
import { liveCodes, type Cabinet, type Deposit } from '../state.ts'

type CodeTagged = Extract<CabinetFact, { type: 'codeTagged' }>

/** The attempt is journaled before it is checked (law 7); the budget is asked here, so that no right code is lost on it. */
export function attemptCode(
  cabinet: Cabinet,
  { step }: Extract<PickupCommand, { type: 'attemptCode' }>,
  given: Given,
): Answer {
  if (cabinet.session !== null) return refuse('session-open')
  const refusal = refuseAttempt(cabinet.keypad, step, given.now)
  if (refusal !== undefined) return refuse(refusal)
  if (!hasBudget(cabinet.budget, 'pickup', given.now)) return refuse('budget-spent')
  return answer({ type: 'codeAttempted', attempt: cabinet.keypad.attempts + 1, step, at: given.now })
}

/** The slow hash's answer. One that nobody waits for any more says nothing; an exception never opens a door. */
export function judgeCode(cabinet: Cabinet, fact: CodeTagged, given: Given): readonly CabinetEvent[] {
  const { open } = cabinet.keypad
  if (open === null || open.attempt !== fact.attempt) return []
  const found = cabinet.session === null ? match(cabinet, fact, { step: open.step, now: given.now }) : undefined
  if (found === undefined) {
    const isElsewhere = fact.elsewhere === true && open.step === 'code' && !isKnownHere(cabinet, fact.tag)
    return [{ type: isElsewhere ? 'codeElsewhere' : 'codeRejected', attempt: fact.attempt, at: given.now }]
  }
  const { deposit, code } = found
  return [
    { type: 'codeAccepted', attempt: fact.attempt, deposit: deposit.id, generation: code.generation, at: given.now },
    {
      type: 'pickupSessionOpened',
      session: fact.session,
      deposit: deposit.id,
      person: null,
      via: 'code',
      nonce: null,
      generation: code.generation,
      at: given.now,
    },
    ...opening(cabinet, deposit, fact.session, given),
  ]
}

/** Alive here, whether it opens just now or not: of such a code no other cabinet is asked. */
export const isKnownHere = (cabinet: Cabinet, tag: string): boolean =>
  liveCodes(cabinet).some(({ code }) => code.tag === tag)

/** What is open already stays a fact; from here on these generations are dead (law 4). */
export function revoke(
  { deposits }: Cabinet,
  revocations: readonly Revocation[],
  { now: at }: Given,
): readonly CabinetEvent[] {
  return revocations.flatMap(({ deposit: id, through }): readonly CabinetEvent[] => {
    const deposit = deposits.get(id)
    if (deposit === undefined || through <= (deposit.revokedThrough ?? -1)) return []
    return [{ type: 'codesRevoked', deposit: id, through, at }]
  })
}

/** An open or busy door does not make a right code wrong: the session stands and may ask again. */
function opening(cabinet: Cabinet, deposit: Deposit, session: SessionId, given: Given): readonly CabinetEvent[] {
  const cause = pickupCause(session, deposit.id)
  const intended = intendOpening(cabinet, { compartment: deposit.compartment, cause }, given)
  return intended.accepted ? intended.events : []
}

interface Asked {
  readonly step: KeypadStep
  readonly now: RunningMs
}

function match(
  cabinet: Cabinet,
  fact: CodeTagged,
  { step, now }: Asked,
): { readonly deposit: Deposit; readonly code: CodeTags } | undefined {
  return liveCodes(cabinet).find(({ deposit, code }) => {
    const same = step === 'code' ? code.tag === fact.tag : code.tailTag !== null && code.tailTag === fact.tailTag
    if (!same || deposit.stage === 'stored') return same
    // A code whose opening is unfinished may come back to it; no other generation may (law 5).
    return deposit.pickup?.generation === code.generation && mayReopen(deposit, now)
  })
}
