import { afterAll, beforeAll, beforeEach, describe } from 'vitest'
import type { CarrierId, ParcelId } from '@holdfast/core/values/ids.ts'
import type { Parcel as ParcelView } from '@holdfast/wire/http/parcels.ts'
import type { Place } from '../cabinets/cabinets.ts'
import { cabinetTopics } from '../cabinets/facts.ts'
import { silentLog } from '../platform/log.ts'
import { createOutbox } from '../platform/outbox/outbox.ts'
import { type TestEngine, testEngines } from '../platform/postgres/db.testing.ts'
import type { Db } from '../platform/postgres/db.ts'
import { createFollowOutages } from './facts/terms/outages.ts'
import { addCabinet, announcement, createDeposit, createTown, type Town } from './parcels.testing.ts'
import { parcelIn } from './routes.answer.ts'

const engines = await testEngines()
let seed = 500_000

/** One town for each claim, on one database for all: every number is drawn anew, so that no claim sees another's. */
export type Story = ReturnType<typeof createStory>

/** On every engine, where two may work at once; on `engines[0]` alone where it is words that are judged. */
export function describeStory(name: string, claims: (story: Story) => void, on: 'all' | 'one' = 'all'): void {
  describe.each(on === 'all' ? engines : engines.slice(0, 1))(`${name} on $name`, (engine) => {
    claims(createStory(engine))
  })
}

function createStory(engine: TestEngine) {
  let db: Db
  let town: Town
  let drawn = 0
  beforeAll(async () => {
    db = await engine.open()
  })
  beforeEach(() => {
    seed += 1
    drawn = 0
    town = createTown(db, seed)
  })
  afterAll(async () => await db.close())

  const carrier = (): CarrierId => town.carriers[0].id
  const number = (): string => {
    drawn += 1
    return `SF${seed}${String(drawn).padStart(7, '0')}`
  }
  const announce = async (text: string, more: object = {}, by = carrier()) => {
    const outcome = await town.parcels.announce(by, announcement(text, more))
    if (!outcome.ok) throw new Error(outcome.refusal)
    return { ...outcome.value, id: idOf(outcome.value) }
  }
  const deposit = (place: Place, numbers: readonly string[], from = 0) =>
    createDeposit(town, place, { carrier: carrier(), numbers, from })
  return {
    db: (): Db => db,
    town: (): Town => town,
    carrier,
    stranger: (): CarrierId => town.carriers[1].id,
    number,
    announce,
    deposit,
    place: (change: Partial<Place> = {}): Place => {
      const place = { ...addCabinet(town), ...change }
      town.neighbours.places.set(place.cabinet, place)
      return place
    },
    /** Announced, put in and shut, behind one door. */
    stored: async (place: Place, count = 1) => {
      const numbers = Array.from({ length: count }, number)
      const parcels = []
      for (const each of numbers) parcels.push(await announce(each))
      const [first] = parcels
      if (first === undefined) throw new Error('a deposit has a parcel')
      const made = deposit(place, numbers)
      await town.tell([made.prepared(), made.made()])
      return {
        parcel: first,
        parcels,
        made,
        number: first.trackingNumber,
        at: { cabinet: place.cabinet, deposit: made.deposit },
      }
    },
    seen: async (trackingNumber: string, by = carrier()): Promise<ParcelView> => {
      const found = await town.parcels.find(by, { trackingNumber })
      if (found === undefined) throw new Error(`${trackingNumber} is unknown`)
      return found
    },
    /** A parcel's own history, as its carrier is told it. */
    told: async (parcel: ParcelId): Promise<readonly string[]> =>
      (await town.news()).filter((each) => each.parcel === parcel).map(({ sequence, type }) => `${sequence} ${type}`),
    /** The cabinet is lost to the cloud, or back. */
    goes: async ({ cabinet, operator }: Place, change: 'online' | 'offline' | 'kiosk-ok'): Promise<void> => {
      const outbox = createOutbox({ db, clock: town.clock, log: silentLog })
      const consumer = createFollowOutages({ outbox, cabinets: town.neighbours.cabinets })
      if (!('handle' in consumer)) throw new Error('takes one at a time')
      const at = town.clock.now()
      const event = {
        cursor: '1-1',
        topic: cabinetTopics.health,
        key: cabinet,
        payload: { cabinet, operator, at, change },
        at,
      }
      await db.transaction(async (tx) => await consumer.handle(tx, event))
    },
  }
}

const idOf = ({ id }: Pick<ParcelView, 'id'>): ParcelId => parcelIn({ params: { parcel: id } })
