import { Compile } from 'typebox/compile'
import { describe, expect, it } from 'vitest'
import { idToUuid } from '@holdfast/core/values/ids.ts'
import { orderSchema } from '@holdfast/wire/cabinet/orders.ts'
import type { OrderRequest } from '@holdfast/wire/http/cabinets.ts'
import { testId, testStart } from '../cabinets.testing.ts'
import { type OrderAct, actingOrder, aimOf, noStaff, readAct } from './acts.ts'

const isOrder = Compile(orderSchema)
const compartment = testId('compartment', 1)
const deposit = testId('deposit', 1)
const person = testId('person', 1)
const hold = testId('order', 9)
const to = { cabinet: testId('cabinet', 1), incarnation: testId('incarnation', 1) }
const acting = {
  order: testId('order', 1),
  sentAt: testStart,
  nonce: 'ab'.repeat(16),
  staff: testId('staff', 1),
  reason: 'the courier called',
}

const acts: readonly OrderAct[] = [
  { kind: 'open', compartment, epoch: 3 },
  { kind: 'retire', compartment, epoch: 3 },
  { kind: 'restore', compartment, epoch: 3 },
  { kind: 'inspect', compartment, epoch: 3, seen: 'empty' },
  { kind: 'inspect', compartment, epoch: 3, seen: 'parcel-inside', picture: 'ab'.repeat(32) },
  { kind: 'release', doors: 'all' },
  { kind: 'release', doors: 'large' },
  { kind: 'release', doors: [compartment] },
  { kind: 'calm' },
  { kind: 'renew', deposit },
  { kind: 'hold', person, carrier: testId('carrier', 1), size: 'M' },
  { kind: 'give-back', hold },
  { kind: 'pickup', deposit, compartment, epoch: 3, person },
]

describe('an order that acts', () => {
  it.each(acts)('is what the wire says, for $kind', (act) => {
    const order = actingOrder(to, act, acting)
    expect([...isOrder.Errors(order)]).toEqual([])
    expect(order).toMatchObject({ ...to, ...acting, v: 1, kind: act.kind })
  })

  it.each(acts.filter((act) => 'epoch' in act))('is bound to its door’s epoch: $kind (law 6)', (act) => {
    expect(actingOrder(to, act, acting)).toMatchObject({ compartment, epoch: 3 })
  })

  it('carries the recipient’s own order without the recipient (law 14)', () => {
    const order = actingOrder(to, { kind: 'pickup', deposit, compartment, epoch: 1, person }, acting)
    expect(JSON.stringify(order)).not.toContain(person)
  })

  it('never lifts the spacing of pulses from afar: that takes the service switch', () => {
    expect(actingOrder(to, { kind: 'open', compartment, epoch: 1 }, acting)).toMatchObject({ service: false })
  })

  it('names no picture where none was taken', () => {
    expect(actingOrder(to, { kind: 'inspect', compartment, epoch: 1, seen: 'empty' }, acting)).not.toHaveProperty(
      'picture',
    )
  })

  it.each([
    ['renew', deposit],
    ['pickup', deposit],
    ['open', compartment],
    ['inspect', compartment],
    ['calm', null],
    ['release', null],
    ['hold', null],
    ['give-back', null],
  ] as const)('%s aims at the thing that must be there', (kind, aim) => {
    const act = acts.find((each) => each.kind === kind)
    expect(act === undefined ? 'no such act' : aimOf(act)).toBe(aim)
  })

  it('stands in nobody’s name where nobody of the staff asked', () => {
    expect(idToUuid(noStaff)).toBe('00000000-0000-0000-0000-000000000000')
  })
})

describe('what the staff may ask for', () => {
  const reason = 'why'
  const asked: readonly (readonly [string, OrderRequest, unknown])[] = [
    ['calm', { kind: 'calm', reason }, { kind: 'calm' }],
    ['release of all', { kind: 'release', doors: 'all', reason }, { kind: 'release', doors: 'all' }],
    ['release of some', { kind: 'release', doors: [compartment], reason }, { kind: 'release', doors: [compartment] }],
    ['release with a door that is none', { kind: 'release', doors: [compartment, 'x'], reason }, undefined],
    ['open', { kind: 'open', compartment, epoch: 2, reason }, { kind: 'open', compartment, epoch: 2 }],
    ['open of what is no door', { kind: 'open', compartment: deposit, epoch: 2, reason }, undefined],
    ['retire', { kind: 'retire', compartment, epoch: 2, reason }, { kind: 'retire', compartment, epoch: 2 }],
    ['restore', { kind: 'restore', compartment, epoch: 2, reason }, { kind: 'restore', compartment, epoch: 2 }],
    [
      'inspect with a picture',
      { kind: 'inspect', compartment, epoch: 2, seen: 'empty', picture: 'p', reason },
      { kind: 'inspect', compartment, epoch: 2, seen: 'empty', picture: 'p' },
    ],
    [
      'inspect without one',
      { kind: 'inspect', compartment, epoch: 2, seen: 'parcel-inside', reason },
      { kind: 'inspect', compartment, epoch: 2, seen: 'parcel-inside' },
    ],
  ]
  it.each(asked)('%s', (_, body, act) => expect(readAct(body)).toEqual(act))
})
