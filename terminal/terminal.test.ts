import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { nonceLimits } from '@holdfast/core/access/nonces.ts'
import { toCanonical } from '@holdfast/wire/bytes/canonical.ts'
import { signMessage } from '@holdfast/wire/cabinet/signed.ts'
import { downTopic } from '@holdfast/wire/cabinet/topics.ts'
import { openSqliteStore } from './journal/store.sqlite.ts'
import { begin, cloud, createRig, doors, eventsIn, happened, id, type Rig, seals, signIn } from './terminal.testing.ts'

const folder = mkdtempSync(join(tmpdir(), 'holdfast-terminal-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

const rigs: Rig[] = []
afterEach(async () => {
  for (const rig of rigs.splice(0)) await rig.terminal.stop()
})
const keep = (rig: Rig): Rig => {
  rigs.push(rig)
  return rig
}

async function sqliteRig(): Promise<Rig> {
  const store = await openSqliteStore(join(folder, `${id('event')}.sqlite`))
  return keep(await createRig({ store: () => store }))
}

async function nonceOf({ tell, broker, identity }: Rig): Promise<string> {
  const order = id('order')
  tell('order', { v: 1, cabinet: identity.cabinet, order, sentAt: Date.now(), kind: 'ask-nonce' })
  const { value } = await broker.until(({ value: answer }) => answer['order'] === order)
  return String(value['nonce'])
}

/** Once the cabinet's own, and pushed out by later ones as an hour would have ended it. */
async function deadNonce(rig: Rig): Promise<string> {
  const nonce = await nonceOf(rig)
  for (let i = 0; i < nonceLimits.askedOutstanding; i += 1) await nonceOf(rig)
  return nonce
}

const openOrder = ({ identity }: Rig, nonce: string, more: object = {}) => ({
  v: 1,
  cabinet: identity.cabinet,
  order: id('order'),
  sentAt: Date.now(),
  kind: 'open',
  incarnation: identity.incarnation,
  nonce,
  staff: id('staff'),
  reason: 'a look',
  compartment: doors[0],
  epoch: 0,
  service: false,
  ...more,
})

const answersTo = ({ broker }: Rig, order: string) =>
  broker.up.filter(({ channel, value }) => channel === 'answers' && value['order'] === order).map(({ value }) => value)

const heldDeposit = async (rig: Rig, tail: string | null = null) => {
  const { loop } = rig.terminal
  const [session, deposit] = [id('session'), id('deposit')]
  expect(loop.submit([signIn(session), begin(session, deposit)])).toMatchObject({ accepted: true })
  await happened(loop, () => rig.doors.open.size > 0 && loop.cabinet().deposits.get(deposit)?.cycle === 'open')
  expect(await loop.prepareCodes({ deposit, parcels: [], phone: null, tail })).toMatchObject({ accepted: true })
  rig.doors.open.clear()
  await happened(loop, () => loop.cabinet().deposits.get(deposit)?.cycle === 'shut')
  expect(
    loop.submit([
      { type: 'confirmDeposit', session, deposit },
      { type: 'endSession', session },
    ]),
  ).toMatchObject({
    accepted: true,
  })
  return deposit
}

/** The plain codes, as only the cloud can read them. */
async function codesOf({ broker, identity }: Rig, deposit: ReturnType<typeof id<'deposit'>>) {
  const { value } = await broker.until(({ channel, value: header }) => {
    const privates = header['privates']
    return channel === 'facts' && Array.isArray(privates) && privates.length > 0
  })
  const [first] = value['privates'] as { blob: string }[]
  const context = { kind: 'deposit-private', cabinet: identity.cabinet, deposit }
  const plain = await seals.open(cloud.sealing.privateKey, context, Buffer.from(first?.blob ?? '', 'base64url'))
  return JSON.parse(new TextDecoder().decode(plain)) as { codes: { generation: number; code: string }[] }
}

describe('a signed order', () => {
  it('opens one door once, and is answered accepted and opened', async () => {
    const rig = await sqliteRig()
    const order = openOrder(rig, await nonceOf(rig))
    rig.tell('order', order)
    await rig.broker.until(({ value }) => value['order'] === order.order && value['outcome'] === 'opened')
    rig.tell('order', order)
    expect(answersTo(rig, order.order).map(({ outcome, repeated }) => [outcome, repeated])).toEqual([
      ['accepted', undefined],
      ['opened', undefined],
      ['opened', true],
    ])
    expect(rig.doors.pulses).toEqual([1])
  })

  it('an hour old, a duplicate, for a wrong cabinet, of a stale epoch or forged, 1,000 each: 0 doors, each answered with its reason', async () => {
    const rig = await sqliteRig()
    const { identity, tell, broker } = rig
    const dead = await deadNonce(rig)
    const first = openOrder(rig, await nonceOf(rig))
    tell('order', first)
    await broker.until(({ value }) => value['order'] === first.order && value['outcome'] === 'opened')
    const signer = { seals, keyId: 1, key: cloud.orders.privateKey }
    const forger = { seals, keyId: 1, key: seals.generate('ed25519').privateKey }
    const send = (by: typeof signer, body: object): void => {
      broker.send(downTopic(identity, 'orders'), signMessage(by, 'order', toCanonical(body)))
    }
    const reasons = new Map<string, number>()
    const count = (order: { order: string }): void => {
      const last = answersTo({ ...rig, broker: { ...broker, up: broker.up.slice(-8) } }, order.order).at(-1)
      const key = String(last?.['reason'] ?? (last?.['repeated'] === true ? 'repeated' : last?.['outcome']))
      reasons.set(key, (reasons.get(key) ?? 0) + 1)
    }
    for (let i = 0; i < 1_000; i += 1) {
      const old = openOrder(rig, dead, { sentAt: Date.now() - 3_600_000 })
      const foreign = openOrder(rig, '1'.repeat(32), { cabinet: id('cabinet') })
      const forged = openOrder(rig, '2'.repeat(32))
      send(signer, old)
      count(old)
      send(signer, first)
      count(first)
      send(signer, foreign)
      count(foreign)
      send(forger, forged)
      count(forged)
      const nonce = await nonceOf(rig)
      const late = openOrder(rig, nonce, { epoch: 7, compartment: doors[1] })
      send(signer, late)
      count(late)
    }
    expect(Object.fromEntries(reasons)).toEqual({
      'order-stale-nonce': 1_000,
      'order-other-cabinet': 1_000,
      'order-forged': 1_000,
      'order-stale-epoch': 1_000,
      repeated: 1_000,
    })
    expect(rig.doors.pulses).toEqual([1])
  }, 120_000)
})

describe('with the uplink cut', () => {
  it('gives a parcel back by its code, and never by the code again', async () => {
    const rig = keep(await createRig({ acks: true }))
    const deposit = await heldDeposit(rig)
    const { codes } = await codesOf(rig, deposit)
    rig.network.cut(true)
    const { loop } = rig.terminal
    expect(loop.online()).toBe(false)
    const slip = `${codes[0]?.code.slice(0, 8)}${(Number(codes[0]?.code.at(8)) + 1) % 10}`
    expect(await loop.enterCode(slip)).toEqual({ outcome: 'slip' })
    const answer = await loop.enterCode(codes[0]?.code ?? '')
    expect(answer).toMatchObject({ outcome: 'opened', deposit })
    await happened(loop, () => rig.doors.open.size > 0 && loop.cabinet().deposits.get(deposit)?.cycle === 'open')
    rig.doors.open.clear()
    await happened(loop, () => loop.cabinet().deposits.get(deposit)?.cycle !== 'open')
    const session = loop.cabinet().session?.id
    if (session !== undefined) expect(loop.submit({ type: 'confirmPickup', session })).toMatchObject({ accepted: true })
    // How long the door took decides whether the keypad still spaces its tries.
    let before = performance.now()
    let again = await loop.enterCode(codes[0]?.code ?? '')
    while (again.outcome === 'refused' && again.refusal === 'keypad-too-soon') {
      await new Promise((resolve) => setImmediate(resolve))
      before = performance.now()
      again = await loop.enterCode(codes[0]?.code ?? '')
    }
    expect(again).toEqual({ outcome: 'wrong' })
    expect(performance.now() - before).toBeGreaterThan(1_990)
    expect(rig.doors.pulses).toHaveLength(2)
  })

  it('sends every fact in order and once to the one who acknowledges, when it comes back', async () => {
    const rig = keep(await createRig())
    const { terminal, broker, tell, identity, network } = rig
    const { cabinet, incarnation } = identity
    await broker.until(({ channel }) => channel === 'facts')
    network.cut(true)
    const before = broker.up.length
    for (let i = 0; i < 20; i += 1) terminal.loop.observe({ type: 'serviceSwitchSeen', closed: i % 2 === 0 })
    expect(broker.up.slice(before)).toEqual([])
    network.cut(false)
    await broker.until((message) => eventsIn([message]).some(({ type }) => type === 'serviceSwitchTurned'))
    const sent = eventsIn(broker.up.slice(before)).map(({ seq }) => seq)
    expect(sent).toEqual(Array.from({ length: sent.length }, (_, i) => i + 1))
    tell('ack', { v: 1, cabinet, incarnation, watermark: sent.length })
    network.cut(true)
    network.cut(false)
    const after = broker.up.length
    terminal.loop.observe({ type: 'serviceSwitchSeen', closed: true })
    await broker.until((message) => eventsIn([message]).some(({ seq }) => seq === sent.length + 1))
    expect(eventsIn(broker.up.slice(after)).map(({ seq }) => seq)).toEqual([sent.length + 1])
  })
})

it('reads after a crash between intent and outcome, and never pulses', async () => {
  const rig = await createRig()
  const order = openOrder(rig, await nonceOf(rig))
  const committed = new Promise<void>((resolve) => {
    rig.terminal.loop.onEvents((events) => {
      if (events.some(({ type }) => type === 'doorUnlockIntended')) resolve()
    })
  })
  rig.doors.electrical.pulse = () => {}
  rig.tell('order', order)
  await committed
  const again = keep(await rig.restart())
  await again.broker.until(({ lines }) => lines.join().includes('doorOutcomeUnknown'))
  expect(rig.doors.pulses).toEqual([])
  again.tell('order', order)
  expect(answersTo(again, order.order).at(-1)).toMatchObject({ outcome: 'unknown', repeated: true })
})
