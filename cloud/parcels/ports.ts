import type { DepositId } from '@holdfast/core/values/ids.ts'
import type { Instant } from '@holdfast/core/values/instants.ts'
import type { CourierDeposit } from '@holdfast/wire/http/parcels.ts'
import type { Cabinets } from '../cabinets/cabinets.ts'
import type { People } from '../people/people.ts'
import type { Directory, Ports } from '../platform/ports.ts'

/** What parcels need of the neighbours. */
export type ParcelsPorts = Ports & {
  readonly cabinets: Pick<
    Cabinets,
    | 'places'
    | 'openPrivate'
    | 'setCards'
    | 'setRecalls'
    | 'setRevocations'
    | 'setStanding'
    | 'onAsk'
    | 'renew'
    | 'isOnline'
    | 'freeDoors'
  >
  readonly people: Pick<
    People,
    'readPhone' | 'wishesOf' | 'wantLowDoors' | 'consenting' | 'consenters' | 'phoneOf' | 'employmentsOf'
  >
  readonly directory: Pick<Directory, 'carriers' | 'staffName'>
  /** Answered by notices, which know parcels: hence a port. Deposits without a message are left out. */
  readonly noticesOf: (
    deposits: readonly DepositId[],
  ) => Promise<ReadonlyMap<DepositId, Exclude<CourierDeposit['notice'], 'none'>>>
  /** Nobody is reminded there now; answered by notices too. */
  readonly isQuiet: (at: Instant, zone: string) => boolean
}
