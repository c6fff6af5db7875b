import { keypadStep } from '@holdfast/core/access/keypad.ts'
import { maskPhone } from '@holdfast/core/parcel/phone.ts'
import type { CompartmentId } from '@holdfast/core/values/ids.ts'
import type { Screen, ScreenOf } from '@holdfast/wire/kiosk/screens.ts'
import type { Dialog, Sight } from '../dialog.ts'
import { freeNow } from './door-phase.ts'

const asks = { code: 'code', 'code-and-tail': 'code-and-tail', resting: 'rest' } as const

/** Nobody is signed in: nothing personal stands here but what the courier typed a moment ago, masked. */
export function guestScreen({ page }: Dialog, sight: Sight): Screen {
  if (sight.journal === 'failing') return { kind: 'unready', why: 'journal-failing' }
  if (sight.settings === undefined) return { kind: 'unready', why: 'no-settings' }
  switch (page.kind) {
    case 'idle':
      return {
        kind: 'idle',
        free: freeNow(sight),
        deposits: hindrance(sight),
        ...(sight.outageUntil === null ? {} : { closedUntil: sight.outageUntil }),
        openDoor: openDoor(sight),
        ...(sight.untouchable ? { qr: qrOf(sight) } : {}),
      }
    case 'code': {
      const ask = asks[keypadStep(sight.cabinet.keypad, sight.now)]
      const { busy, problem, elsewhere } = page
      return { kind: 'code', qr: qrOf(sight), ask, busy, ...(elsewhere === null ? {} : { elsewhere }), problem }
    }
    case 'lost-code':
      return { kind: 'lost-code', busy: page.busy, sent: page.sent, problem: page.problem }
    case 'sign-in':
      return { kind: 'sign-in', qr: qrOf(sight), problem: page.problem ?? hindrance(sight) }
    case 'courier-phone':
      return { kind: 'courier-phone', busy: page.busy, problem: page.problem }
    case 'courier-code':
      return { kind: 'courier-code', phone: maskPhone(page.phone), busy: page.busy, problem: page.problem }
    case 'courier-carrier': {
      const { busy, problem } = page
      return { kind: 'courier-carrier', carriers: carriersOf(page.carriers, sight), busy, problem }
    }
    case 'farewell': {
      const { outcome, delivered, takenOut } = page
      return { kind: 'farewell', outcome, delivered, takenOut }
    }
  }
}

const carriersOf = (offered: readonly string[], { settings }: Sight): ScreenOf<'courier-carrier'>['carriers'] =>
  settings?.carriers.filter(({ id }) => offered.includes(id)).map(({ id, name }) => ({ carrier: id, name })) ?? []

/** Said before a scan is wasted. */
export function hindrance(sight: Sight): string | null {
  if (sight.journal === 'full') return 'journal-full'
  if (sight.outageUntil !== null) return 'outage-running'
  return Object.values(freeNow(sight)).every((count) => count === 0) ? 'nothing-free' : null
}

function openDoor({ cabinet }: Sight): CompartmentId | null {
  return [...cabinet.doors.values()].find(({ position }) => position === 'open')?.id ?? null
}

function qrOf(sight: Sight): ScreenOf<'code'>['qr'] {
  const origin = sight.settings?.phoneOrigin
  if (origin === undefined) return null
  const { nonce, number } = sight.nonce()
  return { text: `${origin}/k#${sight.id}.${nonce}`, number }
}
