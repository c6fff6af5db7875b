import type { CabinetId, CarrierId, OrderId, ParcelId, PersonId } from '@holdfast/core/values/ids.ts'
import { hours, instant } from '@holdfast/core/values/instants.ts'
import type { Size } from '@holdfast/core/values/sizes.ts'
import type { CourierCabinet, Hold, Round, RoundAsked } from '@holdfast/wire/http/courier/day.ts'
import type { Route } from '../platform/http/route.ts'
import type { CouriersRefusal } from './codes.ts'
import { followHolds, followOrders } from './holds/follow.ts'
import { createHolds } from './holds/holds.ts'
import { createMissedWatch } from './missed.ts'
import type { CouriersPorts } from './ports.ts'
import { createNeighbours } from './round/neighbours.ts'
import { createRound } from './round/round.ts'
import { couriersRoutes } from './routes.ts'

/** A courier's day beside the kiosk. Every question names the courier, and the answer is only what is his. */
export type Couriers = {
  /** Free doors everywhere, with this courier's own holds. */
  readonly cabinets: (person: PersonId) => Promise<readonly CourierCabinet[]>
  readonly hold: (person: PersonId, wish: HoldWish) => Promise<Outcome<Hold>>
  readonly giveBack: (person: PersonId, hold: OrderId) => Promise<Outcome<undefined>>
  readonly round: (person: PersonId) => Promise<Round>
  readonly addToRound: (person: PersonId, load: Load) => Promise<Outcome<Round>>
  readonly dropFromRound: (person: PersonId, parcel: ParcelId) => Promise<Round>
  /** Its cabinet is full: the recipient is asked about another one, and the parcel stands on the list for that. */
  readonly elsewhere: (person: PersonId, parcel: ParcelId, cabinet: CabinetId) => Promise<Outcome<Round>>
  /** Asks every recipient on the list who was not asked yet. */
  readonly askRound: (person: PersonId) => Promise<RoundAsked>
  readonly routes: readonly Route[]
  /** Registers its answers to cabinets' asks: before the cabinets start, in every process. */
  readonly listen: () => void
  /** Registers its consumers: before the outbox starts. */
  readonly start: () => void
  readonly stop: () => void
}

export type HoldWish = { readonly cabinet: CabinetId; readonly carrier: CarrierId; readonly size: Size }

export type Load = {
  readonly cabinet: CabinetId
  /** Undefined: whichever employer announced a number. */
  readonly carrier?: CarrierId | undefined
  readonly numbers: readonly string[]
}

export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: CouriersRefusal }

/** A list is one day's: what was not delivered is taken along anew. */
export const roundKept = hours(20)

export function createCouriers(ports: CouriersPorts): Couriers {
  const since = () => instant(ports.clock.now() - roundKept)
  const missed = createMissedWatch(ports)
  const holds = createHolds(ports)
  const faces = { ...holds, ...createRound(ports, { since, cabinets: holds.cabinets }) }
  return {
    ...faces,
    routes: couriersRoutes(faces),
    listen: () => ports.cabinets.onAsk('neighbours', createNeighbours(ports, faces)),
    start: () => {
      ports.outbox.add(followHolds())
      ports.outbox.add(followOrders())
      ports.outbox.add(missed.consumer)
    },
    stop: missed.stop,
  }
}
