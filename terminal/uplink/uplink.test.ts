import fc from 'fast-check'
import { afterEach, expect, it } from 'vitest'
import { toCanonical } from '@holdfast/wire/bytes/canonical.ts'
import { signMessage } from '@holdfast/wire/cabinet/signed.ts'
import { downTopic } from '@holdfast/wire/cabinet/topics.ts'
import { grantText, signGrant } from '@holdfast/wire/seals/grant.ts'
import { cloud, createRig, id, type Rig, seals } from '../terminal.testing.ts'

const rigs: Rig[] = []
afterEach(async () => {
  for (const rig of rigs.splice(0)) await rig.terminal.stop()
})
const newRig = async (): Promise<Rig> => {
  const rig = await createRig({ acks: true })
  rigs.push(rig)
  return rig
}

const card = () => ({
  parcel: Buffer.from(seals.random(32)).toString('hex'),
  carrier: id('carrier'),
  size: null,
  box: null,
  lowDoor: false,
  locale: 'en',
  recipient: null,
  tail: '1234',
  consent: null,
  declared: { freshFood: false, valuables: false, agreement: false },
  version: 1,
})

it('survives any bytes on any of its topics, and opens nothing', async () => {
  const { broker, identity, terminal, doors } = await newRig()
  const signer = { seals, keyId: 1, key: cloud.orders.privateKey }
  const channels = fc.constantFrom('orders', 'acks', 'desired' as const)
  const bodies = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.json().map((text) => new TextEncoder().encode(text)),
    fc.json().map((text) => signMessage(signer, 'order', toCanonical(String(text)))),
  )
  fc.assert(
    fc.property(channels, bodies, (channel, body) => {
      broker.send(downTopic(identity, channel as 'orders'), body)
      broker.send(`hf/1/x/${channel}`, body)
    }),
  )
  expect(doors.pulses).toEqual([])
  expect([...terminal.dropped().keys()].sort()).toContain('message-malformed')
})

it('asks for what the cloud wants at each connection, keeps it over a restart, and asks again at a gap', async () => {
  const rig = await createRig({ acks: true })
  const { broker, identity } = rig
  await broker.until(({ value }) => value['kind'] === 'desired' && value['have'] === 0)
  const [first, second] = [card(), card()]
  const base = { v: 1, cabinet: identity.cabinet, dropCards: [] }
  rig.tell('desired', { ...base, base: 0, version: 4, putCards: [first], recalls: [id('deposit')] })
  rig.tell('desired', { ...base, base: 7, version: 8, putCards: [second] })
  await broker.until(({ value }) => value['kind'] === 'desired' && value['have'] === 4)
  const again = await rig.restart()
  rigs.push(again)
  expect(again.terminal.loop.cards.lookup(first.parcel)).toEqual(first)
  expect(again.terminal.loop.cards.lookup(second.parcel)).toBeUndefined()
  again.tell('desired', { ...base, base: 4, version: 5, putCards: [second], dropCards: [first.parcel] })
  expect(again.terminal.loop.cards.lookup(second.parcel)).toEqual(second)
  expect(again.terminal.loop.cards.lookup(first.parcel)).toBeUndefined()
  expect(again.terminal.loop.cards.isListed(id('deposit'))).toBe(false)
})

it('asks with a sealed question, and takes the reply that names it', async () => {
  const { terminal, broker, tell, identity } = await newRig()
  const deposit = id('deposit')
  const plain = { carrier: id('carrier'), number: 'SF123' }
  const asked = terminal.loop.ask({ kind: 'card', parcel: card().parcel, deposit, courier: id('person'), plain })
  const { value, lines } = await broker.until(({ value: ask }) => ask['kind'] === 'card')
  expect(lines.join()).not.toContain('SF123')
  const sealed = Buffer.from(String(value['sealed']), 'base64url')
  const context = { kind: 'ask-private', cabinet: identity.cabinet, deposit }
  const opened = await seals.open(cloud.sealing.privateKey, context, new Uint8Array(sealed))
  expect(JSON.parse(new TextDecoder().decode(opened))).toEqual(plain)
  const reply = {
    v: 1,
    cabinet: identity.cabinet,
    order: id('order'),
    sentAt: Date.now(),
    kind: 'reply',
    ask: value['ask'],
    card: null,
  }
  tell('order', reply)
  expect(await asked).toEqual({ answered: true, reply })
})

it('answers a question at once while the uplink is cut', async () => {
  const { terminal, network } = await newRig()
  network.cut(true)
  const plain = { carrier: id('carrier'), number: 'SF123' }
  const question = {
    kind: 'card',
    parcel: card().parcel,
    deposit: id('deposit'),
    courier: id('person'),
    plain,
  } as const
  expect(await terminal.loop.ask(question)).toEqual({ answered: false, why: 'offline' })
})

it('signs a courier in by a grant over the screen, by network or scanner, once for each nonce', async () => {
  const { terminal, broker, tell, identity } = await newRig()
  const { loop } = terminal
  const { nonce, number } = loop.screenNonce()
  const challenge = {
    keyId: 1,
    cabinet: identity.cabinet,
    nonce: new Uint8Array(Buffer.from(nonce, 'hex')),
    number: Number(number),
  }
  const grant = signGrant(seals, cloud.orders.privateKey, {
    ...challenge,
    action: 'sign-in',
    person: id('person'),
    carrier: id('carrier'),
  })
  const order = {
    v: 1,
    cabinet: identity.cabinet,
    order: id('order'),
    sentAt: Date.now(),
    kind: 'grant',
    grant: grantText(grant),
  }
  tell('order', order)
  const { value } = await broker.until(({ value: answer }) => answer['order'] === order.order)
  expect(value['outcome']).toBe('done')
  expect(loop.cabinet().session?.kind).toBe('courier')
  expect(loop.present(grantText(grant))).toMatchObject({ kind: 'grant', verdict: { accepted: false } })
  expect(loop.present('1Z999AA10123456784')).toEqual({ kind: 'label', text: '1Z999AA10123456784' })
})

it('answers a pickup from a phone once, over a nonce asked for, and says of a deposit it does not have that it has none', async () => {
  const { broker, tell, identity, doors } = await newRig()
  const answerTo = async (order: string) => (await broker.until(({ value }) => value['order'] === order)).value
  const order = async (more: object) => {
    const body = { v: 1, cabinet: identity.cabinet, order: id('order'), sentAt: Date.now(), ...more }
    tell('order', body)
    return await answerTo(body.order)
  }
  const { nonce } = await order({ kind: 'ask-nonce' })
  const acting = { incarnation: identity.incarnation, staff: id('staff'), reason: 'dead', nonce }
  const [compartment] = identity.layout.compartments
  const wanted = { ...acting, kind: 'pickup', deposit: id('deposit'), compartment: compartment?.id, epoch: 0 }
  expect(await order(wanted)).toMatchObject({ outcome: 'refused', reason: 'order-unknown-deposit' })
  expect(await order(wanted)).toMatchObject({ outcome: 'refused', reason: 'order-stale-nonce' })
  expect(doors.pulses).toEqual([])
})
