import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readOpening } from '@holdfast/core/tariff/opening.ts'
import type { ParcelId } from '@holdfast/core/values/ids.ts'
import { after, days, hours, minutes } from '@holdfast/core/values/instants.ts'
import type { Place } from '../../../cabinets/cabinets.ts'
import { describeStory, type Story } from '../../story.testing.ts'
import { doorsWanted } from './ask-to-collect.ts'

let people = 0
const somebody = (): string => {
  people += 1
  return `+86139${String(people).padStart(8, '0')}`
}

/** What every claim below does: somebody's parcel is put in, doors get few, hours pass. */
function crowdOf(story: Story) {
  const put = async (place: Place, phone = somebody(), count = 1) => {
    const numbers = Array.from({ length: count }, story.number)
    const ids: ParcelId[] = []
    for (const number of numbers) ids.push((await story.announce(number, { recipient: { phone } })).id)
    const made = story.deposit(place, numbers, people * 10)
    await story.town().tell([made.prepared(phone), made.made()])
    const [parcel] = ids
    if (parcel === undefined) throw new Error('nothing was put in')
    return { parcel, ids, made, phone, at: { cabinet: place.cabinet, deposit: made.deposit } }
  }
  return {
    put,
    fill: ({ cabinet }: Place, free: number, online = true): void => {
      const of = { cabinet, online, heardAt: null, doors: 20, free: { S: free } }
      story.town().neighbours.doors.set(cabinet, of)
    },
    passes: (long: Parameters<ReturnType<Story['town']>['clock']['advance']>[0]) => story.town().clock.advance(long),
    look: async () => await story.town().parcels.tick(),
    /** How often: the outbox is shared with the claims before. */
    times: async (...of: readonly ParcelId[]): Promise<readonly number[]> => {
      const all = (await story.town().news()).filter(({ type }) => type === 'collect-asked')
      return of.map((parcel) => all.filter((each) => each.parcel === parcel).length)
    },
  }
}

describeStory('a cabinet that is nearly full', (story) => {
  const { put, fill, passes, look, times } = crowdOf(story)

  it('has those asked to collect who have waited longest, as many as doors are wanted', async () => {
    const place = story.place()
    const first = await put(place)
    passes(minutes(10))
    const second = await put(place)
    passes(minutes(10))
    const third = await put(place)
    fill(place, 1)
    passes(hours(5))
    await look()
    expect(await times(first.parcel, second.parcel, third.parcel)).toEqual([1, 1, 0])
  })

  it('has the next asked an hour later, if it still is', async () => {
    const place = story.place()
    const first = await put(place)
    passes(minutes(10))
    const second = await put(place)
    fill(place, 2)
    passes(hours(5))
    for (let n = 0; n < 3; n += 1) await look()
    expect(await times(first.parcel, second.parcel)).toEqual([1, 0])
    passes(hours(1))
    await look()
    expect(await times(first.parcel, second.parcel)).toEqual([1, 1])
  })

  it('is no matter once there are doors again, and is looked at anew with the next deposit', async () => {
    const place = story.place()
    const first = await put(place)
    fill(place, 3)
    passes(hours(5))
    await look()
    fill(place, 0)
    passes(hours(2))
    await look()
    expect(await times(first.parcel)).toEqual([0])
    const second = await put(place)
    await look()
    expect(await times(first.parcel, second.parcel)).toEqual([1, 0])
  })

  it('is not forgotten where a deposit comes while it is looked at', async () => {
    const place = story.place()
    const first = await put(place)
    passes(hours(5))
    const { neighbours } = story.town()
    const { freeDoors } = neighbours.cabinets
    fill(place, 9)
    const meanwhile = async (of?: readonly (typeof place.cabinet)[]) => {
      const seen = await freeDoors(of)
      await put(place)
      return seen
    }
    Object.assign(neighbours.cabinets, { freeDoors: meanwhile })
    await look()
    Object.assign(neighbours.cabinets, { freeDoors })
    expect(await times(first.parcel)).toEqual([0])
    fill(place, 0)
    passes(hours(1))
    await look()
    expect(await times(first.parcel)).toEqual([1])
  })

  it('troubles nobody who has only just got his code', async () => {
    const place = story.place()
    const { parcel } = await put(place)
    fill(place, 0)
    passes(hours(3))
    await look()
    expect(await times(parcel)).toEqual([0])
    passes(hours(1))
    await look()
    expect(await times(parcel)).toEqual([1])
  })

  it('troubles a person once a day, however many of his parcels wait, and wherever', async () => {
    const [place, other] = [story.place({ retentionHours: 120 }), story.place({ retentionHours: 120 })]
    const mine = await put(place)
    const parcels = [mine, await put(place, mine.phone), await put(other, mine.phone)].map(({ parcel }) => parcel)
    for (const each of [place, other]) fill(each, 0)
    const sum = async () => (await times(...parcels)).reduce((all, each) => all + each, 0)
    passes(hours(5))
    for (let hour = 0; hour < 24; hour += 1) {
      await look()
      expect(await sum()).toBe(1)
      passes(hours(1))
    }
    await look()
    expect(await sum()).toBe(2)
  })

  it('asks each once where several processes look at the same moment', async () => {
    const place = story.place()
    const { parcel } = await put(place)
    fill(place, 0)
    passes(hours(5))
    await Promise.all([1, 2, 3].map(look))
    expect(await times(parcel)).toEqual([1])
  })

  it('tells every parcel behind the door in its own story', async () => {
    const place = story.place()
    const { ids } = await put(place, somebody(), 3)
    fill(place, 0)
    passes(hours(5))
    await look()
    expect(await times(...ids)).toEqual([1, 1, 1])
  })

  it('forgets after a day whom it asked (law 14)', async () => {
    const place = story.place()
    const { phone } = await put(place)
    fill(place, 0)
    passes(hours(5))
    await look()
    const kept = async () => await story.db().query('select from parcel_asked where phone = $1', [phone])
    expect(await kept()).toHaveLength(1)
    passes(days(1))
    fill(place, 9)
    await look()
    expect(await kept()).toEqual([])
  })
})

