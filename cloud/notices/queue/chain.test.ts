import { describe, expect, it } from 'vitest'
import { instant, minutes } from '@holdfast/core/values/instants.ts'
import type { Sent } from '../channels/channel.ts'
import { channelOf, deposit, id, li, message, news, operator, parcel, sceneOn } from '../notices.testing.ts'
import { phone } from '../../people/people.testing.ts'
import { testEngines } from '../../platform/postgres/db.testing.ts'
import { receiptWithin, stepsFor } from './chain.ts'
import { retrySchedule } from './delivery.ts'

const [voice, slip] = [channelOf(), channelOf()]

describe.each(await testEngines())('a message that must arrive, on $name', (engine) => {
  const scene = sceneOn(engine, { voice: voice.channel, slip: slip.channel })
  const { hear, settle, status, callback, listed, staffOf } = scene
  const says = (way: typeof voice, outcome: Sent) => way.says(() => outcome)
  const story = async () =>
    (await scene.notices.story({ parcel, deposits: [deposit] })).map(({ channel, status: at }) => `${channel} ${at}`)
  const fresh = () => {
    for (const way of [voice, slip]) {
      way.letters.length = 0
      says(way, { outcome: 'sent' })
    }
  }
  const idOf = (way: typeof voice) => way.letters.at(-1)?.id
  const receipt = async (channel: string, of: string | undefined, outcome: string) =>
    (await callback(`${channel}/receipts`, { message: of, outcome })).status

  it('is rung up when its text comes back, with the code said digit by digit; the courier hears of it at once', async () => {
    fresh()
    await hear(news())
    expect(await story()).toEqual(['sms sent', 'voice waiting', 'slip waiting'])
    await receipt('sms', scene.ground.sms.letters[0]?.id, 'undeliverable')
    await settle()
    expect(voice.letters.map(({ to }) => to)).toEqual([li])
    expect(voice.letters[0]?.text).toContain('0 1 2, 3 4 5, 6 7 8')
    expect(await status()).toBe('undeliverable')
    expect(await receipt('voice', idOf(voice), 'delivered')).toBe(202)
    expect([await story(), await status()]).toEqual([
      ['sms undeliverable', 'voice delivered', 'slip skipped'],
      'delivered',
    ])
  })

  it('takes the next way where the channel refuses, and ends as a slip without a code', async () => {
    fresh()
    scene.ground.sms.says(() => ({ outcome: 'refused', reason: 'http-422' }))
    says(voice, { outcome: 'refused', reason: 'http-404' })
    await hear(news())
    expect(slip.letters[0]?.text).toContain('A07')
    expect(slip.letters[0]?.text).not.toMatch(/012|345|678/u)
    expect(await story()).toEqual(['sms undeliverable', 'voice undeliverable', 'slip sent'])
  })

  it('does not wait for a receipt for ever, and takes a late one all the same', async () => {
    fresh()
    await hear(news())
    scene.ground.clock.advance(receiptWithin.sms)
    await settle()
    expect([voice.letters.length, await status()]).toEqual([1, 'sent'])
    await receipt('sms', scene.ground.sms.letters[0]?.id, 'delivered')
    expect(await story()).toEqual(['sms delivered', 'voice sent', 'slip skipped'])
    scene.ground.clock.advance(receiptWithin.voice)
    await settle()
    expect(slip.letters).toHaveLength(0)
  })

  it('stands in the undelivered list once no way is left, each way with its reason, and one retry starts it again', async () => {
    fresh()
    for (const way of [scene.ground.sms, voice, slip]) way.says(() => ({ outcome: 'refused', reason: 'http-410' }))
    await hear(news())
    const ann = await staffOf(operator, 'ann@a.example')
    const items: readonly { kind: string; channel: string; id: string }[] = await listed(ann)
    const messages = items.filter(({ kind }) => kind === 'message')
    expect(messages.map(({ channel }) => channel).sort()).toEqual(['slip', 'sms', 'voice'])
    scene.ground.sms.says(() => ({ outcome: 'delivered' }))
    const sms = messages.find(({ channel }) => channel === 'sms')?.id
    await scene.http.inject({ method: 'POST', url: `/v1/operator/undelivered/${sms}/retry`, headers: ann })
    await settle()
    expect((await listed(ann)).filter(({ kind }: { kind: string }) => kind === 'message')).toEqual([])
  })

  it.each(['corrected', 'not-mine', 'collected', 'recalled'] as const)(
    'goes no further once the parcel is %s: the old phone gets nothing more',
    async (type) => {
      fresh()
      scene.ground.sms.says(() => {
        throw Object.assign(new Error('down'), { code: 'channel-unreachable', reason: 'down' })
      })
      await hear(news())
      scene.ground.town.code = undefined
      scene.ground.town.recipient = undefined
      await hear(news({ type, sequence: 3, reason: 'phone' }))
      scene.ground.sms.says(() => ({ outcome: 'sent' }))
      for (const wait of retrySchedule) {
        scene.ground.clock.advance(wait)
        await settle()
      }
      expect([scene.ground.sms.letters.length, voice.letters.length, slip.letters.length]).toEqual([1, 0, 0])
      expect(await story()).toEqual(['sms skipped', 'voice skipped', 'slip skipped'])
    },
  )

  it('tells the code once more with the same words, under an id of its own', async () => {
    fresh()
    await hear(news(), news({ type: 'code-resent', sequence: 3 }))
    const [first, second] = scene.ground.sms.letters
    expect([second?.text, second?.to]).toEqual([first?.text, first?.to])
    expect(second?.id).not.toBe(first?.id)
  })

  it('reminds before the free time ends, again a day after, and not of what is gone or has been given more time', async () => {
    fresh()
    await hear(news())
    scene.ground.clock.advance(minutes(20 * 60))
    await settle()
    expect(scene.ground.sms.letters.at(-1)?.subject).toBe('请尽快取件')
    expect(scene.ground.sms.letters).toHaveLength(2)
    const { recipient } = scene.ground.town
    await hear(news({ type: 'overdue', sequence: 3, at: scene.ground.clock.now() }))
    scene.ground.clock.advance(minutes(24 * 60))
    await settle()
    expect(scene.ground.sms.letters).toHaveLength(4)
    const later = recipient && { ...recipient, dueAt: instant(scene.ground.clock.now() + minutes(48 * 60)) }
    const other = { deposit: id('deposit', 2), parcel: id('parcel', 2), sequence: 9, at: scene.ground.clock.now() }
    scene.ground.town.recipient = later
    await hear(news(other))
    scene.ground.town.recipient = later && { ...later, dueAt: instant((later.dueAt ?? 0) + minutes(600)) }
    scene.ground.clock.advance(minutes(44 * 60))
    await settle()
    expect(scene.ground.sms.letters).toHaveLength(5)
    scene.ground.clock.advance(minutes(600))
    await settle()
    expect(scene.ground.sms.letters).toHaveLength(6)
  })

  it('reminds nobody of what may be gone from a cabinet that is offline, and asks anew once it is back', async () => {
    fresh()
    const { town, clock, sms } = scene.ground
    await hear(news())
    town.online = false
    for (let hour = 0; hour < 30; hour += 1) {
      clock.advance(minutes(60))
      await settle()
    }
    expect(sms.letters).toHaveLength(1)
    town.online = true
    town.recipient = town.recipient && { ...town.recipient, dueAt: instant(clock.now() + minutes(24 * 60)) }
    for (let hour = 0; hour < 19; hour += 1) {
      clock.advance(minutes(60))
      await settle()
    }
    expect(sms.letters).toHaveLength(1)
    clock.advance(minutes(120))
    await settle()
    expect(sms.letters.map(({ subject }) => subject).at(-1)).toBe('请尽快取件')
    expect(sms.letters).toHaveLength(2)
  })
})

