import type { CabinetCommand } from '@holdfast/core/cabinet/commands.ts'
import { turn, type CourierTalk, type Sight, type Turn } from '../dialog.ts'
import { confirmation } from './door.ts'
import { courierSession, inHand, listed } from './talk.ts'

/** Door by door: what is in hand is confirmed by asking for the next. */
export function nextRecall(talk: CourierTalk, sight: Sight): Turn<CourierTalk> {
  const session = courierSession(sight)?.id
  const held = inHand(sight)
  const next = listed(sight).find(({ id }) => id !== held?.id)
  if (session === undefined || next === undefined) return turn(talk)
  const former = held === undefined ? undefined : confirmation(held, sight)
  const begin: CabinetCommand = { type: 'beginRecall', session, deposit: next.id, listed: true }
  const commands = former === undefined ? [begin] : [former, begin]
  return turn({ ...talk, page: 'recalls', problem: null }, { do: 'submit', commands, means: 'nothing' })
}

export function showRecalls(talk: CourierTalk, sight: Sight): Turn<CourierTalk> {
  const held = inHand(sight)
  const former = held === undefined ? undefined : confirmation(held, sight)
  const shown: CourierTalk = { ...talk, page: 'recalls', parcel: null, problem: null }
  return former === undefined ? turn(shown) : turn(shown, { do: 'submit', commands: [former], means: 'nothing' })
}
