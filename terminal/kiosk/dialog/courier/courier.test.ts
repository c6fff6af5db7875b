import { describe, expect, it } from 'vitest'
import { cardFor, carrier, createKioskRig, digest, person, recipientPhone, type KioskRig } from '../../rig.testing.ts'
import type { Reply } from '../../../loop/loop.ts'

const label = 'SF1234567890123'
const next = 'SF1234567890131'

const reply = (change: Partial<Reply>): { readonly answered: true; readonly reply: Reply } => ({
  answered: true,
  reply: { v: 1, cabinet: 'cab', order: 'ord', sentAt: 0, kind: 'reply', ask: 'evt', ...change },
})

const signedIn = (): KioskRig => {
  const rig = createKioskRig()
  rig.signIn()
  return rig
}

describe('signing in', () => {
  it('asks for it where a label is held up first', () => {
    const { desk, on } = createKioskRig()
    desk.scanned(label)
    expect(on('sign-in').problem).toBe('sign-in-first')
  })

  it('goes by phone number and message code', async () => {
    const { touch, on, loop, clock } = createKioskRig()
    touch({ kind: 'deliver' })
    touch({ kind: 'by-phone' })
    touch({ kind: 'phone', phone: '123' })
    expect(on('courier-phone').problem).toBe('phone-unreadable')
    loop.answerAsk = () => reply({})
    touch({ kind: 'phone', phone: '139 0013 9000' })
    expect(on('courier-phone').busy).toBe(true)
    await clock.advance(400)
    expect(on('courier-code').phone).toBe('139******00')
    loop.answerAsk = () => reply({ grant: `HF1:sign-in:${person}:${carrier}` })
    touch({ kind: 'message-code', code: '123456' })
    await clock.advance(400)
    expect(on('scan').delivered).toBe(0)
    expect(loop.asked.map(({ kind }) => kind)).toEqual(['courier-code', 'courier-sign-in'])
  })

  it.each([
    ['refused', () => reply({ refusal: 'code-wrong' }), 'sign-in-refused'],
    ['silent', () => ({ answered: false, why: 'timeout' }) as const, 'cloud-silent'],
  ])('says what to do when the cloud is %s', async (_name, answer, problem) => {
    const { touch, on, loop, clock } = createKioskRig()
    loop.answerAsk = answer
    touch({ kind: 'deliver' })
    touch({ kind: 'by-phone' })
    touch({ kind: 'phone', phone: '13900139000' })
    await clock.advance(400)
    expect(on('courier-phone')).toMatchObject({ busy: false, problem })
  })

  it('offers the phone’s way while offline', () => {
    const { touch, on, loop } = createKioskRig()
    loop.set({ online: false })
    touch({ kind: 'deliver' })
    touch({ kind: 'by-phone' })
    expect(on('sign-in').problem).toBe('sign-in-offline')
  })
})

describe('a carded parcel', () => {
  it('needs no tap: scan, door, shut, next scan', async () => {
    const { on, put, loop, desk, clock } = signedIn()
    const first = await put(label)
    expect(on('deposit-door')).toMatchObject({ phase: 'shut', parcel: { number: label } })
    loop.cardsHere.set(digest(carrier, next), cardFor(next))
    desk.scanned(next)
    expect(loop.cabinet().deposits.get(first)?.stage).toBe('stored')
    await clock.advance(2_500)
    expect(on('deposit-door')).toMatchObject({ phase: 'open', parcel: { number: next } })
  })

  it('waits for the code when the next scan comes before it is ready', async () => {
    const { on, loop, desk, clock, doorOf, touch } = signedIn()
    for (const number of [label, next]) loop.cardsHere.set(digest(carrier, number), cardFor(number))
    desk.scanned(label)
    await clock.advance(150)
    loop.shut(doorOf())
    desk.scanned(next)
    expect(on('looking').parcel.number).toBe(next)
    await clock.advance(2_500)
    expect(on('deposit-door').parcel?.number).toBe(next)
    loop.shut(doorOf())
    await clock.advance(300)
    touch({ kind: 'finish' })
    expect(on('farewell')).toMatchObject({ outcome: 'delivered', delivered: 2 })
  })

  it('is done only when the door is shut and the code is made', async () => {
    const { on, loop, desk, clock, touch, doorOf } = signedIn()
    loop.cardsHere.set(digest(carrier, label), cardFor(label))
    desk.scanned(label)
    await clock.advance(150)
    touch({ kind: 'finish' })
    expect(on('deposit-door').problem).toBe('door-open')
    loop.shut(doorOf())
    touch({ kind: 'finish' })
    expect(on('deposit-door').waiting).toBe(true)
    await clock.advance(400)
    expect(on('farewell').delivered).toBe(1)
  })

  it('shows whose it may be and refuses no number', async () => {
    const { desk, on, clock, loop, touch } = signedIn()
    loop.set({ online: false })
    desk.scanned('1Z999AA10123456784')
    await clock.advance(10)
    touch({ kind: 'type-recipient' })
    expect(on('recipient').parcel.guesses[0]).toMatchObject({ carrier: 'ups', confidence: 'certain', own: false })
    desk.scanned('zzz')
    expect(on('recipient').kind).toBe('recipient')
  })

  it('takes the phone’s camera for a scanner, of this courier alone', async () => {
    const { loop, on, clock } = signedIn()
    loop.cardsHere.set(digest(carrier, label), cardFor(label))
    expect(loop.phoneScans(loop.drawId('person'), label)).toBe(false)
    expect(loop.phoneScans(person, label)).toBe(true)
    await clock.advance(200)
    expect(on('deposit-door').phase).toBe('open')
  })
})

