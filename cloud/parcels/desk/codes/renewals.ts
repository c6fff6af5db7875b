import { after, minutes, seconds } from '@holdfast/core/values/instants.ts'
import type { DepositPlace } from '../../parcels.ts'
import type { ParcelsPorts } from '../../ports.ts'
import { claimRenewals, setRenewAt } from '../../rows/deposits.postgres.ts'

/** Longer than an order can be on its way, and than the minute between two codes of one parcel. */
const answerWithin = minutes(2)
const offlineAgain = seconds(30)
const atOnce = 50

/** The new code comes back as a fact, and ends the asking. */
export async function askRenewal(ports: ParcelsPorts, at: DepositPlace, reason: string): Promise<void> {
  const asked = await ports.cabinets.renew({ ...at, reason })
  await setRenewAt(ports.db.query, at, after(ports.clock.now(), asked.ok ? answerWithin : offlineAgain))
}

/** Codes that are still owed: their cabinet was out of reach, or could not draw one just then. */
export async function askDueRenewals(ports: ParcelsPorts): Promise<number> {
  const now = ports.clock.now()
  const due = await claimRenewals(ports.db.query, { now, until: after(now, answerWithin), limit: atOnce })
  for (const at of due) await askRenewal(ports, at, 'code-owed')
  return due.length
}
