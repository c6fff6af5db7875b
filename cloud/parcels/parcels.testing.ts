import type { CabinetEvent } from '@holdfast/core/cabinet/events.ts'
import { type CarrierId, type IdKind, makeId } from '@holdfast/core/values/ids.ts'
import { instant, runningMs } from '@holdfast/core/values/instants.ts'
import type { AnnounceRequest } from '@holdfast/wire/http/parcels.ts'
import type { PrivatePart } from '@holdfast/wire/journal/events.ts'
import { parcelDigest } from '@holdfast/wire/seals/parcel-digest.ts'
import { createStandInSeals } from '@holdfast/wire/seals/stand-in.ts'
import type { Place } from '../cabinets/cabinets.ts'
import type { CabinetFactNews } from '../cabinets/facts.ts'
import type { Wishes } from '../people/people.ts'
import { createManualClock } from '../platform/clock.ts'
import { silentLog } from '../platform/log.ts'
import type { Consumer } from '../platform/outbox/events.ts'
import { createOutbox } from '../platform/outbox/outbox.ts'
import type { Db } from '../platform/postgres/db.ts'
import { type ParcelNews, parcelTopics } from './events.ts'
import { createNeighbours } from './parcels.neighbours.testing.ts'
import { createParcels } from './parcels.ts'

export const start = instant(1_770_000_000_000)
export const phone = '+8613812345678'

/** A town for parcels: a real database and outbox, with scripted cabinets and people beside them. */
export type Town = ReturnType<typeof createTown>

export function createTown(db: Db, seed = 1) {
  // Rounds are called, never rung.
  const clock = { ...createManualClock(start), timer: () => () => undefined }
  const seals = createStandInSeals(seed)
  const id = <Kind extends IdKind>(kind: Kind) => makeId(kind, clock.now(), seals.random(10))
  const key = (keyId: number) => ({ keyId, ...seals.generate('x25519') })
  const signing = (keyId: number) => ({ keyId, ...seals.generate('ed25519') })
  const keys = {
    signing: [signing(1), signing(2)],
    sealing: [key(3)],
    atRest: seals.random(32),
  } as const
  const consumers: Consumer[] = []
  const real = createOutbox({ db, clock, log: silentLog })
  const outbox = { ...real, add: (consumer: Consumer) => void consumers.push(consumer) }
  const neighbours = createNeighbours(phone)
  const carriers = [
    { id: id('carrier'), code: 'sf-express', name: 'SF Express' },
    { id: id('carrier'), code: 'ups', name: 'UPS' },
  ] as const
  const parcels = createParcels({
    db,
    clock,
    seals,
    keys,
    outbox,
    log: silentLog,
    noticesOf: async () => new Map(),
    isQuiet: () => neighbours.state.quiet,
    cabinets: neighbours.cabinets,
    people: neighbours.people,
    directory: { carriers: async () => carriers, staffName: async () => 'Ann' },
  })
  parcels.start()
  const incarnation = id('incarnation')
  const courier = id('person')
  let heardNews = 0
  return {
    db,
    clock,
    seals,
    parcels,
    neighbours,
    carriers,
    incarnation,
    courier,
    id,
    digestOf: (carrier: CarrierId, number: string) => parcelDigest(seals, carrier, number),
    /** `cabinet-carried`: a phone brought them. */
    tell: async (facts: readonly CabinetFactNews[], topic = 'cabinet-facts'): Promise<void> => {
      const [consumer] = consumers
      if (consumer === undefined || !('handleAll' in consumer)) throw new Error('no consumer of batches')
      const events = facts.map((payload) => ({
        cursor: '1-1',
        topic,
        key: payload.cabinet,
        payload,
        at: 0,
      }))
      await db.transaction(async (tx) => await consumer.handleAll(tx, events))
    },
    /** A person's wishes changed, as the people tell it. */
    wish: async (wishes: Wishes, of = phone): Promise<void> => {
      neighbours.wishes.set(of, wishes)
      const person = neighbours.persons.get(of) ?? id('person')
      neighbours.persons.set(of, person)
      const event = { cursor: '1-1', topic: 'people-wishes', key: person, payload: { person }, at: 0 }
      for (const follower of consumers.filter(({ topics }) => topics.includes('people-wishes')))
        await db.transaction(async (tx) =>
          'handle' in follower ? await follower.handle(tx, event) : await follower.handleAll(tx, [event]),
        )
    },
    /** What happened to parcels since this was last called, to whoever remembers where people live. */
    hearNews: async (): Promise<void> => {
      const follower = consumers.find(({ name }) => name === 'parcels-standing')
      if (follower === undefined || !('handleAll' in follower)) throw new Error('nobody remembers')
      const rows = await db.query<{ topic: string; key: string; payload: unknown }>(
        `select topic, key, payload from outbox where topic = $1 order by tx, seq offset $2`,
        [parcelTopics.events, heardNews],
      )
      heardNews += rows.length
      const events = rows.map((row) => ({ ...row, cursor: '1-1', at: 0 }))
      await db.transaction(async (tx) => await follower.handleAll(tx, events))
    },
    news: async (): Promise<readonly ParcelNews[]> => {
      const rows = await db.query<{
        payload: ParcelNews
      }>('select payload from outbox where topic = $1 order by tx, seq', [parcelTopics.events])
      return rows.map(({ payload }) => payload)
    },
  }
}

