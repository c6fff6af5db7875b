import { afterEach, describe, expect, it } from 'vitest'
import type { Deposit } from '@holdfast/core/cabinet/state.ts'
import { type Grant, grantText, signGrant } from '@holdfast/wire/seals/grant.ts'
import type { ScanAnswer } from '../loop/loop.ts'
import { begin, cloud, createRig, happened, id, type Rig, seals, signIn } from '../terminal.testing.ts'

const rigs: Rig[] = []
afterEach(async () => {
  for (const rig of rigs.splice(0)) await rig.terminal.stop()
})

/** A cabinet with one parcel in it and nobody before it. */
async function withParcel(): Promise<Rig & { readonly stored: Deposit }> {
  const rig = await createRig({ acks: true })
  rigs.push(rig)
  const { loop } = rig.terminal
  const [session, deposit] = [id('session'), id('deposit')]
  loop.submit([signIn(session), begin(session, deposit)])
  await happened(loop, () => loop.cabinet().deposits.get(deposit)?.cycle === 'open')
  await loop.prepareCodes({ deposit, parcels: [], phone: null, tail: null })
  rig.doors.open.clear()
  await happened(loop, () => loop.cabinet().deposits.get(deposit)?.cycle === 'shut')
  loop.submit([
    { type: 'confirmDeposit', session, deposit },
    { type: 'endSession', session },
  ])
  const stored = loop.cabinet().deposits.get(deposit)
  if (stored === undefined) throw new Error('nothing was stored')
  return { ...rig, stored }
}

type Parcelled = Awaited<ReturnType<typeof withParcel>>

const challenge = ({ identity, terminal }: Rig) => {
  const { nonce, number } = terminal.loop.screenNonce()
  const shown = new Uint8Array(Buffer.from(nonce, 'hex'))
  return { keyId: 1, cabinet: identity.cabinet, nonce: shown, number: Number(number) }
}

const pickupOf = (rig: Parcelled, change: Partial<Grant> = {}): Grant => {
  const { id: deposit, compartment, epoch } = rig.stored
  return { ...challenge(rig), action: 'pickup', deposit, compartment, epoch, ...change } as Grant
}

const signed = (grant: Grant, key = cloud.orders.privateKey): string => grantText(signGrant(seals, key, grant))

const bent = (text: string): string => {
  const at = text.length - 20
  return `${text.slice(0, at)}${text[at] === '0' ? '1' : '0'}${text.slice(at + 1)}`
}

const notNow = (answer: ScanAnswer): string =>
  answer.kind !== 'grant' ? answer.kind : answer.verdict.accepted ? 'opened' : answer.verdict.refusal

const byScanner = (rig: Parcelled, text: string): string => notNow(rig.terminal.loop.present(text))

async function byNetwork(rig: Parcelled, text: string): Promise<string> {
  const order = id('order')
  rig.tell('order', {
    v: 1,
    cabinet: rig.identity.cabinet,
    order,
    sentAt: Date.now(),
    kind: 'grant',
    grant: text,
  })
  const { value } = await rig.broker.until(
    ({ channel, value: answer }) => channel === 'answers' && answer['order'] === order,
  )
  return String(value['outcome'] === 'refused' ? value['reason'] : 'opened')
}

const another = (number: number): number => (number + 1) % 100

/** What is wrong with it, how it is made, and the reason that is given. */
const refusals: readonly (readonly [string, (rig: Parcelled) => string, string])[] = [
  ['forged', (rig) => signed(pickupOf(rig), seals.generate('ed25519').privateKey), 'grant-forged'],
  ['of a key that is not pinned', (rig) => signed(pickupOf(rig, { keyId: 9 })), 'grant-key-unknown'],
  ['cut short', (rig) => signed(pickupOf(rig)).slice(0, -6), 'grant-malformed'],
  ['changed on the way', (rig) => bent(signed(pickupOf(rig))), 'grant-forged'],
  ['for another cabinet', (rig) => signed(pickupOf(rig, { cabinet: id('cabinet') })), 'grant-other-cabinet'],
  ['over a nonce that was never shown', (rig) => signed(pickupOf(rig, { nonce: seals.random(16) })), 'nonce-stale'],
  [
    'with another number than the screen shows',
    (rig) => signed(pickupOf(rig, { number: another(challenge(rig).number) })),
    'number-wrong',
  ],
  ['for a deposit that is not here', (rig) => signed(pickupOf(rig, { deposit: id('deposit') })), 'deposit-unknown'],
  [
    'of an action that is done elsewhere',
    (rig) => signed({ ...pickupOf(rig), action: 'unlock' } as Grant),
    'grant-not-served',
  ],
]

