import { Webhook } from 'standardwebhooks'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Value } from 'typebox/value'
import { type OperatorId, makeId, readId } from '@holdfast/core/values/ids.ts'
import { instant } from '@holdfast/core/values/instants.ts'
import { carrierDeskList, endpointTestSchema, keyCreated } from '@holdfast/wire/http/desk/carriers.ts'
import { createNodeSeals } from '@holdfast/wire/seals/node.ts'
import { createManualClock } from '../../platform/clock.ts'
import { type Http, createHttp } from '../../platform/http/http.ts'
import { silentLog } from '../../platform/log.ts'
import { createOutbox } from '../../platform/outbox/outbox.ts'
import { testEngines } from '../../platform/postgres/db.testing.ts'
import type { Db } from '../../platform/postgres/db.ts'
import { type Carriers, createCarriers } from '../carriers.ts'
import { startReceiver } from '../carriers.testing.ts'

const seals = createNodeSeals()
const operatorOf = (n: number): OperatorId => makeId('operator', instant(1), new Uint8Array(10).fill(n))

describe.each(await testEngines())('an operator’s carriers on $name', (engine) => {
  let db: Db
  let carriers: Carriers
  let http: Http
  let number = 0
  let role = 'manager'
  const receivers: { close: () => Promise<void> }[] = []
  beforeAll(async () => {
    db = await engine.open()
  })
  afterAll(async () => await db.close())
  beforeEach(async () => {
    number += 1
    role = 'manager'
    const clock = createManualClock(instant(Date.now()))
    const keys = {
      signing: [
        { keyId: 1, ...seals.generate('ed25519') },
        { keyId: 2, ...seals.generate('ed25519') },
      ] as const,
      sealing: [{ keyId: 3, ...seals.generate('x25519') }] as const,
      atRest: seals.random(32),
    }
    const outbox = createOutbox({ db, clock, log: silentLog })
    const config = { source: 'https://cloud.example', allowLoopback: true }
    carriers = createCarriers({ db, clock, seals, keys, outbox, log: silentLog, config })
    http = await createHttp({
      log: silentLog,
      clock,
      gates: {
        carrier: carriers.callerOf,
        courier: async () => undefined,
        recipient: async () => undefined,
        staff: async (token) => ({
          kind: 'staff' as const,
          staffId: makeId('staff', instant(1), new Uint8Array(10)),
          operatorId: operatorOf(Number(token)),
          role: role as 'manager',
          sessionId: makeId('session', instant(1), new Uint8Array(10)),
        }),
      },
      routes: carriers.routes,
      idempotency: { run: async (_call, work) => await work(() => undefined), forget: async () => undefined },
      secureCookies: true,
      version: '0',
    })
  })
  afterEach(async () => {
    await http.stop()
    for (const each of receivers.splice(0)) await each.close()
  })
  const call = async (method: 'GET' | 'POST' | 'DELETE', path: string, more: { body?: unknown; as?: number } = {}) => {
    const answer = await http.inject({
      method,
      url: `/v1/operator/carriers${path}`,
      headers: { cookie: `hf_operator=${number * 10 + (more.as ?? 0)}` },
      ...(more.body === undefined ? {} : { body: more.body }),
    })
    return { status: answer.status, json: JSON.parse(answer.body) }
  }
  const create = async (code = `c${number}`) => (await call('POST', '', { body: { code, name: 'SF Express' } })).json
  const endpointAt = async (carrier: string, status: number) => {
    const receiver = await startReceiver(() => ({ status }))
    receivers.push(receiver)
    const made = await call('POST', `/${carrier}/endpoints`, { body: { url: receiver.url } })
    return { ...made.json, received: receiver.received, id: made.json.endpoint.id }
  }

  it('creates a carrier, with a key that is shown once and opens the carrier’s own routes', async () => {
    const { id } = await create()
    const key = await call('POST', `/${id}/keys`)
    expect([key.status, Value.Check(keyCreated, key.json)]).toEqual([201, true])
    const headers = { authorization: `Bearer ${key.json.key}` }
    expect((await http.inject({ method: 'GET', url: '/v1/webhook-endpoints', headers })).status).toBe(200)
    const list = await call('GET', '')
    expect(Value.Check(carrierDeskList, list.json)).toBe(true)
    const own = list.json.items.find((one: { id: string }) => one.id === id)
    expect(own).toMatchObject({ kept: true, keys: [{ id: key.json.id, hint: key.json.key.slice(-4) }] })
    expect(JSON.stringify(list.json)).not.toContain(key.json.key)
  })

  it('sends a test event while one waits, and says status and signature as they were', async () => {
    const { id } = await create()
    const { received, secret, id: endpoint } = await endpointAt(id, 204)
    const { json, status } = await call('POST', `/${id}/endpoints/${endpoint}/test`)
    expect([status, Value.Check(endpointTestSchema, json)]).toEqual([200, true])
    expect(json).toMatchObject({ accepted: true, status: 204, problem: null })
    const [{ headers, body } = { headers: {}, body: '' }] = received
    expect(new Webhook(secret).verify(body, headers)).toMatchObject({ type: 'webhook.test' })
    expect(json.sent).toEqual({
      id: headers['webhook-id'],
      timestamp: headers['webhook-timestamp'],
      signature: headers['webhook-signature'],
    })
  })

  it.each([
    ['refuses', 500, { accepted: false, status: 500, problem: null }],
    ['sends elsewhere', 302, { accepted: false, status: 302, problem: null }],
  ])('says what an endpoint answered that %s, and tries nothing again', async (_what, status, expected) => {
    const { id } = await create()
    const { received, id: endpoint } = await endpointAt(id, status)
    expect((await call('POST', `/${id}/endpoints/${endpoint}/test`)).json).toMatchObject(expected)
    expect(await carriers.round()).toBe(0)
    expect(received).toHaveLength(1)
  })

  it('says why an endpoint could not be reached', async () => {
    const { id } = await create()
    const { id: endpoint } = await endpointAt(id, 200)
    await receivers.pop()?.close()
    const { json } = await call('POST', `/${id}/endpoints/${endpoint}/test`)
    expect(json).toMatchObject({ accepted: false, status: null, problem: expect.stringMatching(/./) })
  })

  it('shows others the name alone, and gives them no hand on it (law 11)', async () => {
    const { id } = await create()
    const key = await call('POST', `/${id}/keys`)
    const { id: endpoint } = await endpointAt(id, 200)
    const seen = (await call('GET', '', { as: 1 })).json.items.find((one: { id: string }) => one.id === id)
    expect(seen).toMatchObject({ kept: false, keys: [], endpoints: [] })
    const answers = [
      await call('POST', `/${id}/keys`, { as: 1 }),
      await call('DELETE', `/${id}/keys/${key.json.id}`, { as: 1 }),
      await call('POST', `/${id}/endpoints`, { as: 1, body: { url: 'https://example.com' } }),
      await call('DELETE', `/${id}/endpoints/${endpoint}`, { as: 1 }),
      await call('POST', `/${id}/endpoints/${endpoint}/test`, { as: 1 }),
    ]
    expect(answers.map(({ json }) => json.error.code)).toEqual(answers.map(() => 'carrier-unknown'))
  })

  it('takes a short name once, and only in its form', async () => {
    await create('taken')
    expect((await call('POST', '', { as: 1, body: { code: 'taken', name: 'X' } })).json.error.code).toBe(
      'carrier-code-taken',
    )
    expect((await call('POST', '', { body: { code: 'Not A Code', name: 'X' } })).status).toBe(400)
  })

  it('revokes a key and removes an endpoint, each once', async () => {
    const { id } = await create()
    const { json: key } = await call('POST', `/${id}/keys`)
    const { id: endpoint } = await endpointAt(id, 200)
    for (const path of [`/${id}/keys/${key.id}`, `/${id}/endpoints/${endpoint}`]) {
      expect((await call('DELETE', path)).status).toBe(200)
      expect((await call('DELETE', path)).status).toBe(404)
    }
    expect(await carriers.callerOf(key.key)).toBeUndefined()
  })

  it('leaves a revoked key worth nothing, though a configuration brings the same one again', async () => {
    const { id } = await create()
    const { json: made } = await call('POST', `/${id}/keys`)
    const carrier = readId('carrier', id)
    const key = made.key
    if (carrier === undefined) throw new Error('a carrier has an id')
    expect((await carriers.createKey(carrier, { key })).id).toBe(made.id)
    await call('DELETE', `/${id}/keys/${made.id}`)
    expect((await carriers.createKey(carrier, { key })).id).toBe(made.id)
    expect(await carriers.callerOf(key)).toBeUndefined()
  })

  it.each(['viewer', 'dispatcher', 'technician'])('lets a %s look and change nothing', async (other) => {
    const { id } = await create()
    role = other
    expect((await call('GET', '')).status).toBe(200)
    expect((await call('POST', `/${id}/keys`)).status).toBe(403)
  })

  it('gives what a configuration brought to its operator, unless another has it', async () => {
    const [mine, theirs] = [operatorOf(201), operatorOf(202)]
    const code = `boot${number}`
    const id = await carriers.create({ code, name: 'Boot', keptBy: mine })
    expect(await carriers.create({ code, name: 'Boot', keptBy: theirs })).toBe(id)
    expect([(await carriers.keptBy(mine)).has(id), (await carriers.keptBy(theirs)).has(id)]).toEqual([true, false])
  })
})
