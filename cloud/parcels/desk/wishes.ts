import { readId } from '@holdfast/core/values/ids.ts'
import { wishesTopic } from '../../people/people.ts'
import type { Consumer } from '../../platform/outbox/events.ts'
import type { ParcelsPorts } from '../ports.ts'
import { readUsualSize } from '../rows/deposits.postgres.ts'
import { lockCarded, saveParcels } from '../rows/parcels.postgres.ts'
import type { ParcelRecord } from '../rows/record.ts'
import { moveCard } from './cards.ts'

/** A recipient's new wishes (low door, standing consent) reach the cards that are out already. */
export const createWishes = (ports: ParcelsPorts): Consumer => ({
  name: 'parcels-wishes',
  topics: [wishesTopic],
  handle: async (tx, { payload }) => {
    const { people, cabinets } = ports
    const person = readPerson(payload)
    const phone = person === undefined ? undefined : await people.phoneOf(person, tx)
    if (phone === undefined) return
    const carded = await lockCarded(tx, phone)
    if (carded.length === 0) return
    const at = carded.flatMap(({ askedCabinet, namedCabinet }) => [askedCabinet, namedCabinet])
    const places = await cabinets.places([...new Set(at.filter((cabinet) => cabinet !== null))], tx)
    const wishes = await people.wishesOf(phone, tx)
    const moved: ParcelRecord[] = []
    for (const record of carded) {
      const usualSize = await readUsualSize(tx.query, record.carrier, phone)
      moved.push(await moveCard(ports, tx, { record, around: { places, wishes, usualSize } }))
    }
    await saveParcels(tx, moved)
  },
})

const readPerson = (payload: unknown) =>
  typeof payload === 'object' && payload !== null && 'person' in payload && typeof payload.person === 'string'
    ? readId('person', payload.person)
    : undefined
