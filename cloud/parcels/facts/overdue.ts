import { parcelDecider } from '@holdfast/core/parcel/custody.ts'
import { hours, instant } from '@holdfast/core/values/instants.ts'
import type { Tx } from '../../platform/postgres/db.ts'
import type { ParcelNews } from '../events.ts'
import type { ParcelsPorts } from '../ports.ts'
import { saveChanges } from '../rows/changes.ts'
import { type DepositRecord, placeKey } from '../rows/deposit.ts'
import { lockDeposits } from '../rows/deposits.postgres.ts'
import { forgetRecipients, lockDue } from '../rows/parcels.postgres.ts'
import { advance, type ParcelRecord } from '../rows/record.ts'
import { tellRecalls } from './absorb.ts'

const pageSize = 200
/** A complaint may come within a month of the end; after that nobody needs to know who it was for (law 14). */
const recipientsKept = hours(24 * 30)
const forgottenAtOnce = 500

/** Asks core what is due, page by page; any number of processes may look at once. Returns how many became overdue. */
export async function findOverdue(ports: ParcelsPorts): Promise<number> {
  let found = 0
  for (;;) {
    const page = await ports.db.transaction(async (tx) => await overduePage(ports, tx))
    found += page
    if (page < pageSize) break
  }
  await forgetRecipients(ports.db.query, instant(ports.clock.now() - recipientsKept), forgottenAtOnce)
  return found
}

async function overduePage(ports: ParcelsPorts, tx: Tx): Promise<number> {
  const now = ports.clock.now()
  const due = await lockDue(tx, now, pageSize)
  if (due.length === 0) return 0
  const places = due.flatMap(({ custody: { storage } }) => (storage === null ? [] : [storage]))
  const deposits = new Map((await lockDeposits(tx, places)).map((deposit) => [placeKey(deposit), deposit]))
  const parcels: ParcelRecord[] = []
  const news: ParcelNews[] = []
  const recalled = new Map<string, DepositRecord>()
  for (const start of due) {
    const { storage } = start.custody
    const deposit = storage === null ? undefined : deposits.get(placeKey(storage))
    const events = parcelDecider.absorb(start.custody, { type: 'timePassed' }, { now })
    const scene =
      deposit === undefined
        ? null
        : { operator: deposit.operator, label: deposit.label, generation: deposit.generation }
    const step = advance(start, events, scene)
    parcels.push(step.record)
    news.push(...step.news)
    if (deposit !== undefined && deposit.recall === null && step.news.length > 0)
      recalled.set(placeKey(deposit), { ...deposit, recall: 'overdue', recallSince: now })
  }
  await saveChanges(ports.outbox, tx, { parcels, news, deposits: [...recalled.values()] })
  await tellRecalls(ports, tx, [...new Set([...recalled.values()].map(({ cabinet }) => cabinet))])
  return due.length
}
