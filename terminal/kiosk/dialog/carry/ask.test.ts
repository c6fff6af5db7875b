import { describe, expect, it } from 'vitest'
import type { Replied } from '../../../loop/loop.ts'
import { cardFor, carrier, createKioskRig, digest, type KioskRig, recipientPhone } from '../../rig.testing.ts'

const label = 'SF1234567890123'
const second = 'SF1234567890131'

const offline = (): KioskRig => {
  const rig = createKioskRig()
  rig.signIn()
  rig.loop.set({ online: false })
  return rig
}

/** What the cloud says by way of the phone. */
const says = (card: ReturnType<typeof cardFor> | null, refusal?: string) => (): Replied => ({
  answered: true,
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only what the conversation reads.
  reply: { kind: 'reply', card, ...(refusal === undefined ? {} : { refusal }) } as never,
})

const pulsed = ({ loop }: KioskRig): number =>
  [...loop.cabinet().doors.values()].filter(({ position }) => position === 'open').length

describe('a parcel that nobody here knows, with the network down', () => {
  it('is asked about by the courier’s phone, and the answer opens a door', async () => {
    const rig = offline()
    rig.desk.scanned(label)
    expect(rig.on('phone-asks')).toMatchObject({ about: 'parcel', phone: null, problem: null })
    expect(rig.on('phone-asks').codes).toHaveLength(1)
    rig.loop.answerAsk = says(cardFor(label))
    rig.desk.scanned('HF2:YES')
    await rig.clock.advance(500)
    expect(rig.on('deposit-door').phase).toBe('open')
    expect(rig.loop.asked).toEqual([])
  })

  it('asks for card and consent in one', () => {
    const rig = offline()
    const asked: unknown[] = []
    rig.loop.answerAsk = (question) => {
      asked.push(question)
      return { answered: false, why: 'offline' }
    }
    rig.desk.scanned(label)
    rig.desk.scanned('HF2:YES')
    expect(asked).toEqual([
      expect.objectContaining({ kind: 'consent', parcel: digest(carrier, label), plain: { carrier, number: label } }),
    ])
  })

  it('opens nothing before the answer, and nothing by another code', async () => {
    const rig = offline()
    rig.desk.scanned(label)
    for (const text of ['HF2:NO', 'HF2:', 'HF2:FACTS']) {
      rig.desk.scanned(text)
      await rig.clock.advance(500)
      expect(rig.on('phone-asks').problem).toBe('reply-refused')
    }
    expect(pulsed(rig)).toBe(0)
    expect(rig.loop.cabinet().deposits.size).toBe(0)
  })

  it('is typed instead where there is no phone, and asked for again with the number', async () => {
    const rig = offline()
    rig.desk.scanned(label)
    rig.touch({ kind: 'type-recipient' })
    rig.touch({ kind: 'recipient', phone: recipientPhone })
    rig.touch({ kind: 'right' })
    await rig.clock.advance(400)
    expect(rig.on('phone-asks')).toMatchObject({ about: 'consent', phone: '138******00' })
    rig.loop.answerAsk = says(cardFor(label))
    rig.desk.scanned('HF2:YES')
    await rig.clock.advance(500)
    expect(rig.on('deposit-door').phase).toBe('open')
  })

  it('needs no phone where the number that is typed always consents here', async () => {
    const rig = offline()
    rig.loop.standingPhones.add(`+86${recipientPhone}`)
    rig.desk.scanned(label)
    rig.touch({ kind: 'type-recipient' })
    rig.touch({ kind: 'recipient', phone: recipientPhone })
    rig.touch({ kind: 'right' })
    await rig.clock.advance(400)
    expect(rig.on('size').parcel.number).toBe(label)
  })
})

describe('what the cloud says by way of the phone', () => {
  it.each([
    ['it knows no such parcel: the number is typed', says(null), 'recipient', {}],
    [
      'the recipient said no',
      says(cardFor(label, { consent: null }), 'consent-declined'),
      'consent',
      { state: 'declined' },
    ],
    [
      'a card without consent opens nothing',
      says(cardFor(label, { consent: null })),
      'consent',
      { state: 'unreachable' },
    ],
    ['a card of another parcel opens nothing', says(cardFor(second)), 'consent', { state: 'unreachable' }],
    ['the ask was not readable', says(null, 'ask-unreadable'), 'recipient', {}],
  ] as const)('%s', async (_name, answer, kind, shown) => {
    const rig = offline()
    rig.desk.scanned(label)
    rig.loop.answerAsk = answer
    rig.desk.scanned('HF2:YES')
    await rig.clock.advance(500)
    expect(rig.on(kind)).toMatchObject(shown)
    expect(pulsed(rig)).toBe(0)
  })

  it('is nothing to a parcel that the courier laid aside meanwhile', async () => {
    const rig = offline()
    rig.desk.scanned(label)
    rig.touch({ kind: 'back' })
    rig.loop.answerAsk = says(cardFor(label))
    rig.desk.scanned('HF2:YES')
    await rig.clock.advance(500)
    expect(rig.on('scan').problem).toBeNull()
    expect(pulsed(rig)).toBe(0)
  })

  it('is not taken twice', async () => {
    const rig = offline()
    rig.desk.scanned(label)
    rig.loop.answerAsk = says(cardFor(label))
    rig.desk.scanned('HF2:YES')
    await rig.clock.advance(500)
    rig.desk.scanned('HF2:YES')
    await rig.clock.advance(500)
    expect(pulsed(rig)).toBe(1)
  })
})

describe('a carded parcel without consent', () => {
  it('is asked about at once, and by hand again after a network that failed', async () => {
    const rig = offline()
    rig.loop.cardsHere.set(digest(carrier, label), cardFor(label, { consent: null }))
    rig.desk.scanned(label)
    expect(rig.on('phone-asks').about).toBe('consent')
  })

  it('goes over to the network when that is back', () => {
    const rig = offline()
    rig.loop.cardsHere.set(digest(carrier, label), cardFor(label, { consent: null }))
    rig.desk.scanned(label)
    rig.loop.set({ online: true })
    expect(rig.on('consent')).toMatchObject({ state: 'missing', canAsk: true })
  })

  it('goes over to the phone when the network goes', () => {
    const rig = createKioskRig()
    rig.signIn()
    rig.loop.cardsHere.set(digest(carrier, label), cardFor(label, { consent: null }))
    rig.desk.scanned(label)
    rig.loop.set({ online: false })
    rig.touch({ kind: 'ask-consent' })
    expect(rig.on('phone-asks').about).toBe('consent')
  })

  it('opens by itself when its consent comes by the network that is back', async () => {
    const rig = offline()
    rig.desk.scanned(label)
    rig.loop.cardsHere.set(digest(carrier, label), cardFor(label))
    rig.loop.set({ online: true })
    await rig.clock.advance(500)
    expect(rig.on('deposit-door').phase).toBe('open')
  })
})

it('a code of a phone means nothing where nobody is signed in', () => {
  const rig = createKioskRig()
  rig.desk.scanned('HF2:YES')
  expect(rig.screen().kind).toBe('idle')
})
