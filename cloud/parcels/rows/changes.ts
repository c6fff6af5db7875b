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

/**
 * Rows, history and outbox, in the caller's transaction: one statement for each table, however many parcels, and all of
 * them in one round trip.
 */
export async function saveChanges(outbox: Ports['outbox'], tx: Tx, changes: Changes): Promise<void> {
  const saved = saveParcels(tx, changes.parcels)
  saveDeposits(tx, changes.deposits ?? [])
  saveHistory(tx, changes.news)
  saveStays(tx, changes.stays ?? [])
  if (changes.consent !== undefined) saveConsent(tx, changes.consent)
  const events = changes.news.map((news) => ({
    topic: parcelTopics.events,
    kind: news.type,
    key: news.parcel,
    payload: news,
  }))
  await Promise.all([saved, outbox.publish(tx, events)])
}
