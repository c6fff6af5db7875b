import type { CabinetId, CarrierId, CompartmentId, DepositId, OperatorId, PersonId } from '@holdfast/core/values/ids.ts'
import type { Instant } from '@holdfast/core/values/instants.ts'
import type { Size } from '@holdfast/core/values/sizes.ts'

export type RecordStage = 'filling' | 'stored' | 'refused' | 'collected' | 'recalled' | 'disputed' | 'cancelled'

/** A deposit as the cloud answers for it; doors and stages are the cabinet's. */
export type DepositRecord = {
  readonly cabinet: CabinetId
  readonly deposit: DepositId
  readonly operator: OperatorId
  readonly carrier: CarrierId
  readonly person: PersonId
  readonly compartment: CompartmentId
  readonly label: string
  readonly size: Size
  readonly epoch: number
  readonly stage: RecordStage
  /** Sealed plain codes, base64; null before they are known and once the deposit is over. */
  readonly codes: string | null
  /** The newest that may be told. */
  readonly generation: number
  readonly madeAt: Instant | null
  readonly recall: 'overdue' | 'refused' | 'not-mine' | null
  readonly recallSince: Instant | null
  /** Up to this generation no code opens any more; told to the cabinet. */
  readonly revoked: number | null
  /** Who was written to says that it is not theirs: nobody is written to until the phone is corrected. */
  readonly disownedAt: Instant | null
  /** A new code is owed: when to ask the cabinet for it (again). */
  readonly renewAt: Instant | null
  /** Up to which entry a courier's phone told it ahead of the journal. */
  readonly carried: number | null
}

export const placeKey = (at: { readonly cabinet: CabinetId; readonly deposit: DepositId }): string =>
  `${at.cabinet}/${at.deposit}`

/** Codes, and the right to be recalled, end with the deposit. */
export const over = (record: DepositRecord, stage: RecordStage): DepositRecord => ({
  ...record,
  stage,
  codes: null,
  recall: null,
  recallSince: null,
  revoked: null,
  renewAt: null,
})
