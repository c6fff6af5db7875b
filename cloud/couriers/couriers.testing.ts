import { afterAll, beforeAll, beforeEach, describe } from 'vitest'
import type { CabinetEvent } from '@holdfast/core/cabinet/events.ts'
import {
  type CabinetId,
  type CarrierId,
  type DepositId,
  type IdKind,
  makeId,
  type OrderId,
} from '@holdfast/core/values/ids.ts'
import { instant, minutes, runningMs } from '@holdfast/core/values/instants.ts'
import type { Parcel as ParcelView } from '@holdfast/wire/http/parcels.ts'
import { createStandInSeals } from '@holdfast/wire/seals/stand-in.ts'
import type { Cabinets, KioskSession, Outcome, Place, ToldOrder } from '../cabinets/cabinets.ts'
import type { AskHandler, CabinetFactNews } from '../cabinets/facts.ts'
import type { AskedWord } from '../parcels/parcels.ts'
import type { NoticeStatus } from '../notices/notices.ts'
import { createManualClock } from '../platform/clock.ts'
import { silentLog } from '../platform/log.ts'
import type { Consumer } from '../platform/outbox/events.ts'
import { createOutbox } from '../platform/outbox/outbox.ts'
import type { Db } from '../platform/postgres/db.ts'
import { testEngines } from '../platform/postgres/db.testing.ts'
import { createCouriers } from './couriers.ts'
import { createMissedWatch } from './missed.ts'

type FreeDoors = Awaited<ReturnType<Cabinets['freeDoors']>>[number]

export const start = instant(1_770_000_000_000)

const engines = await testEngines()

/** On each engine that is there: no claim finds doors or lists of the one before. */
export function describeDay(name: string, claims: (db: () => Db) => void): void {
  describe.each(engines)(`${name}, on $name`, (engine) => {
    let db: Db
    beforeAll(async () => {
      db = await engine.open()
    })
    afterAll(async () => await db.close())
    beforeEach(async () => {
      await db.query('truncate courier_hold, courier_round')
    })
    claims(() => db)
  })
}

/** What is told of an expected parcel of size M, unless otherwise said. */
export const aView = (change: Partial<ParcelView>): ParcelView => ({
  id: '',
  trackingNumber: '',
  state: 'expected',
  recipientPhoneMasked: null,
  locale: 'zh',
  size: 'M',
  cabinet: null,
  deposit: null,
  consent: 'none',
  announcedAt: null,
  storedAt: null,
  dueAt: null,
  endedAt: null,
  sequence: 1,
  ...change,
})

/** A courier's day on a real database, with scripted cabinets and parcels beside it. */
export function createDay(db: Db) {
  const clock = { ...createManualClock(start), timer: () => () => undefined }
  const seals = createStandInSeals(1)
  const id = <Kind extends IdKind>(kind: Kind) => makeId(kind, clock.now(), seals.random(10))
  const consumers: Consumer[] = []
  const outbox = { ...createOutbox({ db, clock, log: silentLog }), add: (each: Consumer) => void consumers.push(each) }
  const carrier = id('carrier')
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
  const script = createScript(place, id)
  const ports = {
    db,
    clock,
    seals,
    outbox,
    log: silentLog,
    keys: { signing: [], sealing: [], atRest: seals.random(32) },
    ...script.ports,
    directory: { operatorName: async () => 'Holdfast Town' },
    people: {
      employmentsOf: async () => (script.own.employers ?? [carrier]).map((each) => ({ carrier: each, outlet: null })),
    },
  }
  // Keys are for what this capability never does.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const given = ports as unknown as Parameters<typeof createCouriers>[0]
  const couriers = createCouriers(given)
  couriers.start()
  couriers.listen()
  const running = runningMs(1_000_000)
  const hear = async (topic: string, payload: unknown): Promise<void> => {
    for (const consumer of consumers) {
      if (!consumer.topics.includes(topic) || !('handle' in consumer)) continue
      const event = { cursor: '1-1', topic, key: place.cabinet, payload, at: 0 }
      await db.transaction(async (tx) => await consumer.handle(tx, event))
    }
  }
  return {
    couriers,
    missed: createMissedWatch(given),
    clock,
    carrier,
    place,
    script,
    id,
    running,
    hear,
    fact: async (event: CabinetEvent, more: Partial<CabinetFactNews> = {}): Promise<void> => {
      const told = { cabinet: place.cabinet, at: clock.now(), running, event, label: null, size: null, context: null }
      await hear('cabinet-facts', { ...told, ...more })
    },
  }
}

