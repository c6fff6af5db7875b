import { readId } from '@holdfast/core/values/ids.ts'
import { sealedWishSchema } from '@holdfast/wire/cabinet/asks.ts'
import { Value } from 'typebox/value'
import type { AskReply, OpenedAsk } from '../../cabinets/facts.ts'
import { wishesTopic } from '../../people/people.ts'
import type { Consumer } from '../../platform/outbox/events.ts'
import type { ParcelsPorts } from '../ports.ts'
import { readDeposits, readUsualSize } from '../rows/deposits.postgres.ts'
import { lockCarded, readByDeposits, saveParcels } from '../rows/parcels.postgres.ts'
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

/**
 * R-41, told at a kiosk by whoever opened with the code of this deposit: it is the recipient's own word for all that comes.
 * Nothing is told of a deposit that is not there, or whose phone said that it is not theirs.
 */
export async function wishLowDoors(
  { db, people }: Pick<ParcelsPorts, 'db' | 'people'>,
  { cabinet, ask, plain }: OpenedAsk<'low-doors'>,
): Promise<AskReply> {
  const deposit = readId('deposit', ask.deposit)
  if (deposit === undefined || !Value.Check(sealedWishSchema, plain)) return { refusal: 'ask-unreadable' }
  const at = { cabinet, deposit }
  const [[stored], parcels] = await Promise.all([readDeposits(db.query, [at]), readByDeposits(db.query, [at])])
  const known = stored === undefined || stored.disownedAt !== null ? [] : parcels
  const phones = new Set(known.flatMap(({ phone }) => (phone === null ? [] : (people.readPhone(phone) ?? []))))
  const [phone] = phones
  if (phone === undefined) return { refusal: 'phone-unreadable' }
  await people.wantLowDoors(phone)
  return {}
}
