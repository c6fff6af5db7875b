import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DepositId } from '@holdfast/core/values/ids.ts'
import { hours } from '@holdfast/core/values/instants.ts'
import { putIn, takeOut } from './cabinet.testing.ts'
import {
  announce,
  askByPhone,
  cardOf,
  carded,
  carry,
  type Certified,
  certifiedText,
  certify,
  codesOf,
  known,
  leave,
  merged,
  nextMorning,
  type NthParcel,
  openScene,
  parcelOf,
  parcelsIn,
  type Scene,
  signInByPhone,
  signInCertified,
  twice,
} from './scene.testing.ts'

const days = 7
const byPhoneADay = 3
const certified = 6

/** Both sides' clocks leap by hours; what happens between happens on the real terminal and the real cloud. */
describe('seven days without the cabinet’s network', () => {
  let scene: Scene
  let phone: Certified
  let phoned: readonly NthParcel[]
  let carded24: readonly NthParcel[]
  const lying = new Map<NthParcel, DepositId>()

  beforeAll(async () => {
    scene = await openScene()
    const all = Array.from({ length: certified + days * byPhoneADay }, (_, n) => parcelOf(scene, n))
    carded24 = all.slice(0, certified)
    phoned = all.slice(certified)
    await carded(scene, carded24)
    for (const parcel of phoned) await announce(scene, parcel)
    phone = await certify(scene, scene.cookie)
    scene.cabinet.network.cut(true)
  })
  afterAll(async () => await scene.close())

  const collectAll = async (): Promise<void> => {
    for (const [parcel, deposit] of lying) {
      expect(await takeOut(scene.cabinet, deposit, codesOf(scene, parcel.n)[0] ?? '')).toBe(true)
      lying.delete(parcel)
    }
  }

  it('certified couriers with no network at all are served for the first day, and told apart after it', async () => {
    for (const parcel of carded24) {
      scene.leap(hours(23 / certified))
      signInCertified(scene, phone)
      lying.set(parcel, await putIn(scene.cabinet, parcel, cardOf(scene, parcel)))
      leave(scene)
    }
    scene.leap(hours(2))
    const late = scene.cabinet.loop.present(certifiedText(scene, phone))
    expect(late).toMatchObject({ kind: 'grant', verdict: { accepted: false, refusal: 'certificate-unheard' } })
    // Then the phone has a network again.
    scene = await nextMorning(scene)
    for (const deposit of lying.values()) await carry(scene, deposit)
    for (const { n } of carded24) await known(scene, n)
    await collectAll()
  })

  it('deposits by way of the couriers’ phones and pickups by code go on, day after day', async () => {
    for (let day = 0; day < days; day += 1) {
      scene.leap(hours(12))
      scene = await nextMorning(scene)
      await signInByPhone(scene)
      for (const parcel of phoned.slice(day * byPhoneADay, (day + 1) * byPhoneADay)) {
        const deposit = await putIn(scene.cabinet, parcel, await askByPhone(scene, parcel))
        await carry(scene, deposit)
        await known(scene, parcel.n)
        lying.set(parcel, deposit)
      }
      leave(scene)
      scene.leap(hours(10))
      // The last ones are left for the day on which the network is back.
      if (day < days - 1) await collectAll()
    }
  }, 60_000)

  it('then everything is merged, nothing twice, and both sides agree', async () => {
    scene.cabinet.network.cut(false)
    const collected = certified + (days - 1) * byPhoneADay
    await merged(scene, async () => (await parcelsIn(scene, 'collected')) === collected)
    await collectAll()
    await merged(scene, async () => (await parcelsIn(scene, 'collected')) === collected + byPhoneADay)
    expect(await twice(scene, [...carded24, ...phoned])).toBe(0)
    await merged(scene, async () => {
      const [health] = await scene.town.rows<{ digest_agrees: boolean; forked: boolean; online: boolean }>(
        'select digest_agrees, forked, online from cabinet_health',
      )
      return health?.online === true && health.digest_agrees && !health.forked
    })
    const surprises = await scene.town.rows(
      "select from parcel_event where type in ('surprise', 'overdue', 'disputed')",
    )
    expect(surprises).toEqual([])
  })
})
