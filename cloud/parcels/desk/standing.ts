import { type CabinetId, type ParcelId, type PersonId, readId } from '@holdfast/core/values/ids.ts'
import { days, instant, seconds } from '@holdfast/core/values/instants.ts'
import { standingDigest, standingMost } from '@holdfast/wire/cabinet/desired.ts'
import { wishesTopic } from '../../people/people.ts'
import type { Consumer, OutboxEvent } from '../../platform/outbox/events.ts'
import type { Tx } from '../../platform/postgres/db.ts'
import { type ParcelNews, parcelTopics } from '../events.ts'
import type { ParcelsPorts } from '../ports.ts'
import { shardOfParcel } from '../rows/record.ts'
import {
  forgetBeyond,
  forgetNeighbours,
  forgetPerson,
  forgetSeenBefore,
  type Gone,
  keepDigest,
  lockBackfill,
  moveBackfill,
  type Neighbour,
  readCabinetsOf,
  readPhones,
  readUnhashed,
  rememberNeighbours,
  type Seen,
} from '../rows/standing.postgres.ts'

/** A round tells it to the cabinet in half a minute; a withdrawal comes at once, and takes along what came before it. */
const noted = seconds(2)
/** Each costs a tenth of a second of one thread: five seconds of a round of thirty. */
const hashedAtOnce = 50
/** Who had no parcel at a cabinet for so long is no neighbour of it any more (law 14). */
const rememberedFor = days(180)
const forgottenAtOnce = 200

/** Who always consents is known to the cabinets where his parcels are put in, and to no other. */
export const createStanding = (ports: ParcelsPorts): Consumer => ({
  name: 'parcels-standing',
  topics: [wishesTopic, parcelTopics.events],
  kinds: { [parcelTopics.events]: ['deposited'] },
  patience: { [parcelTopics.events]: noted },
  handleAll: async (tx, events) => {
    const deposited = events.filter(({ topic }) => topic === parcelTopics.events).map(newsOf)
    await rememberDeposited(
      ports,
      tx,
      deposited.filter(({ type }) => type === 'deposited'),
    )
    const wished = events.flatMap(({ topic, key }) => (topic === wishesTopic ? [readId('person', key)] : []))
    for (const person of new Set(wished)) if (person !== undefined) await followWish(ports, tx, person)
  },
})

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only this capability writes to its topic.
const newsOf = ({ payload }: OutboxEvent): ParcelNews => payload as ParcelNews

async function rememberDeposited({ people }: ParcelsPorts, tx: Tx, news: readonly ParcelNews[]): Promise<void> {
  if (news.length === 0) return
  const typed = await readPhones(
    tx.query,
    news.map(({ parcel }) => ({ parcel, shard: shardOfParcel(parcel) })),
  )
  const phoneOf = (parcel: ParcelId) => people.readPhone(typed.get(parcel) ?? '')
  const phones = [...new Set(news.flatMap(({ parcel }) => phoneOf(parcel) ?? []))]
  const consenting = await people.consenting(phones, tx)
  const seen = news.flatMap(({ parcel, cabinet, at }): readonly Seen[] => {
    const phone = phoneOf(parcel)
    const person = phone === undefined ? undefined : consenting.get(phone)
    return cabinet === null || person === undefined ? [] : [{ cabinet, person, at }]
  })
  await rememberNeighbours(tx, seen)
}

async function followWish(ports: ParcelsPorts, tx: Tx, person: PersonId): Promise<void> {
  const phone = await ports.people.phoneOf(person, tx)
  if (phone !== undefined && (await ports.people.consenting([phone], tx)).has(phone)) {
    const cabinets = await readCabinetsOf(tx.query, phone)
    return await rememberNeighbours(
      tx,
      cabinets.map((seen) => ({ ...seen, person })),
    )
  }
  await tellGone(ports, tx, await forgetPerson(tx, person))
}

const lookedUpAtOnce = 50

/** Whoever consented before cabinets were told of it has nothing to tell us: they are looked up, a page in each round. */
export async function backfillStanding(ports: ParcelsPorts): Promise<void> {
  await ports.db.transaction(async (tx) => {
    const begun = await lockBackfill(tx)
    if (begun === undefined) return
    const page = await ports.people.consenters({ after: begun.after, most: lookedUpAtOnce }, tx)
    for (const person of page) await followWish(ports, tx, person)
    moveBackfill(tx, page.length < lookedUpAtOnce ? null : (page.at(-1) ?? null))
  })
}

/** In a worker's round, because it is slow by intent; a withdrawal does not wait for it. */
export async function tellStanding(ports: ParcelsPorts): Promise<void> {
  const { db, clock } = ports
  const hashed = await hashWaiting(ports, await readUnhashed(db.query, hashedAtOnce))
  const before = instant(clock.now() - rememberedFor)
  await db.transaction(async (tx) => {
    await forgetNeighbours(tx, hashed.lost)
    const told = new Map<CabinetId, string[]>()
    for (const { digest, ...neighbour } of hashed.made)
      if (await keepDigest(tx, neighbour, digest))
        told.set(neighbour.cabinet, [...(told.get(neighbour.cabinet) ?? []), digest])
    for (const [cabinet, put] of told) await ports.cabinets.setStanding(tx, cabinet, { put, drop: [] })
    const gone = [...(await forgetSeenBefore(tx, before, forgottenAtOnce))]
    for (const cabinet of told.keys()) gone.push(...(await forgetBeyond(tx, cabinet, standingMost)))
    await tellGone(ports, tx, gone)
  })
}

/** `lost`: of nobody, or at a cabinet that stands nowhere. */
async function hashWaiting({ cabinets, people, seals }: ParcelsPorts, waiting: readonly Neighbour[]) {
  const places = await cabinets.places([...new Set(waiting.map(({ cabinet }) => cabinet))])
  const made: (Neighbour & { readonly digest: string })[] = []
  const lost: Neighbour[] = []
  for (const neighbour of waiting) {
    const [place, phone] = [places.get(neighbour.cabinet), await people.phoneOf(neighbour.person)]
    if (place === undefined || phone === undefined) lost.push(neighbour)
    else made.push({ ...neighbour, digest: await standingDigest(seals, place.salt, phone) })
  }
  return { made, lost }
}

async function tellGone({ cabinets }: ParcelsPorts, tx: Tx, gone: readonly Gone[]): Promise<void> {
  const drops = new Map<CabinetId, string[]>()
  for (const { cabinet, digest } of gone)
    if (digest !== null) drops.set(cabinet, [...(drops.get(cabinet) ?? []), digest])
  // In one order, so that two processes never wait for each other in a circle.
  for (const [cabinet, drop] of [...drops].sort(([left], [right]) => left.localeCompare(right)))
    await cabinets.setStanding(tx, cabinet, { put: [], drop })
}
