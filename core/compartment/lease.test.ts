import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nth } from '../cabinet/laws/scene.testing.ts'
import { newDoor } from '../door/door.ts'
import { after, runningMs, type RunningMs } from '../values/instants.ts'
import { fitsSize, sizes, type Size } from '../values/sizes.ts'
import type { Candidate } from './allocate.ts'
import { newCompartment } from './compartment.ts'
import {
  endedBy,
  evolveLeases,
  grantsTo,
  isLeasedToOther,
  leaseDue,
  leaseLimits,
  leaseUsed,
  type Lease,
} from './lease.ts'

const start = runningMs(1_000)

const door = (n: number, size: Size): Candidate => {
  const id = nth('compartment', n)
  return {
    plan: {
      id,
      label: `A${n}`,
      body: 0,
      size,
      inside: { widthMm: 400, heightMm: 400, depthMm: 400 },
      front: { xMm: 0, yMm: 700, widthMm: 400, heightMm: 400 },
      lock: { line: 'a', board: 1, channel: n },
      witness: 'leaf',
    },
    compartment: newCompartment(id),
    door: { ...newDoor(id, start), position: 'shut' },
  }
}

const waits = (n: number, size: Size, askedAt: RunningMs = start): Lease => ({
  order: nth('order', n),
  person: nth('person', n),
  carrier: nth('carrier', 1),
  size,
  askedAt,
  held: null,
})

const holds = (n: number, compartment: number, until = after(start, leaseLimits.held)): Lease => ({
  ...waits(n, 'S'),
  held: { compartment: nth('compartment', compartment), until },
})

const grantedTo = (leases: readonly Lease[], free: readonly Candidate[]): readonly (readonly [string, string])[] =>
  grantsTo(leases, free, start).flatMap((event) =>
    event.type === 'leaseGranted' ? [[event.order, event.compartment] as const] : [],
  )

describe('who is given a door', () => {
  it('the first in the queue gets the smallest that fits', () => {
    expect(grantedTo([waits(1, 'M'), waits(2, 'S')], [door(1, 'L'), door(2, 'M')])).toEqual([
      [nth('order', 1), nth('compartment', 2)],
      [nth('order', 2), nth('compartment', 1)],
    ])
  })

  it('one behind gets what is too small for everybody before', () => {
    expect(grantedTo([waits(1, 'L'), waits(2, 'S')], [door(1, 'S')])).toEqual([
      [nth('order', 2), nth('compartment', 1)],
    ])
  })

  it('a door out of reach will do', () => {
    const { plan, ...rest } = door(1, 'S')
    const high = { ...rest, plan: { ...plan, front: { ...plan.front, yMm: 1_500 } } }
    expect(grantedTo([waits(1, 'S')], [high])).toEqual([[nth('order', 1), nth('compartment', 1)]])
  })

  it('who has one gets no second', () => {
    expect(grantedTo([holds(1, 9)], [door(1, 'S')])).toEqual([])
  })
})