describe('a parcel nobody announced', () => {
  it('is asked of the cloud, whose card opens the door', async () => {
    const { desk, on, loop, clock } = signedIn()
    loop.answerAsk = () => reply({ card: cardFor(label) })
    desk.scanned(label)
    expect(on('looking').parcel.number).toBe(label)
    await clock.advance(600)
    expect(on('deposit-door').phase).toBe('open')
  })

  it('needs the recipient’s phone typed and confirmed, and a size by one tap', async () => {
    const { desk, on, touch, loop, clock } = signedIn()
    loop.answerAsk = () => reply({ card: null })
    loop.standingPhones.add(`+86${recipientPhone}`)
    desk.scanned(label)
    await clock.advance(400)
    touch({ kind: 'recipient', phone: '12' })
    expect(on('recipient').problem).toBe('phone-unreadable')
    touch({ kind: 'recipient', phone: recipientPhone })
    expect(on('recipient-check').phone).toBe(`+86${recipientPhone}`)
    touch({ kind: 'right' })
    await clock.advance(400)
    expect(on('size').free.L).toBe(1)
    touch({ kind: 'size', size: 'L' })
    await clock.advance(600)
    const { compartment } = on('deposit-door')
    expect(loop.cabinet().layout.compartments.find(({ id }) => id === compartment)?.size).toBe('L')
  })

  it('opens nothing without consent, asks for it, and goes on by itself when it comes', async () => {
    const { desk, on, touch, loop, clock } = signedIn()
    loop.cardsHere.set(digest(carrier, label), cardFor(label, { consent: null }))
    desk.scanned(label)
    expect(on('consent')).toMatchObject({ state: 'missing', canAsk: true })
    loop.answerAsk = () => reply({})
    touch({ kind: 'ask-consent' })
    await clock.advance(400)
    expect(on('consent').state).toBe('waiting')
    loop.cardsHere.set(digest(carrier, label), cardFor(label))
    loop.set({})
    await clock.advance(300)
    expect(on('deposit-door').phase).toBe('open')
  })

  it('asks for a phone where the parcel was announced without one, before anybody is asked to agree', async () => {
    const { desk, on, touch, loop, clock } = signedIn()
    loop.cardsHere.set(digest(carrier, label), cardFor(label, { consent: null, tail: null }))
    desk.scanned(label)
    touch({ kind: 'recipient', phone: recipientPhone })
    expect(on('recipient-check').phone).toBe(`+86${recipientPhone}`)
    touch({ kind: 'right' })
    await clock.advance(400)
    expect(on('consent')).toMatchObject({ state: 'missing', canAsk: true })
  })

  it('needs no phone where its sender named this cabinet', async () => {
    const { desk, on, loop, clock } = signedIn()
    loop.cardsHere.set(digest(carrier, label), cardFor(label, { tail: null }))
    desk.scanned(label)
    await clock.advance(600)
    expect(on('deposit-door').phase).toBe('open')
  })

  it.each([
    ['declined', reply({ refusal: 'consent-declined' }), 'declined'],
    ['out of reach', { answered: false, why: 'timeout' } as const, 'unreachable'],
  ])('says when the recipient is %s, and lets the courier go on', async (_name, answer, state) => {
    const { desk, on, touch, loop, clock } = signedIn()
    loop.cardsHere.set(digest(carrier, label), cardFor(label, { consent: null }))
    desk.scanned(label)
    loop.answerAsk = () => answer
    touch({ kind: 'ask-consent' })
    await clock.advance(400)
    expect(on('consent').state).toBe(state)
    touch({ kind: 'back' })
    expect(on('scan').problem).toBeNull()
  })
})

