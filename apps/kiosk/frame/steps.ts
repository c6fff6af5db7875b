import type { Screen } from '@holdfast/wire/kiosk/screens.ts'

/** Where "back" leads somewhere, and where "stop" ends something. At an open door neither is honest. */
export function stepsOf(screen: Screen): { readonly back: boolean; readonly stop: boolean } {
  switch (screen.kind) {
    case 'unready':
    case 'idle':
    case 'farewell':
    case 'looking':
    case 'pickup-next':
      return { back: false, stop: false }
    case 'code':
    case 'lost-code':
    case 'sign-in':
    case 'courier-phone':
    case 'courier-code':
    case 'courier-carrier':
    case 'size':
    case 'recipient':
    case 'recipient-check':
    case 'consent':
    case 'phone-asks':
    case 'same-door':
    case 'recalls':
    case 'looks':
      return { back: true, stop: true }
    case 'complaint':
      return { back: true, stop: false }
    case 'scan':
    case 'carry':
      return { back: false, stop: false }
    case 'pickup-door':
    case 'deposit-door':
    case 'recall-door':
    case 'undo-door':
    case 'look-door':
      return { back: false, stop: screen.phase === 'stuck' }
  }
}
