import { describe, expect, it } from 'vitest'
import { leaseLimits } from '../../compartment/lease.ts'
import { cabinetDecider } from '../cabinet.ts'
import { freshStart, holdFor } from './leases.testing.ts'
import {
  beginning,
  cycles,
  doorIds,
  nth,
  seen,
  session1,
  signIn,
  stored,
  tell,
  type Told,
} from '../laws/scene.testing.ts'

const types = (told: Told): readonly string[] | string =>
  typeof told.answer === 'string' ? told.answer : told.answer.map(({ type }) => type)
const leasesOf = ({ cabinet }: Told) => cabinet.leases.map(({ order, held }) => [order, held?.compartment ?? null])

describe('a door asked for from afar', () => {
  it('is held in the same breath where one is free', () => {
    const told = tell(freshStart, holdFor(1, 'M'))
    expect(types(told)).toEqual(['orderAccepted', 'leaseAsked', 'leaseGranted'])
    expect(leasesOf(told)).toEqual([[nth('order', 1), nth('compartment', 4)]])
  })

  it('is out of reach of other couriers and used by its own', () => {
    const held = tell(freshStart, holdFor(2, 'XL'), signIn)
    const wish = beginning(1, { need: { size: 'XL', box: null, lowDoor: false } })
    expect(tell(held, wish).answer).toBe('cabinet-full')
    const own = tell(freshStart, holdFor(1, 'XL'), signIn, wish)
    expect(types(own)).toContain('leaseEnded')
    expect(own.cabinet.leases).toEqual([])
  })

  it('leaves a held door alone while another will do', () => {
    const told = tell(freshStart, holdFor(1, 'L'), signIn, beginning(1))
    expect(told.cabinet.leases).toHaveLength(1)
  })

  it('waits in a full cabinet and is held as soon as a door is free', () => {
    const waiting = tell(full(), holdFor(2, 'S'), holdFor(3, 'S'))
    expect(leasesOf(waiting)).toEqual([
      [nth('order', 2), null],
      [nth('order', 3), null],
    ])
    const recalled = emptied(waiting)
    expect(recalled.journal.slice(-2).map(({ type }) => type)).toEqual(['leaseGranted', 'sessionEnded'])
    expect(leasesOf(recalled)[0]).toEqual([nth('order', 2), doorIds[0]])
  })

  it('that is lost after the longest wait ends, and the same sight again says nothing', () => {
    const late = tell(full(), holdFor(2, 'S'), { type: 'wait', ms: leaseLimits.waiting - 60_000 })
    const held = tell(emptied(late), { type: 'wait', ms: 120_000 })
    expect(leasesOf(held)).toEqual([[nth('order', 2), doorIds[0]]])
    const forced = tell(held, seen(nth('compartment', 1), 'open'))
    expect(types(forced)).toEqual(['doorOpened', 'compartmentSuspected', 'leaseLost', 'leaseEnded'])
    expect(cabinetDecider.due(forced.cabinet)).toBeGreaterThan(forced.now)
    expect(tell(forced, seen(nth('compartment', 1), 'open')).answer).toEqual([])
  })

  it('that is lost after the longest wait is looked for anew while there is another door', () => {
    const late = tell(full(), holdFor(2, 'S'), { type: 'wait', ms: leaseLimits.waiting - 60_000 })
    const held = tell(emptied(emptied(late), 2), { type: 'wait', ms: 120_000 })
    const forced = tell(held, seen(nth('compartment', 1), 'open'))
    expect(types(forced)).toEqual(['doorOpened', 'compartmentSuspected', 'leaseLost', 'leaseGranted'])
    expect(leasesOf(forced)).toEqual([[nth('order', 2), doorIds[1]]])
  })

  it('comes free again when nobody comes, on running time', () => {
    const told = tell(freshStart, holdFor(1, 'XL'), { type: 'wait', ms: leaseLimits.held })
    expect(types(told)).toEqual(['leaseEnded'])
    expect(told.cabinet.leases).toEqual([])
  })

  it('is looked for anew where its door is retired', () => {
    const retire = {
      type: 'orderRetire',
      order: nth('order', 9),
      staff: nth('staff', 1),
      freshness: 'asked',
      compartment: nth('compartment', 1),
      epoch: 0,
    } as const
    const told = tell(freshStart, holdFor(1, 'S'), retire)
    expect(types(told)).toEqual(['orderAccepted', 'compartmentRetired', 'leaseLost', 'leaseGranted'])
    expect(leasesOf(told)).toEqual([[nth('order', 1), nth('compartment', 2)]])
  })

  it('outlives a restart', () => {
    const told = tell(
      freshStart,
      holdFor(1, 'S'),
      { type: 'started', boot: 2 },
      ...doorIds.map((id) => seen(id, 'shut')),
    )
    expect(leasesOf(told)).toEqual([[nth('order', 1), nth('compartment', 1)]])
  })
})

describe('what is refused', () => {
  it('more than a few for one courier', () => {
    const orders = Array.from({ length: leaseLimits.each + 1 }, (_, i) => holdFor(1, 'S', i + 1))
    const told = tell(freshStart, ...orders)
    expect(told.answer).toMatchObject([{ type: 'orderRefused', reason: 'order-hold-limit' }])
  })

  it('giving back what is not held', () => {
    const back = { type: 'orderGiveBack', order: nth('order', 8), staff: nth('staff', 1), freshness: 'asked' } as const
    expect(tell(freshStart, { ...back, hold: nth('order', 1) }).answer).toMatchObject([
      { reason: 'order-unknown-hold' },
    ])
    const told = tell(freshStart, holdFor(1, 'S'), { ...back, hold: nth('order', 1) })
    expect(told.cabinet.leases).toEqual([])
  })

  it('an order on a stale nonce', () => {
    expect(tell(freshStart, { ...holdFor(1, 'S'), freshness: 'stale' }).answer).toMatchObject([
      { reason: 'order-stale-nonce' },
    ])
  })
})

/** A parcel behind each of the six doors, and nobody at the screen. */
function full(): Told {
  let told = tell(freshStart, signIn)
  for (const n of [1, 2, 3, 4, 5, 6]) told = tell(stored(told, n), { type: 'wait', ms: 3_000 })
  return tell(told, { type: 'endSession', session: session1 })
}

/** A courier takes the nth parcel out again. */
function emptied(told: Told, n = 1): Told {
  const [session, deposit, door] = [nth('session', 10 + n), nth('deposit', n), nth('compartment', n)]
  return tell(
    told,
    { ...signIn, session } as typeof signIn,
    { type: 'beginRecall', session, deposit, listed: true },
    ...cycles(door),
    { type: 'confirmRecall', session, deposit },
    { type: 'endSession', session },
  )
}
