import { createServer } from 'node:net'
import { Aedes } from 'aedes'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { testId, testLayout } from '@holdfast/cloud/cabinets/cabinets.testing.ts'
import { createWaits, factsPerStay, lostFacts } from '@holdfast/simulator/fleet.ts'
import type { EnrolReply } from '@holdfast/wire/http/cabinets.ts'
import { createNodeSeals } from '@holdfast/wire/seals/node.ts'
import { connectCloud, type RigCloud } from '../rigs/cloud.ts'
import { createLight, type Light } from './lights.testing.ts'
import { createStays } from './stays.testing.ts'

const seals = createNodeSeals()
const [key, orders, sealing] = [seals.generate('p256'), seals.generate('ed25519'), seals.generate('x25519')]
const place = { cabinet: testId('cabinet', 1), shard: 7 }
const incarnation = testId('incarnation', 1)

async function startBroker() {
  const aedes = await Aedes.createBroker()
  const server = createServer(aedes.handle)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const stop = (): Promise<void> => new Promise((resolve) => aedes.close(() => server.close(() => resolve())))
  return { url: `mqtt://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`, stop }
}

const enrolledAt = (url: string): EnrolReply => ({
  ...place,
  incarnation,
  layout: JSON.parse(JSON.stringify(testLayout(2))),
  mqtt: { url, username: 'u', password: 'p' },
  cloudKeys: [{ keyId: 1, publicKey: orders.publicKey }],
  sealingKeys: [{ keyId: 0, publicKey: sealing.publicKey }],
})

describe('a light cabinet', () => {
  let broker: Awaited<ReturnType<typeof startBroker>>
  let cloud: RigCloud
  let light: Light
  let waits: ReturnType<typeof createWaits>
  let stays: ReturnType<typeof createStays>
  beforeEach(async () => {
    broker = await startBroker()
    const keys = { orders, sealing, cabinetKey: key.publicKey }
    cloud = await connectCloud({ mqtt: broker.url, seals, place, incarnation, ...keys })
    waits = createWaits()
    light = createLight({ seals, key, enrolled: enrolledAt(broker.url), waits })
    stays = createStays(seals, testId('carrier', 1))
    stays.join(enrolledAt(broker.url))
  })
  afterEach(async () => {
    await light.disconnect()
    await cloud.stop()
    await broker.stop()
  })

  const stay = async (): Promise<void> => {
    for (const { events, sealed } of await stays.next(light)) light.write(events, sealed)
  }
  /** Everything that it wrote stands acknowledged. */
  const settled = async (): Promise<void> => {
    while (waits.open() > 0) await new Promise((resolve) => setTimeout(resolve, 5))
  }

  it('keeps what it writes without a network, and sends all of it once it has one', async () => {
    await stay()
    expect(waits.open()).toBe(1 + factsPerStay)
    light.connect()
    await settled()
    expect(cloud.held().size).toBe(1 + factsPerStay)
    expect(waits.lagsMs()).toHaveLength(1 + factsPerStay)
  })

  it('goes on behind what is acknowledged when it was away for a while', async () => {
    light.connect()
    await settled()
    await light.disconnect()
    await stay()
    await stay()
    expect([light.online(), waits.open()]).toEqual([false, 2 * factsPerStay])
    light.connect()
    await settled()
    expect(cloud.held().size).toBe(1 + 2 * factsPerStay)
  })

  it('seals the private part so that the cloud reads the code in it', async () => {
    const [, prepared] = await stays.next(light)
    if (prepared?.sealed === undefined) throw new Error('a stay without a private part')
    for (const { events, sealed } of [prepared]) light.write(events, sealed)
    light.connect()
    await settled()
    expect(await cloud.codeOf(prepared.sealed.deposit)).toBe('000000010')
  })

  it('says where its journal ends, so that a fact that the cloud has not is missed', async () => {
    await stay()
    const end = light.end()
    expect(end.seq).toBe(1 + factsPerStay)
    const stored = { ...end, facts: end.seq }
    expect(lostFacts([end], [stored])).toBe(0)
    await stay()
    expect(lostFacts([light.end()], [stored])).toBe(factsPerStay)
  })
})