describe('how a lease ends', () => {
  const until = after(start, leaseLimits.held)
  it.each([
    ['a door held, one moment before its end', holds(1, 1), runningMs(until - 1), []],
    ['a door held, at its end', holds(1, 1), until, ['expired']],
    ['a wait, before its end', waits(1, 'S'), after(start, leaseLimits.held), []],
    ['a wait, at its end', waits(1, 'S'), after(start, leaseLimits.waiting), ['waited-out']],
  ] as const)('%s', (_name, lease, now, why) => {
    expect(endedBy([lease], now).map((event) => ('why' in event ? event.why : event.type))).toEqual(why)
  })

  it('is due at the earliest of them', () => {
    expect(leaseDue([waits(1, 'S'), holds(2, 1)])).toBe(until)
    expect(leaseDue([])).toBeUndefined()
  })

  it('is used by whoever is given the door', () => {
    expect(leaseUsed([holds(1, 3)], nth('compartment', 3), start)).toMatchObject([{ type: 'leaseEnded', why: 'used' }])
    expect(leaseUsed([holds(1, 3)], nth('compartment', 4), start)).toEqual([])
  })

  it('is told by its order alone, and touches no other', () => {
    const order = nth('order', 2)
    const { person, carrier, size } = waits(2, 'M')
    const asked = evolveLeases([waits(1, 'S')], { type: 'leaseAsked', order, person, carrier, size, at: start })
    expect(asked).toEqual([waits(1, 'S'), waits(2, 'M')])
    const compartment = nth('compartment', 3)
    const granted = evolveLeases(asked, { type: 'leaseGranted', order, compartment, until, at: start })
    expect(granted).toEqual([waits(1, 'S'), { ...waits(2, 'M'), held: { compartment, until } }])
    const [ended] = endedBy(granted, until)
    expect(ended).toEqual({ type: 'leaseEnded', order, why: 'expired', at: until })
    expect(evolveLeases(granted, { type: 'leaseEnded', order, why: 'expired', at: until })).toEqual([waits(1, 'S')])
    expect(endedBy([waits(1, 'S')], after(start, leaseLimits.waiting))).toMatchObject([{ type: 'leaseEnded' }])
  })

  it('that is lost waits again in its old place', () => {
    const lost = evolveLeases([holds(1, 1), waits(2, 'S')], { type: 'leaseLost', order: nth('order', 1), at: start })
    expect(grantedTo(lost, [door(2, 'S')])[0]?.[0]).toBe(nth('order', 1))
  })
})

it('keeps a held door from everybody else', () => {
  const leases = [waits(3, 'S'), holds(1, 1), holds(4, 4)]
  const id = nth('compartment', 1)
  expect(isLeasedToOther(leases, id, nth('person', 2))).toBe(true)
  expect(isLeasedToOther(leases, id, null)).toBe(true)
  expect(isLeasedToOther(leases, id, nth('person', 1))).toBe(false)
  expect(isLeasedToOther(leases, nth('compartment', 2), null)).toBe(false)
})

const size = fc.constantFrom(...sizes)
const queue = fc.array(size, { maxLength: 12 }).map((wanted) => wanted.map((each, i) => waits(i + 1, each)))
const street = fc.array(size, { maxLength: 8 }).map((all) => all.map((each, i) => door(i + 1, each)))

describe('the queue is fair', () => {
  it('nobody is overtaken: a door goes past only those whom it does not fit', () => {
    fc.assert(
      fc.property(queue, street, (leases, free) => {
        const given = new Map(grantedTo(leases, free))
        const sizeOf = new Map(free.map(({ plan }) => [plan.id as string, plan.size]))
        leases.forEach((lease, i) => {
          const doorOf = given.get(lease.order)
          const got = doorOf === undefined ? undefined : sizeOf.get(doorOf)
          if (got === undefined) return
          expect(fitsSize(lease.size, got)).toBe(true)
          for (const before of leases.slice(0, i))
            expect(given.has(before.order) || !fitsSize(before.size, got)).toBe(true)
        })
      }),
    )
  })

  it('no door is held for two, and none lies idle while somebody whom it fits waits', () => {
    fc.assert(
      fc.property(queue, street, (leases, free) => {
        const given = grantedTo(leases, free)
        const taken = new Set(given.map(([, compartment]) => compartment))
        expect(taken.size).toBe(given.length)
        const served = new Set(given.map(([order]) => order))
        for (const { plan } of free.filter((each) => !taken.has(each.plan.id)))
          for (const lease of leases) expect(served.has(lease.order) || !fitsSize(lease.size, plan.size)).toBe(true)
      }),
    )
  })

  it('nobody starves: as doors come free one by one, each waits for no more doors than stand before him', () => {
    fc.assert(
      fc.property(queue, fc.nat(30), (leases, seed) => {
        // Largest doors fit all; newcomers keep pushing in behind.
        let line: readonly Lease[] = leases
        leases.forEach((first, i) => {
          line = [...line, waits(100 + i, sizes[(seed + i) % sizes.length] ?? 'S')]
          const [served] = grantedTo(line, [door(1, 'XL')])
          expect(served?.[0]).toBe(first.order)
          line = line.filter(({ order }) => order !== first.order)
        })
      }),
    )
  })
})
