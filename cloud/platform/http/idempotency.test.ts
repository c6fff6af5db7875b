import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { instant, minutes, seconds } from '@holdfast/core/values/instants.ts'
import { makeId } from '@holdfast/core/values/ids.ts'
import { createManualClock } from '../clock.ts'
import { silentLog } from '../log.ts'
import type { Db } from '../postgres/db.ts'
import { testEngines } from '../postgres/db.testing.ts'
import { createHttp } from './http.ts'
import { type KeyedCall, createIdempotency, fingerprintOf, isIdempotencyKey } from './idempotency.ts'
import { type Keep, type Reply, route } from './route.ts'

const call = (key: string, body = '{}', tenant = 'carrier:a'): KeyedCall => ({
  tenant,
  key,
  fingerprint: fingerprintOf('POST', '/v1/parcels', new TextEncoder().encode(body)),
})
const atRest = new Uint8Array(32).fill(7)
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
    const keyed = createIdempotency(db, clock, atRest)
    for (const status of [201, 204, 409]) {
      const reply = { status, body: status === 204 ? undefined : { n: status }, headers: { location: '/x' } }
      const { work, runs } = counting(reply)
      const first = await keyed.run(call(`same-${status}`), work)
      const again = await keyed.run(call(`same-${status}`), work)
      expect([first.status, again.status, again.body, runs()]).toEqual([status, status, reply.body, 1])
      expect(again.headers).toEqual({ location: '/x', 'idempotency-replayed': 'true' })
    }
  })

  it('keeps an answer so that no copy of the database tells it, nor gives it under another key', async () => {
    const keyed = createIdempotency(db, clock, atRest)
    const answer = { token: 'shown-once' }
    await keyed.run(call('secret'), async () => ({ status: 201, body: answer }))
    const [row] = await db.query<{ answer: Uint8Array }>(`select answer from idempotency where key = 'secret'`)
    expect(Buffer.from(row?.answer ?? []).toString('latin1')).not.toContain('shown-once')
    expect((await keyed.run(call('secret'), async () => ({ status: 500 }))).body).toEqual(answer)
    await keyed.run(call('moved'), async () => ({ status: 201 }))
    await db.query(`update idempotency set answer = $1 where key = 'moved'`, [row?.answer])
    await expect(keyed.run(call('moved'), async () => ({ status: 500 }))).rejects.toThrow('does not open')
  })

  it('refuses another body under a used key, and knows tenants apart', async () => {
    const keyed = createIdempotency(db, clock, atRest)
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
    const first = createIdempotency(db, clock, atRest).run(call('flight'), async () => {
      begun()
      await held
      return { status: 201 }
    })
    await running
    const second = await createIdempotency(other, clock, atRest).run(call('flight'), async () => ({ status: 500 }))
    expect([second.status, codeOf(second)]).toEqual([409, 'request-in-flight'])
    finish()
    expect((await first).status).toBe(201)
  })

  it('lets a failed call be tried again, and one whose process died after a minute', async () => {
    const keyed = createIdempotency(db, clock, atRest)
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

  it('keeps an answer with the work that it is of: whoever dies behind the commit has answered', async () => {
    const keyed = createIdempotency(db, clock, atRest)
    let committed: () => void = () => undefined
    const done = new Promise<void>((resolve) => (committed = resolve))
    void keyed.run(call('with work'), async (keep) => {
      await db.transaction(async (tx) => keep(tx, { status: 201, body: { n: 1 }, headers: { location: '/x' } }))
      committed()
      return await new Promise<Reply>(() => undefined)
    })
    await done
    const again = await createIdempotency(other, clock, atRest).run(call('with work'), async () => ({ status: 500 }))
    expect([again.status, again.body]).toEqual([201, { n: 1 }])
    expect(again.headers).toEqual({ location: '/x', 'idempotency-replayed': 'true' })
    const reused = await keyed.run(call('with work', '{"a":1}'), async () => ({ status: 201 }))
    expect(codeOf(reused)).toBe('idempotency-key-reused')
  })

  it('hands a route what keeps its answer, and one that is called without a key something that keeps nothing', async () => {
    const kept: number[] = []
    const idempotency = {
      ...createIdempotency(db, clock, atRest),
      run: async (_call: KeyedCall, work: (keep: Keep) => Promise<Reply>) =>
        await work((_tx, { status }) => kept.push(status)),
    }
    const nobody = async () => undefined
    const carrierId = makeId('carrier', clock.now(), new Uint8Array(10))
    const http = await createHttp({
      log: silentLog,
      clock,
      gates: {
        carrier: async () => ({ kind: 'carrier', carrierId, keyId: 'k' }),
        courier: nobody,
        recipient: nobody,
        staff: nobody,
      },
      routes: [
        route({
          method: 'POST',
          path: '/v1/kept',
          who: 'carrier',
          summary: 'Kept',
          schemas: {},
          replies: {},
          idempotency: 'accepted',
          handle: async ({ keep }) =>
            await db.transaction(async (tx) => {
              keep(tx, { status: 204 })
              return { status: 204 }
            }),
        }),
      ],
      idempotency,
      secureCookies: false,
      version: '1.2.3',
    })
    const post = async (headers: Record<string, string>) =>
      (await http.inject({ method: 'POST', url: '/v1/kept', headers: { authorization: 'Bearer a', ...headers } }))
        .status
    expect([await post({}), kept]).toEqual([204, []])
    expect([await post({ 'idempotency-key': 'one' }), kept]).toEqual([204, [204]])
    await http.stop()
  })

  it('keeps no answer of work that was undone', async () => {
    const keyed = createIdempotency(db, clock, atRest)
    const undone = keyed.run(call('undone'), async (keep) => {
      await db.transaction(async (tx) => {
        keep(tx, { status: 201 })
        throw new Error('undone')
      })
      return { status: 201 }
    })
    await expect(undone).rejects.toThrow('undone')
    const refused = await keyed.run(call('undone'), async (keep) => {
      const work = db.transaction(async (tx) => {
        keep(tx, { status: 201 })
        throw new Error('undone')
      })
      return await work.catch(() => ({ status: 409, body: { n: 409 } }))
    })
    expect(refused.status).toBe(409)
    const again = await keyed.run(call('undone'), async () => ({ status: 201 }))
    expect([again.status, again.body]).toEqual([409, { n: 409 }])
  })

  it('undoes the work whose answer cannot be kept', async () => {
    const keyed = createIdempotency(db, clock, atRest)
    await db.transaction((tx) => tx.script('create table if not exists worked (n int); truncate worked'))
    const broken = keyed.run(call('unkept'), async (keep) => {
      await db.transaction(async (tx) => {
        tx.write('insert into worked values (1)')
        keep(tx, { status: 1e9 * 10 })
      })
      return { status: 201 }
    })
    await expect(broken).rejects.toThrow()
    expect(await db.query('select from worked')).toEqual([])
    expect((await keyed.run(call('unkept'), async () => ({ status: 201 }))).status).toBe(201)
  })

  it('frees its own claim only: a call that fails late leaves the key to whoever has taken it over', async () => {
    const keyed = createIdempotency(db, clock, atRest)
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
    const keyed = createIdempotency(db, clock, atRest)
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
