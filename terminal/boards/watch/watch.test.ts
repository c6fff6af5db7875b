import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Board, Reading, ReadResult } from '../board.ts'
import { createFakeClock } from '../line/clock.fake.ts'
import { restAfterFailureMs, Rounds } from './rounds.ts'
import {
  idlePollMs,
  longestOpenWatchMs,
  missesUntilUnknown,
  movingPollMs,
  pulsePollMs,
  pulseWatchMs,
  Watch,
} from './watch.ts'

const caught: Reading = { latch: 'caught', leaf: 'shut' }
const open: Reading = { latch: 'released', leaf: 'open' }
const silent: ReadResult = { ok: false, failure: 'silent' }
const seen = (reading: Reading): ReadResult => ({ ok: true, readings: new Map([[1, reading]]) })
const boardOf = (read: () => Promise<ReadResult>): Board =>
  ({ read, describe: () => ({ address: 3, senses: { leaf: true } }) }) as unknown as Board

function rig() {
  const clock = createFakeClock()
  const told: Reading[] = []
  const board = boardOf(() => Promise.resolve(silent))
  const locks = [{ line: 'one', board: 3, channel: 1 }]
  const watch = new Watch(board, locks, { clock, tell: ({ reading }) => told.push(reading) })
  return { clock, told, watch }
}

describe('what is known of a door', () => {
  it('is told once and then only where it changes', () => {
    const { watch, told } = rig()
    for (const reading of [caught, caught, open, open, caught]) watch.heard(seen(reading))
    expect(told).toEqual([caught, open, caught])
  })

  it('stands through two misses and is unknown at the third, until the next answer', () => {
    const { watch, told } = rig()
    watch.heard(seen(caught))
    for (let misses = 1; misses <= missesUntilUnknown + 2; misses += 1) {
      watch.heard(silent)
      expect([watch.health().misses, watch.health().seen]).toEqual([misses, misses < missesUntilUnknown])
      expect(watch.reading(1)?.latch).toBe(misses < missesUntilUnknown ? 'caught' : 'unknown')
    }
    watch.heard(seen(caught))
    expect(told).toEqual([caught, { latch: 'unknown', leaf: 'unknown' }, caught])
    expect(watch.health()).toMatchObject({ line: 'one', board: 3, seen: true, misses: 0 })
  })

  it('is unknown where a report does not cover it', () => {
    const { watch, told } = rig()
    watch.heard({ ok: true, readings: new Map() })
    expect([told, watch.reading(1), watch.reading(2)]).toEqual([
      [{ latch: 'unknown', leaf: 'unknown' }],
      told[0],
      undefined,
    ])
  })
})

describe('how often it pays to look', () => {
  it('at leisure by itself, quickly after a pulse until the leaf moves, then while it stands open', async () => {
    const { clock, watch } = rig()
    watch.heard(seen(caught))
    expect(watch.intervalMs()).toBe(idlePollMs)
    watch.pulsed(1)
    expect(watch.intervalMs()).toBe(pulsePollMs)
    // The latch lets go first: the leaf is still to come.
    watch.heard(seen({ latch: 'released', leaf: 'shut' }))
    expect(watch.intervalMs()).toBe(pulsePollMs)
    watch.heard(seen(open))
    expect(watch.intervalMs()).toBe(movingPollMs)
    await clock.advance(longestOpenWatchMs)
    expect(watch.intervalMs()).toBe(idlePollMs)
  })

  it('quickly after a pulse only as long as a door may need', async () => {
    const { clock, watch } = rig()
    watch.heard(seen(caught))
    watch.pulsed(1)
    await clock.advance(pulseWatchMs)
    expect(watch.intervalMs()).toBe(idlePollMs)
  })

  it('more often while somebody is expected at the door, and no longer once it was shut', async () => {
    const { watch } = rig()
    watch.heard(seen(caught))
    watch.expectMovement(1, 60_000)
    watch.expectMovement(9, 60_000)
    watch.expectMovement(1, 1)
    expect(watch.intervalMs()).toBe(movingPollMs)
    watch.heard(seen(open))
    watch.heard(seen(caught))
    expect(watch.intervalMs()).toBe(idlePollMs)
  })
})

describe('the rounds of one line', () => {
  function line(answers: readonly (() => ReadResult)[], intervals: readonly number[]) {
    const clock = createFakeClock()
    const reads: (readonly [number, number])[] = []
    let under = 0
    let most = 0
    const boards = answers.map((answer, n) =>
      boardOf(async () => {
        reads.push([n, clock.now()])
        most = Math.max(most, ++under)
        await new Promise<void>((done) => void clock.after(20, done))
        under -= 1
        return answer()
      }),
    )
    const rounds = new Rounds(
      clock,
      boards.map((board, n) => ({ board, intervalMs: () => intervals[n] ?? 0, heard: () => undefined })),
    )
    return { clock, reads, rounds, boards, most: () => most, of: (n: number) => reads.filter(([at]) => at === n) }
  }

  it('never ask two boards at once, whatever their paces, and let none starve', async () => {
    const paces = fc.array(fc.integer({ min: 30, max: 1_000 }), { minLength: 1, maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(paces, async (intervals) => {
        const { clock, rounds, most, of } = line(
          intervals.map(() => () => seen(caught)),
          intervals,
        )
        await clock.advance(5_000)
        rounds.stop()
        expect(most()).toBe(1)
        for (const n of intervals.keys()) expect(of(n).length).toBeGreaterThanOrEqual(4)
      }),
      { numRuns: 8 },
    )
  })

  it('let a silent board rest, so that the others do not pay for it', async () => {
    const { clock, of, rounds } = line([() => silent, () => seen(caught)], [30, 30])
    await clock.advance(3_000)
    rounds.stop()
    const gaps = of(0).map(([, at], i, all) => at - (all[i - 1]?.[1] ?? at - restAfterFailureMs))
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(restAfterFailureMs)
    expect(of(1).length).toBeGreaterThan(of(0).length * 3)
  })

  it('look at once where something may have moved, once, and at nothing after they were stopped', async () => {
    const { clock, reads, rounds, boards, of } = line([() => seen(caught), () => seen(caught)], [1_000, 1_000])
    await clock.advance(500)
    const [, second] = boards
    if (second) for (let times = 0; times < 3; times += 1) rounds.lookSoon(second)
    await clock.advance(100)
    expect(of(1)).toHaveLength(2)
    rounds.stop()
    const before = reads.length
    if (second) rounds.lookSoon(second)
    await clock.advance(5_000)
    expect(reads).toHaveLength(before)
  })
})
