import type { CabinetId, DepositId } from '@holdfast/core/values/ids.ts'
import type { SealContext } from '../seals/seals.ts'

/** What a journal entry's private part is sealed under. */
export const depositSeal = (cabinet: CabinetId, deposit: DepositId): SealContext => ({
  kind: 'deposit-private',
  cabinet,
  deposit,
})

/** What the personal part of an ask is sealed under. */
export const askSeal = (cabinet: CabinetId, deposit: DepositId): SealContext => ({
  kind: 'ask-private',
  cabinet,
  deposit,
})
