import { describe, expect, it } from 'vitest'
import { instant, seconds } from '@holdfast/core/values/instants.ts'
import { createManualClock } from '../clock.ts'
import type { Query } from '../postgres/db.ts'
import type { Lane } from './consume.ts'
import { createGoal, createLookout } from './lookout.ts'
import { type Place, placeBefore } from './read.ts'

const laneOf = (name: string, topics: readonly string[], part = 0, partitions = 1): Lane => ({
  consumer: { name, topics, partitions, handle: async () => undefined },
  part,
})

const place = (tx: number, seq: number): Place => ({ tx: String(tx), seq })
const head = (tx: number, seq: number, { topic = 'parcel', key = 'k', settled = true, kind = '' } = {}) => ({
  ...place(tx, seq),
  topic,
  kind: kind === '' ? null : kind,
  key,
  settled,
})

/** The lookout on what the database would answer, and where it pointed each lane. */
function lookoutOn(lanes: readonly Lane[], ...answers: readonly (readonly object[])[]) {
  const left = [...answers]
  const asked: unknown[] = []
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- rows as the statement shapes them.
  const query = (async (_sql: string, params: readonly unknown[]) => {
    asked.push(params)
    return left.shift() ?? []
  }) as unknown as Query
  const told = lanes.map(() => new Array<Place>())
  const aims = lanes.map((lane, i) => ({ lane, at: (to: Place) => void told[i]?.push(to) }))
  return { look: createLookout(query, aims), told, asked }
}

describe('the lookout', () => {
  it('points only those lanes that something concerns', async () => {
    const lanes = [
      laneOf('parcels', ['parcel']),
      laneOf('cabinets', ['cabinet']),
      laneOf('both', ['parcel', 'cabinet']),
    ]
    const { look, told, asked } = lookoutOn(lanes, [head(5, 1), head(5, 2, { topic: 'other' })])
    expect(await look(place(4, 0))).toMatchObject({ next: place(5, 2), isFull: false, isUnsettled: false })
    expect(told.map((places) => places.length)).toEqual([1, 0, 1])
    expect(told[0]?.[0]).toMatchObject(place(5, 2))
    expect(asked).toEqual([['4', 0]])
  })

  it.each([
    ['a kind that it waits for', { kind: 'made' }, true],
    ['a kind that it does not wait for', { kind: 'begun' }, false],
    ['no kind', {}, true],
    ['a kind of a topic of which it waits for all', { topic: 'cabinet', kind: 'begun' }, true],
    ['a kind by the same name of a topic that it does not wait for', { topic: 'other', kind: 'made' }, false],
  ])('points a lane that waits for some kinds of a topic at %s: %j %s', async (_, given, concerned) => {
    const consumer = { name: 'c', topics: ['parcel', 'cabinet'], kinds: { parcel: ['made'] }, handle: async () => {} }
    const { look, told } = lookoutOn([{ consumer, part: 0 }], [head(5, 1, given)])
    await look(place(4, 0))
    expect(told[0]).toHaveLength(concerned ? 1 : 0)
  })

  it('points one partition, the same for the same key', async () => {
    const lanes = [0, 1, 2, 3].map((part) => laneOf('shared', ['parcel'], part, 4))
    const { look, told } = lookoutOn(lanes, [head(5, 1, { key: 'a' })], [head(6, 1, { key: 'a' })])
    await look(place(0, 0))
    const first = told.map((places) => places.length)
    await look(place(5, 1))
    expect(first.filter((count) => count === 1)).toHaveLength(1)
    expect(told.map((places) => places.length)).toEqual(first.map((count) => count * 2))
  })

  it.each([
    ['nothing new', [], place(1, 0), false],
    ['all settled', [head(2, 1), head(3, 1)], place(3, 1), false],
    ['the last behind a running transaction', [head(2, 1), head(3, 1, { settled: false })], place(2, 1), true],
    ['all behind a running transaction', [head(2, 1, { settled: false })], place(1, 0), true],
  ])('goes no further than what is visible to everyone: %s', async (_, rows, next, isUnsettled) => {
    const { look, told } = lookoutOn([laneOf('c', ['parcel'])], rows)
    expect(await look(place(1, 0))).toMatchObject({ next, isUnsettled })
    expect(told[0]).toHaveLength(rows.some(({ settled }) => settled) ? 1 : 0)
  })

  it('moves an unconcerned lane on in strides, so that pruning and a restart are not held up', async () => {
    const page = Array.from({ length: 499 }, (_, i) => head(2, i + 1, { topic: 'other' }))
    const { look, told } = lookoutOn([laneOf('c', ['parcel'])], page, [head(3, 1, { topic: 'other' })])
    await look(place(1, 0))
    expect(told[0]).toEqual([])
    await look(place(2, 499))
    expect(told[0]).toMatchObject([place(3, 1)])
  })

  it('says when more waits than one look takes', async () => {
    const page = Array.from({ length: 500 }, (_, i) => head(2, i + 1))
    const { look } = lookoutOn([laneOf('c', ['parcel'])], page)
    expect((await look(place(1, 0))).isFull).toBe(true)
  })
})

