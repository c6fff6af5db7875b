import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { hours, minutes } from '@holdfast/core/values/instants.ts'
import { phone, seals, start } from '../../people/people.testing.ts'
import { createManualClock } from '../../platform/clock.ts'
import { testEngines } from '../../platform/postgres/db.testing.ts'
import type { FarSide } from '../channels/channel.contract.ts'
import { httpSide, smtpSide } from '../channels/far.testing.ts'
import { createGateway } from '../channels/gateway.ts'
import { cabinet, deposit, li, news, operator, parcel, sceneOn, secret } from '../notices.testing.ts'
import type { Channels } from './delivery.ts'

const receiptUrl = 'https://c.example/v1/gateway/receipts'
const landline = phone('+861065551234')
const german = phone('+4915112345678')

/** Programs of the other side, on sockets of their own: three gateways and a mail server. */
describe.each(await testEngines())('one message, over real gateways and mail, on $name', (engine) => {
  const ways: Partial<Channels> = {}
  const far: Partial<Record<'sms' | 'voice' | 'slip' | 'email', FarSide>> = {}
  beforeAll(async () => {
    const clock = createManualClock(start)
    const gateway = async () => await httpSide((url) => createGateway({ url, secret, receiptUrl, clock, seals }))
    Object.assign(far, { sms: await gateway(), voice: await gateway(), slip: await gateway(), email: await smtpSide() })
    for (const [kind, side] of Object.entries(far)) Object.assign(ways, { [kind]: side.channel })
  })
  const scene = sceneOn(engine, ways, { quiet: { from: 22, to: 7 } })
  const { callback, hear, inbox, listed, read, settle, signIn, staffOf, status } = scene
  let before: Record<string, number> = {}
  beforeEach(() => {
    for (const side of Object.values(far)) side.answer('take')
    before = Object.fromEntries(Object.entries(far).map(([kind, side]) => [kind, side.arrived.length]))
  })
  afterAll(async () => await Promise.all(Object.values(far).map(async (side) => await side.stop())))

  const arrived = (kind: keyof typeof far) => (far[kind]?.arrived ?? []).slice(before[kind])
  /** How many letters have left by each way. */
  const sent = () => (['sms', 'voice', 'email', 'slip'] as const).map((kind) => arrived(kind).length).join(' ')
  const receipt = async (kind: 'sms' | 'voice' | 'slip', outcome: 'delivered' | 'undeliverable') =>
    (await callback(`${kind}/receipts`, { message: arrived(kind).at(-1)?.id, outcome })).status
  const later = async (wait: number) => {
    scene.ground.clock.advance(minutes(wait))
    await settle()
  }
  const story = async () =>
    (await scene.notices.story({ parcel, deposits: [deposit] })).flatMap(({ template, channel, status: at }) =>
      template === 'stored' ? [`${channel} ${at}`] : [],
    )
  /** Four in the afternoon at the site when the test begins. */
  const isFor = (to: object) => {
    const { recipient } = scene.ground.town
    scene.ground.town.recipient = recipient && { ...recipient, dueAt: null, ...to }
  }

  it('ends in the app of who reads it there: nothing leaves the house', async () => {
    const me = await signIn()
    await hear(news())
    await read(me, (await inbox(me))[0]?.id)
    await later(60)
    expect([sent(), await status()]).toEqual(['0 0 0 0', 'delivered'])
  })

  it('goes from the app to the text, to the call, to the slip, as each stays silent', async () => {
    await signIn()
    await hear(news())
    const steps = [sent()]
    for (const wait of [2, 10, 5]) {
      await later(wait)
      steps.push(sent())
    }
    expect(steps).toEqual(['0 0 0 0', '1 0 0 0', '1 1 0 0', '1 1 0 1'])
    expect([arrived('sms')[0]?.to, arrived('voice')[0]?.to, arrived('slip')[0]?.to]).toEqual([li, li, cabinet])
    expect(arrived('voice')[0]?.text).toContain('0 1 2, 3 4 5, 6 7 8')
    expect(arrived('slip')[0]?.text).not.toMatch(/012|345|678/u)
    expect(await receipt('slip', 'delivered')).toBe(202)
    expect([await story(), await status()]).toEqual([
      ['app sent', 'sms sent', 'voice sent', 'slip delivered'],
      'delivered',
    ])
  })

  it('stops at the receipt, whichever way it comes by', async () => {
    await hear(news())
    await receipt('sms', 'delivered')
    await later(60)
    expect([sent(), await story()]).toEqual(['1 0 0 0', ['sms delivered', 'voice skipped', 'slip skipped']])
  })

  it('passes over a way that refuses, one that comes back, and one that is never there', async () => {
    far.sms?.answer('refuse')
    far.voice?.answer('busy')
    await hear(news())
    expect(await story()).toEqual(['sms undeliverable', 'voice queued', 'slip waiting'])
    for (let hour = 0; hour < 72 && !(await story()).includes('slip sent'); hour += 1) await later(60)
    expect(await story()).toEqual(['sms undeliverable', 'voice undeliverable', 'slip sent'])
    await receipt('slip', 'undeliverable')
    const items = await listed(await staffOf(operator, 'ann@a.example'))
    const lost = items.flatMap(({ kind, channel }: Record<string, string>) => (kind === 'message' ? [channel] : []))
    expect([new Set(lost), await status()]).toEqual([new Set(['slip', 'sms', 'voice']), 'undeliverable'])
  })

  it('says a code by text in the middle of the night, and rings nobody up before the morning', async () => {
    scene.ground.clock.advance(hours(7))
    await hear(news({ at: scene.ground.clock.now() }))
    await later(10)
    expect([sent(), await story()]).toEqual(['1 0 0 0', ['sms sent', 'voice queued', 'slip waiting']])
    await later(7 * 60)
    expect(sent()).toBe('1 0 0 0')
    await later(50)
    expect(sent()).toBe('1 1 0 0')
  })

  it('rings nobody up in the morning about what was read in the night', async () => {
    const me = await signIn()
    scene.ground.clock.advance(hours(7))
    await hear(news({ at: scene.ground.clock.now() }))
    await later(10)
    await read(me, (await inbox(me))[0]?.id)
    await later(12 * 60)
    expect(sent()).toBe('1 0 0 0')
  })

  it('is said to a landline, and written to a foreign phone', async () => {
    isFor({ phone: landline })
    await hear(news())
    expect([sent(), arrived('voice')[0]?.to]).toEqual(['0 1 0 0', landline])
    isFor({ phone: german, locale: 'en' })
    await hear(news({ type: 'code-resent', sequence: 3 }))
    expect([sent(), arrived('sms')[0]?.to]).toEqual(['1 1 0 0', german])
    expect(arrived('sms')[0]?.text).toContain('012 345 678')
  })

  it('is said at once to a landline that somebody signs in with, in the night too', async () => {
    scene.ground.clock.advance(hours(7))
    const content = { template: 'sign-in-code', code: '012345', minutes: 10 } as const
    await scene.notices.send({ key: 'sign-in', to: { phone: landline }, locale: 'en', content })
    await settle()
    expect([sent(), arrived('voice')[0]?.to]).toEqual(['0 1 0 0', landline])
    expect(arrived('voice')[0]?.text).toContain('0 1 2, 3 4 5')
    await later(60)
    expect(sent()).toBe('0 1 0 0')
  })

  it('goes by mail where there is no phone, and is printed where that is silent', async () => {
    isFor({ phone: null, email: 'li@example.org' })
    await hear(news())
    expect([sent(), arrived('email')[0]?.to]).toEqual(['0 0 1 0', 'li@example.org'])
    expect(arrived('email')[0]?.text).toContain('012 345 678')
    await later(30)
    expect([sent(), await story()]).toEqual(['0 0 1 1', ['email sent', 'slip sent']])
  })

  it('is printed at once where the mail server will not have it', async () => {
    far.email?.answer('refuse')
    isFor({ phone: null, email: 'li@example.org' })
    await hear(news())
    expect([sent(), await story()]).toEqual(['0 0 0 1', ['email undeliverable', 'slip sent']])
  })

  it('is a slip to call from where only the address is known, without a code', async () => {
    isFor({ phone: null, email: null, addressAlone: true })
    await hear(news())
    expect([sent(), await story()]).toEqual(['0 0 0 1', ['slip sent']])
    const said = arrived('slip')[0]?.text
    expect(said).not.toMatch(/012|345|678/u)
    expect(said).toContain('客服查询号')
  })

  it('is nothing to nobody: whose phone was forgotten, or disowned it, is not written to by a slip', async () => {
    isFor({ phone: null, email: null })
    await hear(news())
    expect(sent()).toBe('0 0 0 0')
  })
})
