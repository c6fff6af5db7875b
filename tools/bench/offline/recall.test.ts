import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { json } from '@holdfast/cloud/journeys/town.testing.ts'
import type { DepositId } from '@holdfast/core/values/ids.ts'
import { hours } from '@holdfast/core/values/instants.ts'
import { putIn } from './cabinet.testing.ts'
import { openKiosk } from './kiosk.testing.ts'
import {
  cardOf,
  carded,
  certifiedText,
  certify,
  known,
  leave,
  merged,
  nextMorning,
  openScene,
  parcelOf,
  parcelsIn,
  type Scene,
  signInByPhone,
} from './scene.testing.ts'

describe('recalls, with the cable out', () => {
  let scene: Scene
  let kiosk: ReturnType<typeof openKiosk>
  const made: DepositId[] = []

  beforeAll(async () => {
    scene = await openScene()
    kiosk = openKiosk(scene.cabinet)
    await deliver(1, 2)
    scene.leap(hours(49))
    scene = await nextMorning(scene)
    await deliver(3)
    await scene.town.parcels.tick()
    await merged(scene, () => scene.cabinet.loop.cards.recallable(scene.carrier).length === 2)
  })
  afterAll(async () => {
    kiosk.close()
    await scene.close()
  })

  async function deliver(...numbers: readonly number[]): Promise<void> {
    const parcels = numbers.map((n) => parcelOf(scene, n))
    await carded(scene, parcels)
    await signInByPhone(scene)
    for (const parcel of parcels) made.push(await putIn(scene.cabinet, parcel, cardOf(scene, parcel)))
    leave(scene)
    for (const { n } of parcels) await known(scene, n)
  }
  const doorOf = (deposit: DepositId | undefined) =>
    [...scene.cabinet.loop.cabinet().deposits.values()].find(({ id }) => id === deposit)?.compartment
  const listed = async () =>
    json(await scene.town.call('/v1/courier/recalls', { headers: scene.cookie }))['items'] as { deposit: string }[]

  it('show a certified courier what the last list named, and not what fell due since', async () => {
    const phone = await certify(scene, scene.cookie)
    scene.cabinet.network.cut(true)
    scene.town.clock.leap(hours(49))
    scene = await nextMorning(scene)
    await scene.town.parcels.tick()
    expect(new Set((await listed()).map(({ deposit }) => deposit))).toEqual(new Set(made))
    kiosk.scan(certifiedText(scene, phone))
    expect(await kiosk.on('scan')).toMatchObject({ recalls: 2 })
    kiosk.touch({ kind: 'recalls' })
    const { doors } = await kiosk.on('recalls')
    expect(new Set(doors)).toEqual(new Set([doorOf(made[0]), doorOf(made[1])]))
  })

  it('come out door by door, on the courier’s word that each is empty', async () => {
    for (const left of [1, 0]) {
      kiosk.touch({ kind: 'recall-next' })
      await kiosk.on('recall-door', ({ phase, left: more }) => phase === 'open' && more === left)
      kiosk.shutDoors()
      await kiosk.on('recall-door', ({ phase }) => phase === 'shut')
      // Pulses two seconds apart, of the cabinet's own.
      scene.cabinet.leap(hours(0.001))
    }
    kiosk.touch({ kind: 'recalls' })
    expect(await kiosk.on('recalls')).toMatchObject({ doors: [], takenOut: 2 })
    expect([...scene.cabinet.loop.cabinet().deposits.keys()]).toEqual([made[2]])
  })

  it('of what is not on the list open nothing, whoever asks', async () => {
    const pulses = scene.cabinet.electrics.pulses.length
    kiosk.touch({ kind: 'recall-next' })
    const [, , third] = made
    if (third === undefined) throw new Error('there is no third')
    const session = scene.cabinet.session()
    const isListed = scene.cabinet.loop.cards.isListed(third)
    const verdict = scene.cabinet.submit({ type: 'beginRecall', session, deposit: third, listed: isListed })
    expect(verdict).toMatchObject({ accepted: false, refusal: 'recall-not-listed' })
    expect(scene.cabinet.electrics.pulses).toHaveLength(pulses)
    leave(scene)
  })

  it('are told once the cable is back, and what fell due meanwhile is on the list then', async () => {
    scene.cabinet.network.cut(false)
    await merged(scene, async () => (await parcelsIn(scene, 'recalled')) === 2)
    await merged(scene, () => scene.cabinet.loop.cards.recallable(scene.carrier).length === 1)
    expect(scene.cabinet.loop.cards.recallable(scene.carrier)).toEqual([made[2]])
    expect((await listed()).map(({ deposit }) => deposit)).toEqual([made[2]])
  })
})