describe('at the open door', () => {
  it.each([
    ['damaged', 'parcel-damaged'],
    ['weight-off', 'weight-differs'],
  ] as const)('%s: the parcel does not stay', async (kind, problem) => {
    const { desk, on, touch, loop, clock, doorOf } = signedIn()
    loop.cardsHere.set(digest(carrier, label), cardFor(label))
    desk.scanned(label)
    await clock.advance(500)
    const said: unknown[] = []
    loop.onEvents((events) => said.push(...events))
    touch({ kind })
    expect(said).toContainEqual(expect.objectContaining({ type: 'parcelTurnedAway', why: kind }))
    expect(on('deposit-door')).toMatchObject({ cancelling: true, problem })
    loop.shut(doorOf())
    expect(on('scan')).toMatchObject({ problem, delivered: 0 })
    expect(loop.cabinet().deposits.size).toBe(0)
  })

  it('takes a bigger door and asks for the former to be shut', async () => {
    const { desk, on, touch, loop, clock, doorOf } = signedIn()
    loop.cardsHere.set(digest(carrier, label), cardFor(label))
    desk.scanned(label)
    await clock.advance(500)
    const small = doorOf()
    touch({ kind: 'bigger' })
    await clock.advance(2_500)
    expect(on('deposit-door')).toMatchObject({ phase: 'open', alsoShut: [small] })
    loop.shut(small)
    await clock.advance(10)
    expect(on('deposit-door').alsoShut).toEqual([])
  })

  it('takes another one by itself where a door does not open', async () => {
    const { desk, on, loop, clock } = signedIn()
    const [first] = loop.cabinet().layout.compartments
    if (first === undefined) throw new Error('no doors')
    loop.jammed.add(first.id)
    loop.cardsHere.set(digest(carrier, label), cardFor(label))
    desk.scanned(label)
    await clock.advance(7_000)
    expect(on('deposit-door')).toMatchObject({ phase: 'open', instead: first.id })
    expect(loop.cabinet().compartments.get(first.id)?.use).toBe('suspect')
  })

  it('cancels without losing the session', async () => {
    const { desk, on, touch, loop, clock, doorOf } = signedIn()
    loop.cardsHere.set(digest(carrier, label), cardFor(label))
    desk.scanned(label)
    await clock.advance(500)
    touch({ kind: 'cancel' })
    loop.shut(doorOf())
    expect(on('scan').problem).toBe('deposit-cancelled')
  })

  it('says the full cabinet before a scan is wasted', async () => {
    const { put, loop, on, desk, clock, touch } = signedIn()
    for (let i = 0; i < 6; i += 1)
      await put(`SF12345678901${i}0`, { size: i > 4 ? 'XL' : 'S' }).then(() => clock.advance(2_000))
    desk.scanned('zz')
    touch({ kind: 'finish' })
    await clock.advance(9_000)
    expect(Object.values(on('idle').free)).toEqual([0, 0, 0, 0])
    expect(on('idle').deposits).toBe('nothing-free')
    expect(loop.cabinet().deposits.size).toBe(6)
  })
})

describe('taking out', () => {
  it('goes door by door and counts', async () => {
    const { put, on, touch, loop, clock, doorOf } = signedIn()
    loop.listedRecalls.push(await put(label), await put(next))
    touch({ kind: 'recalls' })
    await clock.advance(2_000)
    expect(on('recalls').doors).toHaveLength(2)
    touch({ kind: 'recall-next' })
    await clock.advance(2_500)
    loop.shut(doorOf())
    expect(on('recall-door')).toMatchObject({ phase: 'shut', left: 1 })
    touch({ kind: 'recall-next' })
    await clock.advance(2_500)
    loop.shut(doorOf())
    touch({ kind: 'finish' })
    expect(on('farewell')).toMatchObject({ outcome: 'delivered', takenOut: 2 })
    expect(loop.cabinet().deposits.size).toBe(0)
  })
})
