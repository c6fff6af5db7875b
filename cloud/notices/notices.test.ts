import { describe, expect, it } from 'vitest'
import { seconds } from '@holdfast/core/values/instants.ts'
import { deposit, id, li, message, news, parcel, sceneOn } from './notices.testing.ts'
import { testEngines } from '../platform/postgres/db.testing.ts'

describe.each(await testEngines())('notices on $name', (engine) => {
  const scene = sceneOn(engine)
  const { settle, hear, texts, status } = scene

  it('tells the recipient of a deposit where, behind which door, with which code, until when', async () => {
    await hear(news())
    const [letter] = scene.ground.sms.letters
    expect(letter).toMatchObject({ to: li, locale: 'zh', channel: 'sms' })
    for (const said of ['一号柜', '人民路1号', 'A07', '012 345 678', '1月16日', '400-123-4567'])
      expect(letter?.text).toContain(said)
    expect(scene.ground.email.letters).toHaveLength(0)
    expect(await status()).toBe('sent')
  })

  it('sends one message for repeated news, for each parcel behind one door, and for two workers', async () => {
    await hear(news(), news(), news({ parcel: id('parcel', 2), sequence: 5 }))
    await scene.notices.send(message)
    await scene.notices.send({ ...message, content: { template: 'sign-in-code', code: '999999', minutes: 10 } })
    await Promise.all([scene.notices.tick(), scene.notices.tick()])
    expect(texts()).toHaveLength(2)
    expect(texts()[1]).toContain('123456')
  })

  it('tells of the door when an announcement that comes late brings the phone, and only then', async () => {
    const { recipient } = scene.ground.town
    scene.ground.town.recipient = recipient && { ...recipient, phone: null }
    await hear(news({ sequence: 1 }))
    expect(texts()).toEqual([])
    scene.ground.town.recipient = recipient
    await hear(news({ type: 'announced', reason: 'late', sequence: 2 }))
    await hear(news({ type: 'announced', reason: 'late', sequence: 3, parcel: id('parcel', 3) }))
    expect(texts()).toHaveLength(1)
    expect(texts()[0]).toContain('012 345 678')
    await hear(news({ type: 'announced', reason: null, sequence: 4, deposit: null }))
    expect(texts()).toHaveLength(1)
  })

  it('copies by e-mail where an address was announced', async () => {
    scene.ground.town.recipient = scene.ground.town.recipient && {
      ...scene.ground.town.recipient,
      email: 'li@example.org',
      locale: 'ko',
    }
    await hear(news())
    expect(scene.ground.email.letters).toMatchObject([
      { to: 'li@example.org', subject: '택배가 보관함에 도착했습니다' },
    ])
    expect(scene.ground.email.letters[0]?.text).toBe(texts()[0])
    const story = await scene.notices.story({ parcel, deposits: [deposit] })
    expect(story.map(({ channel, status: state }) => [channel, state])).toEqual([
      ['sms', 'sent'],
      ['email', 'sent'],
    ])
  })

  it('tells a new generation of the code to the phone that is right then', async () => {
    await hear(news())
    scene.ground.town.recipient = scene.ground.town.recipient && {
      ...scene.ground.town.recipient,
      phone: '+8613899999999',
    }
    scene.ground.town.code = { code: '987654321', generation: 2 }
    await hear(news({ type: 'code-renewed', sequence: 3, generation: 2 }))
    expect(scene.ground.sms.letters.map(({ to }) => to)).toEqual([li, '+8613899999999'])
    expect(texts()[1]).toContain('987 654 321')
  })

  it('asks for consent in words, reminds of the overdue, tells of the recall', async () => {
    await hear(news({ type: 'consent-asked', deposit: null, sequence: 1 }))
    await hear(news({ type: 'overdue', sequence: 3 }))
    await hear(news({ type: 'recalled', sequence: 4 }))
    expect(texts()[0]).toMatch(/顺丰.*0123.*同意.*拒收/u)
    expect(texts()[1]).toContain('012 345 678')
    expect(texts()[2]).toContain('取回')
  })

  it('says nothing of what nobody needs to hear any more', async () => {
    scene.ground.town.code = undefined
    await hear(
      news(),
      news({ type: 'collected', sequence: 3 }),
      news({ type: 'announced', sequence: 1, cabinet: null }),
    )
    scene.ground.town.recipient = undefined
    await hear(news({ sequence: 9 }))
    expect(texts()).toEqual([])
    expect(await scene.db.query('select from message_task')).toHaveLength(0)
  })

  it('keeps news while their words cannot be had, and tells them later', async () => {
    const { recipient } = scene.ground.town
    Object.defineProperty(scene.ground.town, 'recipient', {
      configurable: true,
      get: () => {
        throw new Error('the store is away')
      },
    })
    await hear(news())
    expect(texts()).toEqual([])
    Object.defineProperty(scene.ground.town, 'recipient', { value: recipient })
    scene.ground.clock.advance(seconds(1))
    await settle()
    expect(texts()).toHaveLength(1)
  })
})
