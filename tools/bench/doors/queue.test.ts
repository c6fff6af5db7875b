import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { codeIn } from '@holdfast/cloud/journeys/town.testing.ts'
import { testEngines } from '@holdfast/cloud/platform/postgres/db.testing.ts'
import { leaseLimits } from '@holdfast/core/compartment/lease.ts'
import type { CourierCabinet, Hold } from '@holdfast/wire/http/courier/day.ts'
import { ok } from '../offline/cabinet.testing.ts'
import { type Bed, openBed } from './bed.testing.ts'

/** Two couriers on the way to the same cabinet, which has two large doors: the real cloud asks, the real terminal holds. */
describe.each(await testEngines())('couriers on the way to a cabinet, on $name', ({ open }) => {
  let bed: Bed
  beforeAll(async () => {
    bed = await openBed({ wire: 'embedded', openDb: open })
  })
  afterAll(async () => await bed.close())
  const askFor = async (headers: Record<string, string>, key: string): Promise<Hold> => {
    const body = { cabinet: bed.at, carrier: bed.carrier, size: 'L' }
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the cloud keeps wire's shapes.
    return ok(
      await bed.town.call('/v1/courier/holds', { headers: { ...headers, 'idempotency-key': key }, body }),
    ) as Hold
  }
  const holdsOf = async (headers: Record<string, string>): Promise<readonly Hold[]> => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the cloud keeps wire's shapes.
    const { items } = ok(await bed.town.call('/v1/courier/cabinets', { headers })) as { items: CourierCabinet[] }
    return items.find(({ place }) => place.cabinet === bed.at)?.holds ?? []
  }
  const states = async (headers: Record<string, string>): Promise<string> =>
    (await holdsOf(headers)).map(({ state }) => state).join(' ')

  it('have the doors held in the order of asking; who comes later waits, and each ask counts once', async () => {
    const first = await askFor(bed.cookie, 'one')
    expect(first.state).toBe('asked')
    expect(await askFor(bed.cookie, 'one')).toMatchObject({ hold: first.hold })
    await askFor(bed.cookie, 'two')
    await bed.until(async () => (await states(bed.cookie)) === 'held held')
    await askFor(bed.colleague, 'three')
    await bed.until(async () => (await states(bed.colleague)) === 'waiting')
    expect(bed.cabinet.loop.cabinet().leases.filter(({ held }) => held !== null)).toHaveLength(2)
  })

  it('get the door that another gives back, and nobody asks again for them', async () => {
    const [given] = await holdsOf(bed.cookie)
    const path = `/v1/courier/holds/${given?.hold ?? ''}/give-back`
    expect(codeIn(await bed.town.call(path, { headers: bed.colleague, method: 'POST' }))).toMatch(/^404/)
    ok(await bed.town.call(path, { headers: bed.cookie, method: 'POST' }))
    await bed.until(async () => (await states(bed.colleague)) === 'held')
  })

  it('keep it for twenty minutes of the cabinet’s running time, and then it is free for whoever comes', async () => {
    bed.pass(leaseLimits.held / 1_000 + 1)
    await bed.until(() => bed.cabinet.loop.cabinet().leases.length === 0)
    await bed.until(async () => !(await states(bed.colleague)).includes('held'))
    expect(bed.use(bed.door('A12'))).toBe('free')
  })
})
