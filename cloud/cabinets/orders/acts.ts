import { type DepositId, type OrderId, type StaffId, idFromBytes } from '@holdfast/core/values/ids.ts'
import type { Instant } from '@holdfast/core/values/instants.ts'
import type { Order } from '@holdfast/wire/cabinet/orders.ts'
import type { RemoteOrder } from '../cabinets.ts'
import type { CabinetRecord } from '../ingest/records.ts'

export type OrderAct = RemoteOrder['act'] | { readonly kind: 'renew'; readonly deposit: DepositId }

/** Stands in the journal where nobody of the staff asked: the recipient did. */
export const noStaff: StaffId = idFromBytes('staff', new Uint8Array(16))

export type Acting = {
  readonly order: OrderId
  readonly sentAt: Instant
  readonly nonce: string
  readonly staff: StaffId
  readonly reason: string
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
      return { ...base, kind: act.kind, compartment: act.compartment, epoch: act.epoch, seen: act.seen }
    case 'renew':
      return { ...base, kind: act.kind, deposit: act.deposit }
  }
}
