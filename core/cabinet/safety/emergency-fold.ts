import type { CompartmentId } from '../../values/ids.ts'
import type { CabinetEvent, SafetyEvent } from '../events.ts'
import type { Cabinet } from '../state.ts'

const safetyEvents: readonly CabinetEvent['type'][] = [
  'emergencyRaised',
  'emergencyEnded',
  'releaseBegun',
  'largeDoorShut',
]
export const isSafetyEvent = (event: CabinetEvent): event is SafetyEvent => safetyEvents.includes(event.type)

/** Folds what belongs to emergencies; a power cut ends a release, and whoever asked sees which doors stayed shut. */
export function evolveSafety(cabinet: Cabinet, event: SafetyEvent): Cabinet {
  switch (event.type) {
    case 'emergencyRaised':
      return { ...cabinet, emergency: { since: cabinet.emergency?.since ?? event.at, calledAt: event.at } }
    case 'emergencyEnded':
      return { ...cabinet, emergency: null, release: null }
    case 'largeDoorShut':
      return {
        ...cabinet,
        maybeInside: [...without(cabinet.maybeInside, event.door), { door: event.door, at: event.at }],
      }
    case 'releaseBegun': {
      const { cause, doors, at } = event
      const waiting = cabinet.release?.doors.filter((id) => !doors.includes(id)) ?? []
      return {
        ...cabinet,
        emergency: cabinet.emergency ?? { since: at, calledAt: at },
        release: withDoors({ cause, begunAt: at }, [...doors, ...waiting]),
      }
    }
  }
}

/** A door that stands open, or behind which somebody looked, holds nobody any more. */
export const heldNobody = (cabinet: Cabinet, door: CompartmentId): Cabinet => ({
  ...cabinet,
  maybeInside: without(cabinet.maybeInside, door),
})

const without = (doors: Cabinet['maybeInside'], opened: CompartmentId): Cabinet['maybeInside'] =>
  doors.filter(({ door }) => door !== opened)

/** A door that was pulsed for it or stands open is done. */
export function releasedDoor(cabinet: Cabinet, door: CompartmentId): Cabinet {
  const { release } = cabinet
  if (release === null || !release.doors.includes(door)) return cabinet
  return {
    ...cabinet,
    release: withDoors(
      release,
      release.doors.filter((id) => id !== door),
    ),
  }
}

const withDoors = (
  release: Omit<NonNullable<Cabinet['release']>, 'doors'>,
  doors: readonly CompartmentId[],
): Cabinet['release'] => (doors.length === 0 ? null : { ...release, doors })
