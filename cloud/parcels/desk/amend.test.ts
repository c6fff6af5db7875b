import { expect, it } from 'vitest'
import type { ParcelId } from '@holdfast/core/values/ids.ts'
import { phone } from '../parcels.testing.ts'
import type { Correction } from '../parcels.ts'
import { describeStory } from '../story.testing.ts'

const other = '+8613700000021'
const states = ['expected', 'stored', 'refused', 'recalled', 'collected', 'disputed', 'cancelled', 'returned'] as const
type State = (typeof states)[number]
type Act = 'phone' | 'size' | 'both' | 'cancel' | 'returned'

describeStory('what a carrier may still change', (story) => {
  const acts: Readonly<Record<Act, (parcel: ParcelId, by?: ReturnType<typeof story.carrier>) => Promise<unknown>>> = {
    phone: async (parcel, by = story.carrier()) => await correct(parcel, { recipientPhone: other }, by),
    size: async (parcel, by = story.carrier()) => await correct(parcel, { size: 'XL' }, by),
    both: async (parcel, by = story.carrier()) => await correct(parcel, { recipientPhone: other, size: 'S' }, by),
    cancel: async (parcel, by = story.carrier()) => await story.town().parcels.cancel(by, parcel),
    returned: async (parcel, by = story.carrier()) => await story.town().parcels.markReturned(by, parcel),
  }
  const correct = async (parcel: ParcelId, correction: Correction, by = story.carrier()) =>
    await story.town().parcels.correct(by, parcel, correction)

  /** A parcel that has come as far as this. */
  const brought = async (state: State): Promise<ParcelId> => {
    if (state === 'expected') return (await story.announce(story.number())).id
    if (state === 'cancelled' || state === 'returned') {
      const { id } = await story.announce(story.number())
      await acts[state === 'cancelled' ? 'cancel' : 'returned'](id)
      return id
    }
    const { made, parcel } = await story.stored(story.place())
    if (state === 'disputed') {
      const { deposit } = made
      const fact = made.collected()
      await story.town().tell([{ ...fact, event: { ...fact.event, type: 'depositDisputed', deposit } as never }])
    } else if (state !== 'stored') await story.town().tell([made[state]()])
    return parcel.id
  }

  const yes = 'ok'
  const inside = 'parcel-already-stored'
  const over = 'parcel-over'
  const table: Readonly<Record<Act, readonly [...(readonly string[])]>> = {
    phone: [yes, yes, 'code-not-waiting', over, over, over, over, over],
    size: [yes, inside, inside, over, over, over, over, over],
    both: [yes, inside, inside, over, over, over, over, over],
    cancel: [yes, inside, inside, over, over, over, yes, over],
    returned: [yes, inside, inside, yes, yes, yes, yes, yes],
  }
  it.each(
    Object.entries(table).flatMap(([act, row]) => states.map((state, i) => [act as Act, state, row[i] ?? ''] as const)),
  )('%s of a parcel that is %s: %s', async (act, state, expected) => {
    const outcome = await acts[act](await brought(state))
    expect(outcome).toMatchObject(expected === yes ? { ok: true } : { ok: false, refusal: expected })
  })

  it.each(Object.keys(table) as readonly Act[])(
    '%s by another carrier finds nothing, and leaves no trace',
    async (act) => {
      for (const state of ['expected', 'stored', 'collected'] as const) {
        const parcel = await brought(state)
        const before = await story.told(parcel)
        expect(await acts[act](parcel, story.stranger())).toEqual({ ok: false, refusal: 'parcel-unknown' })
        expect(await acts[act](story.town().id('parcel'))).toEqual({ ok: false, refusal: 'parcel-unknown' })
        expect(await story.told(parcel)).toEqual(before)
      }
    },
  )

  it.each<readonly [string, Correction]>([
    ['correction-empty', {}],
    ['phone-unreadable', { recipientPhone: 'nobody' }],
    ['phone-unreadable', { recipientPhone: '', size: 'S' }],
    ['size-beyond-doors', { dimensions: { widthMm: 2_000, heightMm: 1, depthMm: 1 } }],
  ])('refuses with %s: %j', async (refusal, correction) => {
    expect(await correct(await brought('expected'), correction)).toEqual({ ok: false, refusal })
  })

  it('says twice the same and writes it down once', async () => {
    for (const act of ['phone', 'cancel', 'returned'] as const) {
      const parcel = await brought('expected')
      const first = await acts[act](parcel)
      const lines = await story.told(parcel)
      expect(await acts[act](parcel)).toEqual(first)
      expect(await story.told(parcel)).toEqual(lines)
    }
  })

  it('writes a cancelling once where it is told twice at the same moment', async () => {
    const parcel = await brought('expected')
    await Promise.all([acts.cancel(parcel), acts.cancel(parcel), acts.cancel(parcel)])
    expect(await story.told(parcel)).toEqual(['1 announced', '2 cancelled'])
  })

  it('forgets the measures of before with a new size, and takes new ones', async () => {
    const dimensions = { widthMm: 100, heightMm: 90, depthMm: 300 }
    const place = story.place()
    const { id, trackingNumber } = await story.announce(story.number(), {
      cabinet: place.cabinet,
      size: undefined,
      dimensions,
    })
    const card = () =>
      story.town().neighbours.cards.get(`${place.cabinet}/${story.town().digestOf(story.carrier(), trackingNumber)}`)
    expect(card()).toMatchObject({ size: 'S', box: dimensions })
    await correct(id, { size: 'L' })
    expect(card()).toMatchObject({ size: 'L', box: null })
    await correct(id, { dimensions })
    expect(card()).toMatchObject({ size: 'S', box: dimensions })
  })

  it('takes the card out of the cabinet with a cancelled parcel, and puts none out for one that is back', async () => {
    for (const act of ['cancel', 'returned'] as const) {
      const place = story.place()
      const { id } = await story.announce(story.number(), { cabinet: place.cabinet })
      expect(story.town().neighbours.cards.size).toBe(1)
      await acts[act](id)
      expect(story.town().neighbours.cards.size).toBe(0)
    }
  })

  it.each(['cancel', 'size', 'phone', 'returned'] as const)(
    'agrees with a deposit that comes at the same moment as a %s: one story, without a gap',
    async (act) => {
      for (let turn = 0; turn < 3; turn += 1) {
        const [place, text] = [story.place(), story.number()]
        const { id } = await story.announce(text, { cabinet: place.cabinet })
        const deposit = story.deposit(place, [text])
        const [outcome] = await Promise.all([acts[act](id), story.town().tell([deposit.prepared(), deposit.made()])])
        expect(outcome).toHaveProperty('ok')
        const lines = await story.told(id)
        expect(lines.map((line) => Number.parseInt(line, 10))).toEqual(lines.map((_, i) => i + 1))
        const seen = await story.seen(text)
        expect(seen.sequence).toBe(lines.length)
        // What lies behind a door is never forgotten, whatever its carrier said meanwhile (law 3).
        if (act !== 'returned') expect(seen.state).toBe('stored')
        expect(story.town().neighbours.cards.size).toBe(0)
        const code = await story.town().parcels.codeOf({ cabinet: place.cabinet, deposit: deposit.deposit })
        // Where the deposit was first the wrong phone may know its code: that is dead, and the cabinet asked for another.
        const isAsked = story.town().neighbours.renewals.includes(deposit.deposit)
        expect(code === undefined).toBe(isAsked)
      }
    },
  )

  it('moves the code to the right phone where the correction meets the deposit, whichever is first', async () => {
    for (let turn = 0; turn < 3; turn += 1) {
      const text = story.number()
      const { id } = await story.announce(text)
      const deposit = story.deposit(story.place(), [text])
      const told = story.town().tell([deposit.prepared(), deposit.made()])
      const outcome = await acts.phone(id)
      await told
      // Where the deposit was quicker by a hair the carrier is told to say it again, and then it holds.
      if (!(outcome as { ok: boolean }).ok) await acts.phone(id)
      expect(await story.town().parcels.recipientOf(id)).toMatchObject({ phone: other })
      const { waiting } = await story.town().parcels.recipientParcels(phone)
      expect(waiting.map(({ id: each }) => each)).not.toContain(id)
    }
  })
})