/** A courier has asked for a door of size M; and what the cabinet may say of it. */
export async function askDoor(db: Db) {
  const day = createDay(db)
  const person = day.id('person')
  const { cabinet } = day.place
  const outcome = await day.couriers.hold(person, { cabinet, carrier: day.carrier, size: 'M' })
  if (!outcome.ok) throw new Error(outcome.refusal)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- made by `id` a line before.
  const order = outcome.value.hold as OrderId
  const base = { order, at: day.running } as const
  const mine = async () => (await day.couriers.cabinets(person))[0]
  const wanted = { ...base, type: 'leaseAsked', person, carrier: day.carrier, size: 'M' } as const
  const granted = {
    ...base,
    type: 'leaseGranted',
    compartment: day.id('compartment'),
    until: (day.running + minutes(20)) as typeof day.running,
  } as const
  return { ...day, person, order, base, mine, wanted, granted }
}

function createScript(place: Place, id: <Kind extends IdKind>(kind: Kind) => ReturnType<typeof makeId<Kind>>) {
  const views = new Map<string, ParcelView>()
  const notices = new Map<DepositId, NoticeStatus>()
  const told: ToldOrder[] = []
  const given: OrderId[] = []
  const asked: (readonly string[])[] = []
  const elsewhere: (readonly [cabinet: string, parcel: string])[] = []
  const own = {
    /** Of the courier; the one carrier where nothing is said. */
    employers: undefined as readonly CarrierId[] | undefined,
    /** Who announced a parcel; anybody where nothing is said. */
    senders: new Map<string, CarrierId>(),
    /** Other cabinets, with their doors. */
    beside: [] as readonly { readonly place: Place; readonly free: FreeDoors['free']; readonly online?: boolean }[],
    handler: undefined as AskHandler<'neighbours'> | undefined,
    /** By whose word recipients were asked. */
    askers: [] as CarrierId[],
  }
  const script = {
    views,
    notices,
    told,
    given,
    asked,
    elsewhere,
    own,
    word: 'asked' as AskedWord,
    session: undefined as KioskSession | undefined,
    free: { S: 2, M: 1 } as FreeDoors['free'],
    answer: undefined as Outcome<OrderId> | undefined,
  }
  const ports = {
    cabinets: {
      places: async (ids: readonly CabinetId[]) => {
        const all = [place, ...own.beside.map((each) => each.place)]
        return new Map(all.flatMap((each) => (ids.includes(each.cabinet) ? [[each.cabinet, each] as const] : [])))
      },
      freeDoors: async (): Promise<readonly FreeDoors[]> => [
        { cabinet: place.cabinet, online: true, heardAt: start, doors: 24, free: script.free },
        ...own.beside.map(({ place: { cabinet }, free, online = true }) => ({
          cabinet,
          online,
          heardAt: start,
          doors: 24,
          free,
        })),
      ],
      onAsk: (_kind: 'neighbours', handler: AskHandler<'neighbours'>) => void Object.assign(own, { handler }),
      hold: async (_wish: unknown): Promise<Outcome<OrderId>> => script.answer ?? { ok: true, value: id('order') },
      giveBack: async ({ hold }: { readonly hold: OrderId }): Promise<Outcome<OrderId>> => {
        given.push(hold)
        return { ok: true, value: id('order') }
      },
      courierSession: async () => script.session,
      tell: async (_cabinet: CabinetId, order: ToldOrder) => {
        told.push(order)
        return true
      },
    },
    parcels: {
      find: async (asker: CarrierId, by: { readonly trackingNumber?: string }) =>
        [...views.values()].find(
          ({ id: parcel, trackingNumber }) =>
            trackingNumber === by.trackingNumber && (own.senders.get(parcel) ?? asker) === asker,
        ),
      views: async (ids: readonly string[]) => ids.flatMap((each) => views.get(each) ?? []),
      askConsents: async (asker: CarrierId, _cabinet: unknown, ids: readonly string[]) => {
        own.askers.push(asker)
        asked.push(ids)
        return ids.length
      },
      askElsewhere: async (_carrier: unknown, cabinet: string, parcel: string) => {
        elsewhere.push([cabinet, parcel])
        return script.word
      },
    },
    noticesOf: async () => notices,
  }
  return { ...script, ports, set: (change: Partial<typeof script>) => void Object.assign(script, change) }
}
