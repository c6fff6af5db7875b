import type { CabinetCommand } from '@holdfast/core/cabinet/commands.ts'
import type { PickupSession } from '@holdfast/core/cabinet/state.ts'
import { turn, type Dialog, type PickupTalk, type Turn, type Answering } from './dialog.ts'

const at = (dialog: Dialog, change: Partial<PickupTalk>): Dialog => ({
  ...dialog,
  pickup: { ...dialog.pickup, problem: null, ...change },
})

/** Touches of a recipient whose session is open: each becomes the one command it names. */
export function pickupTouched(dialog: Dialog, touch: Answering, { id: session }: PickupSession): Turn {
  const submit = (command: CabinetCommand): Turn =>
    turn(at(dialog, { complaining: false }), { do: 'submit', commands: [command], means: 'nothing' })
  switch (touch.kind) {
    case 'all-good':
      return submit({ type: 'confirmPickup', session })
    case 'reopen':
      return submit({ type: 'reopenPickup', session })
    case 'wrong':
      return turn(at(dialog, { complaining: true }))
    case 'back':
      return turn(at(dialog, { complaining: false }))
    case 'complain':
      return submit(
        touch.what === 'empty' ? { type: 'reportEmpty', session } : { type: 'refuseParcel', session, why: touch.what },
      )
    case 'extend':
      return submit({ type: 'extendSession', session })
    case 'finish':
      return submit({ type: 'endSession', session })
    case 'again':
    case 'ask-consent':
    case 'bigger':
    case 'by-phone':
    case 'cancel':
    case 'carried':
    case 'carry-later':
    case 'code':
    case 'damaged':
    case 'deliver':
    case 'message-code':
    case 'number':
    case 'phone':
    case 'pick-up':
    case 'recall-next':
    case 'recalls':
    case 'recipient':
    case 'right':
    case 'same-door':
    case 'size':
    case 'undo':
    case 'undo-empty':
    case 'undo-keep':
    case 'weight-off':
    case 'will-not-shut':
      return turn(dialog)
  }
}
