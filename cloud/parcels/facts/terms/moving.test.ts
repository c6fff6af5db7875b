import { afterAll, beforeAll, expect, it } from 'vitest'
import { readOpening } from '@holdfast/core/tariff/opening.ts'
import { hours, runningMs } from '@holdfast/core/values/instants.ts'
import { idToUuid } from '@holdfast/core/values/ids.ts'
import type { Place } from '../../../cabinets/cabinets.ts'
import { type CabinetFactNews, cabinetTopics } from '../../../cabinets/facts.ts'
import { silentLog } from '../../../platform/log.ts'
import { createOutbox } from '../../../platform/outbox/outbox.ts'
import type { Db } from '../../../platform/postgres/db.ts'
import { openScratchPglite } from '../../../platform/postgres/pglite.testing.ts'
import { addCabinet, announcement, createDeposit, createTown, start } from '../../parcels.testing.ts'
import { createFollowMoves } from './moving.ts'

let db: Db
let seed = 7_000
beforeAll(async () => {
  db = await openScratchPglite()
})
afterAll(async () => await db.close())

async function waiting() {
  seed += 1
  const town = createTown(db, seed)
  const place = addCabinet(town)
  const carrier = town.carriers[0].id
  const numbers = [`SF3000000${seed}01`, `SF3000000${seed}02`] as const
  for (const number of numbers) await town.parcels.announce(carrier, announcement(number))
  const deposit = createDeposit(town, place, { carrier, numbers, from: 0 })
  await town.tell([deposit.prepared(), deposit.made()])
  return { town, place, deposit, numbers }
}

const tell = async (town: Awaited<ReturnType<typeof waiting>>['town'], topic: string, payload: unknown) => {
  const consumer = createFollowMoves({
    outbox: createOutbox({ db, clock: town.clock, log: silentLog }),
    cabinets: town.neighbours.cabinets,
  })
  if (!('handle' in consumer)) throw new Error('takes one at a time')
  await db.transaction(async (tx) => await consumer.handle(tx, { cursor: '1-1', topic, key: '', payload, at: start }))
}

it('says of every parcel inside that its cabinet stands elsewhere now, with the same code', async () => {
  const { town, place, deposit } = await waiting()
  const before = await town.parcels.codeOf({ cabinet: place.cabinet, deposit: deposit.deposit })
  await tell(town, cabinetTopics.placed, { cabinet: place.cabinet, operator: place.operator, at: start, moved: true })
  const moved = (await town.news()).filter(({ type }) => type === 'cabinet-moved')
  expect(moved).toHaveLength(2)
  expect(moved).toMatchObject([{ deposit: deposit.deposit, cabinet: place.cabinet }, { at: start }])
  expect(await town.parcels.codeOf({ cabinet: place.cabinet, deposit: deposit.deposit })).toEqual(before)
})

const placed = async (to: Awaited<ReturnType<typeof waiting>>, change: Partial<Place>, moved = false) => {
  to.town.neighbours.places.set(to.place.cabinet, { ...to.place, ...change })
  const payload = { cabinet: to.place.cabinet, operator: to.place.operator, at: to.town.clock.now(), moved }
  await tell(to.town, cabinetTopics.placed, payload)
}
const beforeIt = new Set(['announced', 'deposited'])
const storyOf = async ({ town, numbers }: Awaited<ReturnType<typeof waiting>>) =>
  (await town.news())
    .filter(({ trackingNumber, type }) => numbers.some((number) => number === trackingNumber) && !beforeIt.has(type))
    .map(({ type }) => type)
const keptHours = async ({ town, numbers }: Awaited<ReturnType<typeof waiting>>) => {
  const parcel = await town.parcels.find(town.carriers[0].id, { trackingNumber: numbers[0] })
  return ((parcel?.dueAt ?? 0) - (parcel?.storedAt ?? 0)) / 3_600_000
}
const openFrom9To21 = () => {
  const read = readOpening('09:00-21:00')
  return read.accepted ? read.opening : null
}

it('counts the terms anew by the hours of the place, and says nothing of a move that was none', async () => {
  const here = await waiting()
  expect(await keptHours(here)).toBe(48)
  await placed(here, { opening: openFrom9To21() })
  expect(await keptHours(here)).toBeGreaterThanOrEqual(84)
  expect(await storyOf(here)).toEqual(['kept-longer', 'kept-longer'])
})

it('tells each recipient where an end comes nearer, and leaves a day from then on', async () => {
  const here = await waiting()
  here.town.clock.advance(hours(10))
  await placed(here, { retentionHours: 12 })
  expect(await keptHours(here)).toBe(34)
  expect(await storyOf(here)).toEqual(['kept-shorter', 'kept-shorter'])
  await placed(here, { retentionHours: 12 })
  expect(await keptHours(here)).toBe(34)
  expect(await storyOf(here)).toHaveLength(2)
})

it('moves house and terms at once', async () => {
  const here = await waiting()
  await placed(here, { retentionHours: 40 }, true)
  expect(await keptHours(here)).toBe(40)
  expect(await storyOf(here)).toEqual(['kept-shorter', 'cabinet-moved', 'kept-shorter', 'cabinet-moved'])
})

const owed = async ({ place }: Awaited<ReturnType<typeof waiting>>): Promise<readonly unknown[]> =>
  await db.query('select deposit from parcel_deposit where cabinet = $1 and renew_at is not null', [
    idToUuid(place.cabinet),
  ])

it('owes a new code for each deposit that a new terminal took over, and for no other', async () => {
  const here = await waiting()
  const { town, place, deposit } = here
  const rebuilt = (holds: unknown): unknown => {
    const event = { type: 'compartmentRebuilt', compartment: '', epoch: 1, retired: false, holds, at: runningMs(0) }
    return { cabinet: place.cabinet, at: start, event } as unknown as CabinetFactNews
  }
  await tell(town, cabinetTopics.facts, rebuilt(null))
  expect(await owed(here)).toEqual([])
  await tell(town, cabinetTopics.facts, rebuilt({ id: deposit.deposit }))
  expect(await owed(here)).toEqual([{ deposit: idToUuid(deposit.deposit) }])
})

it.each([
  ['whose code had its opening', 'parcel-inside', [1], 1],
  ['whose code is good still', 'parcel-inside', [0, 1], 0],
  ['that is gone', 'empty', [], 0],
] as const)('owes by a look into a door with a parcel %s: %s %j, %i', async (_, seen, generations, expected) => {
  const here = await waiting()
  const { town, place, deposit } = here
  const context = { deposit: deposit.deposit, generations }
  const event = { type: 'compartmentInspected', compartment: '', seen, by: '' }
  await tell(town, cabinetTopics.facts, { cabinet: place.cabinet, at: start, event, context })
  expect(await owed(here)).toHaveLength(expected)
})
