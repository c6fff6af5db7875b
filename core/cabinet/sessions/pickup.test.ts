import { describe, expect, it } from 'vitest'
import type { OrderCommand } from '../commands.ts'
import { answerOf } from '../orders.ts'
import {
  codeSession,
  cycles,
  deposit,
  jams,
  nth,
  saidBy,
  seen,
  session1,
  signedIn,
  stored,
  swings,
  tell,
  type Told,
  typed,
} from '../laws/scene.testing.ts'

const compartment = nth('compartment', 1)
const base = { staff: nth('staff', 1), freshness: 'asked' } as const

/** What followed an order, or why it was refused. */
function said({ answer }: Told): string {
  if (typeof answer === 'string') return answer
  const outcome = answerOf(answer)
  if (outcome?.accepted === false) return outcome.reason
  return answer
    .map(({ type }) => type)
    .slice(1)
    .join(' ')
}

describe('a pickup ordered from the phone (law 13)', () => {
  const wanted = (n: number, screenDead = true): OrderCommand => ({
    ...base,
    order: nth('order', 40 + n),
    type: 'orderPickup',
    session: nth('session', 60 + n),
    deposit: deposit(n),
    compartment: twoStored.cabinet.deposits.get(deposit(n))?.compartment ?? compartment,
    epoch: twoStored.cabinet.deposits.get(deposit(n))?.epoch ?? 0,
    screenDead,
  })
  const twoStored = tell(stored(stored(signedIn, 1), 2), { type: 'endSession', session: session1 })
  const doorOf = (n: number) => twoStored.cabinet.deposits.get(deposit(n))?.compartment ?? compartment
  const opened = tell(twoStored, wanted(1))
  const shut = tell(opened, ...cycles(doorOf(1)))

  it.each([
    ['opens its door', twoStored, wanted(1), 'pickupSessionOpened doorUnlockIntended'],
    ['opens nothing while the screen works', twoStored, wanted(1, false), 'order-screen-works'],
    ['names a deposit that waits', twoStored, { ...wanted(1), deposit: deposit(9) }, 'order-unknown-deposit'],
    ['names the door of that deposit', twoStored, { ...wanted(1), compartment: doorOf(2) }, 'order-stale-epoch'],
    ['is stale with an old epoch', twoStored, { ...wanted(1), epoch: 0 }, 'order-stale-epoch'],
    ['is stale without a nonce', twoStored, { ...wanted(1), freshness: 'stale' }, 'order-stale-nonce'],
    ['waits for a courier at work', stored(signedIn, 1), wanted(1), 'order-session-open'],
    ['waits while a door is on its way', opened, wanted(2), 'order-session-open'],
    ['waits while the door before it is open', tell(opened, ...swings(doorOf(1))), wanted(2), 'order-session-open'],
    ['does not pulse its own open door', tell(opened, ...swings(doorOf(1))), wanted(1), 'order-door-open'],
    ['opens again for the same right', shut, wanted(1), 'pickupReopened doorUnlockIntended'],
  ] as const)('%s', (_, told, order, expected) => {
    expect(said(tell(told, order))).toBe(expected)
  })

  it('settles whoever was there before once that door is shut: nobody can press "all good"', () => {
    const next = tell(shut, wanted(2))
    expect(said(next)).toBe('sessionEnded depositCollected compartmentReleased pickupSessionOpened doorUnlockIntended')
    expect(next.cabinet.deposits.has(deposit(1))).toBe(false)
    expect(next.cabinet.session).toMatchObject({ kind: 'pickup', deposit: deposit(2), person: null })
  })

  it('ends by itself: a witnessed cycle and silence is a pickup', () => {
    const silent = tell(shut, { type: 'wait', ms: 2 * 60_000 })
    expect(silent.cabinet.session).toBeNull()
    expect(silent.journal.at(-2)).toMatchObject({ type: 'depositCollected', by: 'silence' })
  })

  it('leaves the parcel waiting where the door did not open, and its code good', () => {
    const stuck = tell(opened, ...jams(doorOf(1)), { type: 'wait', ms: 2 * 60_000 })
    expect(stuck.cabinet.deposits.get(deposit(1))).toMatchObject({ stage: 'stored' })
    expect(said(tell(stuck, wanted(1)))).toBe('pickupSessionOpened doorUnlockIntended')
  })

  it('draws on the budget of pickups, and leaves that of remote orders alone', () => {
    expect(opened.cabinet.budget.spent.pickup).toHaveLength(1)
    expect(opened.cabinet.budget.spent.remote).toHaveLength(0)
    const spent = { ...twoStored.cabinet.budget.spent, remote: Array.from({ length: 5 }, () => twoStored.now) }
    const others = { ...twoStored, cabinet: { ...twoStored.cabinet, budget: { spent } } }
    expect(said(tell(others, wanted(1)))).toBe('pickupSessionOpened doorUnlockIntended')
    const full = { ...spent, pickup: Array.from({ length: 20 }, () => twoStored.now) }
    const busy = { ...twoStored, cabinet: { ...twoStored.cabinet, budget: { spent: full } } }
    expect(said(tell(busy, wanted(1)))).toBe('order-out-of-budget')
  })
})

