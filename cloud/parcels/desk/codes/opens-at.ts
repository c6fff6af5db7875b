import type { CabinetId } from '@holdfast/core/values/ids.ts'
import type { ParcelsPorts } from '../../ports.ts'
import { openCodes } from '../../rows/at-rest.ts'
import { readStoredAt } from '../../rows/deposits.postgres.ts'

/** Only codes that were told to somebody and still open: a spare or a dead one is right nowhere. */
export async function opensAt(
  ports: ParcelsPorts,
  cabinets: readonly CabinetId[],
  typed: string,
): Promise<CabinetId | undefined> {
  for (const deposit of await readStoredAt(ports.db.query, cabinets)) {
    const codes = deposit.codes === null ? [] : await openCodes(ports, deposit, deposit.codes)
    const isRight = codes.some(
      ({ generation, code }) =>
        code === typed && generation <= deposit.generation && generation > (deposit.revoked ?? -1),
    )
    if (isRight) return deposit.cabinet
  }
  return undefined
}
