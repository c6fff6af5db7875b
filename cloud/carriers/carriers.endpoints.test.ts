import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { instant } from '@holdfast/core/values/instants.ts'
import { makeId } from '@holdfast/core/values/ids.ts'
import { createStandInSeals } from '@holdfast/wire/seals/stand-in.ts'
import { testEngines } from '../platform/postgres/db.testing.ts'
import type { Db } from '../platform/postgres/db.ts'
import { insertCarrier, insertEndpoint, readEndpoints } from './rows/store.postgres.ts'

const seals = createStandInSeals(1)
const at = instant(1_000_000)

describe.each(await testEngines())('the endpoints of a carrier on $name', (engine) => {
  let db: Db
  let other: Db
  beforeAll(async () => {
    ;[db, other] = await engine.openTwo()
  })
  afterAll(async () => {
    await other.close()
    await db.close()
  })

  const carrierNamed = async (code: string) =>
    await insertCarrier(db.query, { id: makeId('carrier', at, seals.random(10)), code, name: code }, at)
  const anEndpoint = () => ({
    id: makeId('endpoint', at, seals.random(10)),
    url: 'https://carrier.example/hooks',
    types: [],
    disabledAt: null,
    lastDeliveredAt: null,
    waiting: 0,
  })

  it('are no more than allowed, though all are added at the same moment by two processes', async () => {
    const [carrier, neighbour] = [await carrierNamed('busy'), await carrierNamed('quiet')]
    const add = async (on: Db, to = carrier) =>
      await on.transaction(async (tx) => await insertEndpoint(tx, to, { endpoint: anEndpoint(), at, most: 3 }))
    const added = await Promise.all([0, 1, 2, 3, 4, 5, 6, 7].map(async (i) => await add(i % 2 === 0 ? db : other)))
    expect(added.filter((isOneMore) => isOneMore)).toHaveLength(3)
    expect(await readEndpoints(db.query, carrier)).toHaveLength(3)
    expect(await add(db, neighbour)).toBe(true)
  })
})
