import { expect, it } from 'vitest'
import { type DurationMs, durationMs, hours, minutes } from '@holdfast/core/values/instants.ts'
import type { Place } from '../../../cabinets/cabinets.ts'
import { describeStory } from '../../story.testing.ts'

describeStory(
  'the term of a parcel',
  (story) => {
    const keptHours = async (number: string): Promise<number> => {
      const { storedAt, dueAt } = await story.seen(number)
      return ((dueAt ?? 0) - (storedAt ?? 0)) / 3_600_000
    }
    /** Put in at one cabinet, taken back by its courier, and put in at another. */
    const carriedOn = async (from: Place, to: Place, before: () => Promise<void> = async () => undefined) => {
      const { made, number } = await story.stored(from)
      await before()
      await story.town().tell([made.cancelled()])
      story.town().clock.advance(hours(1))
      const next = story.deposit(to, [number])
      await story.town().tell([next.prepared(), next.made()])
      return number
    }

    it.each([
      [48, 24],
      [24, 72],
    ])(
      'is that of the cabinet where it lies, not of one that it was taken out of: %i h, then %i h',
      async (first, then) => {
        const [from, to] = [story.place({ retentionHours: first }), story.place({ retentionHours: then })]
        expect(await keptHours(await carriedOn(from, to))).toBe(then)
      },
    )

    it('takes no outage of another cabinet along', async () => {
      const [from, to] = [story.place(), story.place()]
      const number = await carriedOn(from, to, async () => {
        await story.goes(from, 'offline')
        story.town().clock.advance(hours(10))
        await story.goes(from, 'online')
      })
      expect(await keptHours(number)).toBe(48)
    })

    it('begins anew at the same cabinet when the parcel comes a second time', async () => {
      const place = story.place()
      const { made, number, parcel } = await story.stored(place)
      await story.town().tell([made.recalled()])
      story.town().clock.advance(hours(30))
      const again = story.deposit(place, [number], 20)
      await story.town().tell([again.prepared(), again.made()])
      const seen = await story.seen(number)
      expect((seen.dueAt ?? 0) - story.town().clock.now()).toBe(hours(48))
      expect((await story.told(parcel.id)).slice(-2)).toEqual(['4 surprise', '5 deposited'])
    })

    /** Put in while nobody heard the cabinet; its journal is told when it is back. */
    const putInUnheard = async (given: {
      readonly before: DurationMs
      readonly after: DurationMs
      readonly journal: 'first' | 'last'
      readonly trusted?: boolean
    }): Promise<string> => {
      const [place, number] = [story.place(), story.number()]
      const { clock } = story.town()
      await story.announce(number)
      await story.goes(place, 'offline')
      clock.advance(given.before)
      const deposit = story.deposit(place, [number])
      const facts = [deposit.prepared(), deposit.made()]
      clock.advance(given.after)
      const at = clock.now()
      const told = facts.map((fact) => ({ ...fact, at, trusted: given.trusted ?? true }))
      if (given.journal === 'first') await story.town().tell(told)
      await story.goes(place, 'online')
      if (given.journal === 'last') await story.town().tell(told)
      return number
    }

    it.each(['first', 'last'] as const)(
      'stands still from a deposit that was made unheard until the cabinet is back, its journal told %s',
      async (journal) => {
        const number = await putInUnheard({ before: hours(2), after: hours(7), journal })
        expect(await keptHours(number)).toBe(48 + 7)
      },
    )

    it('counts from the telling where the cabinet’s clock is not trusted', async () => {
      const number = await putInUnheard({ before: hours(2), after: hours(7), journal: 'last', trusted: false })
      expect(await keptHours(number)).toBe(48)
      expect((await story.seen(number)).storedAt).toBe(story.town().clock.now())
    })

    it('does not count an outage that was over before the deposit', async () => {
      const place = story.place()
      await story.goes(place, 'offline')
      story.town().clock.advance(hours(5))
      await story.goes(place, 'online')
      const { number } = await story.stored(place)
      expect(await keptHours(number)).toBe(48)
    })

    it.each([
      [hours(48), 'overdue'],
      [durationMs(hours(48) - 1), 'stored'],
    ])('is over at its last millisecond and not before: after %i ms %s', async (passed, state) => {
      const { number } = await story.stored(story.place())
      story.town().clock.advance(passed)
      await story.town().parcels.tick()
      expect((await story.seen(number)).state).toBe(state)
    })

    it.each([
      [minutes(30), 48.5],
      [durationMs(minutes(30) - 1), 48],
    ])('counts an outage from half an hour on: %i ms', async (long, kept) => {
      const place = story.place()
      const { number } = await story.stored(place)
      await story.goes(place, 'offline')
      story.town().clock.advance(long)
      await story.goes(place, 'online')
      expect(await keptHours(number)).toBe(kept)
    })

    it('of what a person disputes, refuses or collects is never over', async () => {
      const place = story.place()
      const [refused, collected] = [await story.stored(place), await story.stored(story.place())]
      await story.town().tell([refused.made.refused()])
      await story.town().tell([collected.made.collected()])
      story.town().clock.advance(hours(500))
      await story.town().parcels.tick()
      expect((await story.seen(refused.number)).state).toBe('refused')
      expect((await story.seen(collected.number)).state).toBe('collected')
    })
  },
  'one',
)
