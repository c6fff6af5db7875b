import { Webhook } from 'standardwebhooks'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  type CarrierId,
  idToUuid,
  type IdKind,
  makeId,
  type OperatorId,
  type ParcelId,
  readId,
} from '@holdfast/core/values/ids.ts'
import { hours, instant, minutes, seconds } from '@holdfast/core/values/instants.ts'
import { createNodeSeals } from '@holdfast/wire/seals/node.ts'
import type { ParcelNews, ParcelNewsType } from '../parcels/events.ts'
import { createManualClock, type ManualClock } from '../platform/clock.ts'
import { silentLog } from '../platform/log.ts'
import type { Consumer } from '../platform/outbox/events.ts'
import { createOutbox } from '../platform/outbox/outbox.ts'
import { testEngines } from '../platform/postgres/db.testing.ts'
import type { Db } from '../platform/postgres/db.ts'
import { type Carriers, createCarriers, keyBelievedFor } from './carriers.ts'
import { startReceiver } from './carriers.testing.ts'

const seals = createNodeSeals()
const signing = (keyId: number) => ({ keyId, ...seals.generate('ed25519') })
const keys = {
  signing: [signing(1), signing(2)],
  sealing: [{ keyId: 3, ...seals.generate('x25519') }],
  atRest: seals.random(32),
} as const

