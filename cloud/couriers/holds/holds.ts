import { idFromUuid, type PersonId } from '@holdfast/core/values/ids.ts'
import { hours, instant } from '@holdfast/core/values/instants.ts'
import type { Size } from '@holdfast/core/values/sizes.ts'
import type { CourierCabinet } from '@holdfast/wire/http/courier/day.ts'
import type { Couriers } from '../couriers.ts'
import { shownPlace } from '../../cabinets/facts.ts'
import { type CouriersPorts, isEmployed, refused } from '../ports.ts'
import { countLive, insertHold, readHold, readHolds } from './store.postgres.ts'

/** Ends are shown for a while, so that a courier learns that his door went. */
const shownFor = hours(3)

export type Holds = Pick<Couriers, 'cabinets' | 'hold' | 'giveBack'>

/** Doors free everywhere, and doors held on the way: the cabinet decides, and this says what it told. */
export function createHolds(ports: CouriersPorts): Holds {
  const { db, clock, cabinets } = ports
  return {
    cabinets: async (person) => await freeDoors(ports, person),
    hold: async (person, { cabinet, carrier, size }) => {
      if (!(await isEmployed(ports, person, carrier))) return refused('carrier-not-yours')
      const ordered = await cabinets.hold({ cabinet, person, carrier, size })
      if (!ordered.ok) return refused(ordered.refusal === 'cabinet-unknown' ? 'cabinet-not-there' : 'hold-not-asked')
      const value = await insertHold(db.query, {
        cabinet,
        hold: ordered.value,
        person,
        carrier,
        size,
        at: clock.now(),
      })
      return { ok: true, value }
    },
    giveBack: async (person, hold) => {
      const found = await readHold(db.query, person, hold)
      if (found === undefined || !['asked', 'waiting', 'held'].includes(found.state)) return refused('hold-unknown')
      const cabinet = idFromUuid('cabinet', found.cabinet)
      const ordered = await cabinets.giveBack({ cabinet, hold })
      return ordered.ok ? { ok: true, value: undefined } : refused('hold-not-asked')
    },
  }
}

async function freeDoors(
  { db, clock, cabinets, directory }: CouriersPorts,
  person: PersonId,
): Promise<readonly CourierCabinet[]> {
  const doors = await cabinets.freeDoors()
  const [places, live, own] = await Promise.all([
    cabinets.places(doors.map(({ cabinet }) => cabinet)),
    countLive(db.query),
    readHolds(db.query, person, instant(clock.now() - shownFor)),
  ])
  const operators = [...new Set([...places.values()].map(({ operator }) => operator))]
  const names = new Map(
    await Promise.all(operators.map(async (operator) => [operator, await directory.operatorName(operator)] as const)),
  )
  return doors.flatMap(({ cabinet, online, heardAt, doors: total, free }): readonly CourierCabinet[] => {
    const place = places.get(cabinet)
    if (place === undefined) return []
    const here = live.filter((each) => each.cabinet === cabinet)
    const held = (size: Size): number =>
      here.filter((each) => each.state === 'held' && each.doorSize === size && each.person !== person).length
    const left = (size: Size): number => Math.max(0, (free[size] ?? 0) - held(size))
    return [
      {
        place: shownPlace(place),
        operatorName: names.get(place.operator) ?? '?',
        online,
        heardAt,
        free: { S: left('S'), M: left('M'), L: left('L'), XL: left('XL') },
        doors: total,
        waiting: here.filter(({ state }) => state !== 'held').length,
        holds: own.filter((hold) => hold.cabinet === cabinet),
      },
    ]
  })
}
