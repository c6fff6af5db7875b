import { beforeEach, describe, expect, it } from 'vitest'
import { minutes } from '@holdfast/core/values/instants.ts'
import { channelOf, deposit, id, li, news, operator, parcel, sceneOn } from '../notices.testing.ts'
import { phone } from '../../people/people.testing.ts'
import { testEngines } from '../../platform/postgres/db.testing.ts'
import { receiptWithin } from './chain.ts'

const [voice, slip] = [channelOf(), channelOf()]
const other = phone('+8613900000002')

describe.each(await testEngines())('messages kept in the app, on $name', (engine) => {
  const scene = sceneOn(engine, { voice: voice.channel, slip: slip.channel })
  const { hear, inbox, read, settle, signIn, status } = scene
  beforeEach(() => {
    for (const way of [voice, slip]) {
      way.letters.length = 0
      way.says(() => ({ outcome: 'sent' }))
    }
  })
  const story = async () =>
    (await scene.notices.story({ parcel, deposits: [deposit] })).map(({ channel, status: at }) => `${channel} ${at}`)
  const unread = async (headers: { readonly cookie: string }) =>
    JSON.parse((await scene.http.inject({ method: 'GET', url: '/v1/recipient/inbox/unread', headers })).body).unread
  const later = async (wait: number) => {
    scene.ground.clock.advance(minutes(wait))
    await settle()
  }

  it('are there first for who has looked lately, and read they need no text', async () => {
    const me = await signIn()
    await hear(news())
    expect(await story()).toEqual(['app sent', 'sms waiting', 'voice waiting', 'slip waiting'])
    const [message] = await inbox(me)
    expect(message).toMatchObject({ isRead: false, parcel, subject: expect.any(String) })
    expect(await unread(me)).toBe(1)
    for (const said of ['一号柜', 'A07', '012 345 678']) expect(message?.text).toContain(said)
    expect(await read(me, message?.id)).toBe(202)
    expect(await unread(me)).toBe(0)
    expect([await story(), await status()]).toEqual([
      ['app delivered', 'sms skipped', 'voice skipped', 'slip skipped'],
      'delivered',
    ])
    await later(60)
    expect([scene.ground.sms.letters, await inbox(me)]).toEqual([[], [{ ...message, isRead: true }]])
  })

  it('go by text once nobody has read them in time, and stay there to be read', async () => {
    const me = await signIn()
    await hear(news())
    await later(receiptWithin.app / minutes(1))
    expect(scene.ground.sms.letters).toHaveLength(1)
    expect(scene.texts()[0]).toBe((await inbox(me))[0]?.text)
    await read(me, (await inbox(me))[0]?.id)
    await later(60)
    expect([voice.letters.length, await story()]).toEqual([
      0,
      ['app delivered', 'sms sent', 'voice skipped', 'slip skipped'],
    ])
  })

  it('stand beside the text for who has not looked for a while, and end the chain all the same when read', async () => {
    const me = await signIn()
    scene.ground.clock.advance(minutes(15))
    await hear(news())
    expect(await story()).toEqual(['app sent', 'sms sent', 'voice waiting', 'slip waiting'])
    // Silent in the app is no reason to ring anybody up.
    await later(receiptWithin.app / minutes(1))
    expect(voice.letters).toHaveLength(0)
    await read(me, (await inbox(me))[0]?.id)
    await later(60)
    expect([voice.letters.length, await status()]).toEqual([0, 'delivered'])
  })

  it('that nobody reads count for nothing where every other way has failed', async () => {
    await signIn()
    for (const way of [scene.ground.sms, voice, slip]) way.says(() => ({ outcome: 'refused', reason: 'http-410' }))
    await hear(news())
    await later(receiptWithin.app / minutes(1))
    const listed = await scene.listed(await scene.staffOf(operator, 'ann@a.example'))
    const channels = listed.flatMap(({ kind, channel }: { kind: string; channel: string }) =>
      kind === 'message' ? [channel] : [],
    )
    expect(channels.sort()).toEqual(['slip', 'sms', 'voice'])
    expect(await status()).toBe('undeliverable')
  })

  it('are their owner’s alone, to see and to mark (law 11)', async () => {
    const [me, stranger] = [await signIn(), await signIn(other)]
    await hear(news())
    const [message] = await inbox(me)
    expect([await inbox(stranger), await unread(stranger)]).toEqual([[], 0])
    expect(await read(stranger, message?.id)).toBe(202)
    expect((await inbox(me))[0]?.isRead).toBe(false)
    expect(await read(me, 'nothing')).toBe(400)
  })

  it.each(['not-mine', 'corrected'] as const)('are gone from the wrong person’s app with "%s"', async (type) => {
    const me = await signIn()
    await hear(news())
    await hear(news({ type, sequence: 3, reason: 'phone' }))
    expect(await inbox(me)).toEqual([])
    await later(60)
    expect(scene.ground.sms.letters).toEqual([])
    const left = await scene.db.query(`select words from message where channel = 'app'`)
    expect(left).toEqual([{ words: null }])
  })

  it('stay when the parcel is collected, and are erased with their words after the term (law 14)', async () => {
    const me = await signIn()
    await hear(news())
    await hear(news({ type: 'collected', sequence: 3 }))
    expect(await inbox(me)).toHaveLength(1)
    scene.ground.clock.advance(minutes(1))
    await scene.notices.erase(scene.ground.clock.now())
    expect(await inbox(me)).toEqual([])
  })

  it('are one for one piece of news, newest first, and nobody’s who has signed out', async () => {
    const me = await signIn()
    await hear(news(), news())
    scene.ground.clock.advance(minutes(1))
    await hear(news({ deposit: id('deposit', 2), parcel: id('parcel', 2), sequence: 9 }))
    expect((await inbox(me)).map((item) => item.parcel)).toEqual([id('parcel', 2), parcel])
    await scene.http.inject({ method: 'POST', url: '/v1/recipient/sign-out', headers: me })
    expect(await scene.ground.people.appOf(li)).toBeUndefined()
    await hear(news({ deposit: id('deposit', 3), parcel: id('parcel', 3), sequence: 11 }))
    expect(await scene.db.query(`select from message where channel = 'app'`)).toHaveLength(2)
  })
})
