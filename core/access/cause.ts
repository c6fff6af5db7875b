import type { DepositId, OrderId, PersonId, SessionId, StaffId } from '../values/ids.ts'

/** Why a door is unlocked. Law 2: every pulse has exactly one earlier, synced intent with one of these. */
export type Cause =
  | { readonly kind: 'deposit'; readonly session: SessionId; readonly deposit: DepositId }
  | { readonly kind: 'pickup'; readonly session: SessionId; readonly deposit: DepositId }
  | { readonly kind: 'recall'; readonly session: SessionId; readonly deposit: DepositId }
  | { readonly kind: 'order'; readonly order: OrderId; readonly staff: StaffId }
  | { readonly kind: 'service'; readonly order: OrderId; readonly person: PersonId | StaffId }

export type CauseKind = Cause['kind']
