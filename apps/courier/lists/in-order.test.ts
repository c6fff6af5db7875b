import { describe, expect, it } from 'vitest'
import { aDeposit, aRecall, library, northGate } from '../cloud.testing.ts'
import { dayOf, stopsOf, wordOf } from './in-order.ts'

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
  ] as const)('says of %j: %s', (given, word) => {
    expect(wordOf(aDeposit(given))).toBe(word)
  })
})
