import type { ReleaseOf } from '@holdfast/core/cabinet/commands.ts'
import {
  type CabinetId,
  type CarrierId,
  type CompartmentId,
  type DepositId,
  type OperatorId,
  type OrderId,
  type PersonId,
  type StaffId,
  idFromBytes,
  readId,
} from '@holdfast/core/values/ids.ts'
import type { Instant } from '@holdfast/core/values/instants.ts'
import type { Size } from '@holdfast/core/values/sizes.ts'
import type { OrderRequest } from '@holdfast/wire/http/cabinets.ts'
import type { Order } from '@holdfast/wire/cabinet/orders.ts'
import type { CabinetRecord } from '../ingest/records.ts'

/** What a person of the staff may ask of a cabinet. */
export type RemoteAct =
  | { readonly kind: 'release'; readonly doors: ReleaseOf }
  | { readonly kind: 'calm' }
  | {
      readonly kind: 'open' | 'retire' | 'restore'
      readonly compartment: CompartmentId
      readonly epoch: number
    }
  | {
      readonly kind: 'inspect'
      readonly compartment: CompartmentId
      readonly epoch: number
      readonly seen: 'empty' | 'parcel-inside'
      /** Digest of a kept picture. */
      readonly picture?: string
    }

export type RemoteOrder = {
  readonly operator: OperatorId
  readonly cabinet: CabinetId
  readonly staff: StaffId
  readonly reason: string
  readonly act: RemoteAct
}

export type HoldWish = {
  readonly cabinet: CabinetId
  readonly person: PersonId
  readonly carrier: CarrierId
  readonly size: Size
}

/** A recipient's own order where the screen is dead; the person stays in the cloud, the door's row is theirs to follow. */
export type PickupWish = {
  readonly cabinet: CabinetId
  readonly person: PersonId
  readonly deposit: DepositId
  readonly compartment: CompartmentId
  readonly epoch: number
}

export type OrderAct =
  | RemoteAct
  | { readonly kind: 'renew'; readonly deposit: DepositId }
  | { readonly kind: 'hold'; readonly person: PersonId; readonly carrier: CarrierId; readonly size: Size }
  | { readonly kind: 'give-back'; readonly hold: OrderId }
  | ({ readonly kind: 'pickup' } & Omit<PickupWish, 'cabinet'>)

/** Undefined where it names no compartment that can be one. */
export function readAct(body: OrderRequest): RemoteAct | undefined {
  switch (body.kind) {
    case 'calm':
      return { kind: body.kind }
    case 'release': {
      if (typeof body.doors === 'string') return { kind: body.kind, doors: body.doors }
      const doors = body.doors.map((id) => readId('compartment', id))
      return doors.every((id) => id !== undefined) ? { kind: body.kind, doors } : undefined
    }
    case 'inspect':
    case 'open':
    case 'retire':
    case 'restore': {
      const compartment = readId('compartment', body.compartment)
      if (compartment === undefined) return undefined
      const { epoch } = body
      return body.kind === 'inspect'
        ? { kind: body.kind, compartment, epoch, ...sawOf(body) }
        : { kind: body.kind, compartment, epoch }
    }
  }
}

const sawOf = ({ seen, picture }: { readonly seen: 'empty' | 'parcel-inside'; readonly picture?: string }) =>
  picture === undefined ? { seen } : { seen, picture }

/** Stands in the journal where nobody of the staff asked: the recipient did. */
export const noStaff: StaffId = idFromBytes('staff', new Uint8Array(16))

export type Acting = {
  readonly order: OrderId
  readonly sentAt: Instant
  readonly nonce: string
  readonly staff: StaffId
  readonly reason: string
}

/** What an order is about where it is about one thing: a deposit or a compartment. */
export function aimOf(act: OrderAct): DepositId | CompartmentId | null {
  if (act.kind === 'renew' || act.kind === 'pickup') return act.deposit
  return 'compartment' in act ? act.compartment : null
}

/** Bound to cabinet, incarnation, nonce and epoch (law 6). */
export function actingOrder(to: Pick<CabinetRecord, 'cabinet' | 'incarnation'>, act: OrderAct, acting: Acting): Order {
  const base = { v: 1, cabinet: to.cabinet, incarnation: to.incarnation, ...acting } as const
  switch (act.kind) {
    case 'open':
      return { ...base, kind: act.kind, compartment: act.compartment, epoch: act.epoch, service: false }
    case 'retire':
    case 'restore':
      return { ...base, kind: act.kind, compartment: act.compartment, epoch: act.epoch }
    case 'inspect':
      return { ...base, kind: act.kind, compartment: act.compartment, epoch: act.epoch, ...sawOf(act) }
    case 'release': {
      const { doors } = act
      return { ...base, kind: act.kind, doors: typeof doors === 'string' ? doors : [...doors] }
    }
    case 'calm':
      return { ...base, kind: act.kind }
    case 'hold':
      return { ...base, kind: act.kind, person: act.person, carrier: act.carrier, size: act.size }
    case 'give-back':
      return { ...base, kind: act.kind, hold: act.hold }
    case 'renew':
      return { ...base, kind: act.kind, deposit: act.deposit }
    case 'pickup': {
      const { deposit, compartment, epoch } = act
      return { ...base, kind: act.kind, deposit, compartment, epoch }
    }
  }
}
