import type { CarrierId, PersonId } from '@holdfast/core/values/ids.ts'
import type { Cabinets } from '../cabinets/cabinets.ts'
import type { Notices } from '../notices/notices.ts'
import type { Parcels } from '../parcels/parcels.ts'
import type { People } from '../people/people.ts'
import type { Directory, Ports } from '../platform/ports.ts'
import type { CouriersRefusal } from './codes.ts'
import type { Outcome } from './couriers.ts'

/** What a courier's day needs of the neighbours. */
export type CouriersPorts = Ports & {
  readonly cabinets: Pick<Cabinets, 'courierSession' | 'freeDoors' | 'giveBack' | 'hold' | 'onAsk' | 'places' | 'tell'>
  readonly parcels: Pick<Parcels, 'askConsents' | 'askElsewhere' | 'find' | 'views'>
  readonly directory: Pick<Directory, 'operatorName'>
  readonly people: Pick<People, 'employmentsOf'>
  /** What became of the latest message about each deposit. */
  readonly noticesOf: Notices['statusFor']
}

export const refused = <T>(refusal: CouriersRefusal): Outcome<T> => ({ ok: false, refusal })

export async function isEmployed(
  { people }: Pick<CouriersPorts, 'people'>,
  person: PersonId,
  carrier: CarrierId,
): Promise<boolean> {
  return (await people.employmentsOf(person)).some((employment) => employment.carrier === carrier)
}
