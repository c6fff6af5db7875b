import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { after, durationMs, hours, type Instant } from '@holdfast/core/values/instants.ts'
import type { OperatorId } from '@holdfast/core/values/ids.ts'
import type { Db } from '../../platform/postgres/db.ts'
import { testEngines } from '../../platform/postgres/db.testing.ts'
import { carrier, emptyPeople, type Ground, peopleOn, peoplePorts, phone, start } from '../people.testing.ts'
import { createPersons } from '../persons/persons.ts'
import { createPhones } from '../persons/phones.ts'
import { type Couriers, createCouriers } from './couriers.ts'

const li = '+8613812345678'
const exists = { ok: false, refusal: 'employment-exists' }

describe.each(await testEngines())('employments on $name', (engine) => {
  let db: Db
  let ground: Ground
  let couriers: Couriers
  let operator: OperatorId
  beforeAll(async () => {
    db = await engine.open()
  })
  beforeEach(async () => {
    await emptyPeople(db)
    ground = peopleOn(db)
    const ports = peoplePorts(ground)
    const phones = createPhones(ports.seals, ports.keys.atRest, ports.config)
    const told = { wished: async () => undefined, dismissed: async () => undefined }
    couriers = createCouriers(ports, phones, createPersons(ports, phones, told))
    operator = await ground.people.createOperator({ name: 'Lockers' })
  })
  afterAll(async () => await db.close())

  const person = async () => {
    const made = await ground.people.createCourier({ phone: phone(li), name: 'Li', carrier })
    await ground.people.endEmployment(made, carrier)
    ground.clock.advance(hours(1))
    return made
  }
  const rows = async () =>
    await db.query<{ from: Instant; until: Instant | null }>(
      'select from_at as "from", until_at as until from employment where from_at > $1 order by from_at',
      [start],
    )
  const from = (hour: number): Instant => after(start, hours(hour))
  const until = from

  it('of one person and carrier never reach into each other, though many are written at the same moment', async () => {
    const courier = await person()
    const asked = [5, 6, 7, 8, 9, 10].map(
      async (hour) => await couriers.employ(operator, courier, { carrier, from: from(hour), until: until(hour + 3) }),
    )
    await Promise.all(asked)
    const made = await rows()
    expect(made.length).toBeGreaterThan(0)
    for (const [i, { until: end }] of made.entries()) {
      const next = made[i + 1]
      if (next !== undefined) expect(end ?? Infinity).toBeLessThanOrEqual(next.from)
    }
  })

  it('is one where the same is written twice at the same moment', async () => {
    const courier = await person()
    const both = await Promise.all([1, 2].map(async () => await couriers.employ(operator, courier, { carrier })))
    expect(both.filter(({ ok }) => ok)).toHaveLength(1)
    expect(both).toContainEqual(exists)
  })

  it.each<readonly [string, number, number | undefined, boolean]>([
    ['right after it', 20, undefined, true],
    ['right before it', 5, 10, true],
    ['inside it', 12, 15, false],
    ['around it', 5, 30, false],
    ['into its beginning', 5, 11, false],
    ['out of its end', 19, 25, false],
    ['without an end, before it', 5, undefined, false],
  ])('stands beside one from hour 10 to 20, %s', async (_where, begins, ends, may) => {
    const courier = await person()
    expect((await couriers.employ(operator, courier, { carrier, from: from(10), until: until(20) })).ok).toBe(true)
    const end = ends === undefined ? {} : { until: until(ends) }
    const next = await couriers.employ(operator, courier, { carrier, from: from(begins), ...end })
    expect(next.ok).toBe(may)
    if (!may) expect(next).toEqual(exists)
  })

  it.each([
    [durationMs(-1), false],
    [durationMs(0), true],
    [durationMs(hours(2) - 1), true],
    [hours(2), false],
  ])('counts from its first millisecond to its last: %i ms after its beginning %s', async (at, employed) => {
    const courier = await person()
    await couriers.employ(operator, courier, { carrier, from: from(10), until: until(12) })
    ground.clock.advance(durationMs(from(10) + at - ground.clock.now()))
    expect(await ground.people.employmentsOf(courier)).toHaveLength(employed ? 1 : 0)
  })

  it('comes whole or not at all: one that does not fit takes the others with it', async () => {
    const employments = [
      { carrier, from: from(10), until: until(12) },
      { carrier, from: from(11) },
    ]
    expect(await couriers.add(operator, { phone: li, name: 'Li', employments })).toEqual(exists)
    expect(await rows()).toEqual([])
  })
})
