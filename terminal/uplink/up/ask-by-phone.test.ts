import { afterEach, describe, expect, it } from 'vitest'
import type { CabinetId, DepositId } from '@holdfast/core/values/ids.ts'
import { bytesFromBase64 } from '@holdfast/wire/bytes/base64.ts'
import { parseCanonical, toCanonical } from '@holdfast/wire/bytes/canonical.ts'
import { openMessage } from '@holdfast/wire/cabinet/signed.ts'
import { collect, partTexts, readPart, type Series, wholeOf } from '@holdfast/wire/carry/parts.ts'
import { lockReply } from '@holdfast/wire/carry/reply.ts'
import { askSeal } from '@holdfast/wire/journal/private.ts'
import type { PrivateKey } from '@holdfast/wire/seals/keys.ts'
import type { PhoneQuestion, Replied, ScanAnswer } from '../../loop/loop.ts'
import { cloud, createRig, id, type Rig, seals, signIn } from '../../terminal.testing.ts'

const rigs: Rig[] = []
afterEach(async () => {
  for (const rig of rigs.splice(0)) await rig.terminal.stop()
})

/** A cabinet without network, a courier before it. */
async function cutOff(): Promise<Rig> {
  const rig = await createRig()
  rigs.push(rig)
  rig.network.cut(true)
  rig.terminal.loop.submit(signIn(id('session')))
  return rig
}

const question = (): PhoneQuestion => ({
  kind: 'consent',
  parcel: 'a'.repeat(64),
  deposit: id('deposit'),
  courier: id('person'),
  plain: { carrier: id('carrier'), number: 'SF1234567890123', phone: '+8613800138000' },
})

/** Asks, and waits until its codes can be shown. */
async function asked({ terminal: { loop } }: Rig, about = question()) {
  const shown = new Promise<void>((resolve) => {
    const forget = loop.onChange(() => {
      if (loop.askTexts(about.deposit).length === 0) return
      forget()
      resolve()
    })
  })
  const answer = loop.askByPhone(about)
  await shown
  return { about, answer, texts: loop.askTexts(about.deposit) }
}

const wholeIn = (texts: readonly string[]): Uint8Array => {
  const parts = texts.flatMap((text) => readPart(text) ?? [])
  const [series] = parts.reduce<ReadonlyMap<string, Series>>(collect, new Map()).values()
  const whole = series === undefined ? undefined : wholeOf(series)
  if (whole === undefined) throw new Error('not whole')
  return whole
}

/** As the cloud reads it: the cabinet's signature, the seal, the key of the answer. */
async function readIn({ identity }: Rig, texts: readonly string[], deposit: DepositId) {
  const opened = openMessage(seals, new Map([[0, identity.keys.publicKey]]), 'ask', wholeIn(texts))
  if (!opened.ok) throw new Error(opened.refusal)
  const said = parseCanonical(opened.body)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own ask.
  const ask = (said.ok ? said.value : {}) as { ask: string; sealed: string; parcel: string }
  const context = askSeal(identity.cabinet, deposit)
  const plain = await seals.open(cloud.sealing.privateKey, context, bytesFromBase64(ask.sealed) ?? new Uint8Array())
  const read = parseCanonical(plain ?? new Uint8Array())
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own seal.
  const secret = (read.ok ? read.value : {}) as { number: string; phone: string; replyKey: string }
  return { ...ask, secret, key: bytesFromBase64(secret.replyKey) ?? new Uint8Array() }
}

interface Made {
  readonly cabinet: CabinetId
  readonly ask: string
  readonly key: Uint8Array
  readonly order?: object
  readonly by?: PrivateKey
  readonly keyId?: number
}

function replyTexts({ cabinet, ask, key, order = {}, by = cloud.orders.privateKey, keyId = 1 }: Made) {
  const base = { v: 1, cabinet, order: id('order'), sentAt: 5, kind: 'reply', ask, card: null, parcel: 'a'.repeat(64) }
  const body = toCanonical({ ...base, ...order })
  const whole = lockReply(seals, { keyId, key: by }, { key, ask }, body)
  return partTexts('reply', whole, seals.hash(whole))
}

const said = (answer: ScanAnswer): string => (answer.kind === 'reply' ? answer.scan : answer.kind)
const scan = ({ terminal: { loop } }: Rig, texts: readonly string[]): readonly string[] =>
  texts.map((text) => said(loop.present(text)))
const last = (all: readonly string[]): string => all.at(-1) ?? ''

