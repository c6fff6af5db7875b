import { nearestFirst } from '@holdfast/core/values/position.ts'
import { type CabinetId, type PersonId, readId } from '@holdfast/core/values/ids.ts'
import { roomFor, type Size } from '@holdfast/core/values/sizes.ts'
import { type Neighbour, neighboursMax, sealedNeighboursSchema } from '@holdfast/wire/cabinet/asks.ts'
import { parcelDigest } from '@holdfast/wire/seals/parcel-digest.ts'
import { Compile } from 'typebox/compile'
import type { AskReply, OpenedAsk } from '../../cabinets/facts.ts'
import type { Couriers } from '../couriers.ts'
import { type CouriersPorts, isEmployed } from '../ports.ts'

const sealed = Compile(sealedNeighboursSchema)

type Faces = Pick<Couriers, 'cabinets' | 'addToRound' | 'elsewhere'>

/**
 * A courier stands before a full kiosk with a parcel: who has a door for it nearby, and the question to its recipient about
 * one of them. It is the question of the courier's app, under the same limits; the parcel then stands on his list there.
 */
export function createNeighbours(ports: CouriersPorts, { cabinets, addToRound, elsewhere }: Faces) {
  const near = async (person: PersonId, at: CabinetId, size: Size): Promise<Neighbour[]> => {
    const all = await cabinets(person)
    const from = all.find(({ place }) => place.cabinet === at)
    const free = all.filter((each) => each !== from && each.online && roomFor(size, each.free) > 0)
    if (from === undefined) return []
    return nearestFirst(from.place, free, ({ place }) => place)
      .slice(0, neighboursMax)
      .map(({ of: { place, free: doors }, here, metres }) => {
        const { cabinet, name, directions } = place
        const way = directions === undefined ? {} : { directions }
        return { cabinet, name, room: roomFor(size, doors), here, metres, ...way }
      })
  }
  return async ({ cabinet: at, ask, plain }: OpenedAsk<'neighbours'>): Promise<AskReply> => {
    const shown = sealed.Check(plain) ? plain : undefined
    const [carrier, person] = [readId('carrier', shown?.carrier ?? ''), readId('person', ask.courier)]
    if (shown === undefined || carrier === undefined || person === undefined) return { refusal: 'ask-unreadable' }
    if (parcelDigest(ports.seals, carrier, shown.number) !== ask.parcel) return { refusal: 'ask-unreadable' }
    // Only for who has the parcel in hand, and of a parcel whose recipient can be asked.
    const view = await ports.parcels.find(carrier, { trackingNumber: shown.number })
    const parcel = view?.state === 'expected' ? readId('parcel', view.id) : undefined
    if (parcel === undefined || !(await isEmployed(ports, person, carrier))) return {}
    const to = readId('cabinet', shown.to ?? '')
    if (to === undefined) return { neighbours: await near(person, at, shown.size) }
    const listed = await addToRound(person, { cabinet: at, carrier, numbers: [shown.number] })
    const moved = listed.ok ? await elsewhere(person, parcel, to) : listed
    if (!moved.ok) return { refusal: moved.refusal }
    const item = moved.value.items.find((each) => each.parcel === parcel)
    return { word: item?.consent === 'asked' ? 'asked' : 'agreed' }
  }
}
