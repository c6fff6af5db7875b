import { pulseSpacing } from '../../access/budget.ts'
import type { EmergencyCause } from '../../access/cause.ts'
import { inTurn, type Given } from '../../decider/decider.ts'
import type { CompartmentId } from '../../values/ids.ts'
import { after, earliest, minutes, seconds, type RunningMs } from '../../values/instants.ts'
import { sizeRank } from '../../values/sizes.ts'
import type { ReleaseOf } from '../commands.ts'
import type { CabinetEvent, EmergencyKind } from '../events.ts'
import { evolveCabinet } from '../evolve.ts'
import { isLarge, type CompartmentPlan } from '../layout.ts'
import { answer, type Answer } from '../sessions/hand.ts'
import { intendOpening } from '../sessions/opening.ts'
import type { Cabinet } from '../state.ts'

/** A finger that stays on the button is one call. */
export const callAgainAfter = seconds(5)

/** How long the cabinet asks whoever is near about a large door that was shut; the operator is asked until somebody looked. */
export const askInsideFor = minutes(10)

/** Large doors of which the cabinet asks now whether somebody is inside, the last one first. */
export function maybeInside(cabinet: Cabinet, now: RunningMs): readonly CompartmentId[] {
  return cabinet.maybeInside
    .filter(({ at }) => now < after(at, askInsideFor))
    .map(({ door }) => door)
    .toReversed()
}

/**
 * Somebody at the screen calls for help; never refused (law 17). Where a person may be shut in, every large door opens
 * at once behind which nothing is believed to lie, or which the cabinet asks about: it stood open to everybody a moment
 * ago, so nobody can lose anything by it. The rest is the operator's.
 */
export function raiseEmergency(cabinet: Cabinet, what: EmergencyKind, given: Given): Answer {
  const since = cabinet.emergency?.calledAt
  if (since !== undefined && given.now < after(since, callAgainAfter)) return answer()
  const raised = { type: 'emergencyRaised', what, at: given.now } as const
  if (what === 'help') return answer(raised)
  const asked = maybeInside(cabinet, given.now)
  const harmless = cabinet.layout.compartments.filter(
    (plan) =>
      isLarge(plan) && (asked.includes(plan.id) || (cabinet.compartments.get(plan.id)?.deposit ?? null) === null),
  )
  return answer(raised, ...beginRelease(cabinet, harmless, { kind: 'emergency', order: null, staff: null }, given))
}

/** The doors that an operator's release names; undefined where it names none that is here. */
export function plansOf(cabinet: Cabinet, doors: ReleaseOf): readonly CompartmentPlan[] | undefined {
  const { compartments } = cabinet.layout
  const named = compartments.filter((plan) => {
    if (doors === 'all') return true
    return doors === 'large' ? isLarge(plan) : doors.includes(plan.id)
  })
  return named.length === 0 ? undefined : named
}

/** Law 17: budgets, parcels and retirement are not asked. One coil at a time all the same: largest doors first. */
export function beginRelease(
  cabinet: Cabinet,
  plans: readonly CompartmentPlan[],
  cause: EmergencyCause,
  given: Given,
): readonly CabinetEvent[] {
  const doors = plans
    .toSorted((left, right) => sizeRank(right.size) - sizeRank(left.size))
    .map(({ id }) => id)
    .filter((id) => cabinet.doors.get(id)?.position !== 'open')
  return inTurn<Cabinet, CabinetEvent>(evolveCabinet, cabinet, [
    () => [{ type: 'releaseBegun', cause, doors, at: given.now }],
    (at) => releaseNext(at, given),
  ])
}

/** The next door of a release, as soon as the spacing allows: intents do not wait in a queue that gives them up. */
export function releaseNext(cabinet: Cabinet, given: Given): readonly CabinetEvent[] {
  const { release } = cabinet
  const compartment = nextDoor(cabinet)
  if (release === null || compartment === undefined || given.now < slotAt(cabinet, given.now)) return []
  const opening = intendOpening(cabinet, { compartment, cause: release.cause }, given)
  return opening.accepted ? opening.events : []
}

/** When `releaseNext` has something to say. A door that is moving is waited for by its own deadline. */
export function releaseDue(cabinet: Cabinet): RunningMs | undefined {
  if (cabinet.release === null || nextDoor(cabinet) === undefined) return undefined
  return earliest([slotAt(cabinet, cabinet.release.begunAt)])
}

function nextDoor(cabinet: Cabinet): CompartmentId | undefined {
  return cabinet.release?.doors.find((id) => {
    const door = cabinet.doors.get(id)
    return door !== undefined && door.pulse === null && door.position !== 'open'
  })
}

const slotAt = ({ lastIntentAt }: Cabinet, otherwise: RunningMs): RunningMs =>
  lastIntentAt === null ? otherwise : after(lastIntentAt, pulseSpacing)