describe.each(await testEngines())('carriers on $name', (engine) => {
  let db: Db
  let clock: ManualClock
  let carriers: Carriers
  let carrier: CarrierId
  let consumers: Consumer[]
  let number = 0
  const open: { close: () => Promise<void> }[] = []
  const id = <Kind extends IdKind>(kind: Kind) => makeId(kind, clock.now(), seals.random(10))
  beforeAll(async () => {
    db = await engine.open()
  })
  beforeEach(async () => {
    // The signature's timestamp is judged against the wall clock by the public package.
    clock = createManualClock(instant(Date.now()))
    consumers = []
    const outbox = {
      ...createOutbox({ db, clock, log: silentLog }),
      add: (consumer: Consumer) => void consumers.push(consumer),
    }
    const config = { source: 'https://cloud.example', allowLoopback: true }
    const still = { now: clock.now, timer: () => () => undefined }
    carriers = createCarriers({ db, clock: still, seals, keys, outbox, log: silentLog, config })
    carriers.start()
    number += 1
    carrier = await carriers.create({ code: `c${number}`, name: 'Carrier' })
  })
  afterEach(async () => {
    for (const each of open.splice(0)) await each.close()
    await db.query('update carrier_endpoint set disabled_at = 1 where disabled_at is null')
  })
  afterAll(async () => await db.close())

  const tell = async (...news: readonly ParcelNews[]): Promise<void> => {
    const [consumer] = consumers
    if (consumer === undefined || !('handleAll' in consumer)) throw new Error('no consumer of batches')
    const events = news.map((payload) => ({
      cursor: '1-1',
      topic: 'parcel-events',
      key: payload.parcel,
      payload,
      at: clock.now(),
    }))
    await db.transaction(async (tx) => await consumer.handleAll(tx, events))
  }
  const newsOf = (
    parcel: ParcelId,
    sequence: number,
    type: ParcelNewsType,
    more: Partial<ParcelNews> = {},
  ): ParcelNews => ({
    parcel,
    carrier,
    sequence,
    type,
    trackingNumber: 'SF1',
    at: clock.now(),
    locale: 'en',
    cabinet: null,
    operator: null,
    deposit: null,
    label: null,
    reason: null,
    generation: null,
    ...more,
  })
  const endpointAt = async (answer: Parameters<typeof startReceiver>[0]) => {
    const receiver = await startReceiver(answer)
    open.push(receiver)
    const made = await carriers.createEndpoint(carrier, { url: receiver.url })
    if (!made.ok) throw new Error(made.refusal)
    return { ...made.value, received: receiver.received }
  }
  const rounds = async (): Promise<void> => {
    while ((await carriers.round()) > 0);
  }

  it('knows a key until a moment after it was revoked', async () => {
    const { id: key, key: text } = await carriers.createKey(carrier)
    expect(text).toMatch(/^hfk_/)
    expect(await carriers.callerOf(text)).toEqual({ kind: 'carrier', carrierId: carrier, keyId: key })
    expect(await carriers.callerOf('hfk_other')).toBeUndefined()
    expect(await carriers.revokeKey(carrier, key)).toBe(true)
    clock.advance(keyBelievedFor)
    expect(await carriers.callerOf(text)).toBeUndefined()
    expect(await db.query('select key_hash from carrier_key where key_hash = $1', [text])).toEqual([])
  })

  it('brings signed events that the public package verifies, and lets them be pulled in the same order', async () => {
    const { received, secret } = await endpointAt(() => ({ status: 204 }))
    const parcel = id('parcel')
    await tell(
      newsOf(parcel, 1, 'announced'),
      newsOf(parcel, 2, 'consent-given'),
      newsOf(parcel, 3, 'deposited', { label: 'A07' }),
    )
    await tell(newsOf(parcel, 1, 'announced'))
    await rounds()
    const bodies = received.map(({ headers, body }) => new Webhook(secret).verify(body, headers))
    expect(bodies).toMatchObject([
      { specversion: '1.0', type: 'parcel.announced', subject: parcel, source: 'https://cloud.example' },
      { type: 'parcel.deposited', data: { sequence: 3, compartment: 'A07' } },
    ])
    const page = async (after: string | null, limit: number) =>
      (await carriers.events(carrier, { after, limit })) ?? { items: [], next: 'refused' }
    const first = await page(null, 1)
    const second = await page(first.next, 5)
    expect([...first.items, ...second.items]).toEqual(bodies)
    expect(await page(second.next, 5)).toEqual({ items: [], next: second.next })
    const stranger = await carriers.create({ code: `stranger${number}`, name: 'S' })
    for (const after of ['x', '1', '1-', '-1', '99999999999999999999-1', '1-1; drop'])
      expect(await carriers.events(carrier, { after, limit: 5 })).toBeUndefined()
    expect((await carriers.events(stranger, { after: null, limit: 5 }))?.items).toEqual([])
    expect(await carriers.endpoints(stranger)).toEqual([])
  })

  it('keeps the order of one parcel through failures, with one id for all attempts, and no other parcel waits', async () => {
    let failing = true
    const parcel = id('parcel')
    const { received } = await endpointAt(({ body }) => ({ status: failing && body.includes(parcel) ? 500 : 200 }))
    const other = id('parcel')
    await tell(newsOf(parcel, 1, 'announced'), newsOf(parcel, 2, 'deposited'), newsOf(other, 1, 'announced'))
    await rounds()
    expect(received.map(({ sequence }) => sequence)).toEqual([1, 1])
    failing = false
    clock.advance(seconds(6))
    await rounds()
    const mine = received.filter(({ body }) => body.includes(parcel))
    expect(mine.map(({ sequence }) => sequence)).toEqual([1, 1, 2])
    expect(mine[1]?.headers['webhook-id']).toBe(mine[0]?.headers['webhook-id'])
  })

  it('gives up after ten attempts, shows that to the operator alone, and tries again when told to', async () => {
    let status = 302
    const { received } = await endpointAt(() => ({ status }))
    const operator: OperatorId = id('operator')
    const parcel = id('parcel')
    await tell(newsOf(parcel, 1, 'deposited', { operator }))
    for (let i = 0; i < 12; i += 1) {
      await rounds()
      clock.advance(hours(27))
    }
    expect(received).toHaveLength(10)
    const [item, ...rest] = await carriers.undelivered(operator)
    expect([item?.about, item?.attempts, item?.lastError, rest.length]).toEqual([parcel, 10, 'status-302', 0])
    const stranger = id('operator')
    expect(await carriers.undelivered(stranger)).toEqual([])
    expect(await carriers.retry(stranger, item?.id ?? '')).toBe(false)
    status = 200
    expect(await carriers.retry(operator, item?.id ?? '')).toBe(true)
    await rounds()
    expect(received).toHaveLength(11)
    expect(await carriers.undelivered(operator)).toEqual([])
    expect(await carriers.story(operator, parcel)).toMatchObject([
      { source: 'webhook', detail: { state: 'delivered' } },
    ])
  })

  it('shows what no cabinet knows yet to the operator who looks after the carrier, and to no other', async () => {
    const { endpoint } = await endpointAt(() => ({ status: 500 }))
    const [keeper, stranger, parcel] = [id('operator'), id('operator'), id('parcel')]
    await tell(newsOf(parcel, 1, 'announced'))
    expect(await carriers.testEndpoint(carrier, readId('endpoint', endpoint.id) ?? id('endpoint'))).toBe(true)
    for (let i = 0; i < 3; i += 1, clock.advance(hours(27))) await rounds()
    expect(await carriers.undelivered(keeper)).toEqual([])
    await db.query('update carrier set kept_by = $2 where carrier_id = $1', [carrier, keeper].map(idToUuid))
    const [item, ...rest] = await carriers.undelivered(keeper)
    expect([item?.about, rest, await carriers.undelivered(stranger)]).toEqual([parcel, [], []])
    expect(await carriers.retry(stranger, item?.id ?? '')).toBe(false)
    expect(await carriers.retry(keeper, item?.id ?? '')).toBe(true)
  })

  it('rests as long as the receiver asks and stops for good at 410', async () => {
    let answer: { status: number; retryAfter?: string } = { status: 429, retryAfter: '3600' }
    const { received, endpoint } = await endpointAt(() => answer)
    await tell(newsOf(id('parcel'), 1, 'announced'))
    await rounds()
    await tell(newsOf(id('parcel'), 1, 'announced'))
    clock.advance(minutes(59))
    await rounds()
    expect(received).toHaveLength(1)
    answer = { status: 410 }
    clock.advance(minutes(2))
    await rounds()
    const [after] = await carriers.endpoints(carrier)
    expect(after).toMatchObject({ id: endpoint.id, waiting: 0 })
    expect(after?.disabledAt).not.toBeNull()
  })

  it('does not let a receiver that never answers hold another one up', async () => {
    const slow = await endpointAt(() => ({ status: 200 }))
    const quick = await endpointAt(() => ({ status: 200 }))
    await db.query("update carrier_endpoint set url = 'http://10.255.255.1/' where url = $1", [slow.endpoint.url])
    await tell(...Array.from({ length: 12 }, () => newsOf(id('parcel'), 1, 'announced')))
    await rounds()
    expect(quick.received).toHaveLength(12)
    const stories = await db.query<{ problem: string }>(
      "select distinct problem from carrier_delivery where carrier_id is not null and problem like 'webhook%'",
    )
    expect(stories).toEqual([{ problem: 'webhook-address-refused' }])
  })

  it.each(['http://example.org/', 'https://user@example.org/', 'https://10.0.0.1/', 'https://[fd00::1]/', 'nonsense'])(
    'refuses an endpoint at %s',
    async (url) => {
      const made = await carriers.createEndpoint(carrier, { url })
      const isPlainHttp = url.startsWith('http://')
      expect(made.ok).toBe(isPlainHttp)
    },
  )

  it('brings a test event that the public package verifies, once, and shows it in no list', async () => {
    const { received, secret, endpoint } = await endpointAt(() => ({ status: 204 }))
    const endpointId = readId('endpoint', endpoint.id)
    if (endpointId === undefined) throw new Error('no id')
    const stranger = await carriers.create({ code: `tester${number}`, name: 'T' })
    expect(await carriers.testEndpoint(stranger, endpointId)).toBe(false)
    expect(await carriers.testEndpoint(carrier, endpointId)).toBe(true)
    await rounds()
    const bodies = received.map(({ headers, body }) => new Webhook(secret).verify(body, headers))
    expect(bodies).toMatchObject([{ type: 'webhook.test', subject: endpoint.id, data: { endpoint: endpoint.id } }])
    expect((await carriers.events(carrier, { after: null, limit: 5 }))?.items).toEqual([])
  })

  it('lets nobody retry what a switched-off endpoint would never be brought: it stays in the list', async () => {
    await endpointAt(() => ({ status: 410 }))
    const operator = id('operator')
    await tell(newsOf(id('parcel'), 1, 'deposited', { operator }))
    await rounds()
    const [item] = await carriers.undelivered(operator)
    expect(item?.lastError).toBe('status-410')
    expect(await carriers.retry(operator, item?.id ?? '')).toBe(false)
    expect(await carriers.undelivered(operator)).toHaveLength(1)
  })

  it('drops what was delivered long ago and keeps what waits', async () => {
    let status: number = 200
    await endpointAt(() => ({ status }))
    await tell(newsOf(id('parcel'), 1, 'announced'))
    await rounds()
    status = 500
    await tell(newsOf(id('parcel'), 1, 'announced'))
    await rounds()
    const left = async () =>
      (await db.query('select state from carrier_delivery where carrier_id = $1', [idToUuid(carrier)])).length
    await carriers.forget(clock.now())
    expect(await left()).toBe(2)
    clock.advance(hours(1))
    await carriers.forget(clock.now())
    expect(await left()).toBe(1)
    expect((await carriers.events(carrier, { after: null, limit: 5 }))?.items).toEqual([])
  })

  it('forgets an endpoint and what waited for it', async () => {
    const { endpoint } = await endpointAt(() => ({ status: 500 }))
    await tell(newsOf(id('parcel'), 1, 'announced'))
    const [listed] = await carriers.endpoints(carrier)
    expect(listed?.waiting).toBe(1)
    const stranger = await carriers.create({ code: `other${number}`, name: 'O' })
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    const endpointId = endpoint.id as Parameters<Carriers['removeEndpoint']>[1]
    expect(await carriers.removeEndpoint(stranger, endpointId)).toBe(false)
    expect(await carriers.removeEndpoint(carrier, endpointId)).toBe(true)
    expect(await carriers.round()).toBe(0)
  })
})
