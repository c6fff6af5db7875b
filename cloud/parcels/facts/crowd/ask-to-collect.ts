import { closedBetween } from '@holdfast/core/tariff/opening.ts'
import type { CabinetId } from '@holdfast/core/values/ids.ts'
import { after, days, hours, instant, type Instant } from '@holdfast/core/values/instants.ts'
import type { Cabinets, Place } from '../../../cabinets/cabinets.ts'
import type { ParcelsPorts } from '../../ports.ts'
import { saveChanges } from '../../rows/changes.ts'
import { lockDeposits } from '../../rows/deposits.postgres.ts'
import { lockById, readByDeposits } from '../../rows/parcels.postgres.ts'
import { type ParcelRecord, remark } from '../../rows/record.ts'
import { offsetOf } from '../terms/retention.ts'
import { claimCrowds, claimPerson, forgetAsked, forgetCrowd, readLongest, type Waiting } from './crowd.postgres.ts'

const cabinetsAtOnce = 50
/** Long enough for those who were asked to come. */
const lookAgain = hours(1)
/** Whoever has just got his code needs no asking. */
const longWaiting = hours(4)
const askedAgainAfter = days(1)

type Doors = Awaited<ReturnType<Cabinets['freeDoors']>>[number]

/** Where few doors are left, those whose parcels wait longest are asked to come; nobody more than once a day. */
export async function askToCollect(ports: ParcelsPorts): Promise<number> {
  const { db, clock, cabinets } = ports
  const now = clock.now()
  await forgetAsked(db.query, instant(now - askedAgainAfter))
  const crowds = await claimCrowds(db.query, { now, until: after(now, lookAgain), limit: cabinetsAtOnce })
  if (crowds.length === 0) return 0
  const ids = crowds.map(({ cabinet }) => cabinet)
  const [places, all] = await Promise.all([cabinets.places(ids), cabinets.freeDoors(ids)])
  let asked = 0
  for (const crowd of crowds) {
    const [place, doors] = [places.get(crowd.cabinet), all.find(({ cabinet }) => cabinet === crowd.cabinet)]
    const wanted = doors === undefined ? 0 : doorsWanted(doors)
    if (place === undefined || doors === undefined || wanted === 0) await forgetCrowd(db.query, crowd)
    else if (doors.online && mayComeNow(ports, place, now)) asked += await askLongest(ports, crowd.cabinet, wanted)
  }
  return asked
}

/** As many as would leave more than one door in ten free, if all of them came; 0 where so many are free already. */
export function doorsWanted({ doors, free }: Pick<Doors, 'doors' | 'free'>): number {
  const left = Object.values(free).reduce((sum, each) => sum + each, 0)
  return doors === 0 ? 0 : Math.max(0, Math.floor(doors / 10) + 1 - left)
}

/** Awake, and let in all the hour that a message and a walk may take. */
function mayComeNow({ isQuiet }: ParcelsPorts, { zone, opening, outages }: Place, now: Instant): boolean {
  const coming = { from: now, to: after(now, lookAgain) }
  const isShut = opening !== null && closedBetween(opening, coming, offsetOf(zone)).length > 0
  const isOut = outages.some(({ from, to }) => from < coming.to && to > coming.from)
  return !isShut && !isOut && !isQuiet(now, zone)
}

async function askLongest(ports: ParcelsPorts, cabinet: CabinetId, limit: number): Promise<number> {
  const storedBefore = instant(ports.clock.now() - longWaiting)
  let asked = 0
  for (const waiting of await readLongest(ports.db.query, cabinet, { storedBefore, limit }))
    if (await askOne(ports, cabinet, waiting)) asked += 1
  return asked
}

/** Judged once more under lock: it may be collected, frozen or somebody else's by now. */
async function askOne(ports: ParcelsPorts, cabinet: CabinetId, { deposit: id, phone }: Waiting): Promise<boolean> {
  const at = { cabinet, deposit: id }
  return await ports.db.transaction(async (tx) => {
    const now = ports.clock.now()
    const [deposit] = await lockDeposits(tx, [at])
    if (deposit?.stage !== 'stored' || deposit.recall !== null || deposit.disownedAt !== null) return false
    const parcels: ParcelRecord[] = []
    for (const known of await readByDeposits(tx.query, [at])) {
      const parcel = await lockById(tx, known.id)
      if (parcel?.custody.state === 'stored' && parcel.phone === phone) parcels.push(parcel)
    }
    if (parcels.length === 0 || !(await claimPerson(tx, phone, now))) return false
    const steps = parcels.map((parcel) => remark(parcel, 'collect-asked', now, deposit))
    await saveChanges(ports.outbox, tx, {
      parcels: steps.map(({ record }) => record),
      news: steps.flatMap(({ news }) => news),
    })
    return true
  })
}
