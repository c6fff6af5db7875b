import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Place } from '../../../cabinets/cabinets.ts'
import { testEngines } from '../../../platform/postgres/db.testing.ts'
import type { Db } from '../../../platform/postgres/db.ts'
import { addCabinet, announcement, createDeposit, createTown, phone, type Town } from '../../parcels.testing.ts'
import { parcelIn } from '../../routes.answer.ts'

const [first, spare, renewed] = ['111111111', '222222222', '333333333']

describe.each(await testEngines())('which cabinet a code opens, on $name', (engine) => {
  let db: Db
  let town: Town
  let place: Place
  let other: Place
  let made: ReturnType<typeof createDeposit>
  let number: string
  let seed = 9_300
  beforeAll(async () => {
    db = await engine.open()
  })
  afterAll(async () => await db.close())
  beforeEach(async () => {
    seed += 1
    town = createTown(db, seed)
    ;[place, other] = [addCabinet(town), addCabinet(town)]
    number = `SF7100000${seed}01`
    const announced = await town.parcels.announce(town.carriers[0].id, announcement(number))
    if (!announced.ok) throw new Error(announced.refusal)
    made = createDeposit(town, place, { carrier: town.carriers[0].id, numbers: [number], from: 0 })
    await town.tell([made.prepared(), made.made()])
  })
  const both = () => [other.cabinet, place.cabinet]
  const opens = async (code: string) => await town.parcels.opensAt(both(), code)

  it('is the one where a parcel waits for it', async () => {
    expect(await opens(first)).toBe(place.cabinet)
    expect(await town.parcels.opensAt([other.cabinet], first)).toBeUndefined()
    expect(await town.parcels.opensAt([], first)).toBeUndefined()
  })

  it('is none for a code that nobody was told yet', async () => {
    expect(await opens(spare)).toBeUndefined()
    expect(await opens('999999999')).toBeUndefined()
  })

  it('is found by the new code once there is one', async () => {
    await town.tell([made.renewed()])
    expect(await opens(renewed)).toBe(place.cabinet)
  })

  it('is none once the code is dead: disowned, or its parcel collected', async () => {
    const found = await town.parcels.find(town.carriers[0].id, { trackingNumber: number })
    await town.parcels.disown(phone, parcelIn({ params: { parcel: found?.id ?? '' } }))
    expect(await opens(first)).toBeUndefined()
  })

  it('is none once its parcel is collected', async () => {
    await town.tell([made.collected()])
    expect(await opens(first)).toBeUndefined()
  })
})