describe('a grant over the screen', () => {
  it.each(['scanner', 'network'] as const)('opens the very door once, by %s, and never again', async (way) => {
    const rig = await withParcel()
    const { loop } = rig.terminal
    const say = (text: string) => (way === 'scanner' ? Promise.resolve(byScanner(rig, text)) : byNetwork(rig, text))
    const text = signed(pickupOf(rig))
    expect(await say(text)).toBe('opened')
    await happened(loop, () => loop.cabinet().deposits.get(rig.stored.id)?.cycle === 'open')
    expect(await say(text)).toBe('door-open')
    rig.doors.open.clear()
    await happened(loop, () => loop.cabinet().deposits.get(rig.stored.id)?.cycle === 'shut')
    loop.submit({ type: 'confirmPickup', session: loop.cabinet().session?.id ?? id('session') })
    expect(await say(text)).toBe('deposit-unknown')
    loop.submit({ type: 'endSession', session: loop.cabinet().session?.id ?? id('session') })
    expect(await say(text)).toBe('nonce-stale')
    expect(rig.doors.pulses).toEqual([1, 1])
  })

  it('opens before the scanner while the uplink is cut', async () => {
    const rig = await withParcel()
    rig.network.cut(true)
    expect(byScanner(rig, signed(pickupOf(rig)))).toBe('opened')
  })

  it.each(refusals)(
    'that is %s opens nothing by scanner or network, and its reason is told',
    async (_name, make, reason) => {
      const rig = await withParcel()
      expect(byScanner(rig, make(rig))).toBe(reason)
      expect(await byNetwork(rig, make(rig))).toBe(reason)
      expect(rig.terminal.loop.cabinet().session).toBeNull()
      expect(rig.doors.pulses).toEqual([1])
    },
  )

  it.each([
    ['epoch', (rig: Parcelled) => ({ epoch: rig.stored.epoch + 1 })],
    ['door', (rig: Parcelled) => ({ compartment: rig.identity.layout.compartments[3]?.id ?? id('compartment') })],
  ] as const)('for another %s than the parcel is in opens nothing (law 6)', async (_name, change) => {
    const rig = await withParcel()
    expect(byScanner(rig, signed(pickupOf(rig, change(rig))))).toBe('order-stale-epoch')
    expect(rig.doors.pulses).toEqual([1])
  })

  it('is burnt by a wrong number: the right one does not open after it', async () => {
    const rig = await withParcel()
    const right = pickupOf(rig)
    expect(byScanner(rig, signed({ ...right, number: another(right.number) }))).toBe('number-wrong')
    expect(byScanner(rig, signed(right))).toBe('nonce-stale')
  })

  it('dies with a restart, however fresh it was (law 6)', async () => {
    const rig = await withParcel()
    const text = signed(pickupOf(rig))
    const again = await rig.restart()
    rigs.splice(0)
    rigs.push(again)
    expect(notNow(again.terminal.loop.present(text))).toBe('nonce-stale')
  })

  it('waits while somebody else is at the door', async () => {
    const rig = await withParcel()
    rig.terminal.loop.submit(signIn(id('session')))
    expect(byScanner(rig, signed(pickupOf(rig)))).toBe('session-open')
  })
})

describe('garbage on the scanner', () => {
  it('is a label, or a grant that is none, and opens nothing', async () => {
    const rig = await withParcel()
    const labels = ['', 'HF9:ABC', 'hf1:00', '\u0000', 'SF1234567890123', '9'.repeat(300)]
    expect(labels.map((text) => byScanner(rig, text))).toEqual(labels.map(() => 'label'))
    const grants = ['HF1:', 'HF1:ÄÖÜ', `HF1:${'0'.repeat(600)}`, `${signed(pickupOf(rig))}0`]
    expect(grants.map((text) => byScanner(rig, text))).toEqual(grants.map(() => 'grant-malformed'))
    expect(rig.doors.pulses).toEqual([1])
  })
})
