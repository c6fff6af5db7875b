import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeId, type PersonId, readId } from '@holdfast/core/values/ids.ts'
import { base64FromBytes } from '@holdfast/wire/bytes/base64.ts'
import { parseCanonical, toCanonical } from '@holdfast/wire/bytes/canonical.ts'
import type { Card } from '@holdfast/wire/cabinet/desired.ts'
import { signMessage } from '@holdfast/wire/cabinet/signed.ts'
import { collect, readPart, type Series, wholeOf } from '@holdfast/wire/carry/parts.ts'
import { unlockReply } from '@holdfast/wire/carry/reply.ts'
import { askSeal } from '@holdfast/wire/journal/private.ts'
import { type PrivateKey, readPublicKey } from '@holdfast/wire/seals/keys.ts'
import { parcelDigest } from '@holdfast/wire/seals/parcel-digest.ts'
import { eventually } from '../../cabinets/cabinets.testing.ts'
import { sealingKey } from '../deposit.testing.ts'
import { codeIn, type Installed, json, openTown, parcelIn, seals, type Town } from '../town.testing.ts'

const recipient = '+8613800000061'
const thinker = '+8613800000063'
const stranger = '+8613800000062'

/** The cabinet is never connected here: only phones go between it and the cloud. */
describe('what a cabinet without network asks by way of a phone', () => {
  let town: Town
  let sf: Awaited<ReturnType<Town['addCarrier']>>
  let [courier, other]: PersonId[] = []
  let cookies: readonly Readonly<Record<string, string>>[] = []
  let installed: Installed
  let n = 0

  beforeAll(async () => {
    town = await openTown('memory')
    sf = await town.addCarrier('sf')
    const { operator } = await town.addStaff('Town')
    courier = await town.addCourier('+8613900000061', sf.carrier)
    other = await town.addCourier('+8613900000062', sf.carrier)
    cookies = [await town.signIn('courier', '+8613900000061'), await town.signIn('courier', '+8613900000062')]
    installed = await town.install(operator)
  })
  afterAll(async () => await town.close())

  const announce = async (phone = recipient): Promise<string> => {
    n += 1
    const number = `SF76000000000${String(10 + n)}`
    const headers = { ...sf.headers, 'idempotency-key': number }
    const body = { trackingNumber: number, recipient: { phone, locale: 'en' } }
    parcelIn(await town.call('/v1/parcels', { headers, body }))
    return number
  }
  /** As its screen shows it. */
  const asked = async (number: string, given: Given = {}) => {
    const { script, cabinet } = installed
    const deposit = makeId('deposit', town.clock.now(), seals.random(10))
    const key = seals.random(32)
    const replyKey = given.withoutKey === true ? {} : { replyKey: base64FromBytes(key) }
    const plain = {
      carrier: sf.carrier,
      number,
      ...replyKey,
      ...(given.phone === undefined ? {} : { phone: given.phone }),
    }
    const blob = await seals.seal(sealingKey(script), askSeal(cabinet, deposit), toCanonical(plain))
    const ask = makeId('event', town.clock.now(), seals.random(10))
    const incarnation = given.incarnation ?? script.enrolled.incarnation
    const parcel = parcelDigest(seals, sf.carrier, number)
    const kind = given.kind ?? 'consent'
    const body = { v: 1, cabinet, incarnation, ask, kind, parcel, deposit, courier, sealed: base64FromBytes(blob) }
    const signer = { seals, keyId: 0, key: given.by ?? script.key.privateKey }
    return { bytes: signMessage(signer, 'ask', toCanonical(body)), ask, key, parcel }
  }
  const bring = async (bytes: Uint8Array, { again = false, by = 0 } = {}) => {
    const body = { bytes: base64FromBytes(bytes), ...(again ? { again: true } : {}) }
    return await town.call('/v1/courier/asks', { headers: cookies[by] ?? {}, body })
  }
  const cardIn = (codes: unknown, { key, ask }: { readonly key: Uint8Array; readonly ask: string }): Card | null => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the schema has judged it.
    const parts = (codes as readonly string[]).flatMap((text) => readPart(text) ?? [])
    const [series] = parts.reduce<ReadonlyMap<string, Series>>(collect, new Map()).values()
    const whole = series === undefined ? undefined : wholeOf(series)
    const opened = unlockReply(seals, pinned(installed), { key, ask }, whole ?? new Uint8Array())
    const read = opened.ok ? parseCanonical(opened.body) : undefined
    if (read?.ok !== true) throw new Error('not what the cloud says')
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own order.
    return (read.value as { card: Card | null }).card
  }
  /** Nothing lies behind a door here: whatever is written to a recipient is the question. */
  const questions = (to: string) => town.tray.letters.filter((letter) => letter.to === to)
  const answer = async (number: string, accept: boolean): Promise<void> => {
    const found = await town.parcels.find(sf.carrier, { trackingNumber: number })
    const parcel = readId('parcel', found?.id ?? '')
    if (parcel === undefined) throw new Error('no parcel')
    await town.parcels.recordConsent({ parcel, phone: null, accept, channel: 'reply' })
  }

  it('waits for the recipient, who is asked once, and then brings the card', async () => {
    const number = await announce(thinker)
    const ask = await asked(number)
    expect(json(await bring(ask.bytes))).toEqual({ state: 'waiting', codes: [] })
    await eventually(() => questions(thinker).length === 1)
    for (let i = 0; i < 3; i += 1) expect(json(await bring(ask.bytes, { again: true }))['state']).toBe('waiting')
    await answer(number, true)
    const { state, codes } = json(await bring(ask.bytes, { again: true }))
    expect(state).toBe('agreed')
    expect(cardIn(codes, ask)).toMatchObject({
      parcel: ask.parcel,
      tail: thinker.slice(-4),
      consent: { kind: 'parcel' },
    })
    expect(questions(thinker)).toHaveLength(1)
  })

  it('brings a "no" as well, so that the courier goes to the door', async () => {
    const number = await announce()
    const ask = await asked(number)
    await bring(ask.bytes)
    await answer(number, false)
    const { state, codes } = json(await bring(ask.bytes, { again: true }))
    expect(state).toBe('declined')
    expect(cardIn(codes, ask)?.consent ?? null).toBeNull()
  })

  it('is answered at once for a parcel that nobody announced', async () => {
    const ask = await asked('SF7699999999999')
    const { state, codes } = json(await bring(ask.bytes))
    expect(state).toBe('unknown')
    expect(cardIn(codes, ask)).toBeNull()
  })

  it('asks the number that was typed, and keeps it for the code', async () => {
    const ask = await asked('SF7699999999998', { phone: stranger })
    expect(json(await bring(ask.bytes))['state']).toBe('waiting')
    await eventually(() => questions(stranger).length === 1)
    await answer('SF7699999999998', true)
    const { codes } = json(await bring(ask.bytes, { again: true }))
    expect(cardIn(codes, ask)).toMatchObject({ tail: stranger.slice(-4), consent: { kind: 'parcel' } })
  })

  it('tells the phone between them nothing of the recipient', async () => {
    const number = await announce()
    const ask = await asked(number)
    await bring(ask.bytes)
    await answer(number, true)
    const { body } = await bring(ask.bytes, { again: true })
    for (const secret of [recipient.slice(-4), ask.parcel, number]) expect(body).not.toContain(secret)
  })

  it.each<readonly [string, Given, string]>([
    ['one that the cabinet did not sign', { by: seals.generate('p256').privateKey }, '422 carried-forged'],
    [
      'one of a life before this one',
      { incarnation: makeId('incarnation', 1 as never, seals.random(10)) },
      '409 carried-outdated',
    ],
    ['one without a key for the answer', { withoutKey: true }, '422 carried-malformed'],
    ['a question that goes by network only', { kind: 'card' }, '403 ask-other-courier'],
  ])('refuses %s', async (_name, given, code) => {
    const { bytes } = await asked(await announce(), given)
    expect(codeIn(await bring(bytes))).toBe(code)
  })

  it('refuses another courier’s phone (law 11), and asks nobody for it', async () => {
    const { bytes } = await asked(await announce('+8613800000069'))
    expect(codeIn(await bring(bytes, { by: 1 }))).toBe('403 ask-other-courier')
    expect(other).not.toBe(courier)
    expect(questions('+8613800000069')).toEqual([])
  })

  it('refuses bytes that are no message of a cabinet, whatever they are', async () => {
    const { bytes } = await asked(await announce())
    const bent = [bytes.subarray(0, 40), bytes.subarray(40), Uint8Array.of(10), seals.random(300)]
    for (const each of bent) expect(codeIn(await bring(each))).toBe('422 carried-malformed')
  })
})

/** As the cabinet has them from its enrolment. */
const pinned = ({ script }: Installed) =>
  new Map(
    script.enrolled.cloudKeys.flatMap(({ keyId, publicKey }) => {
      const key = readPublicKey(publicKey)
      return key === undefined ? [] : [[keyId, key] as const]
    }),
  )

type Given = {
  readonly phone?: string
  readonly kind?: 'card'
  readonly incarnation?: string
  readonly by?: PrivateKey
  readonly withoutKey?: true
}