describeStory('nobody is asked to collect', (story) => {
  const { put, fill, passes, look, times } = crowdOf(story)
  type Put = Awaited<ReturnType<typeof put>>
  const tell = async (fact: ReturnType<Put['made']['made']>) => await story.town().tell([fact])

  it.each<readonly [string, (of: Put) => Promise<unknown>]>([
    ['whose parcel is frozen', async (of) => await story.town().parcels.disown(of.phone, of.parcel)],
    ['whose parcel was refused and put back', async ({ made }) => await tell(made.refused())],
    ['whose parcel the courier took out', async ({ made }) => await tell(made.recalled())],
    ['who has collected', async ({ made }) => await tell(made.collected())],
    ['whose deposit came to nothing', async ({ made }) => await tell(made.cancelled())],
    ['whose parcel is overdue, and the courier’s to take', async () => passes(hours(48))],
  ])('%s', async (_, happens) => {
    const place = story.place()
    const waiting = await put(place)
    const of = await put(place)
    passes(hours(5))
    await happens(of)
    fill(place, 0)
    await look()
    expect((await times(of.parcel))[0]).toBe(0)
    // The look was a real one: who waits as long and may come is asked.
    const isOver = (await story.told(waiting.parcel)).some((line) => line.endsWith('overdue'))
    expect(await times(waiting.parcel)).toEqual([isOver ? 0 : 1])
  })

  // The town's clock begins at 10:40 on a Monday in Shanghai; five hours later the look is taken.
  const opening = (text: string) => {
    const read = readOpening(text)
    if (!read.accepted) throw new Error(read.refusal)
    return read.opening
  }
  const soon = (place: Place): Place['outages'] => {
    const now = story.town().clock.now()
    const from = after(now, hours(5.5))
    return [{ id: story.town().id('outage'), from, to: after(from, hours(1)) }, ...place.outages]
  }

  it.each<readonly [string, (place: Place) => Place, (place: Place) => void, (place: Place) => Place]>([
    [
      'at a site that is closed',
      (at) => ({ ...at, opening: opening('Mon-Sun 06:00-10:00') }),
      () => undefined,
      (at) => ({ ...at, opening: null }),
    ],
    [
      'where it closes within the hour',
      (at) => ({ ...at, opening: opening('Mon-Sun 06:00-16:00') }),
      () => undefined,
      (at) => ({ ...at, opening: null }),
    ],
    [
      'when it will soon be out of reach',
      (at) => ({ ...at, outages: soon(at) }),
      () => undefined,
      (at) => ({ ...at, outages: [] }),
    ],
    ['in the quiet hours', (at) => at, () => void (story.town().neighbours.state.quiet = true), (at) => at],
    ['by a cabinet that is offline', (at) => at, (at) => fill(at, 0, false), (at) => at],
  ])('%s, and everybody is once that is over', async (_, before, begins, over) => {
    const { neighbours } = story.town()
    const place = before(story.place())
    const { cabinet } = place
    neighbours.places.set(cabinet, place)
    const { parcel } = await put(place)
    fill(place, 0)
    begins(place)
    passes(hours(5))
    await look()
    expect(await times(parcel)).toEqual([0])
    neighbours.places.set(cabinet, over(place))
    neighbours.state.quiet = false
    fill(place, 0)
    passes(hours(1))
    await look()
    expect(await times(parcel)).toEqual([1])
  })
})

describe('doors that are wanted', () => {
  it.each([
    [60, 0, 7],
    [60, 6, 1],
    [60, 7, 0],
    [20, 1, 2],
    [8, 0, 1],
    [8, 1, 0],
    [0, 0, 0],
  ])('of %i with %i free are %i', (doors, free, wanted) => {
    expect(doorsWanted({ doors, free: { M: free } })).toBe(wanted)
  })

  it('leave more than one in ten free, and not one more than that', () => {
    const sizes = fc.record({ S: fc.nat(200), M: fc.nat(200), L: fc.nat(200) })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 600 }), sizes, (doors, free) => {
        const left = free.S + free.M + free.L
        const wanted = doorsWanted({ doors, free })
        expect(left + wanted > doors / 10).toBe(true)
        if (wanted > 0) expect(left + wanted - 1 > doors / 10).toBe(false)
      }),
    )
  })
})
