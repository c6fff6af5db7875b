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
  const person = id('person', 1)
  const now = instant(100_000_000)
  const looked = (ago: number, goesFirst = true) => ({ person, looked: instant(now - minutes(ago)), goesFirst })
  const has = (app: ReturnType<typeof looked> | undefined, ...channels: readonly string[]) => ({
    has: (of: string) => channels.includes(of),
    isLandline: (of: string) => of.startsWith('+8610'),
    app,
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
  const asked = { ...stored, template: 'consent-asked', carrier: '', tail: '', hours: 1 } as const
  const which = { template: 'which-not-mine', list: '', example: '' } as const
  const all = ['sms', 'voice', 'email', 'slip'] as const
  const landline = { phone: phone('+861065551234') }
  const mobile = { phone: li }
  it.each([
    ['a mobile phone', mobile, stored, undefined, all, 'sms voice slip'],
    ['a house without a voice', mobile, stored, undefined, [], 'sms'],
    ['a landline, which is rung up and never written to', landline, stored, undefined, ['voice'], 'voice'],
    ['a landline without a voice', landline, stored, undefined, [], 'sms'],
    [
      'a foreign number, which is a phone like any other',
      { phone: phone('+4915112345678') },
      stored,
      undefined,
      all,
      'sms voice slip',
    ],
    ['a sign-in code', mobile, message.content, looked(0), all, 'sms'],
    ['a sign-in code at a landline, which is rung up at once', landline, message.content, looked(0), all, 'voice'],
    ['a sign-in code at a landline without a voice', landline, message.content, undefined, ['slip'], 'sms'],
    ['what waits behind no door', mobile, { ...stored, template: 'recalled' } as const, undefined, all, 'sms voice'],
    ['who looked at the app just now', mobile, stored, looked(0), all, 'app sms voice slip'],
    ['who looked nearly a quarter of an hour ago', mobile, stored, looked(14.9), all, 'app sms voice slip'],
    ['who looked a quarter of an hour ago', mobile, stored, looked(15), all, '+app sms voice slip'],
    ['a house whose texts come first', mobile, stored, looked(0, false), all, '+app sms voice slip'],
    ['a landline whose owner has the app', landline, stored, looked(60), all, '+app voice slip'],
    ['a question at the door', mobile, asked, looked(0), all, '+app sms voice'],
    ['a question that a text answers', mobile, which, looked(0), all, 'sms voice'],
    ['an address without a phone', { email: 'li@example.org' }, stored, undefined, all, 'email slip'],
    ['an address in a house without mail', { email: 'li@example.org' }, stored, undefined, ['sms', 'slip'], 'slip'],
    ['nobody', {}, asked, undefined, all, ''],
    ['an address alone', {}, stored, undefined, all, 'slip'],
    ['an address alone in a house without slips, for its list', {}, stored, undefined, ['sms', 'email'], 'slip'],
    ['a phone in a house without slips', mobile, stored, undefined, ['sms', 'email'], 'sms'],
    [
      'a phone with an address, which gets a copy',
      { ...mobile, email: 'li@example.org' },
      stored,
      undefined,
      all,
      'sms voice slip',
    ],
  ] as const)('to %s', (_, to, content, app, channels, expected) => {
    const about = { cabinet: id('cabinet', 1) }
    const steps = stepsFor({ key: 'k', locale: 'en', to, content, about }, has(app, ...channels), now)
    expect(steps.map(({ channel, beside }) => `${beside === true ? '+' : ''}${channel}`).join(' ')).toBe(expected)
  })
})
