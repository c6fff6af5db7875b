import { expect, it } from 'vitest'
import type { ParcelId } from '@holdfast/core/values/ids.ts'
import type { Place } from '../../cabinets/cabinets.ts'
import { phone } from '../parcels.testing.ts'
import { describeStory } from '../story.testing.ts'

const other = '+8613700000021'
const standing = { locale: 'ko', lowDoor: false, alwaysConsents: true } as const
/** What was said before the phone turned out to be wrong. */
const words = ['asked', 'given', 'declined', 'said of no cabinet', 'sender’s', 'sender’s, declined'] as const
type Word = (typeof words)[number]

describeStory('a consent is one person’s', (story) => {
  const answer = async (parcel: ParcelId, accept: boolean, of = phone) =>
    await story.town().parcels.recordConsent({ parcel, phone: of, accept, channel: 'reply' })
  const ask = async (place: Place, parcel: ParcelId) =>
    await story.town().parcels.askConsents(story.carrier(), place.cabinet, [parcel])

  /** Announced, and as far with consent as the word says. */
  const brought = async (word: Word) => {
    const place = story.place()
    const named = word.startsWith('sender') ? { cabinet: place.cabinet } : {}
    const { id, trackingNumber } = await story.announce(story.number(), named)
    if (word === 'said of no cabinet') await answer(id, true)
    else if (!word.startsWith('sender')) await ask(place, id)
    if (word === 'given') await answer(id, true)
    if (word === 'declined' || word === 'sender’s, declined') await answer(id, false)
    const card = () =>
      story.town().neighbours.cards.get(`${place.cabinet}/${story.town().digestOf(story.carrier(), trackingNumber)}`)
    return { place, id, trackingNumber, card }
  }
  const correct = async (parcel: ParcelId, to = other) =>
    await story.town().parcels.correct(story.carrier(), parcel, { recipientPhone: to })
  const linesOf = async (id: ParcelId) => (await story.told(id)).map((line) => line.replace(/^\d+ /u, ''))

  it.each([
    ['asked', 'asked', null, ['corrected', 'consent-asked']],
    ['given', 'asked', null, ['corrected', 'consent-asked']],
    ['declined', 'asked', null, ['corrected', 'consent-asked']],
    ['said of no cabinet', 'none', undefined, ['corrected']],
    ['sender’s', 'given', 'sender-named-cabinet', ['corrected']],
    ['sender’s, declined', 'given', 'sender-named-cabinet', ['corrected', 'consent-given']],
  ] as const)('%s by the wrong phone is %s for the right one', async (word, consent, kind, lines) => {
    const { id, trackingNumber, card } = await brought(word)
    const before = (await linesOf(id)).length
    expect(await correct(id)).toMatchObject({ ok: true, value: { consent } })
    expect((await story.seen(trackingNumber)).consent).toBe(consent)
    expect((await linesOf(id)).slice(before)).toEqual(lines)
    expect(card() === undefined ? undefined : (card()?.consent?.kind ?? null)).toBe(kind)
    if (card() !== undefined) expect(card()?.tail).toBe('0021')
  })

  it('is asked at the cabinet that the wrong phone was asked about, and of that operator', async () => {
    const { id, place } = await brought('given')
    await correct(id)
    const asked = (await story.town().news()).findLast(({ parcel, type }) => parcel === id && type === 'consent-asked')
    expect(asked).toMatchObject({ operator: place.operator })
    expect(await story.town().parcels.recipientOf(id)).toMatchObject({ phone: other, email: null })
  })

  it('is the right phone’s to give from then on, and the wrong one’s no more', async () => {
    const { id, card } = await brought('given')
    await correct(id)
    expect(await answer(id, true)).toEqual({ ok: false, refusal: 'parcel-unknown' })
    expect(card()?.consent).toBeNull()
    expect(await answer(id, true, other)).toMatchObject({ ok: true })
    expect(card()?.consent).toMatchObject({ kind: 'parcel' })
  })

  it('bothers nobody who always agrees', async () => {
    story.town().neighbours.wishes.set(other, standing)
    const { id, card } = await brought('declined')
    await correct(id)
    expect((await linesOf(id)).filter((line) => line === 'consent-asked')).toHaveLength(1)
    expect(card()?.consent).toMatchObject({ kind: 'standing' })
  })

  it('stays with its person where only the size is corrected, or the phone is written in another way', async () => {
    const { id, card } = await brought('given')
    await story.town().parcels.correct(story.carrier(), id, { size: 'L', recipientPhone: phone })
    expect(card()?.consent).toMatchObject({ kind: 'parcel' })
  })

  it('is kept on record, whoever gave it (R-01)', async () => {
    const { id } = await brought('given')
    await correct(id)
    await answer(id, false, other)
    const kept = await story.db().query<{ given: boolean }>('select given from parcel_consent order by at desc limit 2')
    expect(new Set(kept.map(({ given }) => given))).toEqual(new Set([false, true]))
  })

  it('is asked anew where a parcel that was put in for the wrong person is taken back', async () => {
    const { id, place, trackingNumber, card } = await brought('given')
    const made = story.deposit(place, [trackingNumber])
    const town = story.town()
    await town.tell([made.prepared(), made.made()])
    expect(await correct(id)).toMatchObject({ ok: true, value: { state: 'stored', consent: 'none' } })
    await town.tell([made.cancelled()])
    expect(card()).toBeUndefined()
    expect(await ask(place, id)).toBe(1)
    expect(card()?.consent).toBeNull()
  })

  it('is asked anew of whoever a courier types instead', async () => {
    const [place, number, town] = [story.place(), story.number(), story.town()]
    const { consent } = town.neighbours.handlers
    if (consent === undefined) throw new Error('nobody answers asks')
    const type = async (typed: string) =>
      await consent({
        cabinet: place.cabinet,
        operator: place.operator,
        plain: { carrier: story.carrier(), number, phone: typed },
        ask: {
          v: 1,
          kind: 'consent',
          cabinet: place.cabinet,
          incarnation: town.incarnation,
          ask: town.id('event'),
          parcel: town.digestOf(story.carrier(), number),
          deposit: town.id('deposit'),
          courier: town.courier,
          sealed: '',
        },
      })
    await type(phone)
    const id = (await town.news()).findLast(({ trackingNumber }) => trackingNumber === number)?.parcel
    if (id === undefined) throw new Error('nobody was asked')
    await answer(id, true)
    expect(await type(phone)).toMatchObject({ card: { consent: { kind: 'parcel' } } })
    expect(await type(other)).toMatchObject({ card: { consent: null } })
    expect((await linesOf(id)).filter((line) => line === 'consent-asked')).toHaveLength(2)
  })
})
