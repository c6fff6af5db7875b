import type { CabinetCommand } from '@holdfast/core/cabinet/commands.ts'
import type { PickupSession } from '@holdfast/core/cabinet/state.ts'
import { turn, type Dialog, type PickupTalk, type Turn } from './dialog.ts'
import type { TouchOf } from './touches.ts'

const at = (dialog: Dialog, change: Partial<PickupTalk>): Dialog => ({
  ...dialog,
  pickup: { ...dialog.pickup, problem: null, ...change },
})

/** Touches of a recipient whose session is open: each becomes the one command it names. */
export function pickupTouched(dialog: Dialog, touch: TouchOf<'recipient'>, { id: session }: PickupSession): Turn {
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
  }
}
