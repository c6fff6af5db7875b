import { describe, expect, it } from 'vitest'
import { hours, instant, minutes, seconds } from '@holdfast/core/values/instants.ts'
import { delivery, retrySchedule } from './delivery.ts'
import { code, down, message, news, operator, otherOperator, parcel, sceneOn } from '../notices.testing.ts'
import { start } from '../../people/people.testing.ts'
import { testEngines } from '../../platform/postgres/db.testing.ts'

describe.each(await testEngines())('delivery on $name', (engine) => {
  const scene = sceneOn(engine)
  const { settle, hear, texts, status, staffOf, listed } = scene
  // So long that no reminder comes between.
  const keepLong = () => {
    const { recipient } = scene.ground.town
    scene.ground.town.recipient = recipient && { ...recipient, dueAt: instant(start + hours(24 * 30)) }
  }

  it('outlasts an outage of the channel with the same words and the same id', async () => {
    scene.ground.sms.says(down)
    keepLong()
    await hear(news())
    expect(await status()).toBe('queued')
    for (const wait of retrySchedule.slice(0, 5)) {
      scene.ground.clock.advance(wait)
      await settle()
    }
    scene.ground.sms.says(() => ({ outcome: 'sent' }))
    scene.ground.clock.advance(retrySchedule[5] ?? seconds(0))
    await settle()
    expect(await status()).toBe('sent')
    expect(scene.ground.sms.letters).toHaveLength(7)
    expect(new Set(scene.ground.sms.letters.map((letter) => JSON.stringify(letter))).size).toBe(1)
    scene.ground.clock.advance(hours(24))
    await settle()
    expect(scene.ground.sms.letters).toHaveLength(7)
  })

  it('gives a message up after the last try, and lists it for its own operator until a person retries', async () => {
    scene.ground.sms.says(down)
    keepLong()
    await hear(news())
    for (const wait of retrySchedule) {
      scene.ground.clock.advance(wait)
      await settle()
    }
    expect(scene.ground.sms.letters).toHaveLength(retrySchedule.length + 1)
    expect(await status()).toBe('undeliverable')
    const [ann, bob] = [await staffOf(operator, 'ann@a.example'), await staffOf(otherOperator, 'bob@b.example')]
    const [item, webhook] = await listed(ann)
    expect(item).toMatchObject({
      kind: 'message',
      channel: 'sms',
      about: parcel,
      attempts: 9,
      lastError: 'ECONNREFUSED',
    })
    expect(webhook.kind).toBe('webhook')
    expect(await listed(bob)).toEqual([])
    const retry = async (headers: { readonly cookie: string }, what: string) =>
      (await scene.http.inject({ method: 'POST', url: `/v1/operator/undelivered/${what}/retry`, headers })).status
    expect(await retry(bob, item.id)).toBe(404)
    scene.ground.sms.says(() => ({ outcome: 'delivered' }))
    expect([
      await retry(ann, item.id),
      await retry(ann, item.id),
      await retry(ann, 'evt_1'),
      await retry(ann, 'x'),
    ]).toEqual([202, 404, 202, 404])
    await settle()
    expect(await status()).toBe('delivered')
    expect(new Set(texts()).size).toBe(1)
  })

  it('is taken off the list by a person with a reason, and stands there anew once it fails again', async () => {
    scene.ground.sms.says(() => ({ outcome: 'refused', reason: 'http-422' }))
    keepLong()
    await hear(news())
    const [ann, bob] = [await staffOf(operator, 'ann@c.example'), await staffOf(otherOperator, 'bob@c.example')]
    const messages = async () => (await listed(ann)).filter(({ kind }: { readonly kind: string }) => kind === 'message')
    const post = async (headers: { readonly cookie: string }, what: string, body: object = {}) =>
      (await scene.http.inject({ method: 'POST', url: `/v1/operator/undelivered/${what}`, headers, body })).status
    const [item] = await messages()
    const clear = `${item.id}/clear`
    expect(await post(ann, clear, { reason: 'ok' })).toBe(400)
    expect(await post(bob, clear, { reason: 'She was rung up' })).toBe(404)
    expect(await messages()).toHaveLength(1)
    expect(await post(ann, clear, { reason: 'She was rung up' })).toBe(202)
    expect(await messages()).toEqual([])
    expect(await post(ann, clear, { reason: 'She was rung up' })).toBe(404)
    const kept = await scene.db.query('select reason, staff is not null as named from undelivered_cleared')
    expect(kept).toEqual([{ reason: 'She was rung up', named: true }])
    scene.ground.clock.advance(minutes(1))
    expect(await post(ann, `${item.id}/retry`)).toBe(202)
    await settle()
    expect((await messages()).map(({ id: one }: { readonly id: string }) => one)).toEqual([item.id])
  })

  it('is tried again with everything else on the list, and with nothing of another operator’s', async () => {
    scene.ground.sms.says(() => ({ outcome: 'refused', reason: 'http-422' }))
    keepLong()
    await hear(news())
    const [ann, bob] = [await staffOf(operator, 'ann@d.example'), await staffOf(otherOperator, 'bob@d.example')]
    const all = async (headers: { readonly cookie: string }) => {
      const reply = await scene.http.inject({ method: 'POST', url: '/v1/operator/undelivered/retry-all', headers })
      return JSON.parse(reply.body)
    }
    scene.ground.sms.says(() => ({ outcome: 'delivered' }))
    expect(await all(bob)).toEqual({ retried: 0 })
    expect(await status()).toBe('undeliverable')
    // The message, and the webhook that always waits here.
    expect(await all(ann)).toEqual({ retried: 2 })
    await settle()
    expect(await status()).toBe('delivered')
  })

  it('does not try again what was refused', async () => {
    scene.ground.sms.says(() => ({ outcome: 'refused', reason: 'http-422' }))
    keepLong()
    await hear(news())
    scene.ground.clock.advance(hours(24))
    await settle()
    expect(scene.ground.sms.letters).toHaveLength(1)
    expect(await status()).toBe('undeliverable')
  })

  it('sends nothing after its time', async () => {
    scene.ground.sms.says(down)
    await scene.notices.send({ ...message, until: instant(start + minutes(10)) })
    await settle()
    scene.ground.sms.says(() => ({ outcome: 'sent' }))
    scene.ground.clock.advance(minutes(10))
    await settle()
    expect(scene.ground.sms.letters).toHaveLength(1)
  })

  it('sends again, under the same id, what a dead worker had taken', async () => {
    let die = (): void => undefined
    const dying = new Promise<void>((resolve) => (die = resolve))
    const taken = new Promise<void>((resolve) => {
      scene.ground.sms.says(async () => {
        resolve()
        await dying
        return { outcome: 'sent' }
      })
    })
    await scene.notices.send(message)
    const dead = scene.notices.tick()
    await taken
    scene.ground.sms.says(() => ({ outcome: 'sent' }))
    scene.ground.clock.advance(delivery.lease)
    await settle()
    const ids = scene.ground.sms.letters.map((letter) => letter.id)
    expect([ids.length, new Set(ids).size]).toEqual([2, 1])
    die()
    await dead
  })

  it('queues in the transaction of its cause or not at all', async () => {
    const undone = scene.db.transaction(async (tx) => {
      await scene.notices.send(message, tx)
      throw new Error('undone')
    })
    await expect(undone).rejects.toThrow('undone')
    await settle()
    expect(texts()).toEqual([])
  })

  it('erases addresses and words after their term and keeps what became of them', async () => {
    await hear(news())
    expect(await scene.notices.erase(start)).toBe(0)
    expect(await scene.notices.erase(instant(start + 1))).toBe(1)
    expect(await scene.db.query('select address, words, state from message')).toEqual([
      { address: null, words: null, state: 'sent' },
    ])
  })

  it('holds no phone and no code in clear in its tables', async () => {
    scene.ground.sms.says(down)
    await hear(news())
    const [row] = await scene.db.query<{ readonly row: string }>('select message::text as row from message')
    for (const clear of ['13812345678', '012 345 678', code]) {
      expect(row?.row).not.toContain(clear)
      expect(row?.row).not.toContain(Buffer.from(clear).toString('hex'))
    }
  })

  it('works by itself between start and stop', async () => {
    await scene.notices.send(message)
    scene.notices.start()
    const sent = new Promise<void>((done) => {
      scene.ground.sms.says(() => {
        done()
        return { outcome: 'sent' }
      })
    })
    await sent
    await scene.notices.stop()
    expect(texts()).toHaveLength(1)
  })

  it('logs that a message failed, and neither whom it was for nor what it said', async () => {
    scene.ground.sms.says(() => {
      throw new Error('550 +8613812345678 refused 012 345 678')
    })
    await hear(news())
    const lines = scene.ground.lines.join('\n')
    expect(lines).toContain('message not sent')
    expect(lines).not.toMatch(/13812345678|012.?345.?678/u)
  })
})
