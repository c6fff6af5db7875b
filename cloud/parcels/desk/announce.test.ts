import fc from 'fast-check'
import { expect, it } from 'vitest'
import { sizes } from '@holdfast/core/values/sizes.ts'
import type { Tx } from '../../platform/postgres/db.ts'
import { announcement, phone } from '../parcels.testing.ts'
import { describeStory } from '../story.testing.ts'
import { sizeOfBox } from './reading.ts'

const refused = (refusal: string) => ({ ok: false, refusal })
const box = { widthMm: 300, heightMm: 90, depthMm: 400 }

describeStory('an announcement', (story) => {
  const announce = async (number: string, more: object = {}, by = story.carrier()) =>
    await story.town().parcels.announce(by, announcement(number, more))

  it('makes one parcel of two that come at the same moment with the same words', async () => {
    const number = story.number()
    const [one, two] = await Promise.all([announce(number), announce(number)])
    expect(one).toEqual(two)
    expect(one.ok).toBe(true)
    expect((await story.town().news()).filter(({ trackingNumber }) => trackingNumber === number)).toHaveLength(1)
  })

  it('lets one of two through that come at the same moment with different words', async () => {
    const number = story.number()
    const both = await Promise.all([announce(number, { size: 'S' }), announce(number, { size: 'XL' })])
    expect(both.filter(({ ok }) => ok)).toHaveLength(1)
    expect(both).toContainEqual(refused('parcel-already-announced'))
  })

  it('tells who has to keep its answer, in its own transaction: undone with that, and told again when repeated', async () => {
    const number = story.number()
    const { parcels } = story.town()
    const failing = parcels.announce(story.carrier(), announcement(number), () => {
      throw new Error('not kept')
    })
    await expect(failing).rejects.toThrow('not kept')
    expect(await parcels.find(story.carrier(), { trackingNumber: number })).toBeUndefined()
    const told: unknown[] = []
    const keep = (tx: Tx, parcel: unknown): void => {
      tx.write('select 1')
      told.push(parcel)
    }
    const outcomes = [
      await parcels.announce(story.carrier(), announcement(number), keep),
      await parcels.announce(story.carrier(), announcement(number), keep),
      await parcels.announce(story.carrier(), announcement(number, { size: 'XL' }), keep),
    ]
    expect(outcomes.map(({ ok }) => ok)).toEqual([true, true, false])
    expect(outcomes.slice(0, 2)).toEqual(told.map((value) => ({ ok: true, value })))
  })

  it('is one of its carrier’s: the same number of another is another parcel (law 11)', async () => {
    const number = story.number()
    const mine = await story.announce(number)
    const theirs = await story.announce(number, { recipient: { phone: '+8613700000011' } }, story.stranger())
    expect(mine.id).not.toBe(theirs.id)
    expect((await story.seen(number)).recipientPhoneMasked).toBe('138******78')
    expect((await story.seen(number, story.stranger())).recipientPhoneMasked).toBe('137******11')
  })

  it('joins no deposit of another carrier’s parcel of that number', async () => {
    const number = story.number()
    const deposit = story.deposit(story.place(), [number])
    await story.town().tell([deposit.prepared(null), deposit.made()])
    const late = await story.announce(number, {}, story.stranger())
    expect(late).toMatchObject({ state: 'expected', deposit: null })
  })

  const told: object = {
    size: undefined,
    dimensions: box,
    recipient: { phone, email: 'wang@example.org', lowDoor: true },
    freshFood: true,
    valuables: false,
    agreement: 'phoned',
  }
  it.each<readonly [string, object]>([
    ['phone', { recipient: { phone: '+8613700000012', email: 'wang@example.org', lowDoor: true } }],
    ['mail', { recipient: { phone, lowDoor: true } }],
    ['reach', { recipient: { phone, email: 'wang@example.org' } }],
    ['one edge', { dimensions: { ...box, depthMm: 399 } }],
    ['no measures', { dimensions: undefined, size: 'S' }],
    ['size beside the measures', { size: 'L' }],
    ['fresh food', { freshFood: false }],
    ['valuables', { valuables: true }],
    ['agreement', { agreement: 'written' }],
  ])('told again is the same, and with another %s is refused', async (_what, change) => {
    const number = story.number()
    const first = await announce(number, told)
    expect(await announce(number, told)).toEqual(first)
    expect(await announce(number, { ...told, ...change })).toEqual(refused('parcel-already-announced'))
  })

  it('told again after a correction does not undo it', async () => {
    const number = story.number()
    const { id } = await story.announce(number)
    await story.town().parcels.correct(story.carrier(), id, { recipientPhone: '+8613700000013' })
    expect(await announce(number)).toEqual(refused('parcel-already-announced'))
    expect((await story.seen(number)).recipientPhoneMasked).toBe('137******13')
  })

  it.each(['collected', 'recalled', 'refused'] as const)('does not begin a parcel anew that was %s', async (end) => {
    const { number, made } = await story.stored(story.place())
    await story.town().tell([made[end]()])
    expect(await announce(number, { size: 'XL' })).toEqual(refused('parcel-already-announced'))
  })

  it('knows a number however it is written, and finds it so', async () => {
    const number = story.number()
    const spaced = `${number.slice(0, 4)} ${number.slice(4, 9)}-${number.slice(9)}`.toLowerCase()
    const first = await story.announce(number)
    expect(await story.town().parcels.find(story.carrier(), { trackingNumber: spaced })).toMatchObject({ id: first.id })
    expect(await announce(spaced)).toMatchObject({ ok: true, value: { id: first.id } })
  })

  it.each([
    ['the announcement’s own', 'ko', 'en', 'ko'],
    ['the recipient’s wish', undefined, 'zh', 'zh'],
    ['English, where nobody said', undefined, undefined, 'en'],
  ] as const)('is spoken in %s', async (_whose, asked, wished, spoken) => {
    if (wished !== undefined)
      story.town().neighbours.wishes.set(phone, { locale: wished, lowDoor: false, alwaysConsents: false })
    const recipient = asked === undefined ? { phone } : { phone, locale: asked }
    expect((await story.announce(story.number(), { recipient })).locale).toBe(spoken)
  })

  it.each([
    ['nobody', false, false, false],
    ['the announcement, for this parcel', true, false, true],
    ['the recipient, for every parcel', false, true, true],
    ['both', true, true, true],
  ] as const)('has a low door on its card where %s asked for it (R-41)', async (_who, lowDoor, wished, low) => {
    const own = '+8613700000077'
    const { neighbours } = story.town()
    neighbours.wishes.set(own, { locale: 'en', lowDoor: wished, alwaysConsents: false })
    const { cabinet } = story.place()
    const number = story.number()
    await story.announce(number, { recipient: { phone: own, ...(lowDoor && { lowDoor }) }, cabinet })
    const next = story.number()
    await story.announce(next, { recipient: { phone: own }, cabinet })
    const cardOf = (one: string) => neighbours.cards.get(`${cabinet}/${story.town().digestOf(story.carrier(), one)}`)
    expect([cardOf(number)?.lowDoor, cardOf(next)?.lowDoor]).toEqual([low, wished])
  })

  it('that names a cabinet is consent to that one, and that names none is none (R-01)', async () => {
    const place = story.place()
    expect(await story.announce(story.number(), { cabinet: place.cabinet })).toMatchObject({ consent: 'given' })
    expect(await story.announce(story.number())).toMatchObject({ consent: 'none' })
    expect(story.town().neighbours.cards.size).toBe(1)
  })

  it('needs somebody to tell: a phone, a mail address, or the cabinet that it is addressed to', async () => {
    const { cabinet } = story.place()
    const email = 'wang@example.org'
    expect(await announce(story.number(), { recipient: {} })).toEqual(refused('recipient-unreachable'))
    expect(await announce(story.number(), { recipient: { email } })).toMatchObject({ ok: true })
    const alone = await story.announce(story.number(), { recipient: {}, cabinet })
    expect(alone).toMatchObject({ consent: 'given', recipientPhoneMasked: null })
    const mailed = await story.announce(story.number(), { recipient: { email }, cabinet })
    const { recipientOf } = story.town().parcels
    expect(await recipientOf(alone.id)).toMatchObject({ phone: null, email: null, addressAlone: true })
    expect(await recipientOf(mailed.id)).toMatchObject({ phone: null, email, addressAlone: false })
  })

  it('without a phone has a card that its sender’s word opens, and that shares a door with nobody', async () => {
    const { cabinet } = story.place()
    const number = story.number()
    await story.announce(number, { recipient: {}, cabinet })
    const card = story.town().neighbours.cards.get(`${cabinet}/${story.town().digestOf(story.carrier(), number)}`)
    expect(card).toMatchObject({ recipient: null, tail: null, consent: { kind: 'sender-named-cabinet' } })
  })

  it('without a phone is told again as the same, and a phone that comes later is its own', async () => {
    const { cabinet } = story.place()
    const number = story.number()
    const [recipient, own] = [{}, '+8613700000014']
    const first = await announce(number, { recipient, cabinet })
    expect(await announce(number, { recipient, cabinet })).toEqual(first)
    const { id } = await story.announce(number, { recipient, cabinet })
    expect(await story.town().parcels.correct(story.carrier(), id, { recipientPhone: own })).toMatchObject({ ok: true })
    expect(await story.town().parcels.recipientOf(id)).toMatchObject({ phone: own, addressAlone: false })
    expect(await story.seen(number)).toMatchObject({ consent: 'given' })
  })

  it('that comes late brings no consent for what lies there already', async () => {
    const [place, number] = [story.place(), story.number()]
    const deposit = story.deposit(place, [number])
    await story.town().tell([deposit.prepared(), deposit.made()])
    expect(await story.announce(number, { cabinet: place.cabinet })).toMatchObject({ state: 'stored', consent: 'none' })
    expect(story.town().neighbours.cards.size).toBe(0)
  })
})

