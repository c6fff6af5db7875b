import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { carrier, emptyPeople, otherCarrier } from '../people/people.testing.ts'
import type { Db } from '../platform/postgres/db.ts'
import { testEngines } from '../platform/postgres/db.testing.ts'
import { challenge, id, li, readGrant, type Scene, sceneOn } from './access.testing.ts'
import { kioskLimits } from './asks.ts'

describe.each(await testEngines())('a courier with his phone number alone, on $name', (engine) => {
  let db: Db
  let scene: Scene
  beforeAll(async () => {
    db = await engine.open()
  })
  afterAll(async () => await db.close())
  beforeEach(async () => {
    await emptyPeople(db)
    await db.query('truncate access_screen')
    scene = sceneOn(db)
  })

  it('sends a kiosk code to a phone and turns it into a sign-in grant over that kiosk’s nonce', async () => {
    const person = await scene.people.createCourier({ phone: li, name: 'Li', carrier })
    expect(await scene.ask('courier-code', { phone: li })).toEqual({})
    const code = scene.codes.at(-1)?.code ?? ''
    const wrong = code === '000000' ? '000001' : '000000'
    expect(await scene.ask('courier-sign-in', { phone: li, code: wrong })).toEqual({ refusal: 'sign-in-code-wrong' })
    const { grant } = await scene.ask('courier-sign-in', { phone: li, code })
    expect(readGrant(scene, grant ?? '')).toEqual({ keyId: 1, ...challenge, action: 'sign-in', person, carrier })
    expect(await scene.ask('courier-sign-in', { phone: li, code })).toEqual({ refusal: 'sign-in-code-wrong' })
    expect(await scene.ask('courier-code', { phone: li })).toEqual({ refusal: 'code-too-soon' })
  })

  it('takes no code of another purpose, and nobody who works for no carrier', async () => {
    await scene.people.sendCode({ phone: li, purpose: 'courier' })
    const other = scene.codes.at(-1)?.code ?? ''
    expect(await scene.ask('courier-sign-in', { phone: li, code: other })).toEqual({ refusal: 'sign-in-code-wrong' })
    await scene.ask('courier-code', { phone: li })
    const code = scene.codes.at(-1)?.code ?? ''
    expect(await scene.ask('courier-sign-in', { phone: li, code })).toEqual({ refusal: 'courier-unknown' })
  })

  it('asks who works for several carriers for which one, and spends the code by the second ask', async () => {
    const person = await scene.people.createCourier({ phone: li, name: 'Li', carrier })
    await scene.people.createCourier({ phone: li, name: 'Li', carrier: otherCarrier })
    await scene.ask('courier-code', { phone: li })
    const plain = { phone: li, code: scene.codes.at(-1)?.code }
    const { grant: none, carriers } = await scene.ask('courier-sign-in', plain)
    expect([none, new Set(carriers)]).toEqual([undefined, new Set([carrier, otherCarrier])])
    const { grant } = await scene.ask('courier-sign-in', { ...plain, carrier: otherCarrier })
    expect(readGrant(scene, grant ?? '')).toEqual({
      keyId: 1,
      ...challenge,
      action: 'sign-in',
      person,
      carrier: otherCarrier,
    })
    const again = await scene.ask('courier-sign-in', { ...plain, carrier })
    expect(again).toEqual({ refusal: 'sign-in-code-wrong' })
  })

  it('names nobody’s carriers for a wrong code, and signs in for no carrier that he does not work for', async () => {
    await scene.people.createCourier({ phone: li, name: 'Li', carrier })
    await scene.people.createCourier({ phone: li, name: 'Li', carrier: otherCarrier })
    await scene.ask('courier-code', { phone: li })
    const code = scene.codes.at(-1)?.code ?? ''
    const wrong = await scene.ask('courier-sign-in', { phone: li, code: code === '000000' ? '000001' : '000000' })
    expect(wrong).toEqual({ refusal: 'sign-in-code-wrong' })
    const other = await scene.ask('courier-sign-in', { phone: li, code, carrier: id('carrier', 9) })
    expect(other).toEqual({ refusal: 'courier-unknown' })
  })

  it('takes a code at the cabinet alone that it was asked for at, and counts the try', async () => {
    await scene.people.createCourier({ phone: li, name: 'Li', carrier })
    await scene.ask('courier-code', { phone: li })
    const plain = { phone: li, code: scene.codes.at(-1)?.code }
    const away = await scene.ask('courier-sign-in', plain, id('cabinet', 7))
    expect(away).toEqual({ refusal: 'sign-in-code-wrong' })
    for (let n = 0; n < 3; n += 1) await scene.ask('courier-sign-in', plain, id('cabinet', 7))
    expect(await scene.ask('courier-sign-in', plain)).toHaveProperty('grant')
  })

  it('reads garbage from a cabinet as no phone', async () => {
    for (const plain of [
      undefined,
      null,
      7,
      {},
      { phone: '+123' },
      { phone: li, code: '12' },
      { phone: li, more: 1 },
    ]) {
      expect(await scene.ask('courier-sign-in', plain)).toEqual({ refusal: 'phone-unreadable' })
    }
    expect(await scene.ask('courier-code', 'x')).toEqual({ refusal: 'phone-unreadable' })
  })

  it('lets one kiosk ask for so many codes and no more', async () => {
    for (let n = 0; n < kioskLimits.codes; n += 1) {
      expect(await scene.ask('courier-code', { phone: `+8613812340${100 + n}` })).toEqual({})
    }
    expect(await scene.ask('courier-code', { phone: '+8613812340999' })).toEqual({ refusal: 'too-many-scans' })
  })
})
