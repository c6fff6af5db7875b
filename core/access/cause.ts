import type { DepositId, OrderId, PersonId, SessionId, StaffId } from '../values/ids.ts'

/** Why a door is unlocked. Law 2: every pulse has exactly one earlier, synced intent with one of these. */
export type Cause =
  | { readonly kind: 'deposit'; readonly session: SessionId; readonly deposit: DepositId }
  | { readonly kind: 'pickup'; readonly session: SessionId; readonly deposit: DepositId }
  | { readonly kind: 'recall'; readonly session: SessionId; readonly deposit: DepositId }
  /** A courier looks into a compartment that nobody is sure of (Custody). */
  | { readonly kind: 'look'; readonly session: SessionId }
  | { readonly kind: 'order'; readonly order: OrderId; readonly staff: StaffId }
  | EmergencyCause
  | { readonly kind: 'service'; readonly order: OrderId; readonly person: PersonId | StaffId }

/** Law 17; without an order it was somebody at the screen. */
export interface EmergencyCause {
  readonly kind: 'emergency'
  readonly order: OrderId | null
  readonly staff: StaffId | null
}

export type CauseKind = Cause['kind']
