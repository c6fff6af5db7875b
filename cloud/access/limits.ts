import type { PersonId } from '@holdfast/core/values/ids.ts'
import { minutes } from '@holdfast/core/values/instants.ts'
import type { AccessPorts } from './access.ts'

/** For each person and minute. Two digits typed by chance must not pay; a courier's quick hands must not stop. */
export const accessLimits = {
  'kiosk-scan': 30,
  'kiosk-sign-in': 10,
  'pickup-grant': 20,
  'pickup-from-afar': 6,
  'label-scan': 120,
  carry: 300,
  certificate: 10,
  'hand-over': 10,
} as const

export const mayGoOn = async (
  { people }: AccessPorts,
  person: PersonId,
  what: keyof typeof accessLimits,
): Promise<boolean> => await people.allow({ what, who: person, most: accessLimits[what], per: minutes(1) })
