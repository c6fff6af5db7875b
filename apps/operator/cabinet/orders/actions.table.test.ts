import { describe, expect, it } from 'vitest'
import type { CompartmentView, OrderView } from '@holdfast/wire/http/cabinets.ts'
import { isSettled, createRecent } from '../../cloud/recent.ts'
import { type Action, actionsFor } from './actions.ts'
import { stepsOf } from './order-steps.ts'

const plain: CompartmentView = {
  id: 'cmp_1',
  label: 'A01',
  size: 'M',
  epoch: 1,
  use: 'free',
  suspicion: null,
  door: 'shut',
  deposit: null,
  since: null,
}
const roles = [undefined, 'viewer', 'dispatcher', 'technician', 'manager'] as const
const uses = ['free', 'held', 'loaded', 'suspect', 'retired'] as const
const doors = ['shut', 'unlatched', 'open', 'stuck', 'unseen'] as const

/** Every use of a compartment, with and without a deposit, at a door that stands still. */
const still: readonly (readonly [CompartmentView['use'], deposit: boolean, actions: readonly Action[]])[] = [
  ['free', false, ['open', 'retire']],
  ['held', false, ['open']],
  ['held', true, ['open']],
  ['loaded', true, ['open']],
  ['suspect', false, ['open', 'inspect', 'retire']],
  ['suspect', true, ['open', 'inspect']],
  ['retired', false, ['open', 'restore']],
]

describe('every door in every state', () => {
  it.each(still)('%s (deposit: %s)', (use, hasDeposit, actions) => {
    for (const door of ['shut', 'stuck', 'unseen'] as const)
      for (const role of ['dispatcher', 'technician', 'manager'] as const) {
        const compartment = { ...plain, use, door, deposit: hasDeposit ? 'dep_1' : null }
        expect(actionsFor({ compartment, online: true, role })).toEqual({ actions, blocked: undefined })
      }
  })

  const cases = uses.flatMap((use) => doors.flatMap((door) => roles.map((role) => [use, door, role] as const)))
  it('offers nothing to who only looks, and nothing of a cabinet that nobody hears', () => {
    for (const [use, door, role] of cases) {
      const compartment = { ...plain, use, door }
      if (role === undefined || role === 'viewer')
        expect(actionsFor({ compartment, online: true, role })).toEqual({ actions: [], blocked: 'viewer' })
      else expect(actionsFor({ compartment, online: false, role })).toEqual({ actions: [], blocked: 'offline' })
    }
  })

  it('opens no door that stands open; only a word against the sensor counts there (law 16)', () => {
    for (const use of uses) {
      const asked = { compartment: { ...plain, use, door: 'open' }, online: true, role: 'technician' } as const
      const actions = use === 'suspect' ? ['inspect'] : []
      expect(actionsFor(asked)).toEqual({ actions, blocked: 'door-open' })
      expect(actionsFor({ ...asked, online: false }).actions).toEqual([])
      expect(actionsFor({ ...asked, role: undefined }).actions).toEqual([])
    }
  })

  it('asks nothing of a door that is on the move', () => {
    for (const use of uses)
      expect(actionsFor({ compartment: { ...plain, use, door: 'unlatched' }, online: true, role: 'manager' })).toEqual({
        actions: [],
        blocked: 'moving',
      })
  })

  it('never lets a compartment with a parcel be taken out of service or freed by a word alone', () => {
    for (const [use, door, role] of cases) {
      const { actions } = actionsFor({ compartment: { ...plain, use, door, deposit: 'dep_1' }, online: true, role })
      if (use !== 'free') expect(actions).not.toContain('retire')
      if (use !== 'suspect') expect(actions).not.toContain('inspect')
    }
  })
})

const states: readonly OrderView['state'][] = [
  'asked',
  'sent',
  'accepted',
  'opened',
  'not-opened',
  'unknown',
  'done',
  'refused',
  'unanswered',
]
const order = (state: OrderView['state'], n = 1, askedAt = 1): OrderView =>
  ({ order: `ord_${n}`, state, askedAt, kind: 'open', reason: 'jam', refusal: null }) as unknown as OrderView

describe('every order in every state', () => {
  it.each(states)('%s: one step is where it is, and what is behind it is done', (state) => {
    const steps = stepsOf({ state })
    const marks = steps.map((step) => step.state)
    const here = marks.filter((mark) => mark === 'now' || mark === 'good' || mark === 'bad')
    expect(here).toHaveLength(1)
    const at = marks.findIndex((mark) => mark !== 'done')
    expect(steps[at]?.word).toBe(state)
    expect(marks.slice(at + 1).every((mark) => mark === 'ahead')).toBe(true)
    expect(isSettled(state)).toBe(here[0] !== 'now')
  })

  it('never goes back, in whichever order stream and reply come', () => {
    const far = { asked: 0, sent: 1, accepted: 2 } as Readonly<Record<string, number>>
    for (const first of states)
      for (const second of states) {
        const recent = createRecent()
        recent.takeOrder(order(first))
        recent.takeOrder(order(second))
        const kept = (far[second] ?? 3) >= (far[first] ?? 3) ? second : first
        expect([first, second, recent.read().orders.map(({ state }) => state)]).toEqual([first, second, [kept]])
      }
  })

  it('are kept newest first, the hundred newest', () => {
    const recent = createRecent()
    for (let n = 0; n < 130; n += 1) recent.takeOrder(order('asked', n, (n * 37) % 130))
    const kept = recent.read().orders.map(({ askedAt }) => askedAt)
    expect(kept).toHaveLength(100)
    expect(kept).toEqual(kept.toSorted((a, b) => b - a))
    expect(kept[0]).toBe(129)
  })

  it('tells its listeners of each change, and no more once they have gone', () => {
    const recent = createRecent()
    let heard = 0
    const leave = recent.subscribe(() => (heard += 1))
    const fact = { cabinet: 'cab_1', seq: 1, type: 'doorShut', label: null, at: 1 }
    recent.takeFact(fact)
    recent.takeFact(fact)
    recent.takeFact({ ...fact, cabinet: 'cab_2' })
    recent.takeOrder(order('accepted'))
    recent.takeOrder(order('asked'))
    expect(heard).toBe(3)
    leave()
    recent.takeOrder(order('opened'))
    expect(heard).toBe(3)
  })

  it('remember the three hundred newest facts of all cabinets', () => {
    const recent = createRecent()
    for (let seq = 0; seq < 320; seq += 1)
      recent.takeFact({ cabinet: 'cab_1', seq, type: 'doorShut', label: null, at: seq })
    const { facts } = recent.read()
    expect([facts.length, facts[0]?.seq, facts.at(-1)?.seq]).toEqual([300, 319, 20])
  })
})
