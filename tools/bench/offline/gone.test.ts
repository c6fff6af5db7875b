import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { codeIn } from '@holdfast/cloud/journeys/town.testing.ts'
import type { Phone } from '@holdfast/core/parcel/phone.ts'
import type { DepositId } from '@holdfast/core/values/ids.ts'
import { hours, minutes } from '@holdfast/core/values/instants.ts'
import { putIn, takeOut } from './cabinet.testing.ts'
import { openKiosk } from './kiosk.testing.ts'
import {
  announcementOf,
  cardOf,
  carded,
  type Certified,
  certifiedText,
  certify,
  codesOf,
  consentAlways,
  known,
  leave,
  merged,
  type NthParcel,
  openScene,
  parcelOf,
  parcelsIn,
  phoneOf,
  type Scene,
  signInByPhone,
  twice,
} from './scene.testing.ts'

const resident = 1

/** First its database, then its broker too; the phones get no answer either way, the cabinet hardly notices. */
describe('a day without the cloud', () => {
  let scene: Scene
  let kiosk: ReturnType<typeof openKiosk>
  let phones: readonly Certified[]
  let early: readonly NthParcel[]
  let during: readonly NthParcel[]
  const lying = new Map<NthParcel, DepositId>()

  beforeAll(async () => {
    scene = await openScene()
    kiosk = openKiosk(scene.cabinet)
    early = [resident, 2, 3, 4, 5].map((n) => parcelOf(scene, n))
    during = [6, 7, 8].map((n) => parcelOf(scene, n))
    await consentAlways(scene, resident)
    await carded(scene, [...early, ...during])
    await signInByPhone(scene)
    for (const parcel of early) lying.set(parcel, await putIn(scene.cabinet, parcel, cardOf(scene, parcel)))
    leave(scene)
    for (const { n } of early) await known(scene, n)
    await merged(scene, async () => {
      await scene.town.parcels.tick()
      return await scene.cabinet.loop.cards.standing(phoneOf(resident) as Phone)
    })
    phones = [await certify(scene, scene.cookie), await certify(scene, scene.colleague)]
    // What a cabinet does not hear from is gone for everybody.
    scene.town.cutDatabase(true)
  })
  afterAll(async () => {
    scene.town.cutDatabase(false)
    kiosk.close()
    await scene.close()
  })

  const collect = async (parcel: NthParcel | undefined): Promise<boolean> => {
    const deposit = parcel === undefined ? undefined : lying.get(parcel)
    if (parcel === undefined || deposit === undefined) throw new Error('nothing lies there')
    return await takeOut(scene.cabinet, deposit, codesOf(scene, parcel.n)[0] ?? '')
  }
  const deliver = async (parcel: NthParcel | undefined, by: Certified | undefined): Promise<void> => {
    if (parcel === undefined || by === undefined) throw new Error('nobody delivers')
    kiosk.scan(certifiedText(scene, by))
    await kiosk.on('scan')
    lying.set(parcel, await putIn(scene.cabinet, parcel, cardOf(scene, parcel)))
    leave(scene)
  }

  it('answers no phone and no carrier', async () => {
    const carrier = await announcementOf(scene, parcelOf(scene, 9))
    const courier = await scene.town.call('/v1/courier/me', { headers: scene.cookie })
    for (const reply of [carrier, courier]) expect(codeIn(reply)).toMatch(/^5/)
  })

  it('pickups go on by their codes, and carded parcels go in, hour by hour', async () => {
    expect(scene.cabinet.loop.online()).toBe(true)
    for (let i = 0; i < 2; i += 1) {
      expect(await collect(early[i])).toBe(true)
      await deliver(during[i], phones[i])
      scene.leap(hours(5))
    }
    scene.cabinet.network.cut(true)
    expect(await collect(early[2])).toBe(true)
    await deliver(during[2], phones[0])
    scene.leap(hours(5))
  })

  it('a parcel that nobody announced goes in for whoever always consents', async () => {
    scene.cabinet.network.cut(false)
    await merged(scene, () => scene.cabinet.loop.online())
    kiosk.scan(certifiedText(scene, phones[1] ?? (await certify(scene, scene.colleague))))
    await kiosk.on('scan')
    kiosk.scan('SF7299999999011')
    // The cabinet believes its line: it asks, and goes on when no answer comes.
    await kiosk.on('recipient')
    kiosk.touch({ kind: 'recipient', phone: phoneOf(resident) })
    await kiosk.on('recipient-check')
    kiosk.touch({ kind: 'right' })
    await kiosk.on('size')
    kiosk.touch({ kind: 'size', size: 'M' })
    await kiosk.on('deposit-door', ({ phase }) => phase === 'open')
    kiosk.shutDoors()
    await kiosk.on('deposit-door', ({ phase }) => phase !== 'open')
    kiosk.touch({ kind: 'finish' })
    await kiosk.on('idle')
    expect(scene.cabinet.loop.cabinet().deposits.size).toBe(6)
  })

  it('once it is back everything is there, told once, and every recipient hears', async () => {
    scene.cabinet.network.cut(true)
    scene.leap(hours(5))
    expect(await collect(early[3])).toBe(true)
    scene.town.cutDatabase(false)
    scene.cabinet.network.cut(false)
    // A call that died without an answer holds its key for a minute.
    scene.town.clock.leap(minutes(2))
    await merged(scene, async () => (await parcelsIn(scene, 'collected')) === 4)
    await merged(scene, async () => (await parcelsIn(scene, 'stored')) === 5)
    for (const { n } of during) await known(scene, n)
    await merged(scene, async () => codesOf(scene, resident).length === 2)
    for (const parcel of during) expect(await collect(parcel)).toBe(true)
    await merged(scene, async () => (await parcelsIn(scene, 'collected')) === 7)
    expect(await twice(scene, [...early.slice(1), ...during])).toBe(0)
    expect(codeIn(await announcementOf(scene, parcelOf(scene, 9)))).toBe('201')
  })
})
