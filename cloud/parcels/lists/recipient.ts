import type { CabinetId, CarrierId, ParcelId } from '@holdfast/core/values/ids.ts'
import type { RecipientParcel } from '@holdfast/wire/http/parcels.ts'
import type { Place } from '../../cabinets/cabinets.ts'
import type { DepositPlace, ParcelRecipient, Parcels } from '../parcels.ts'
import type { ParcelsPorts } from '../ports.ts'
import { openCodes } from '../rows/at-rest.ts'
import { type DepositRecord, placeKey } from '../rows/deposit.ts'
import { readDeposits } from '../rows/deposits.postgres.ts'
import { readById, readByPhone } from '../rows/parcels.postgres.ts'
import { numberOf, type ParcelRecord } from '../rows/record.ts'
import { consentOf, dueOf, stateOf } from './carrier-view.ts'
import { carrierNames, doorOf } from './places.ts'
import { walkBetween } from '@holdfast/core/values/position.ts'
import { headedFor } from '../desk/consent/question.ts'
import { shownPlace } from '../../cabinets/facts.ts'

const shownAtMost = 200

type Around = {
  readonly nameOf: (carrier: CarrierId) => string
  readonly places: ReadonlyMap<CabinetId, Place>
  readonly online: ReadonlyMap<CabinetId, boolean>
  readonly deposits: ReadonlyMap<string, DepositRecord>
  readonly codes: ReadonlyMap<string, string>
}

export type RecipientLists = Pick<Parcels, 'recipientParcels' | 'waitingAt' | 'codeOf' | 'recipientOf'>

/** What the owner of a phone may know, and the messages to them. */
export function createRecipientLists(ports: ParcelsPorts): RecipientLists {
  const { query } = ports.db
  const show = async (records: readonly ParcelRecord[]): Promise<readonly RecipientParcel[]> => {
    const around = await readAround(ports, records)
    return records.filter((record) => !isDisowned(record, around)).map((record) => viewOf(record, around))
  }
  return {
    recipientParcels: async (phone) => {
      const records = await readByPhone(query, phone, shownAtMost)
      const views = await show(records)
      const of = (...states: readonly RecipientParcel['state'][]): RecipientParcel[] =>
        views.filter(({ state }) => states.includes(state))
      return {
        waiting: of('stored', 'overdue', 'refused'),
        expected: of('expected'),
        past: of('collected', 'recalled', 'returned', 'disputed', 'cancelled', 'never-arrived'),
      }
    },
    waitingAt: async (cabinet, phone) => {
      const here = (await readByPhone(query, phone, shownAtMost)).filter(
        ({ custody }) => custody.storage?.cabinet === cabinet && ['stored', 'overdue'].includes(custody.state),
      )
      const deposits = await readDeposits(query, placesOf(here))
      const theirs = deposits.filter(({ disownedAt }) => disownedAt === null)
      return theirs.map(({ deposit, carrier, compartment, label, size, epoch }) => ({
        cabinet,
        deposit,
        carrier,
        compartment,
        label,
        size,
        epoch,
        trackingNumbers: here.filter(({ custody }) => custody.storage?.deposit === deposit).map(numberOf),
      }))
    },
    codeOf: async (at) => {
      const [record] = await readDeposits(query, [at])
      return record === undefined ? undefined : await codeOf(ports, record)
    },
    recipientOf: async (parcel) => await recipientOf(ports, parcel),
  }
}

async function recipientOf({ db: { query } }: ParcelsPorts, parcel: ParcelId): Promise<ParcelRecipient | undefined> {
  const record = await readById(query, parcel)
  if (record === undefined) return undefined
  const { carrier, locale, custody } = record
  const place = custody.storage
  const [lies] = place === null ? [] : await readDeposits(query, [place])
  // Whoever says "not mine" is written to no more (Custody).
  const { phone, email } = (lies?.disownedAt ?? null) === null ? record : { phone: null, email: null }
  const addressAlone = record.phone === null && record.email === null && record.announcedAt !== null
  const deposit = place === null ? null : { cabinet: place.cabinet, deposit: place.deposit }
  return {
    parcel,
    carrier,
    phone,
    email,
    addressAlone: addressAlone && record.endedAt === null,
    locale,
    deposit,
    trackingNumber: numberOf(record),
    dueAt: dueOf(record),
    question: record.question,
  }
}

