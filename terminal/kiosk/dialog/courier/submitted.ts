import { lastFour } from '@holdfast/core/parcel/phone.ts'
import type { Verdict } from '../../../loop/loop.ts'
import { finish, isCarrying } from '../carry/carry.ts'
import { turn, type CourierTalk, type Sight, type Means, type Turn } from '../dialog.ts'
import { proceed } from './proceed.ts'
import { loaded } from './same-door.ts'
import { cardOf, courierSession } from './talk.ts'

/** What an answer of the loop means to a courier's work. A refusal is said, and nothing that was typed is lost. */
export function courierSubmitted(talk: CourierTalk, means: Means, verdict: Verdict, sight: Sight): Turn<CourierTalk> {
  if (!verdict.accepted) return refused(talk, means, verdict.refusal)
  switch (means) {
    case 'begun':
      return begun(talk, sight)
    case 'joined':
      return turn({ ...talk, behind: talk.parcel, parcel: null, load: loaded(talk, talk.load, sight) })
    case 'former-confirmed':
      return isCarrying(talk, sight) ? turn(talk) : proceed(talk, sight)
    case 'last-confirmed':
      return isCarrying(talk, sight) ? turn(talk) : finish(talk, sight)
    case 'to-scan':
      return turn({ ...talk, page: 'scan' })
    case 'nothing':
    case 'detour':
    case 'finished':
      return turn(talk)
  }
}

/** The door is held: the codes are drawn while the courier puts the parcel in. */
function begun(talk: CourierTalk, sight: Sight): Turn<CourierTalk> {
  const { parcel } = talk
  const carrier = courierSession(sight)?.carrier
  if (parcel === null || carrier === undefined) return turn(talk)
  const { deposit, digest, number, phone } = parcel
  const tail = phone === null ? (cardOf(parcel, sight)?.tail ?? null) : lastFour(phone)
  const behind: CourierTalk = {
    ...talk,
    parcel: null,
    behind: parcel,
    load: loaded(talk, [], sight),
    instead: null,
    detours: 0,
  }
  return turn(behind, { do: 'prepare', request: { deposit, parcels: [{ digest, carrier, number }], phone, tail } })
}

function refused(talk: CourierTalk, means: Means, problem: string): Turn<CourierTalk> {
  switch (means) {
    case 'begun':
      return refusedDoor(talk, problem)
    case 'former-confirmed':
      // The code is still being made: the parcel waits for it, and needs no second scan.
      if (problem === 'deposit-not-ready') return turn(talk)
      return turn({ ...talk, parcel: null, problem })
    case 'finished':
    case 'last-confirmed':
      return turn({
        ...talk,
        finishing: problem === 'deposit-not-ready',
        problem: problem === 'deposit-not-ready' ? null : problem,
      })
    case 'joined':
    case 'nothing':
    case 'detour':
    case 'to-scan':
      return turn({ ...talk, problem })
  }
}

/** Full for this size: another size may do. Anything else ends with this parcel. */
function refusedDoor(talk: CourierTalk, problem: string): Turn<CourierTalk> {
  const { parcel } = talk
  if (parcel !== null && (problem === 'cabinet-full' || problem === 'budget-spent')) {
    return turn({ ...talk, parcel: { ...parcel, step: 'size', problem } })
  }
  return turn({ ...talk, parcel: null, problem })
}