describe('a question on the screen', () => {
  it('is the cabinet’s own ask, sealed to the cloud, with a key for the answer', async () => {
    const rig = await cutOff()
    const { about, texts } = await asked(rig)
    const read = await readIn(rig, texts, about.deposit)
    expect(read.parcel).toBe(about.parcel)
    expect(read.secret).toMatchObject(about.plain)
    expect(read.key).toHaveLength(32)
  })

  it('shows nobody whose parcel it is', async () => {
    const rig = await cutOff()
    const { texts } = await asked(rig)
    const shown = Buffer.from(wholeIn(texts)).toString()
    for (const secret of ['SF1234567890123', '13800138000']) expect(shown).not.toContain(secret)
  })

  it('fits into few codes, whatever was typed', async () => {
    const rig = await cutOff()
    const long = { ...question(), plain: { ...question().plain, number: '9'.repeat(64) } }
    expect((await asked(rig, long)).texts.length).toBeLessThanOrEqual(3)
  })

  it('is answered by the reply that names it, once', async () => {
    const rig = await cutOff()
    const { about, answer, texts } = await asked(rig)
    const read = await readIn(rig, texts, about.deposit)
    const reply = replyTexts({ cabinet: rig.identity.cabinet, ...read })
    expect(last(scan(rig, reply))).toBe('taken')
    expect(await answer).toMatchObject({ answered: true, reply: { ask: read.ask, card: null } })
    expect(last(scan(rig, reply))).toBe('reply-stale')
    expect(rig.terminal.loop.askTexts(about.deposit)).toEqual([])
  })

  it('takes the parts of its answer in any order, again and again', async () => {
    const rig = await cutOff()
    const { about, texts } = await asked(rig)
    const read = await readIn(rig, texts, about.deposit)
    const [first = '', ...rest] = replyTexts({
      cabinet: rig.identity.cabinet,
      ...read,
      order: { refusal: 'x'.repeat(64) },
    })
    expect(rest.length).toBeGreaterThan(0)
    expect(scan(rig, [...rest, ...rest, ...rest].slice(0, -1)).every((one) => one === 'part')).toBe(true)
    expect(last(scan(rig, [first]))).toBe('taken')
  })
})

/** Each is offered to a question that stands; none may answer it, learn a card or open a door. */
const attacks: Readonly<Record<string, (at: Attack) => Promise<readonly string[]> | readonly string[]>> = {
  'one made for another cabinet': ({ right }) => replyTexts({ ...right, cabinet: id('cabinet') }),
  'one for another ask of this cabinet': ({ right }) => replyTexts({ ...right, ask: id('event') }),
  'one under another key': ({ right }) => replyTexts({ ...right, key: seals.random(32) }),
  'one that the phone signed': ({ right }) => replyTexts({ ...right, by: seals.generate('ed25519').privateKey }),
  'one signed with a key that is not pinned': ({ right }) => replyTexts({ ...right, keyId: 2 }),
  'an order in its place': ({ right, rig }) => {
    const order = { kind: 'open', nonce: rig.terminal.loop.screenNonce().nonce, compartment: id('compartment') }
    return replyTexts({ ...right, order })
  },
  'one that names another ask inside': ({ right }) => {
    const order = { ask: id('event') }
    return replyTexts({ ...right, order })
  },
  'the question itself': ({ texts }) => texts,
  'facts of a deposit': ({ texts }) => partTexts('facts', wholeIn(texts), seals.hash(wholeIn(texts))),
  'parts that make another whole': ({ right }) => {
    const whole = wholeIn(replyTexts(right))
    return partTexts('reply', whole, seals.hash(seals.random(8)))
  },
  'a torn code': () => ['HF2:', 'HF2:ABC'],
}

interface Attack {
  readonly rig: Rig
  readonly right: Made
  readonly texts: readonly string[]
}

describe('a code that is not the answer', () => {
  it.each(Object.entries(attacks))('%s is refused, and the question stands', async (_name, attack) => {
    const rig = await cutOff()
    const { about, answer, texts } = await asked(rig)
    const read = await readIn(rig, texts, about.deposit)
    const right = { cabinet: rig.identity.cabinet, ...read }
    expect(last(scan(rig, await attack({ rig, right, texts })))).toMatch(/^reply-(stale|forged|malformed)$/)
    expect(rig.terminal.loop.askTexts(about.deposit)).toEqual(texts)
    expect(last(scan(rig, replyTexts(right)))).toBe('taken')
    expect((await answer).answered).toBe(true)
    expect(rig.doors.pulses).toEqual([])
  })

  it.each([
    ['a new question', async (rig: Rig) => void (await asked(rig))],
    ['the end of the session', async (rig: Rig) => endOf(rig)],
  ])('comes too late after %s', async (_name, over) => {
    const rig = await cutOff()
    const { about, answer, texts } = await asked(rig)
    const read = await readIn(rig, texts, about.deposit)
    await over(rig)
    expect(await answer).toEqual({ answered: false, why: 'offline' } satisfies Replied)
    expect(last(scan(rig, replyTexts({ cabinet: rig.identity.cabinet, ...read })))).toBe('reply-stale')
  })

  it('comes too late after a power cut, and opens nothing then', async () => {
    const rig = await cutOff()
    const { about, texts } = await asked(rig)
    const read = await readIn(rig, texts, about.deposit)
    const again = await rig.restart()
    rigs.push(again)
    expect(last(scan(again, replyTexts({ cabinet: rig.identity.cabinet, ...read })))).toBe('reply-stale')
    expect(again.doors.pulses).toEqual([])
  })

  it('vouches for no clock: what a phone brings may have lain in it', async () => {
    const rig = await cutOff()
    const { about, answer, texts } = await asked(rig)
    const read = await readIn(rig, texts, about.deposit)
    scan(rig, replyTexts({ cabinet: rig.identity.cabinet, ...read, order: { sentAt: Date.now() } }))
    await answer
    endOf(rig)
    rig.network.cut(false)
    const { lines } = await rig.broker.until(({ channel }) => channel === 'facts')
    expect(lines.slice(1).filter((line) => line.includes('"trusted":true'))).toEqual([])
  })
})

function endOf({ terminal: { loop } }: Rig): void {
  const { session } = loop.cabinet()
  if (session !== null) loop.submit({ type: 'endSession', session: session.id })
}
