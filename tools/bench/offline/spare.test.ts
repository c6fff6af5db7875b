import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { codeIn, json } from '@holdfast/cloud/journeys/town.testing.ts'
import type { DepositId } from '@holdfast/core/values/ids.ts'
import { hours, minutes } from '@holdfast/core/values/instants.ts'
import { putIn } from './cabinet.testing.ts'
import {
  cardOf,
  carded,
  codesOf,
  type Cookie,
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

const n = 1

describe('a code that is lost while its cabinet is offline', () => {
  let scene: Scene
  let deposit: DepositId
  let mine: Cookie

  beforeAll(async () => {
    scene = await openScene()
    mine = await scene.town.signIn('recipient', phoneOf(n))
    const parcel = parcelOf(scene, n)
    await carded(scene, [parcel])
    await signInByPhone(scene)
    deposit = await putIn(scene.cabinet, parcel, cardOf(scene, parcel))
    leave(scene)
    await known(scene, n)
  })
  afterAll(async () => await scene.close())

  const ask = async () => {
    const { waiting } = json(await scene.town.call('/v1/recipient/parcels', { headers: mine })) as {
      waiting: readonly { id: string }[]
    }
    const url = `/v1/recipient/parcels/${waiting[0]?.id ?? ''}/new-code`
    return codeIn(await scene.town.call(url, { method: 'POST', headers: mine }))
  }
  const type = async (code: string | undefined) => {
    // Tries are two seconds apart.
    scene.cabinet.leap(minutes(1))
    return await scene.cabinet.loop.enterCode(code ?? '')
  }

  it('is replaced by the spare, which the cloud reveals once', async () => {
    scene.cabinet.network.cut(true)
    scene.town.clock.leap(minutes(2))
    await merged(scene, async () => !(await scene.town.cabinets.isOnline(scene.at)))
    expect(await ask()).toBe('202')
    await merged(scene, () => codesOf(scene, n).length === 2)
    const [first, spare] = codesOf(scene, n)
    expect(spare).not.toBe(first)
    scene.town.clock.leap(hours(1))
    expect(await ask()).toBe('409 code-renewal-refused')
    expect(codesOf(scene, n)).toHaveLength(2)
  })

  it('is dead once the spare was used (law 5): neither opens once the parcel is out', async () => {
    const [first, spare] = codesOf(scene, n)
    const { loop, electrics } = scene.cabinet
    expect(loop.cabinet().deposits.get(deposit)).toMatchObject({ usedGeneration: null })
    expect(await type(spare)).toMatchObject({ outcome: 'opened' })
    expect(loop.cabinet().deposits.get(deposit)).toMatchObject({ usedGeneration: 1 })
    await scene.cabinet.opened(deposit)
    await scene.cabinet.shutAll(deposit)
    await scene.cabinet.patient(() => scene.cabinet.submit({ type: 'confirmPickup', session: scene.cabinet.session() }))
    const pulses = electrics.pulses.length
    for (const dead of [first, spare]) expect(await type(dead)).toMatchObject({ outcome: 'wrong' })
    expect(electrics.pulses).toHaveLength(pulses)
  })

  it('is told to nobody again: the cloud hears of one renewal and one collection', async () => {
    scene.cabinet.network.cut(false)
    await merged(scene, async () => (await parcelsIn(scene, 'collected')) === 1)
    const events = await scene.town.rows<{ type: string }>('select type from parcel_event order by sequence')
    expect(events.map(({ type: each }) => each)).toEqual([
      'announced',
      'consent-given',
      'deposited',
      'code-renewed',
      'collected',
    ])
  })
})
