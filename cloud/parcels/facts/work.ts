import { lies, parcelDecider } from '@holdfast/core/parcel/custody.ts'
import type { ParcelFact } from '@holdfast/core/parcel/parcel.ts'
import type { CabinetId, CarrierId } from '@holdfast/core/values/ids.ts'
import type { Instant } from '@holdfast/core/values/instants.ts'
import type { Card } from '@holdfast/wire/cabinet/desired.ts'
import type { Locale } from '@holdfast/wire/codes/messages.ts'
import type { ParcelNews, ParcelNewsType } from '../events.ts'
import type { DepositPlace } from '../parcels.ts'
import { type DepositRecord, placeKey } from '../rows/deposit.ts'
import type { Stay } from '../rows/history.postgres.ts'
import {
  advance,
  handOver,
  newRecord,
  type ParcelRecord,
  remark,
  type Scene,
  type Step,
  turnAway,
  type TurnedAway,
} from '../rows/record.ts'

/** A parcel as a deposit's private part names it. */
export type NamedParcel = {
  readonly digest: string
  readonly carrier: CarrierId
  readonly number: string | null
  readonly phone: string | null
}

/** Rows that a batch of facts works on, in memory: read once, written once. */
export type Work = ReturnType<typeof createWork>

export type WorkRows = { readonly parcels: readonly ParcelRecord[]; readonly deposits: readonly DepositRecord[] }

export type WorkGiven = {
  readonly random: (length: number) => Uint8Array
  /** What the recipient of a parcel that nobody announced is written to in. */
  readonly localeOf: (phone: string | null) => Locale
}

type Seen = { readonly at: Instant; readonly scene: Scene }

export function createWork(rows: WorkRows, given: WorkGiven) {
  const parcels = createRows(rows.parcels, ({ digest }) => digest)
  const deposits = createRows(rows.deposits, placeKey)
  const cards = createCardChanges()
  const news: ParcelNews[] = []
  const stays: Stay[] = []
  const lists = createListChanges()
  const step = ({ record, news: told }: Step): void => {
    parcels.put(record)
    news.push(...told)
  }
  const onto = (digest: string, make: (start: ParcelRecord) => Step): void => {
    const start = parcels.get(digest)
    if (start !== undefined) step(make(start))
  }
  const known = (named: NamedParcel, at: Instant): ParcelRecord =>
    knownOf(parcels.get(named.digest), named, { ...given, at })
  return {
    /** A parcel that nobody announced is made from what the deposit says of it. */
    name: (parcel: NamedParcel, at: Instant): void => parcels.put(known(parcel, at)),
    deposit: (at: DepositPlace): DepositRecord | undefined => deposits.get(placeKey(at)),
    putDeposit: (record: DepositRecord): void => {
      lists.note(record, deposits.get(placeKey(record)))
      deposits.put(record)
    },
    absorb: (parcel: NamedParcel, fact: ParcelFact, { at, scene }: Seen): void => {
      const start = known(parcel, at)
      const next = advance(start, parcelDecider.absorb(start.custody, fact, { now: at }), scene)
      step(next)
      const was = start.custody.state === 'expected'
      if (was !== (next.record.custody.state === 'expected')) cards.settle(next.record)
    },
    remark: (digest: string, type: ParcelNewsType, { at, scene }: Seen): void =>
      onto(digest, (start) => remark(start, type, at, scene)),
    /** A parcel that nobody announced has no story that this could stand in. */
    turnAway: (digest: string, turned: TurnedAway): void => onto(digest, (start) => turnAway(start, turned)),
    stay: ({ cabinet, deposit }: DepositPlace, digest: string, { operator }: Scene): void => {
      const record = parcels.get(digest)
      if (record === undefined) return
      const { id: parcel, carrier, number } = record
      stays.push({ cabinet, deposit, parcel, operator, carrier, number })
    },
    /** What a courier took back unheard of is nobody's business any more (law 14). */
    forgetUnheard: (digest: string): void => {
      const record = parcels.get(digest)
      if (record?.custody.state === 'unheard') parcels.put({ ...record, phone: null })
    },
    results: () => {
      const changed = { parcels: parcels.changed(), deposits: deposits.changed(), cards: cards.read() }
      return { ...changed, news, stays, ...lists.read() }
    },
  }
}

function knownOf(
  found: ParcelRecord | undefined,
  { digest, carrier, number, phone }: NamedParcel,
  { random, localeOf, at }: WorkGiven & { readonly at: Instant },
): ParcelRecord {
  const start = found ?? newRecord({ digest, carrier, number, locale: localeOf(phone), at }, random(10))
  // Nobody has announced it: what was typed last is right, until it lies behind a door.
  const isTyped = phone !== null && start.announcedAt === null && (start.phone === null || !lies(start.custody))
  const known =
    isTyped && phone !== start.phone
      ? { ...handOver(start, phone), locale: localeOf(phone) }
      : { ...start, phone: start.phone ?? phone }
  return { ...known, number: start.number ?? number }
}

function createRows<T>(read: readonly T[], keyOf: (row: T) => string) {
  const rows = new Map(read.map((row) => [keyOf(row), row]))
  const touched = new Set<string>()
  return {
    get: (key: string): T | undefined => rows.get(key),
    put: (row: T): void => {
      rows.set(keyOf(row), row)
      touched.add(keyOf(row))
    },
    changed: (): readonly T[] => [...touched].flatMap((key) => rows.get(key) ?? []),
  }
}

/** Whose lists of recalls and of dead codes are to be told anew. */
function createListChanges() {
  const recalls = new Set<CabinetId>()
  const revocations = new Set<CabinetId>()
  return {
    note: ({ cabinet, recall, revoked }: DepositRecord, before: DepositRecord | undefined): void => {
      if ((before?.recall ?? null) !== recall) recalls.add(cabinet)
      if (revoked !== null && revoked !== before?.revoked) revocations.add(cabinet)
    },
    read: () => ({ recalls: [...recalls], revocations: [...revocations] }),
  }
}

function createCardChanges() {
  const cards = new Map<CabinetId, Map<string, Card | null>>()
  return {
    /** Expected: its card is out. Behind a door or over: no card, but kept for the case that it is taken back. */
    settle: ({ digest, card, cardCabinet, custody, sequence }: ParcelRecord): void => {
      if (cardCabinet === null) return
      const changes = cards.get(cardCabinet) ?? new Map<string, Card | null>()
      const isOut = custody.state === 'expected' && card !== null
      cards.set(cardCabinet, changes.set(digest, isOut ? { ...card, version: sequence } : null))
    },
    read: () =>
      [...cards].map(([cabinet, changes]) => ({
        cabinet,
        put: [...changes.values()].filter((card) => card !== null),
        drop: [...changes].flatMap(([digest, card]) => (card === null ? [digest] : [])),
      })),
  }
}