export const announcement = (number: string, more: object = {}): AnnounceRequest => ({
  trackingNumber: number,
  recipient: { phone },
  size: 'M',
  ...more,
})

export function addCabinet({ id, neighbours }: Town): Place {
  const place: Place = {
    cabinet: id('cabinet'),
    operator: id('operator'),
    name: 'North Gate',
    siteName: 'North Gate',
    address: '1 Harbour Road',
    zone: 'Asia/Shanghai',
    retentionHours: 48,
    complaintPhone: '400-000',
    opening: null,
    outages: [],
    salt: 'c2FsdHNhbHQ',
    screenDead: false,
    scannerDead: false,
    way: {},
  }
  neighbours.places.set(place.cabinet, place)
  return place
}

/** One deposit's facts in the order of its cabinet's journal. */
export function createDeposit(
  town: Town,
  place: Place,
  given: { carrier: CarrierId; numbers: readonly string[]; from: number },
) {
  const deposit = town.id('deposit')
  const parcels = given.numbers.map((number) => town.digestOf(given.carrier, number))
  const context: CabinetFactNews['context'] = {
    deposit,
    carrier: given.carrier,
    person: town.courier,
    parcels,
    epoch: 1,
    size: 'M',
    label: 'A07',
    stage: 'stored',
    needLowDoor: false,
    generations: [0, 1],
    compartment: town.id('compartment'),
  }
  let seq = given.from
  const fact = (event: CabinetEvent, secret?: PrivatePart): CabinetFactNews => {
    seq += 1
    if (secret !== undefined) town.neighbours.secrets.set(`${place.cabinet}/${seq}`, secret)
    const now = town.clock.now()
    return {
      cabinet: place.cabinet,
      operator: place.operator,
      incarnation: town.incarnation,
      seq,
      context,
      at: now,
      wall: now,
      trusted: true,
      running: runningMs(seq),
      event,
      label: 'A07',
      size: 'M',
      hasPrivate: secret !== undefined,
    }
  }
  const at = runningMs(1)
  const code = { generation: 2, tag: 'c', tailTag: null }
  return {
    deposit,
    prepared: (recipient: string | null = phone) =>
      fact(
        { type: 'depositPrepared', deposit, codes: [], at },
        {
          parcels: given.numbers.map((number, i) => ({ digest: parcels[i] ?? '', carrier: given.carrier, number })),
          codes: [
            { generation: 0, code: '111111111' },
            { generation: 1, code: '222222222' },
          ],
          ...(recipient === null ? {} : { phone: recipient }),
        },
      ),
    moved: () =>
      fact({
        type: 'depositMoved',
        deposit,
        from: context.compartment,
        to: context.compartment,
        epoch: 2,
        need: { size: 'M', box: null, lowDoor: false },
        at,
      }),
    made: () => fact({ type: 'depositMade', deposit, by: 'person', at }),
    collected: () => fact({ type: 'depositCollected', deposit, by: 'person', at }),
    refused: () => fact({ type: 'depositRefused', deposit, why: 'damaged', at }),
    recalled: () => fact({ type: 'depositRecalled', deposit, by: 'person', at }),
    cancelled: () => fact({ type: 'depositCancelled', deposit, why: 'courier', at }),
    renewed: () =>
      fact(
        { type: 'codeRenewed', deposit, code, order: town.id('order'), at },
        { codes: [{ generation: 2, code: '333333333' }] },
      ),
  }
}
