import type { CabinetEvent } from '@holdfast/core/cabinet/events.ts'
import type { Ledger } from '../ledger.ts'

/** What a law may look at and do: read the ledger as it stood before the event, claim, and wait for what must follow. */
export interface Claims {
  readonly ledger: Ledger
  claim(law: number, holds: boolean, says: () => string): void
  /** What the same decision must say within its next events; a journal that ends first owes nothing. */
  owe(law: number, says: string, isPaid: (event: CabinetEvent) => boolean): void
}
