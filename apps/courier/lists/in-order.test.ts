import { describe, expect, it } from 'vitest'
import { aDeposit, aRecall, library, northGate } from '../cloud.testing.ts'
import { canAmend, dayOf, stopsOf, wordOf } from './in-order.ts'

const labels = (stop: ReturnType<typeof stopsOf>[number] | undefined) => stop?.recalls.map(({ door }) => door.label)

describe('what to take out', () => {
  it('is a list of stops, the longest first, doors in order', () => {
    const stops = stopsOf([aRecall('A2', library), aRecall('A10'), aRecall('A9')])
    expect(stops.map(({ place }) => place)).toEqual([northGate, library])
    expect(labels(stops[0])).toEqual(['A9', 'A10'])
    expect(labels(stops[1])).toEqual(['A2'])
  })

  it('is nothing where nothing is recalled', () => {
    expect(stopsOf([])).toEqual([])
  })
})

describe('a day of deposits', () => {
  it('puts first whom the message did not reach, then the newest', () => {
    const [old, missed, fresh] = [
      aDeposit({ madeAt: 1 }),
      aDeposit({ madeAt: 2, notice: 'undeliverable' }),
      aDeposit({ madeAt: 3 }),
    ]
    expect(dayOf([old, missed, fresh])).toEqual({ missed: [missed], others: [fresh, old] })
  })

  it('no longer worries about a parcel that is gone', () => {
    const collected = aDeposit({ notice: 'undeliverable', state: 'collected' })
    expect(dayOf([collected])).toEqual({ missed: [], others: [collected] })
    expect(wordOf(collected)).toBe('state.collected')
  })

  it.each([
    [{ notice: 'queued' }, 'notice.queued'],
    [{ notice: 'delivered' }, 'notice.delivered'],
    [{ notice: 'delivered', state: 'overdue' }, 'state.overdue'],
    [{ notice: 'undeliverable', state: 'overdue' }, 'notice.undeliverable'],
    [{ notMine: true }, 'notMine'],
    [{ notMine: true, state: 'overdue', notice: 'undeliverable' }, 'notMine'],
    [{ notMine: true, state: 'recalled' }, 'state.recalled'],
  ] as const)('says of %j: %s', (given, word) => {
    expect(wordOf(aDeposit(given))).toBe(word)
  })

  it('puts what was disowned on top with those not reached, until it is taken out', () => {
    const [waiting, disowned, out] = [
      aDeposit(),
      aDeposit({ notMine: true, madeAt: 1 }),
      aDeposit({ notMine: true, state: 'recalled' }),
    ]
    expect(dayOf([waiting, disowned, out]).missed).toEqual([disowned])
  })

  it.each([
    ['stored', true],
    ['overdue', true],
    ['collected', false],
    ['recalled', false],
    ['disputed', false],
  ] as const)('lets a number be put right while it is %s: %j', (state, can) => {
    expect(canAmend(aDeposit({ state }))).toBe(can)
  })
})
