import { parcelDecider } from '@holdfast/core/parcel/custody.ts'
import { days, hours, instant } from '@holdfast/core/values/instants.ts'
import type { Tx } from '../../platform/postgres/db.ts'
import type { ParcelNews } from '../events.ts'
import { moveCard } from '../desk/cards.ts'
import type { ParcelsPorts } from '../ports.ts'
import { saveChanges } from '../rows/changes.ts'
import { type DepositRecord, placeKey } from '../rows/deposit.ts'
import { lockDeposits } from '../rows/deposits.postgres.ts'
import { forgetRecipients, lockDue, lockUnseen } from '../rows/parcels.postgres.ts'
import { advance, type ParcelRecord } from '../rows/record.ts'
import { tellRecalls } from './absorb.ts'

const pageSize = 200
/** A complaint may come within a month of the end; after that nobody needs to know who it was for (law 14). */
const recipientsKept = hours(24 * 30)
const forgottenAtOnce = 500

/** Longer than any parcel is on its way: who announced it says so again if it comes after all. */
const waitedFor = days(30)

/** Asks core what is due, page by page; any number of processes may look at once. Returns how many became overdue. */
export async function findOverdue(ports: ParcelsPorts): Promise<number> {
  let found = 0
  for (;;) {
    const page = await ports.db.transaction(async (tx) => await overduePage(ports, tx))
    found += page
    if (page < pageSize) break
  }
  await endUnseen(ports)
  await forgetRecipients(ports.db.query, instant(ports.clock.now() - recipientsKept), forgottenAtOnce)
  return found
}

/** Law 14: a phone that was announced for a parcel that never comes has its term as well. */
async function endUnseen(ports: ParcelsPorts): Promise<void> {
  await ports.db.transaction(async (tx) => {
    const now = ports.clock.now()
    const unseen = await lockUnseen(tx, instant(now - waitedFor), pageSize)
    const parcels: ParcelRecord[] = []
    const news: ParcelNews[] = []
    for (const start of unseen) {
      const events = parcelDecider.absorb(start.custody, { type: 'neverArrived' }, { now })
      const step = advance(start, events, null)
      parcels.push(await moveCard(ports, tx, { record: step.record, around: nowhere }))
      news.push(...step.news)
    }
    await saveChanges(ports.outbox, tx, { parcels, news })
  })
}

/** No card goes anywhere. */
const nowhere = { places: new Map(), wishes: undefined }

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