describe('a lane with patience', () => {
  const patience = { parcel: seconds(2), slow: seconds(5) }
  const waits = { name: 'c', topics: ['parcel', 'slow', 'wish'], patience, handle: async () => undefined }

  it.each([
    ['what may wait', ['parcel'], 2_000],
    ['what may wait long', ['slow', 'slow'], 5_000],
    ['what may wait for different times', ['slow', 'parcel', 'slow'], 2_000],
    ['what may not wait', ['wish'], 0],
    ['what may not wait among what may', ['parcel', 'wish', 'slow'], 0],
    ['what may wait beside what does not concern it', ['slow', 'other'], 5_000],
  ])('is pointed at %s: %j within %i ms', async (_, topics, within) => {
    const pointed: unknown[] = []
    const aim = { lane: { consumer: waits, part: 0 }, at: (to: Place, ms: number) => void pointed.push([to.seq, ms]) }
    const heads = topics.map((topic, i) => head(5, i + 1, { topic }))
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- rows as the statement shapes them.
    await createLookout((async () => heads) as unknown as Query, [aim])(place(4, 0))
    expect(pointed).toEqual([[topics.length, within]])
  })
})

describe('a goal', () => {
  const atOnce = seconds(0)
  const open = () => {
    const clock = createManualClock(instant(1_000))
    let moves = 0
    return { clock, goal: createGoal(clock, () => (moves += 1)), moves: () => moves }
  }

  it('moves only further, and tells each move', () => {
    const { goal, moves } = open()
    for (const to of [place(9, 5), place(9, 4), place(8, 9), place(10, 1), place(10, 1)]) goal.at(to, atOnce)
    expect([goal.read(), moves()]).toEqual([place(10, 1), 2])
  })

  it('is forgotten when reached, unless it has moved on meanwhile', () => {
    const { goal } = open()
    goal.at(place(1, 1), atOnce)
    const first = goal.read()
    goal.at(place(2, 1), atOnce)
    if (first !== undefined) goal.reached(first)
    const second = goal.read()
    expect(second).toEqual(place(2, 1))
    if (second !== undefined) goal.reached(second)
    expect(goal.read()).toBeUndefined()
  })

  it('gathers what may wait, and moves to the last of it when the first has waited long enough', () => {
    const { goal, clock, moves } = open()
    goal.at(place(1, 1), seconds(2))
    clock.advance(seconds(1))
    goal.at(place(2, 1), seconds(2))
    expect([goal.read(), moves()]).toEqual([undefined, 0])
    clock.advance(seconds(1))
    expect([goal.read(), moves()]).toEqual([place(2, 1), 1])
    goal.at(place(3, 1), seconds(2))
    clock.advance(seconds(2))
    expect([goal.read(), moves()]).toEqual([place(3, 1), 2])
  })

  it('moves at once for what may not wait, and takes along what did', () => {
    const { goal, clock, moves } = open()
    goal.at(place(1, 1), seconds(2))
    goal.at(place(2, 1), atOnce)
    expect([goal.read(), moves()]).toEqual([place(2, 1), 1])
    clock.advance(seconds(9))
    expect(moves()).toBe(1)
  })

  it('rings no more once it is stopped', () => {
    const { goal, clock, moves } = open()
    goal.at(place(1, 1), seconds(2))
    goal.stop()
    clock.advance(seconds(9))
    expect([goal.read(), moves()]).toEqual([undefined, 0])
  })
})

describe('places', () => {
  it.each([
    [place(9, 9), place(10, 1), true],
    [place(10, 1), place(9, 9), false],
    [place(10, 1), place(10, 2), true],
    [place(10, 2), place(10, 2), false],
    [{ tx: '18446744073709551615', seq: 0 }, { tx: '18446744073709551615', seq: 1 }, true],
  ])('come by transaction number, then row: %j before %j is %s', (a, b, before) => {
    expect(placeBefore(a, b)).toBe(before)
  })
})