describe('the ways of a message', () => {
  const has = (...channels: readonly string[]) => ({
    has: (of: string) => channels.includes(of),
    isLandline: (of: string) => of.startsWith('+8610'),
  })
  const stored = {
    template: 'stored',
    code: '',
    door: '',
    reference: '',
    cabinet: '',
    address: '',
    zone: 'UTC',
    complaintPhone: '',
    opening: null,
    outages: [],
    until: instant(0),
  } as const
  const landline = phone('+861065551234')
  it.each([
    ['a mobile phone', li, stored, ['sms', 'voice', 'slip'], 'sms voice slip'],
    ['a house without a voice', li, stored, [], 'sms'],
    ['a landline, which is rung up and never written to', landline, stored, ['voice'], 'voice'],
    ['a landline without a voice', landline, stored, [], 'sms'],
    ['a sign-in code', li, message.content, ['sms', 'voice', 'slip'], 'sms'],
    ['what waits behind no door', li, { ...stored, template: 'recalled' } as const, ['voice', 'slip'], 'sms voice'],
  ] as const)('to %s', (_, to, content, channels, expected) => {
    const about = { cabinet: id('cabinet', 1) }
    const steps = stepsFor({ key: 'k', locale: 'en', to: { phone: to }, content, about }, has(...channels))
    expect(steps.map(({ channel }) => channel).join(' ')).toBe(expected)
  })
})
