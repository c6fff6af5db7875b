import type { CabinetCommand } from '@holdfast/core/cabinet/commands.ts'
import type { PickupSession } from '@holdfast/core/cabinet/state.ts'
import type { Question, Replied } from '../../loop/loop.ts'
import { turn, type Dialog, type PickupTalk, type Sight, type Turn } from './dialog.ts'
import type { TouchOf } from './touches.ts'

const at = (dialog: Dialog, change: Partial<PickupTalk>): Dialog => ({
  ...dialog,
  pickup: { ...dialog.pickup, problem: null, ...change },
})

/** Touches of a recipient whose session is open: each becomes the one command it names. */
export function pickupTouched(dialog: Dialog, touch: TouchOf<'recipient'>, pickup: PickupSession, sight: Sight): Turn {
  const { id: session } = pickup
  const submit = (command: CabinetCommand): Turn =>
    turn(at(dialog, { complaining: false }), { do: 'submit', commands: [command], means: 'nothing' })
  switch (touch.kind) {
    case 'all-good':
      return submit({ type: 'confirmPickup', session })
    case 'reopen':
      return submit({ type: 'reopenPickup', session })
    case 'all-low-doors':
      return wishLowDoors(dialog, pickup, sight)
    case 'wrong':
      return turn(at(dialog, { complaining: true }))
    case 'back':
      return turn(at(dialog, { complaining: false }))
    case 'complain':
      return submit(complaintOf(touch.what, session))
    case 'extend':
      return submit({ type: 'extendSession', session })
    case 'finish':
      return submit({ type: 'endSession', session })
  }
}

function complaintOf(
  what: Extract<TouchOf<'recipient'>, { kind: 'complain' }>['what'],
  session: PickupSession['id'],
): CabinetCommand {
  if (what === 'stuck') return { type: 'reportStuck', session }
  return what === 'empty' ? { type: 'reportEmpty', session } : { type: 'refuseParcel', session, why: what }
}

/** R-41, for whatever comes: the code has shown whose wish it is. A phone before the screen has its own app for it. */
export function lowDoorsOf({ lowDoors }: PickupTalk, session: PickupSession, sight: Sight) {
  if (lowDoors !== null) return lowDoors
  const isAsked = sight.cabinet.deposits.get(session.deposit)?.need.lowDoor === true
  return session.via === 'code' && sight.online && !isAsked ? 'offered' : undefined
}

function wishLowDoors(dialog: Dialog, session: PickupSession, sight: Sight): Turn {
  const stands = lowDoorsOf(dialog.pickup, session, sight)
  if (stands !== 'offered' && stands !== 'failed') return turn(dialog)
  return turn(at(dialog, { lowDoors: 'asking' }), {
    do: 'ask',
    question: { kind: 'low-doors', deposit: session.deposit, plain: { lowDoor: true } },
  })
}

export function lowDoorsReplied(dialog: Dialog, question: Question, replied: Replied): Turn {
  if (question.kind !== 'low-doors' || dialog.pickup.lowDoors !== 'asking') return turn(dialog)
  const isKept = replied.answered && replied.reply.refusal === undefined
  return turn(at(dialog, { lowDoors: isKept ? 'kept' : 'failed' }))
}
