import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, it } from 'vitest'
import { hours, minutes, runningMs, seconds } from '@holdfast/core/values/instants.ts'
import { base64FromBytes } from '@holdfast/wire/bytes/base64.ts'
import { toCanonical } from '@holdfast/wire/bytes/canonical.ts'
import { askSeal } from '@holdfast/wire/journal/private.ts'
import type { Card } from '@holdfast/wire/cabinet/desired.ts'
import { type Id, idToUuid, readId } from '@holdfast/core/values/ids.ts'
import { openScratchPglite } from '../platform/postgres/pglite.testing.ts'
import type { Db } from '../platform/postgres/db.ts'
import { type Scene, openScene } from './cabinets.scene.ts'
import {
  type ScriptedCabinet,
  depositEvents,
  eventually,
  testId,
  testLayout,
  testOperator,
} from './cabinets.testing.ts'

const carrier = testId('carrier', 1)
const door = testId('compartment', 1000)
const open = { kind: 'open', compartment: door, epoch: 0 } as const
const idOf = (cabinet: ScriptedCabinet): Id<'cabinet'> =>
  readId('cabinet', cabinet.enrolled.cabinet) ?? testId('cabinet', 0)

describe('orders, desired state and asks', () => {
  let db: Db
  let scene: Scene
  let cabinet: ScriptedCabinet
  beforeAll(async () => {
    db = await openScratchPglite()
  })
  afterAll(async () => await db.close())
  beforeEach(async () => {
    await db.query(
      `truncate cabinet, site, placement, cabinet_claim, cabinet_journal, cabinet_fact, cabinet_private, cabinet_snapshot,
       cabinet_compartment, cabinet_deposit, cabinet_health, cabinet_order, cabinet_desired, cabinet_card, outbox`,
    )
    scene = await openScene(db)
    cabinet = await scene.install(1)
    cabinet.write({ type: 'cabinetStarted', boot: 1, at: runningMs(0) })
    cabinet.write({ type: 'layoutTaken', layout: testLayout(4, 1), at: runningMs(0) })
    await cabinet.sendFacts()
    await cabinet.beat()
    await eventually(async () => await scene.cabinets.isOnline(idOf(cabinet)))
  })
  afterEach(async () => await scene.close())

  const order = async (act: Parameters<Scene['cabinets']['order']>[0]['act'] = open, staff = 1) =>
    await scene.cabinets.order({
      operator: testOperator(1),
      cabinet: idOf(cabinet),
      staff: testId('staff', staff),
      reason: 'stuck parcel',
      act,
    })

  it('asks for a nonce, sends the order over it, and follows the answers', async () => {
    const asked = await order()
    expect(asked).toMatchObject({ ok: true, value: { state: 'asked', staffName: 'Kim', kind: 'open' } })
    const view = async () =>
      asked.ok
        ? await scene.cabinets.orderView(testOperator(1), readId('order', asked.value.order) ?? testId('order', 0))
        : undefined
    await eventually(() => cabinet.orders.length === 1)
    const question = cabinet.orders[0]?.order ?? ''
    expect(cabinet.orders[0]).toMatchObject({ kind: 'ask-nonce' })
    await cabinet.answer({ order: question, outcome: 'done', nonce: 'ab'.repeat(16) })
    await eventually(() => cabinet.orders.length === 2)
    const acting = cabinet.orders[1]
    expect(acting).toMatchObject({
      ...open,
      nonce: 'ab'.repeat(16),
      service: false,
      incarnation: cabinet.enrolled.incarnation,
    })
    expect((await view())?.state).toBe('sent')
    await cabinet.answer({ order: acting?.order ?? '', outcome: 'accepted' })
    await cabinet.answer({ order: acting?.order ?? '', outcome: 'opened' })
    await eventually(async () => (await view())?.state === 'opened')
    // A nonce is answered once: a second one sends nothing more.
    await cabinet.answer({ order: question, outcome: 'done', nonce: 'cd'.repeat(16) })
    await cabinet.answer({ order: acting?.order ?? '', outcome: 'accepted' })
    await cabinet.beat()
    expect(cabinet.orders.length).toBe(2)
    expect((await view())?.state).toBe('opened')
  })

  it('keeps the reason of a refusal', async () => {
    const asked = await order()
    await eventually(() => cabinet.orders.length === 1)
    await cabinet.answer({ order: cabinet.orders[0]?.order ?? '', outcome: 'done', nonce: 'ab'.repeat(16) })
    await eventually(() => cabinet.orders.length === 2)
    await cabinet.answer({ order: cabinet.orders[1]?.order ?? '', outcome: 'refused', reason: 'order-stale-epoch' })
    const id = asked.ok ? (readId('order', asked.value.order) ?? testId('order', 0)) : testId('order', 0)
    await eventually(async () => (await scene.cabinets.orderView(testOperator(1), id))?.state === 'refused')
    expect((await scene.cabinets.orderView(testOperator(1), id))?.refusal).toBe('order-stale-epoch')
    expect(await scene.cabinets.orderView(testOperator(2), id)).toBeUndefined()
  })

  it('refuses what it cannot or must not send', async () => {
    const to = { cabinet: idOf(cabinet), staff: testId('staff', 1), reason: 'why', act: open }
    const refusal = async (order: Parameters<Scene['cabinets']['order']>[0]) => await scene.cabinets.order(order)
    expect(await refusal({ ...to, operator: testOperator(2) })).toEqual({ ok: false, refusal: 'cabinet-unknown' })
    expect(await order({ ...open, compartment: testId('compartment', 9) })).toEqual({
      ok: false,
      refusal: 'compartment-unknown',
    })
    const renewal = { cabinet: idOf(cabinet), deposit: testId('deposit', 5), reason: 'new code' }
    expect(await scene.cabinets.renew(renewal)).toEqual({ ok: false, refusal: 'deposit-not-here' })
    const created = await scene.cabinets.create(testOperator(1), {
      name: 'Bare',
      siteName: 's',
      address: 'a',
      zone: 'UTC',
      retentionHours: 1,
      complaintPhone: '1',
      layout: JSON.parse(JSON.stringify(testLayout(1, 7))),
    })
    const bare = created.ok ? created.value.cabinet : testId('cabinet', 0)
    const act = { ...open, compartment: testId('compartment', 7000) }
    expect(await refusal({ ...to, operator: testOperator(1), cabinet: bare, act })).toEqual({
      ok: false,
      refusal: 'cabinet-not-enrolled',
    })
    await db.query('update cabinet_health set online = false')
    expect(await order()).toEqual({ ok: false, refusal: 'cabinet-offline' })
  })

  it('wants a second person above three doors, and stops at twenty an hour', async () => {
    for (let i = 0; i < 3; i += 1) expect((await order()).ok).toBe(true)
    expect(await order()).toEqual({ ok: false, refusal: 'second-person-needed' })
    expect((await order(open, 2)).ok).toBe(true)
    for (let staff = 3; staff < 9; staff += 1) {
      for (let i = 0; i < 3; i += 1) if ((await order(open, staff)).ok === false) expect(staff).toBe(8)
    }
    expect(await order(open, 99)).toEqual({ ok: false, refusal: 'operator-openings-stopped' })
    scene.clock.advance(minutes(61))
    expect((await order()).ok).toBe(true)
  })

  it('releases people whatever was opened before: no budget, no second person (law 17)', async () => {
    for (let i = 0; i < 3; i += 1) await order()
    expect(await order()).toEqual({ ok: false, refusal: 'second-person-needed' })
    for (const doors of ['all', 'large', [door]] as const) {
      expect(await order({ kind: 'release', doors })).toMatchObject({ ok: true, value: { kind: 'release' } })
    }
    expect(await order({ kind: 'calm' })).toMatchObject({ ok: true, value: { kind: 'calm', compartment: null } })
  })

  it('says unanswered where the broker is gone, and takes a late truth', async () => {
    scene.broker.cut(true)
    const asked = await order()
    expect(asked).toMatchObject({ ok: true, value: { state: 'unanswered' } })
    scene.broker.cut(false)
    await cabinet.answer({ order: asked.ok ? asked.value.order : '', outcome: 'opened' })
    const id = asked.ok ? (readId('order', asked.value.order) ?? testId('order', 0)) : testId('order', 0)
    await eventually(async () => (await scene.cabinets.orderView(testOperator(1), id))?.state === 'opened')
  })

  it('takes what a cabinet kept while the broker was gone a minute', async () => {
    scene.broker.cut(true)
    cabinet.write(...depositEvents(1, door, { carrier }))
    await expect(cabinet.sendFacts(3)).rejects.toThrow('cut')
    scene.clock.advance(seconds(60))
    scene.broker.cut(false)
    await cabinet.sendFacts(3)
    await eventually(() => cabinet.acks.at(-1)?.watermark === 12)
    expect(await scene.cabinets.deposit({ cabinet: idOf(cabinet), deposit: testId('deposit', 1) })).toMatchObject({
      stage: 'stored',
      label: 'A01',
    })
    expect(await scene.cabinets.courierSession(testId('person', 1))).toBeUndefined()
  })

  const card = (n: number): Card => ({
    parcel: n.toString(16).padStart(64, '0'),
    carrier,
    size: 'M',
    box: null,
    lowDoor: false,
    locale: 'zh',
    recipient: null,
    tail: null,
    consent: null,
    declared: { freshFood: false, valuables: false, agreement: false },
    version: 1,
  })

  it('tells the whole to a cabinet that asks, in steps that follow on each other', async () => {
    const cards = Array.from({ length: 600 }, (_, i) => card(i + 1))
    await db.transaction(async (tx) => await scene.cabinets.setCards(tx, idOf(cabinet), { put: cards, drop: [] }))
    await cabinet.send('asks', { kind: 'desired', ask: testId('event', 1), have: 0 })
    await eventually(() => cabinet.desired.length === 6)
    const whole = cabinet.desired.slice(3)
    expect(whole.map(({ base, version }) => [base, version])).toEqual([
      [0, 2],
      [2, 3],
      [3, 4],
    ])
    expect(whole[0]?.settings).toMatchObject({ siteName: 'Sunny Court', phoneOrigin: 'https://test' })
    expect(new Set(whole.flatMap(({ putCards }) => putCards.map(({ parcel }) => parcel))).size).toBe(600)
  })

  it('tells a cabinet whose heartbeat shows an older version', async () => {
    scene.broker.cut(true)
    await db.transaction(async (tx) => await scene.cabinets.setRecalls(tx, idOf(cabinet), [testId('deposit', 3)]))
    scene.broker.cut(false)
    await cabinet.beat({ desired: 1 })
    await eventually(() => cabinet.desired.length === 1)
    expect(cabinet.desired[0]).toMatchObject({ base: 0, version: 2, recalls: [testId('deposit', 3)] })
  })

  it('opens an ask, answers it once, and repeats the answer when asked again', async () => {
    const asked: unknown[] = []
    scene.cabinets.onAsk('card', async ({ plain }) => {
      asked.push(plain)
      return { parcel: card(1).parcel, card: card(1) }
    })
    const deposit = testId('deposit', 9)
    const said = { carrier, number: 'SF1' }
    const [key] = scene.ports.keys.sealing
    const context = askSeal(idOf(cabinet), deposit)
    const sealed = base64FromBytes(await scene.ports.seals.seal(key.publicKey, context, toCanonical(said)))
    const ask = {
      kind: 'card',
      ask: testId('event', 2),
      parcel: card(1).parcel,
      deposit,
      courier: testId('person', 1),
      sealed,
    }
    await cabinet.send('asks', ask)
    await cabinet.send('asks', ask)
    await eventually(() => cabinet.orders.length === 2)
    expect(asked).toEqual([said])
    expect(cabinet.orders[1]).toMatchObject({ kind: 'reply', ask: testId('event', 2), card: card(1) })
  })

  it('enrols once for each claim token', async () => {
    const created = await scene.cabinets.create(testOperator(1), {
      name: 'Two',
      siteName: 's',
      address: 'a',
      zone: 'UTC',
      retentionHours: 1,
      complaintPhone: '1',
      layout: JSON.parse(JSON.stringify(testLayout(1, 8))),
    })
    const token = created.ok ? created.value.claimToken : ''
    const key = scene.ports.seals.generate('p256').publicKey
    expect(await scene.cabinets.enrol('hfc_unknown', key)).toEqual({ ok: false, refusal: 'claim-unknown' })
    expect(await scene.cabinets.enrol(token, scene.ports.seals.generate('ed25519').publicKey)).toEqual({
      ok: false,
      refusal: 'key-unfit',
    })
    const enrolled = await scene.cabinets.enrol(token, key)
    expect(enrolled.ok).toBe(true)
    const otherKey = scene.ports.seals.generate('p256').publicKey
    expect(await scene.cabinets.enrol(token, otherKey)).toEqual({ ok: false, refusal: 'claim-used' })
    if (!enrolled.ok) return
    const { username, password } = enrolled.value.mqtt
    expect(await scene.cabinets.mayConnect(username, password)).toMatchObject({
      cabinet: username,
      shard: enrolled.value.shard,
    })
    expect(await scene.cabinets.mayConnect(username, `${password}x`)).toBeUndefined()
  })

  it('says the same again to the same key whose reply was lost, until the cabinet has spoken', async () => {
    const layout = JSON.parse(JSON.stringify(testLayout(1, 9)))
    const site = { name: 'Three', siteName: 's', address: 'a', zone: 'UTC', retentionHours: 1, complaintPhone: '1' }
    const created = await scene.cabinets.create(testOperator(1), { ...site, layout })
    const token = created.ok ? created.value.claimToken : ''
    const key = scene.ports.seals.generate('p256').publicKey
    const first = await scene.cabinets.enrol(token, key)
    scene.clock.advance(hours(24 * 365))
    expect(await scene.cabinets.enrol(token, key)).toEqual(first)
    const [twice, other] = await Promise.all([
      scene.cabinets.enrol(token, key),
      scene.cabinets.enrol(token, scene.ports.seals.generate('p256').publicKey),
    ])
    expect([twice, other]).toEqual([first, { ok: false, refusal: 'claim-used' }])
    if (!first.ok) return
    const incarnation = idToUuid(readId('incarnation', first.value.incarnation) ?? testId('incarnation', 0))
    await scene.ports.db.query('update cabinet_journal set seq = 1 where incarnation = $1', [incarnation])
    expect(await scene.cabinets.enrol(token, key)).toEqual({ ok: false, refusal: 'claim-used' })
  })

  it('shows an operator nothing of another', async () => {
    expect(await scene.cabinets.list(testOperator(2))).toEqual([])
    expect(await scene.cabinets.view(testOperator(2), idOf(cabinet))).toBeUndefined()
    expect((await scene.cabinets.list(testOperator(1))).length).toBe(1)
  })
})