describe('a door that does not open for its code', () => {
  const two = tell(stored(signedIn, 1), { type: 'endSession', session: session1 })
  const door = two.cabinet.deposits.get(deposit(1))?.compartment ?? compartment
  const stuck = tell(two, ...typed(1), ...jams(door))

  it('may be tried again in the same session, twice', () => {
    const again = { type: 'reopenPickup', session: codeSession } as const
    const second = tell(stuck, again, ...jams(door))
    const third = tell(second, again, ...jams(door))
    expect([second.answer, third.answer].every((answer) => typeof answer !== 'string')).toBe(true)
    expect(tell(third, again).answer).toBe('reopen-spent')
  })

  it('leaves code and parcel as they were once that session is over: nothing was picked up (law 3)', () => {
    const later = tell(stuck, { type: 'wait', ms: 2 * 60_000 })
    expect(later.journal.map(({ type }) => type)).not.toContain('depositCollected')
    expect(later.cabinet.deposits.get(deposit(1))).toMatchObject({ stage: 'stored' })
    const opened = tell(later, ...typed(1, 0, 2), ...swings(door))
    expect(opened.cabinet.doors.get(door)?.position).toBe('open')
  })

  it('leaves a fault that somebody sees', () => {
    expect(stuck.journal.map(({ type }) => type)).toContain('doorNotOpened')
  })
})

describe('a lock that lets its hook go while the leaf stays', () => {
  const one = tell(stored(signedIn, 1), { type: 'endSession', session: session1 })
  const door = one.cabinet.deposits.get(deposit(1))?.compartment ?? compartment
  const word = { type: 'reportStuck', session: codeSession } as const
  const told = tell(one, ...typed(1), ...swings(door), word)
  const here = (at: Told) => [at.cabinet.deposits.get(deposit(1))?.stage, at.cabinet.compartments.get(door)?.use]

  it('is told apart by whoever stands there, and somebody has to look', () => {
    expect(saidBy(told)).toBe('compartmentSuspected sessionEnded')
    expect(told.answer).toMatchObject([{ why: 'did-not-open' }, { why: 'done' }])
    expect(tell(one, ...typed(1), word).answer).toBe('door-busy')
  })

  it('counts as no pickup, in silence and with the hook caught again (law 3)', () => {
    for (const at of [told, tell(told, seen(door, 'shut')), tell(told, { type: 'wait', ms: 600_000 })])
      expect(here(at)).toEqual(['collecting', 'suspect'])
    // Without a word, released and caught again is a cycle (Custody).
    const silent = tell(one, ...typed(1), ...cycles(door), { type: 'wait', ms: 600_000 })
    expect(here(silent)).toEqual([undefined, 'free'])
  })

  it('lets the same code come back to it, and what is taken out then is collected', () => {
    const again = tell(told, seen(door, 'shut'), { type: 'wait', ms: 9_000 }, ...typed(1, 0, 2), ...cycles(door))
    const taken = tell(again, { type: 'confirmPickup', session: nth('session', 102) })
    expect(here(taken)).toEqual([undefined, 'free'])
  })

  it('waits for its recipient once somebody has seen the parcel inside; the code has had its opening (law 4)', () => {
    const order = { ...base, order: nth('order', 9), type: 'orderInspect', compartment: door, epoch: 1 } as const
    const looked = tell(told, seen(door, 'shut'), { ...order, seen: 'parcel-inside' })
    expect(here(looked)).toEqual(['stored', 'loaded'])
    expect(looked.cabinet.deposits.get(deposit(1))?.codes.map(({ generation }) => generation)).toEqual([1])
  })
})
