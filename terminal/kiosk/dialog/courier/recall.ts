import type { CabinetCommand } from '@holdfast/core/cabinet/commands.ts'
import type { DepositId } from '@holdfast/core/values/ids.ts'
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

/** The deposit that the courier may take out again: his last, while nothing else is in hand. */
export function undoable(sight: Sight): DepositId | null {
  const session = courierSession(sight)
  const { lastMade, deposits } = sight.cabinet
  if (session === undefined || session.deposit !== null || lastMade?.session !== session.id) return null
  return deposits.get(lastMade.deposit)?.stage === 'stored' ? lastMade.deposit : null
}

/** The door opens again; then the courier says whether it is empty now or the parcel stays. */
export function undoTouched(
  talk: CourierTalk,
  kind: 'undo' | 'undo-empty' | 'undo-keep',
  sight: Sight,
): Turn<CourierTalk> {
  const command = commandOf(kind, sight)
  return command === undefined
    ? turn(talk)
    : turn({ ...talk, problem: null }, { do: 'submit', commands: [command], means: 'nothing' })
}

function commandOf(kind: 'undo' | 'undo-empty' | 'undo-keep', sight: Sight): CabinetCommand | undefined {
  const session = courierSession(sight)?.id
  const held = inHand(sight)
  const last = undoable(sight)
  if (session === undefined) return undefined
  if (kind === 'undo') return last === null ? undefined : { type: 'undoDeposit', session, deposit: last }
  if (held?.stage !== 'undoing') return undefined
  return { type: kind === 'undo-empty' ? 'confirmUndo' : 'keepDeposit', session, deposit: held.id }
}
