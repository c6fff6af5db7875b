import { inTurn, type Given } from '../../decider/decider.ts'
import type { CabinetFact } from '../commands.ts'
import type { CabinetEvent } from '../events.ts'
import { evolveCabinet } from '../evolve.ts'
import { releaseNext } from '../safety/emergency.ts'
import { endSession } from '../sessions/settle.ts'
import type { Cabinet } from '../state.ts'
import { judgeCode, revoke } from './code.ts'
import { absorbDoor } from './door.ts'
import { judgingEndsAt } from './due.ts'

/** Facts surprise, and are never refused; the same fact told twice says nothing new. */
export function absorbFact(cabinet: Cabinet, fact: CabinetFact, given: Given): readonly CabinetEvent[] {
  switch (fact.type) {
    case 'started':
      // Doors are in doubt from here on: what the session left behind is settled as each door is seen again.
      return inTurn<Cabinet, CabinetEvent>(evolveCabinet, cabinet, [
        () => [{ type: 'cabinetStarted', boot: fact.boot, at: given.now }],
        (at) => endSession(at, 'restart', given.now),
      ])
    case 'door':
      return absorbDoor(cabinet, fact.door, fact.fact, given)
    case 'codeTagged':
      return judgeCode(cabinet, fact, given)
    case 'revocationsTold':
      return revoke(cabinet, fact.revocations, given)
    case 'serviceSwitchSeen':
      if (fact.closed === cabinet.serviceSwitchClosed) return []
      return [{ type: 'serviceSwitchTurned', closed: fact.closed, at: given.now }]
    case 'timePassed':
      return absorbTime(cabinet, given)
  }
}

function absorbTime(cabinet: Cabinet, given: Given): readonly CabinetEvent[] {
  return inTurn<Cabinet, CabinetEvent>(evolveCabinet, cabinet, [
    ...[...cabinet.doors.keys()].map((id) => (at: Cabinet) => absorbDoor(at, id, { type: 'timePassed' }, given)),
    (at) => rejectUnjudged(at, given),
    (at) => releaseNext(at, given),
    (at) => (at.session !== null && given.now >= at.session.until ? endSession(at, 'timeout', given.now) : []),
  ])
}

function rejectUnjudged(cabinet: Cabinet, { now }: Given): readonly CabinetEvent[] {
  const { open } = cabinet.keypad
  const endsAt = judgingEndsAt(cabinet)
  if (open === null || endsAt === undefined || now < endsAt) return []
  return [{ type: 'codeRejected', attempt: open.attempt, at: now }]
}
