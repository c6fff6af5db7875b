import { roomFor } from '@holdfast/core/values/sizes.ts'
import type { AskedWord } from '../../parcels/parcels.ts'
import type { CouriersRefusal } from '../codes.ts'
import type { Couriers } from '../couriers.ts'
import { type CouriersPorts, isEmployed, refused } from '../ports.ts'
import type { RoundSources } from './round.ts'
import { readRound, saveRound } from './store.postgres.ts'

const saidNo = {
  open: 'question-open',
  declined: 'refused-there',
  silent: 'silent-there',
  over: 'not-on-the-list',
} as const satisfies Readonly<Record<Exclude<AskedWord, 'asked' | 'agreed'>, CouriersRefusal>>

/** Overflow, only by the recipient's own word: nobody is asked about a cabinet that has no door for the parcel. */
export function createElsewhere(
  ports: CouriersPorts,
  { since, cabinets, round }: RoundSources & Pick<Couriers, 'round'>,
): Couriers['elsewhere'] {
  const { db, clock, parcels } = ports
  return async (person, parcel, cabinet) => {
    const row = (await readRound(db.query, person, since())).find((each) => each.parcel === parcel)
    const [view] = await parcels.views([parcel])
    if (row === undefined || view === undefined) return refused('not-on-the-list')
    if (!(await isEmployed(ports, person, row.carrier))) return refused('carrier-not-yours')
    const there = (await cabinets(person)).find(({ place }) => place.cabinet === cabinet)
    if (there === undefined) return refused('cabinet-not-there')
    if (roomFor(view.size, there.free) === 0) return refused('nothing-free-there')
    const word = await parcels.askElsewhere(row.carrier, cabinet, parcel)
    if (word !== 'asked' && word !== 'agreed') return refused(saidNo[word])
    await saveRound(db.query, person, { cabinet, carrier: row.carrier, parcels: [parcel], at: clock.now() })
    return { ok: true, value: await round(person) }
  }
}
