import type { Settings } from '@holdfast/wire/cabinet/desired.ts'
import type { Front } from '../up/health.ts'

/**
 * Whether nobody could show a right at the screen: by what the cabinet can tell, or by the word of somebody who stood
 * there. A dead scanner alone is none: codes are typed, and phones are reached by the network.
 */
export const isScreenDead = ({ kiosk, touch }: Front, settings: Pick<Settings, 'screenOut'> | undefined): boolean =>
  kiosk === 'absent' || touch === 'absent' || settings?.screenOut === true
