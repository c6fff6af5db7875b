import type { Ports } from '../../platform/ports.ts'
import type { Tx } from '../../platform/postgres/db.ts'
import { type ParcelNews, parcelTopics } from '../events.ts'
import type { DepositRecord } from './deposit.ts'
import { saveDeposits } from './deposits.postgres.ts'
import { type ConsentRow, saveConsent, saveHistory, saveStays, type Stay } from './history.postgres.ts'
import { saveParcels } from './parcels.postgres.ts'
import type { ParcelRecord } from './record.ts'

/** What one use case, or one batch of facts, leaves behind. */
export type Changes = {
  readonly parcels: readonly ParcelRecord[]
  readonly news: readonly ParcelNews[]
  readonly deposits?: readonly DepositRecord[]
  readonly stays?: readonly Stay[]
  readonly consent?: ConsentRow | undefined
}

/** Rows, history and outbox, in the caller's transaction: one statement for each table, however many parcels. */
export async function saveChanges(outbox: Ports['outbox'], tx: Tx, changes: Changes): Promise<void> {
  await saveParcels(tx, changes.parcels)
  await saveDeposits(tx, changes.deposits ?? [])
  await saveHistory(tx, changes.news)
  await saveStays(tx, changes.stays ?? [])
  if (changes.consent !== undefined) await saveConsent(tx, changes.consent)
  await outbox.publish(
    tx,
    changes.news.map((news) => ({ topic: parcelTopics.events, key: news.parcel, payload: news })),
  )
}
