import { describe, expect, it, vi } from 'vitest'
import { minutes } from '@holdfast/core/values/instants.ts'
import type { Consumer } from '../../platform/outbox/events.ts'
import { testEngines } from '../../platform/postgres/db.testing.ts'
import type { ParcelNews } from '../../parcels/events.ts'
import { start } from '../../people/people.testing.ts'
import { code, id, message, news, sceneOn } from '../notices.testing.ts'
import { followParcels } from './tasks.ts'

// The clock stands still: a round that is not woken never comes.
describe.each(await testEngines())('messages at once on $name', (engine) => {
  const scene = sceneOn(engine)

  async function take(consumer: Consumer | undefined, all: readonly ParcelNews[]): Promise<void> {
    const events = all.map((payload) => ({
      cursor: '1-1',
      topic: 'parcel-events',
      key: payload.parcel,
      payload,
      at: start,
    }))
    await scene.db.transaction(async (tx) => {
      if (consumer !== undefined && 'handleAll' in consumer) await consumer.handleAll(tx, events)
    })
  }
  const begin = (): Consumer | undefined => {
    const add = vi.spyOn(scene.ground.ports.outbox, 'add')
    scene.notices.start()
    return add.mock.calls[0]?.[0]
  }
  const many = (count: number) =>
    Array.from({ length: count }, (_, i) => news({ parcel: id('parcel', i + 1), deposit: id('deposit', i + 1) }))
  const left = async () => await scene.db.query('select attempts from message_task where sequence > 0')
  const sent = async () => await scene.db.query(`select attempts from message where state = 'sent'`)

  it('go out behind the commit of their news: no round, one try each, nothing left to do', async () => {
    const consumer = begin()
    await take(consumer, many(3))
    await expect.poll(sent).toEqual([{ attempts: 1 }, { attempts: 1 }, { attempts: 1 }])
    expect(await left()).toEqual([])
    expect(scene.texts().every((text) => text.includes('012 345 678'))).toBe(true)
    await scene.notices.stop()
  })

  it('wait for a round where there are more than hands, and each goes out once', async () => {
    const consumer = begin()
    await take(consumer, many(45))
    await expect.poll(async () => (await sent()).length, { timeout: 20_000 }).toBe(45)
    await expect.poll(left).toEqual([])
    expect(new Set(scene.ground.sms.letters.map((letter) => letter.id)).size).toBe(45)
    expect(scene.ground.sms.letters).toHaveLength(45)
    await scene.notices.stop()
  })

  it('say nothing of news that was undone', async () => {
    const consumer = begin()
    const undone = scene.db.transaction(async (tx) => {
      const event = { cursor: '1-1', topic: 'parcel-events', key: 'k', payload: news(), at: start }
      if (consumer !== undefined && 'handleAll' in consumer) await consumer.handleAll(tx, [event])
      throw new Error('undone')
    })
    await expect(undone).rejects.toThrow('undone')
    await scene.notices.stop()
    expect([await left(), scene.texts()]).toEqual([[], []])
  })

  it('come from another process when this one dies between the news and its words', async () => {
    const dying = followParcels(scene.ground.ports, { free: () => 9, noted: () => undefined })
    await take(dying, [news()])
    await scene.settle()
    expect(scene.texts()).toEqual([])
    scene.ground.clock.advance(minutes(1))
    await scene.settle()
    expect(scene.texts()).toHaveLength(1)
    expect(await left()).toEqual([])
  })

  it('come from another process when this one ends between the words and their way', async () => {
    begin()
    let stopped: Promise<void> | undefined
    await scene.db.transaction(async (tx) => {
      await scene.notices.send(message, tx)
      // Not waited for in here: its last round waits for the one session that PGlite has.
      stopped = scene.notices.stop()
    })
    await stopped
    await scene.settle()
    expect(scene.texts()).toEqual([])
    scene.ground.clock.advance(minutes(1))
    await scene.settle()
    await scene.settle()
    expect(scene.texts()).toHaveLength(1)
  })

  it('are tried again on the schedule when the way is down at first', async () => {
    begin()
    let answers = 0
    scene.ground.sms.says(() => {
      answers += 1
      if (answers === 1) throw Object.assign(new Error('down'), { code: 'channel-unreachable', reason: 'down' })
      return { outcome: 'sent' }
    })
    await scene.notices.send({ ...message, content: { template: 'sign-in-code', code: code.slice(0, 6), minutes: 10 } })
    const tried = `select attempts, last_error from message where state = 'queued' and last_error is not null`
    await expect.poll(async () => await scene.db.query(tried)).toEqual([{ attempts: 1, last_error: 'down' }])
    await scene.notices.stop()
    scene.ground.clock.advance(minutes(1))
    await scene.settle()
    expect(await sent()).toEqual([{ attempts: 2 }])
    expect(new Set(scene.ground.sms.letters.map((letter) => letter.id)).size).toBe(1)
  })
})