it('fits a box into the smallest class that holds it, however it is turned', () => {
  const edge = fc.integer({ min: 1, max: 600 })
  fc.assert(
    fc.property(edge, edge, edge, (widthMm, heightMm, depthMm) => {
      const size = sizeOfBox({ widthMm, heightMm, depthMm })
      expect(sizeOfBox({ widthMm: depthMm, heightMm, depthMm: widthMm })).toBe(size)
      if (size === undefined) return
      const smaller = sizeOfBox({ widthMm: Math.max(1, widthMm - 1), heightMm, depthMm })
      expect(sizes.indexOf(smaller ?? 'XL')).toBeLessThanOrEqual(sizes.indexOf(size))
    }),
  )
})

it.each([
  [{ widthMm: 350, heightMm: 100, depthMm: 450 }, 'S'],
  [{ widthMm: 350, heightMm: 101, depthMm: 450 }, 'M'],
  [{ widthMm: 350, heightMm: 180, depthMm: 450 }, 'M'],
  [{ widthMm: 350, heightMm: 320, depthMm: 450 }, 'L'],
  [{ widthMm: 350, heightMm: 490, depthMm: 450 }, 'XL'],
  [{ widthMm: 351, heightMm: 490, depthMm: 451 }, undefined],
] as const)('%j is of class %s', (measures, size) => {
  expect(sizeOfBox(measures)).toBe(size)
})
