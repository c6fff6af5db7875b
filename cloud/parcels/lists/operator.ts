import { type OperatorId, readId, type StaffId } from '@holdfast/core/values/ids.ts'
import { referenceOf } from '@holdfast/core/values/reference.ts'
import type { OperatorParcel, TimelineEntry } from '@holdfast/wire/http/parcels.ts'
import type { Parcels } from '../parcels.ts'
import type { ParcelsPorts } from '../ports.ts'
import { placeKey } from '../rows/deposit.ts'
import { readDeposits } from '../rows/deposits.postgres.ts'
import { type HistoryLine, readHistory, readStays } from '../rows/history.postgres.ts'
import { numberOf, type ParcelRecord } from '../rows/record.ts'
import { dueOf, maskOf, stateOf } from './carrier-view.ts'
import { readStayed, searchStays } from './operator.postgres.ts'
import { carrierNames, doorOf } from './places.ts'
import { shownPlace } from '../../cabinets/facts.ts'

export type OperatorLists = Pick<Parcels, 'search' | 'history' | 'operatorParcels'>

/** What an operator sees: parcels that are or were in its own cabinets, and of their story what happened there. */
export function createOperatorLists(ports: ParcelsPorts): OperatorLists {
  const { query } = ports.db
  const operatorParcels: Parcels['operatorParcels'] = async (operator, parcels) =>
    await show(ports, operator, await readStayed(query, operator, parcels))
  return {
    operatorParcels,
    search: async (operator, { search, after, limit }) => {
      const from = after === null ? null : (readId('parcel', after) ?? null)
      const found = await searchStays(query, operator, { search: search.trim(), after: from, limit })
      const last = found.length === limit ? found.at(-1) : undefined
      return { items: await show(ports, operator, found), next: last?.id ?? null }
    },
    history: async (operator, parcel) => {
      const [deposits, lines] = await Promise.all([readStays(query, operator, parcel), readHistory(query, parcel)])
      const [view] = deposits.length === 0 ? [] : await operatorParcels(operator, [parcel])
      if (view === undefined) return undefined
      const mine = lines.filter((line) => isOf(operator, line))
      const nameOf = await staffNames(ports, mine)
      return { parcel: view, deposits, lines: mine.map((line) => toEntry(line, nameOf)) }
    },
  }
}

/** Another operator's cabinets are another tenant's story. */
const isOf = (operator: OperatorId, line: HistoryLine): boolean => line.operator === null || line.operator === operator

async function staffNames({ directory }: ParcelsPorts, lines: readonly HistoryLine[]) {
  const staff = [...new Set(lines.flatMap((line) => line.staff ?? []))]
  const names = new Map(await Promise.all(staff.map(async (id) => [id, await directory.staffName(id)] as const)))
  return (id: StaffId): string => names.get(id) ?? '?'
}

function toEntry(line: HistoryLine, nameOf: (staff: StaffId) => string): TimelineEntry {
  const { at, type, sequence, label, reason, staff, courier, words } = line
  // A courier's name is his carrier's to know (law 11).
  const by = staff !== null ? nameOf(staff) : courier === null ? undefined : 'courier'
  const detail = { sequence, label, reason, ...(by === undefined ? {} : { by, words }) }
  return { at, source: 'cloud', type, seq: null, detail }
}

async function show(
  ports: ParcelsPorts,
  operator: OperatorId,
  records: readonly ParcelRecord[],
): Promise<readonly OperatorParcel[]> {
  const mine = records.flatMap(({ custody: { storage }, ...record }) =>
    storage !== null && record.operator === operator ? [storage] : [],
  )
  const [nameOf, places, rows] = await Promise.all([
    carrierNames(ports),
    ports.cabinets.places([...new Set(mine.map(({ cabinet }) => cabinet))]),
    readDeposits(ports.db.query, mine),
  ])
  const deposits = new Map(rows.map((row) => [placeKey(row), row]))
  return records.map((record) => {
    const { storage } = record.custody
    const isHere = storage !== null && record.operator === operator
    const place = isHere ? places.get(storage.cabinet) : undefined
    const deposit = isHere ? deposits.get(placeKey(storage)) : undefined
    return {
      id: record.id,
      trackingNumber: numberOf(record),
      carrierName: nameOf(record.carrier),
      state: stateOf(record),
      recipientPhoneMasked: maskOf(record),
      place: place === undefined ? null : shownPlace(place),
      door: deposit === undefined ? null : doorOf(deposit),
      reference: isHere ? referenceOf(storage.deposit) : null,
      storedAt: isHere ? storage.storedAt : null,
      dueAt: isHere ? dueOf(record) : null,
      changedAt: record.changedAt,
    }
  })
}
