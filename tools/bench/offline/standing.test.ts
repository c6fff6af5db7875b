import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Phone } from '@holdfast/core/parcel/phone.ts'
import { putIn, takeOut } from './cabinet.testing.ts'
import { openKiosk } from './kiosk.testing.ts'
import {
  cardOf,
  carded,
  type Certified,
  certify,
  certifiedText,
  codesOf,
  known,
  leave,
  merged,
  openScene,
  parcelOf,
  parcelsIn,
  phoneOf,
  type Scene,
  signInByPhone,
} from './scene.testing.ts'

const [resident, stranger] = [1, 2]

/** Nobody has a network here but the cloud: the courier types the recipient's number. */
describe('a standing consent, with the cable out', () => {
  let scene: Scene
  let kiosk: ReturnType<typeof openKiosk>
  let phone: Certified
  let wishes: Readonly<Record<string, string>>

  beforeAll(async () => {
    scene = await openScene()
    kiosk = openKiosk(scene.cabinet)
    phone = await certify(scene, scene.cookie)
    wishes = await scene.town.signIn('recipient', phoneOf(resident))
  })
  afterAll(async () => {
    kiosk.close()
    await scene.close()
  })

  const isKnown = async () => await scene.cabinet.loop.cards.standing(phoneOf(resident) as Phone)
  const wish = async (alwaysConsents: boolean) =>
    await scene.town.call('/v1/recipient/me', { method: 'PATCH', headers: wishes, body: { alwaysConsents } })
  const scanFor = async (label: string, of: number): Promise<void> => {
    kiosk.scan(label)
    await kiosk.on('recipient')
    kiosk.touch({ kind: 'recipient', phone: phoneOf(of) })
    await kiosk.on('recipient-check')
    kiosk.touch({ kind: 'right' })
  }
  const signIn = async (): Promise<void> => {
    kiosk.scan(certifiedText(scene, phone))
    await kiosk.on('scan')
  }

  it('comes to the cabinet where a parcel of that person was put in, and to it alone', async () => {
    const first = parcelOf(scene, resident)
    const elsewhere = await scene.town.install(scene.operator, 2)
    await wish(true)
    await carded(scene, [first])
    await signInByPhone(scene)
    const deposit = await putIn(scene.cabinet, first, cardOf(scene, first))
    leave(scene)
    await known(scene, resident)
    expect(await takeOut(scene.cabinet, deposit, codesOf(scene, resident)[0] ?? '')).toBe(true)
    await merged(scene, async () => {
      await scene.town.parcels.tick()
      return await isKnown()
    })
    expect(
      elsewhere.script.desired.flatMap(({ standing = [], putStanding = [] }) => [...standing, ...putStanding]),
    ).toEqual([])
  })

  it('opens a door for a parcel that nobody announced, and its owner has the code once the cable is back', async () => {
    scene.cabinet.network.cut(true)
    await signIn()
    await scanFor('SF7299999999001', resident)
    await kiosk.on('size')
    kiosk.touch({ kind: 'size', size: 'M' })
    await kiosk.on('deposit-door', ({ phase }) => phase === 'open')
    kiosk.shutDoors()
    await merged(scene, () => scene.cabinet.loop.cabinet().deposits.size === 1)
    kiosk.touch({ kind: 'finish' })
    await merged(scene, () =>
      [...scene.cabinet.loop.cabinet().deposits.values()].every(({ stage }) => stage === 'stored'),
    )
    scene.cabinet.network.cut(false)
    await merged(scene, async () => (await parcelsIn(scene, 'stored')) === 1)
    await merged(scene, () => codesOf(scene, resident).length === 2)
  })

  it('of somebody else is missing: the kiosk says what is needed, and no door opens', async () => {
    scene.cabinet.network.cut(true)
    await signIn()
    const pulses = scene.cabinet.electrics.pulses.length
    await scanFor('SF7299999999002', stranger)
    expect(await kiosk.on('phone-asks')).toMatchObject({ about: 'consent' })
    kiosk.touch({ kind: 'back' })
    expect(scene.cabinet.electrics.pulses).toHaveLength(pulses)
    leave(scene)
    scene.cabinet.network.cut(false)
  })

  it('that was withdrawn opens nothing from the next word of the cloud on', async () => {
    scene.cabinet.network.cut(true)
    await wish(false)
    // An offline cabinet cannot learn of it: a limit that the manual prints.
    expect(await isKnown()).toBe(true)
    scene.cabinet.network.cut(false)
    await merged(scene, async () => !(await isKnown()))
    scene.cabinet.network.cut(true)
    await signIn()
    const pulses = scene.cabinet.electrics.pulses.length
    await scanFor('SF7299999999003', resident)
    expect(await kiosk.on('phone-asks')).toMatchObject({ about: 'consent' })
    expect(scene.cabinet.electrics.pulses).toHaveLength(pulses)
  })
})