async function codeOf(ports: ParcelsPorts, record: DepositRecord) {
  if (record.codes === null || record.madeAt === null || record.generation <= (record.revoked ?? -1)) return undefined
  return (await openCodes(ports, record, record.codes)).find(({ generation }) => generation === record.generation)
}

const placesOf = (records: readonly ParcelRecord[]): readonly DepositPlace[] => [
  ...new Map(
    records.flatMap(({ custody: { storage } }) => (storage === null ? [] : [[placeKey(storage), storage] as const])),
  ).values(),
]

async function readAround(ports: ParcelsPorts, records: readonly ParcelRecord[]): Promise<Around> {
  const at = placesOf(records)
  const waiting = records.filter(({ endedAt }) => endedAt === null)
  const coming = records.filter(({ custody }) => custody.state === 'expected')
  const asked = coming.flatMap((record) => [headedFor(record), record.question?.insteadOf ?? null])
  const cabinets = [...new Set([...at.map(({ cabinet }) => cabinet), ...asked.filter((each) => each !== null)])]
  const [nameOf, places, rows] = await Promise.all([
    carrierNames(ports),
    ports.cabinets.places(cabinets),
    readDeposits(ports.db.query, at),
  ])
  const deposits = new Map(rows.map((row) => [placeKey(row), row]))
  const online = await Promise.all(
    [...new Set(placesOf(waiting).map(({ cabinet }) => cabinet))].map(
      async (cabinet) => [cabinet, await ports.cabinets.isOnline(cabinet)] as const,
    ),
  )
  const codes = new Map<string, string>()
  for (const row of rows) {
    const code = await codeOf(ports, row)
    if (code !== undefined) codes.set(placeKey(row), code.code)
  }
  return { nameOf, places, online: new Map(online), deposits, codes }
}

function isDisowned({ custody: { storage } }: ParcelRecord, { deposits }: Around): boolean {
  const deposit = storage === null ? undefined : deposits.get(placeKey(storage))
  return (deposit?.disownedAt ?? null) !== null
}

/** Asked about another cabinet than it was to go to: which one that was, and how far this one is from it. */
function insteadOf(
  { question, custody }: ParcelRecord,
  to: Place | undefined,
  places: Around['places'],
): Pick<RecipientParcel, 'instead'> {
  const former = custody.state === 'expected' ? (question?.insteadOf ?? null) : null
  const from = former === null ? undefined : places.get(former)
  if (from === undefined || to === undefined || question?.about !== to.cabinet) return {}
  return { instead: { name: from.name, metres: walkBetween(from.way.position, to.way.position) } }
}

function viewOf(record: ParcelRecord, { nameOf, places, online, deposits, codes }: Around): RecipientParcel {
  const { storage } = record.custody
  const isInside = storage !== null && record.custody.state !== 'expected'
  const going = record.custody.state === 'expected' ? headedFor(record) : null
  const there = isInside ? storage.cabinet : going
  const place = there === null ? undefined : places.get(there)
  const deposit = isInside ? deposits.get(placeKey(storage)) : undefined
  return {
    id: record.id,
    trackingNumber: numberOf(record),
    carrierName: nameOf(record.carrier),
    state: stateOf(record),
    consent: consentOf(record),
    place: place === undefined ? null : shownPlace(place),
    ...insteadOf(record, place, places),
    door: deposit === undefined ? null : doorOf(deposit),
    deposit: deposit?.deposit ?? null,
    code: deposit === undefined ? null : (codes.get(placeKey(deposit)) ?? null),
    storedAt: storage?.storedAt ?? null,
    dueAt: dueOf(record),
    endedAt: record.endedAt,
    complaintPhone: place?.complaintPhone ?? null,
    cabinetOnline: storage === null ? null : (online.get(storage.cabinet) ?? null),
  }
}
