import { instant, hours } from '@holdfast/core/values/instants.ts'
import type { Parcels } from '../parcels.ts'
import type { ParcelsPorts } from '../ports.ts'
import { type DepositRecord, placeKey } from '../rows/deposit.ts'
import { readCourierDeposits, readRecalls } from '../rows/deposits.postgres.ts'
import { readByDeposits } from '../rows/parcels.postgres.ts'
import { numberOf, type ParcelRecord } from '../rows/record.ts'
import { doorOf } from './places.ts'
import { shownPlace } from '../../cabinets/facts.ts'
import { stateOf } from './carrier-view.ts'

/** A shift and the evening after it. */
const shownFor = hours(24)

/** What a courier made today and what is to be taken out again. */
export function createCourierLists(ports: ParcelsPorts): Pick<Parcels, 'courierDeposits' | 'recallsFor'> {
  return {
    courierDeposits: async (person) => {
      const rows = await readCourierDeposits(ports.db.query, person, instant(ports.clock.now() - shownFor))
      const [{ places, parcelsOf }, notices] = await Promise.all([
        readAround(ports, rows),
        ports.noticesOf(rows.map(({ deposit }) => deposit)),
      ])
      return rows.flatMap((row) => {
        const place = places.get(row.cabinet)
        const [first] = parcelsOf(row)
        if (place === undefined || row.madeAt === null || first === undefined) return []
        return {
          deposit: row.deposit,
          parcels: parcelsOf(row).map((parcel) => ({ trackingNumber: numberOf(parcel), digest: parcel.digest })),
          place: shownPlace(place),
          door: doorOf(row),
          madeAt: row.madeAt,
          state: stateOf(first),
          notMine: row.disownedAt !== null && row.stage === 'stored',
          notice: notices.get(row.deposit) ?? 'none',
        }
      })
    },
    recallsFor: async (carriers) => {
      const rows = await readRecalls(ports.db.query, carriers)
      const { places, parcelsOf } = await readAround(ports, rows)
      return rows.flatMap((row) => {
        const place = places.get(row.cabinet)
        if (place === undefined || row.recall === null || row.recallSince === null) return []
        return {
          deposit: row.deposit,
          parcels: parcelsOf(row).map((parcel) => ({ id: parcel.id, trackingNumber: numberOf(parcel) })),
          why: row.recall,
          since: row.recallSince,
          place: shownPlace(place),
          door: doorOf(row),
        }
      })
    },
  }
}

async function readAround(ports: ParcelsPorts, rows: readonly DepositRecord[]) {
  const [places, parcels] = await Promise.all([
    ports.cabinets.places([...new Set(rows.map(({ cabinet }) => cabinet))]),
    readByDeposits(ports.db.query, rows),
  ])
  const byDeposit = new Map<string, ParcelRecord[]>()
  for (const parcel of parcels) {
    const key = parcel.custody.storage === null ? '' : placeKey(parcel.custody.storage)
    byDeposit.set(key, [...(byDeposit.get(key) ?? []), parcel])
  }
  return { places, parcelsOf: (row: DepositRecord): readonly ParcelRecord[] => byDeposit.get(placeKey(row)) ?? [] }
}
