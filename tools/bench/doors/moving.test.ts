import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { json, seals } from '@holdfast/cloud/journeys/town.testing.ts'
import type { CabinetLayout } from '@holdfast/core/cabinet/layout.ts'
import { makeId, type DepositId } from '@holdfast/core/values/ids.ts'
import { instant, minutes } from '@holdfast/core/values/instants.ts'
import type { OperatorParcel, ParcelStory } from '@holdfast/wire/http/parcels.ts'
import { ok, openCabinet, putIn, type RealCabinet, takeOut } from '../offline/cabinet.testing.ts'
import {
  cardOf,
  carded,
  codesOf,
  known,
  merged,
  type NthParcel,
  openScene,
  parcelOf,
  parcelsIn,
  phoneOf,
  type Scene,
  signInByPhone,
} from '../offline/scene.testing.ts'

const n = 1

let scene: Scene
let parcel: NthParcel
let deposit: DepositId
/** The terminal that drives the cabinet now. */
let cabinet: RealCabinet
beforeAll(async () => {
  scene = await openScene(4)
  cabinet = scene.cabinet
  parcel = parcelOf(scene, n)
  await carded(scene, [parcel])
  await signInByPhone(scene)
  deposit = await putIn(cabinet, parcel, cardOf(scene, parcel))
  cabinet.submit({ type: 'endSession', session: cabinet.session() })
  await known(scene, n)
})
afterAll(async () => {
  await cabinet.stop()
  await scene.close()
})

const desk = async <T>(path: string, body?: object): Promise<T> => {
  const call = { headers: scene.staff, ...(body === undefined ? {} : { body }) }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the cloud keeps wire's shapes.
  return ok(await scene.town.call(`/v1/operator${path}`, call)) as T
}
const until = async (claim: () => boolean | Promise<boolean>): Promise<void> => await merged({ cabinet }, claim)
const letters = (): readonly string[] =>
  scene.town.tray.letters.filter(({ to }) => to === phoneOf(n)).map(({ text }) => text)
const use = (id: CabinetLayout['compartments'][number]['id']) => cabinet.loop.cabinet().compartments.get(id)?.use

describe('a cabinet with a parcel inside that is moved', () => {
  it('tells its recipient the new place with the same code, and its own screen the new address', async () => {
    const [code] = codesOf(scene, n)
    const told = letters().length
    const place = { siteName: 'South Gate', address: '9 Quay Road', zone: 'Asia/Shanghai', retentionHours: 48 }
    scene.town.clock.leap(minutes(1))
    await desk(`/cabinets/${scene.at}/places`, { ...place, complaintPhone: '12305', reason: 'rebuilding' })
    await until(() => letters().length > told)
    expect(letters().at(-1)).toMatch(/9 Quay Road/)
    expect(new Set(codesOf(scene, n))).toEqual(new Set([code]))
    await until(() => cabinet.loop.cards.settings()?.address === '9 Quay Road')
    const mine = await scene.town.signIn('recipient', phoneOf(n))
    const { waiting } = json(await scene.town.call('/v1/recipient/parcels', { headers: mine }))
    expect(waiting).toMatchObject([{ place: { siteName: 'South Gate', address: '9 Quay Road' } }])
  })
})

describe('a cabinet with a parcel inside that is extended, by a new terminal', () => {
  const grown = (): CabinetLayout => {
    const { version, bodies, compartments } = cabinet.loop.cabinet().layout
    const [one] = compartments
    if (one === undefined) throw new Error('no doors')
    const added = ['B01', 'B02'].map((label, i) => ({
      ...one,
      id: makeId('compartment', instant(1), new Uint8Array(10).fill(200 + i)),
      label,
      body: bodies.length,
      lock: { ...one.lock, channel: compartments.length + 1 + i },
    }))
    const body = { kind: 'extensionCabinet', widthMm: 500, heightMm: 1900 } as const
    return { version: version + 1, bodies: [...bodies, body], compartments: [...compartments, ...added] }
  }
  let former: string | undefined

  it('knows the parcel behind its door; every other door waits until somebody has looked', async () => {
    former = codesOf(scene, n).at(-1)
    const body = { reason: 'a side cabinet', layout: grown() }
    const { claimToken } = await desk<{ claimToken: string }>(`/cabinets/${scene.at}/terminal`, body)
    const key = seals.generate('p256')
    const enrolled = await scene.town.cabinets.enrol(claimToken, key.publicKey)
    if (!enrolled.ok) throw new Error(enrolled.refusal)
    await cabinet.stop()
    cabinet = await openCabinet(scene.town, { enrolled: enrolled.value, key, cabinet: scene.at }, 4)
    const { layout, deposits } = cabinet.loop.cabinet()
    const door = deposits.get(deposit)?.compartment
    expect(deposits.get(deposit)).toMatchObject({ stage: 'stored', epoch: 1, parcels: [parcel.digest] })
    expect(layout.compartments.map(({ id, label }) => [label, use(id)])).toEqual(
      ['A01', 'A02', 'A03', 'A04', 'B01', 'B02'].map((label) => [
        label,
        layout.compartments.find((plan) => plan.label === label)?.id === door ? 'loaded' : 'suspect',
      ]),
    )
  })

  it('takes an added door into service by a look', async () => {
    const added = cabinet.loop.cabinet().layout.compartments.find(({ label }) => label === 'B01')?.id
    if (added === undefined) throw new Error('no such door')
    const order = { kind: 'inspect', compartment: added, epoch: 0, seen: 'empty', reason: 'new' }
    await until(async () => (await scene.town.cabinets.isOnline(scene.at)) === true)
    await desk(`/cabinets/${scene.at}/orders`, order)
    await until(() => use(added) === 'free')
  })

  it('opens for the new code that the recipient was sent, and for none of the lost terminal’s', async () => {
    await until(() => codesOf(scene, n).at(-1) !== former)
    expect(await takeOut(cabinet, deposit, former ?? '')).toBe(false)
    cabinet.leap(minutes(2))
    expect(await takeOut(cabinet, deposit, codesOf(scene, n).at(-1) ?? '')).toBe(true)
    await until(async () => (await parcelsIn(scene, 'collected')) === 1)
  })

  it('has told one unbroken story of the parcel, from the courier to the pickup', async () => {
    const { items } = await desk<{ items: readonly OperatorParcel[] }>(`/parcels?search=${parcel.number}`)
    const { timeline } = await desk<ParcelStory>(`/parcels/${items[0]?.id ?? ''}`)
    const wanted = ['depositMade', 'cabinet-moved', 'compartmentRebuilt', 'code-renewed', 'depositCollected']
    expect(timeline.map(({ type }) => type).filter((type) => wanted.includes(type))).toEqual(wanted)
  })
})
