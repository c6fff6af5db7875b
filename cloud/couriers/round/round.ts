import { type CabinetId, type CarrierId, type ParcelId, readId } from '@holdfast/core/values/ids.ts'
import type { Instant } from '@holdfast/core/values/instants.ts'
import type { Round, RoundItem } from '@holdfast/wire/http/courier/day.ts'
import type { Couriers } from '../couriers.ts'
import { type CouriersPorts, refused } from '../ports.ts'
import { createElsewhere } from './elsewhere.ts'
import { deleteFromRound, readRound, type RoundRow, saveRound } from './store.postgres.ts'

export type Rounds = Pick<Couriers, 'round' | 'addToRound' | 'dropFromRound' | 'elsewhere' | 'askRound'>

export type RoundSources = {
  readonly since: () => Instant
  /** As this courier sees them. */
  readonly cabinets: Couriers['cabinets']
}

/** The morning's list: what goes where, and who has agreed. */
export function createRound(ports: CouriersPorts, sources: RoundSources): Rounds {
  const { since } = sources
  const { db, clock, parcels, cabinets } = ports
  const show = async (rows: readonly RoundRow[], unknown: readonly string[] = []): Promise<Round> => {
    const views = new Map((await parcels.views(rows.map(({ parcel }) => parcel))).map((view) => [view.id, view]))
    const items = rows.flatMap(({ parcel, cabinet }): readonly RoundItem[] => {
      const view = views.get(parcel)
      if (view === undefined) return []
      const { trackingNumber, state, consent, size } = view
      return [{ parcel, trackingNumber, cabinet, state, consent, size }]
    })
    return { items, unknown: [...unknown] }
  }
  const round: Rounds['round'] = async (person) => await show(await readRound(db.query, person, since()))
  return {
    round,
    addToRound: async (person, { cabinet, carrier, numbers }) => {
      const employers = (await ports.people.employmentsOf(person)).map((employment) => employment.carrier)
      const senders = carrier === undefined ? employers : employers.filter((each) => each === carrier)
      if (senders.length === 0) return refused('carrier-not-yours')
      if (!(await cabinets.places([cabinet])).has(cabinet)) return refused('cabinet-not-there')
      const known = new Map(senders.map((sender): [CarrierId, ParcelId[]] => [sender, []]))
      const unknown: string[] = []
      for (const number of new Set(numbers)) {
        const found = await findComing(ports, senders, number)
        if (found === undefined) unknown.push(number)
        else known.get(found.sender)?.push(found.parcel)
      }
      for (const [sender, listed] of known)
        await saveRound(db.query, person, { cabinet, carrier: sender, parcels: listed, at: clock.now() })
      return { ok: true, value: await show(await readRound(db.query, person, since()), unknown) }
    },
    dropFromRound: async (person, parcel) => {
      await deleteFromRound(db.query, person, parcel)
      return await round(person)
    },
    elsewhere: createElsewhere(ports, { ...sources, round }),
    askRound: async (person) => {
      const rows = await readRound(db.query, person, since())
      const employers = new Set((await ports.people.employmentsOf(person)).map(({ carrier }) => carrier))
      let asked = 0
      for (const [cabinet, carrier, ids] of grouped(rows))
        if (employers.has(carrier)) asked += await parcels.askConsents(carrier, cabinet, ids)
      return { asked, round: await show(rows) }
    },
  }
}

/** With the first of these carriers that has announced the number. */
async function findComing(
  { parcels }: Pick<CouriersPorts, 'parcels'>,
  senders: readonly CarrierId[],
  trackingNumber: string,
): Promise<{ readonly sender: CarrierId; readonly parcel: ParcelId } | undefined> {
  for (const sender of senders) {
    const found = await parcels.find(sender, { trackingNumber })
    const parcel = found?.state === 'expected' ? readId('parcel', found.id) : undefined
    if (parcel !== undefined) return { sender, parcel }
  }
  return undefined
}

function grouped(rows: readonly RoundRow[]): readonly (readonly [CabinetId, CarrierId, readonly ParcelId[]])[] {
  const groups = new Map<string, readonly [CabinetId, CarrierId, ParcelId[]]>()
  for (const { cabinet, carrier, parcel } of rows) {
    const key = `${cabinet}/${carrier}`
    const group = groups.get(key) ?? ([cabinet, carrier, []] as const)
    group[2].push(parcel)
    groups.set(key, group)
  }
  return [...groups.values()]
}
