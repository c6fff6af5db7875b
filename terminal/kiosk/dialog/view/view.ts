import { maybeInside } from '@holdfast/core/cabinet/safety/emergency.ts'
import { sessionLimits, type Cabinet } from '@holdfast/core/cabinet/state.ts'
import type { CompartmentId } from '@holdfast/core/values/ids.ts'
import type { DurationMs, RunningMs } from '@holdfast/core/values/instants.ts'
import type { Screen } from '@holdfast/wire/kiosk/screens.ts'
import type { Show } from '@holdfast/wire/kiosk/show.ts'
import type { Dialog, Sight } from '../dialog.ts'
import { pageLimits } from '../pages.ts'
import { courierScreen } from './courier-screen.ts'
import { guestScreen } from './guest-screen.ts'
import { pickupScreen } from './pickup-screen.ts'

/** Everything to show, with deadlines on running time: what does not change stays equal. */
export interface View {
  readonly screen: Screen
  readonly doors: Show['doors']
  readonly until: RunningMs | null
  readonly total: DurationMs
  readonly pausedUntil: RunningMs | null
  readonly online: boolean
  readonly emergency: boolean
  readonly maybeInside: CompartmentId | null
}

export function viewOf(dialog: Dialog, sight: Sight): View {
  const { cabinet } = sight
  return {
    screen: screenOf(dialog, sight),
    doors: doorsOf(cabinet),
    ...timeOf(dialog, sight),
    pausedUntil: cabinet.keypad.pausedUntil,
    online: sight.online,
    emergency: cabinet.emergency !== null,
    maybeInside: maybeInside(cabinet, sight.now)[0] ?? null,
  }
}

function screenOf(dialog: Dialog, sight: Sight): Screen {
  const { session } = sight.cabinet
  if (session === null || (session.kind === 'courier' && dialog.courier === null)) return guestScreen(dialog, sight)
  if (session.kind === 'pickup') return pickupScreen(dialog.pickup, session, sight)
  return dialog.courier === null ? guestScreen(dialog, sight) : courierScreen(dialog.courier, session, sight)
}

function timeOf({ page }: Dialog, { cabinet: { session } }: Sight): Pick<View, 'until' | 'total'> {
  if (session !== null) return { until: session.until, total: sessionLimits[session.kind] }
  const total = page.kind === 'farewell' ? pageLimits.farewell : pageLimits.asking
  return { until: page.kind === 'idle' || page.kind === 'farewell' ? null : page.until, total }
}

function doorsOf({ compartments, doors }: Cabinet): Show['doors'] {
  return Object.fromEntries(
    [...compartments.values()].map(({ id, use }) => [
      id,
      { occupancy: use, door: doors.get(id)?.position ?? ('unseen' as const) },
    ]),
  )
}

/** What a person has to do anew. Figures that change meanwhile do not make an answer stale. */
export function questionOf(screen: Screen): string {
  const { kind } = screen
  const pick = (name: string): unknown => (name in screen ? Reflect.get(screen, name) : null)
  return JSON.stringify([
    kind,
    ...['compartment', 'phase', 'problem', 'ask', 'state', 'putBack', 'parcel', 'codes'].map(pick),
  ])
}
