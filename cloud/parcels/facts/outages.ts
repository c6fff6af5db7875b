import { parcelDecider } from '@holdfast/core/parcel/custody.ts'
import type { Pause } from '@holdfast/core/tariff/keep-time.ts'
import { type CabinetId, idToUuid } from '@holdfast/core/values/ids.ts'
import { type Instant, minutes } from '@holdfast/core/values/instants.ts'
import { type CabinetHealthNews, cabinetTopics } from '../../cabinets/facts.ts'
import type { Consumer } from '../../platform/outbox/events.ts'
import type { Query, Tx } from '../../platform/postgres/db.ts'
import type { ParcelsPorts } from '../ports.ts'
import { saveChanges } from '../rows/changes.ts'
import { lockDeposits, waitingAt } from '../rows/deposits.postgres.ts'
import { lockById, readByDeposits } from '../rows/parcels.postgres.ts'
import { advance, type Step } from '../rows/record.ts'
import { retentionAt } from './retention.ts'

/** A link that comes and goes keeps nobody from his parcel: codes open without it. */
const shortest = minutes(30)

type OutagePorts = Pick<ParcelsPorts, 'outbox'> & { readonly cabinets: Pick<ParcelsPorts['cabinets'], 'places'> }

/**
 * Law "Time": keep-time stops while a cabinet is unreachable. What was lost is added when it is back, through the same
 * sum that counts opening hours; until then nothing inside becomes overdue (`lockDue`).
 */
export const createFollowOutages = (ports: OutagePorts): Consumer => ({
  name: 'parcels-outages',
  topics: [cabinetTopics.health],
  handle: async (tx, { payload }) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only the cabinets write to their topic.
    const { cabinet, change, at } = payload as CabinetHealthNews
    if (change === 'offline') await begin(tx, cabinet, at)
    if (change === 'online' && (await end(tx, cabinet, at))) await keepLonger(ports, tx, cabinet, at)
  },
})

/** Told again it is the same outage. */
async function begin(tx: Tx, cabinet: CabinetId, at: Instant): Promise<void> {
  await tx.query(
    `insert into parcel_outage (cabinet, from_at) select $1, $2
     where not exists (select 1 from parcel_outage where cabinet = $1 and until_at is null)
     on conflict do nothing`,
    [idToUuid(cabinet), at],
  )
}

/** True where it was one that counts. */
async function end(tx: Tx, cabinet: CabinetId, at: Instant): Promise<boolean> {
  const [ended] = await tx.query<{ readonly from_at: Instant }>(
    'update parcel_outage set until_at = $2 where cabinet = $1 and until_at is null returning from_at',
    [idToUuid(cabinet), at],
  )
  if (ended === undefined) return false
  if (at - ended.from_at >= shortest) return true
  await tx.query('delete from parcel_outage where cabinet = $1 and from_at = $2', [idToUuid(cabinet), ended.from_at])
  return false
}

async function readOutages(query: Query, cabinet: CabinetId): Promise<readonly Pause[]> {
  return await query<Pause>(
    `select from_at as "from", until_at as "to" from parcel_outage
     where cabinet = $1 and until_at is not null order by from_at desc limit 200`,
    [idToUuid(cabinet)],
  )
}

async function keepLonger(ports: OutagePorts, tx: Tx, cabinet: CabinetId, now: Instant): Promise<void> {
  const [places, outages] = [await ports.cabinets.places([cabinet], tx), await readOutages(tx.query, cabinet)]
  const steps: Step[] = []
  for (const at of await waitingAt(tx, cabinet)) {
    const [deposit] = await lockDeposits(tx, [at])
    if (deposit === undefined) continue
    const { operator, label, generation } = deposit
    for (const { id } of await readByDeposits(tx.query, [at])) {
      const parcel = await lockById(tx, id)
      const storage = parcel?.custody.storage ?? null
      if (parcel === undefined || storage === null) continue
      const retention = retentionAt(places.get(cabinet), storage.storedAt, outages)
      const fact = { type: 'keptLonger', deposit: at.deposit, retention } as const
      steps.push(advance(parcel, parcelDecider.absorb(parcel.custody, fact, { now }), { operator, label, generation }))
    }
  }
  const moved = steps.filter(({ news }) => news.length > 0)
  await saveChanges(ports.outbox, tx, {
    parcels: moved.map(({ record }) => record),
    news: moved.flatMap(({ news }) => news),
    deposits: [],
  })
}
