import type { CourierSession, Deposit } from '@holdfast/core/cabinet/state.ts'
import type { SessionId } from '@holdfast/core/values/ids.ts'
import type { Card } from '@holdfast/wire/cabinet/desired.ts'
import type { CourierTalk, ParcelInHand, Sight } from '../dialog.ts'

export const newCourierTalk = (session: SessionId): CourierTalk => ({
  session,
  page: 'scan',
  parcel: null,
  behind: null,
  load: [],
  missed: [],
  delivered: 0,
  takenOut: 0,
  looked: [],
  picture: null,
  problem: null,
  instead: null,
  detours: 0,
  carry: [],
  carriesLater: false,
  finishing: false,
})

export const withParcel = (talk: CourierTalk, change: Partial<ParcelInHand>): CourierTalk =>
  talk.parcel === null ? talk : { ...talk, parcel: { ...talk.parcel, ...change } }

export const courierSession = ({ cabinet: { session } }: Sight): CourierSession | undefined =>
  session?.kind === 'courier' ? session : undefined

/** What the courier has behind an opened door: a deposit being filled, or a recall. */
export function inHand(sight: Sight): Deposit | undefined {
  const deposit = courierSession(sight)?.deposit ?? null
  return deposit === null ? undefined : sight.cabinet.deposits.get(deposit)
}

export const cardOf = (parcel: ParcelInHand | null, sight: Sight): Card | undefined =>
  parcel === null ? undefined : sight.card(parcel.digest)

/** Deposits that this courier may take out and that are still here, in the order of their doors. */
export function listed(sight: Sight): readonly Deposit[] {
  const session = courierSession(sight)
  if (session === undefined) return []
  const order = sight.cabinet.layout.compartments.map(({ id }) => id)
  return sight
    .recallable(session.carrier)
    .flatMap((id) => sight.cabinet.deposits.get(id) ?? [])
    .filter(({ stage }) => stage === 'stored' || stage === 'refused')
    .sort((left, right) => order.indexOf(left.compartment) - order.indexOf(right.compartment))
}
