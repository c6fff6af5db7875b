import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { instant, minutes, seconds } from '@holdfast/core/values/instants.ts'
import { createManualClock } from '../clock.ts'
import type { Db } from '../postgres/db.ts'
import { testEngines } from '../postgres/db.testing.ts'
import { type KeyedCall, createIdempotency, fingerprintOf, isIdempotencyKey } from './idempotency.ts'
import type { Reply } from './route.ts'

const call = (key: string, body = '{}', tenant = 'carrier:a'): KeyedCall => ({
  tenant,
  key,
  fingerprint: fingerprintOf('POST', '/v1/parcels', new TextEncoder().encode(body)),
})
const codeOf = ({ body }: Reply): unknown => (body as { error: { code: string } }).error.code

describe.each(await testEngines())('idempotency on $name', (engine) => {
  let db: Db
  let other: Db
  const clock = createManualClock(instant(1_000_000))
  beforeAll(async () => {
    ;[db, other] = await engine.openTwo()
  })
  afterAll(async () => {
    await other.close()
    await db.close()
  })
  const counting = (reply: Reply) => {
    let runs = 0
    const work = async (): Promise<Reply> => {
      runs += 1
      return reply
    }
    return { work, runs: () => runs }
  }

  it('gives the same answer to the same call, refusals included, without running it again', async () => {
    const keyed = createIdempotency(db, clock)
    for (const status of [201, 204, 409]) {
      const reply = { status, body: status === 204 ? undefined : { n: status }, headers: { location: '/x' } }
      const { work, runs } = counting(reply)
      const first = await keyed.run(call(`same-${status}`), work)
      const again = await keyed.run(call(`same-${status}`), work)
      expect([first.status, again.status, again.body, runs()]).toEqual([status, status, reply.body, 1])
      expect(again.headers).toEqual({ location: '/x', 'idempotency-replayed': 'true' })
    }
  })

  it('refuses another body under a used key, and knows tenants apart', async () => {
    const keyed = createIdempotency(db, clock)
    await keyed.run(call('reuse'), async () => ({ status: 201 }))
    const other422 = await keyed.run(call('reuse', '{"a":1}'), async () => ({ status: 201 }))
    expect([other422.status, codeOf(other422)]).toEqual([422, 'idempotency-key-reused'])
    const theirs = await keyed.run(call('reuse', '{"a":1}', 'carrier:b'), async () => ({ status: 202 }))
    expect(theirs.status).toBe(202)
  })

  it('refuses a duplicate while the first is in flight, in any process', async () => {
    let finish: () => void = () => undefined
    const held = new Promise<void>((resolve) => (finish = resolve))
    let begun: () => void = () => undefined
    const running = new Promise<void>((resolve) => (begun = resolve))
    const first = createIdempotency(db, clock).run(call('flight'), async () => {
      begun()
      await held
      return { status: 201 }
    })
    await running
    const second = await createIdempotency(other, clock).run(call('flight'), async () => ({ status: 500 }))
    expect([second.status, codeOf(second)]).toEqual([409, 'request-in-flight'])
    finish()
    expect((await first).status).toBe(201)
  })

  it('lets a failed call be tried again, and one whose process died after a minute', async () => {
    const keyed = createIdempotency(db, clock)
    const broken = keyed.run(call('broken'), async () => {
      throw new Error('broke')
    })
    await expect(broken).rejects.toThrow('broke')
    expect((await keyed.run(call('broken'), async () => ({ status: 503 }))).status).toBe(503)
    expect((await keyed.run(call('broken'), async () => ({ status: 201 }))).status).toBe(201)

    void keyed.run(call('died'), async () => await new Promise<Reply>(() => undefined))
    await db.query('select 1')
    expect((await keyed.run(call('died'), async () => ({ status: 201 }))).status).toBe(409)
    clock.advance(seconds(61))
    expect((await keyed.run(call('died'), async () => ({ status: 201 }))).status).toBe(201)
  })

  it('frees its own claim only: a call that fails late leaves the key to whoever has taken it over', async () => {
    const keyed = createIdempotency(db, clock)
    const begun = (status: number) => {
      let end: () => void = () => undefined
      const held = new Promise<void>((resolve) => (end = resolve))
      let start: () => void = () => undefined
      const running = new Promise<void>((resolve) => (start = resolve))
      const reply = keyed.run(call('late'), async () => {
        start()
        await held
        return { status }
      })
      return { reply, running, end }
    }
    const slow = begun(503)
    await slow.running
    clock.advance(seconds(61))
    const second = begun(201)
    await second.running
    slow.end()
    expect((await slow.reply).status).toBe(503)
    expect((await keyed.run(call('late'), async () => ({ status: 202 }))).status).toBe(409)
    second.end()
    expect((await second.reply).status).toBe(201)
    expect((await keyed.run(call('late'), async () => ({ status: 202 }))).status).toBe(201)
  })

  it('forgets old answers', async () => {
    const keyed = createIdempotency(db, clock)
    await keyed.run(call('old'), async () => ({ status: 201 }))
    clock.advance(minutes(1))
    await keyed.forget(clock.now())
    expect((await keyed.run(call('old', '{"other":1}'), async () => ({ status: 202 }))).status).toBe(202)
  })
})

it.each([
  ['3f6c', true],
  ['a'.repeat(255), true],
  ['', false],
  ['a b', false],
  ['a'.repeat(256), false],
  ['ключ', false],
])('the key %j is well formed: %s', (key, expected) => {
  expect(isIdempotencyKey(key)).toBe(expected)
})
