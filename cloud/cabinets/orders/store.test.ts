import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { after, durationMs, hours, type Instant, minutes } from '@holdfast/core/values/instants.ts'
import type { OrderView } from '@holdfast/wire/http/cabinets.ts'
import { testEngines } from '../../platform/postgres/db.testing.ts'
import type { Db } from '../../platform/postgres/db.ts'
import { testId, testOperator, testStart } from '../cabinets.testing.ts'
import { openingLimits, refuseOpening } from './budgets.ts'
import {
  countOpenings,
  insertOrder,
  markAnswered,
  markSent,
  markUnanswered,
  type NewOrder,
  readOrder,
  readPickup,
} from './store.postgres.ts'

type State = OrderView['state']
const ends = ['done', 'opened', 'not-opened', 'unknown', 'refused'] as const satisfies readonly State[]
const told = ['accepted', 'unanswered', ...ends] as const
const states = ['asked', 'sent', ...told] as const satisfies readonly State[]
const cabinet = testId('cabinet', 1)
const [operator, other] = [testOperator(1), testOperator(2)]
const at = testStart
const since = (now: Instant) => ({
  lately: after(now, durationMs(0 - minutes(10))),
  hour: after(now, durationMs(0 - hours(1))),
  week: after(now, durationMs(0 - hours(168))),
})

describe.each(await testEngines())('orders in their table on $name', (engine) => {
  let db: Db
  let beside: Db
  let drawn = 0
  beforeAll(async () => {
    const [first, second] = await engine.openTwo()
    db = first
    beside = second
  })
  beforeEach(async () => void (await db.query('truncate cabinet_order')))
  afterAll(async () => await db.close())

  const draft = (change: Partial<NewOrder> = {}): NewOrder => {
    drawn += 2
    return {
      order: testId('order', drawn),
      askedAs: testId('order', drawn + 1),
      cabinet,
      operator,
      act: { kind: 'open', compartment: testId('compartment', 1), epoch: 0 },
      staff: testId('staff', 1),
      staffName: 'Kim',
      reason: 'stuck',
      at,
      ...change,
    }
  }
  const asked = async (change: Partial<NewOrder> = {}): Promise<NewOrder> => {
    const made = draft(change)
    await db.transaction(async (tx) => await insertOrder(tx, made))
    return made
  }
  const inState = async (state: State): Promise<NewOrder> => {
    const made = await asked()
    await db.query('update cabinet_order set state = $1', [state])
    return made
  }
  const answered = async ({ order }: Pick<NewOrder, 'order'>, state: State, on = db) =>
    await on.transaction(
      async (tx) => await markAnswered(tx, cabinet, order, { state, refusal: null, at: after(at, minutes(1)) }),
    )
  const viewOf = async ({ order }: NewOrder, by = operator) => await readOrder(db.query, by, order)

  /** An end stands; a late answer is an answer; `accepted` is only a step on the way. */
  const moves: Readonly<Record<State, readonly State[]>> = {
    asked: told,
    sent: told,
    accepted: ['unanswered', ...ends],
    unanswered: ends,
    done: [],
    opened: [],
    'not-opened': [],
    unknown: [],
    refused: [],
  }
  it.each(states.flatMap((from) => told.map((to) => [from, to] as const)))(
    'from %s, told %s, moves only where an order may',
    async (from, to) => {
      const made = await inState(from)
      const may = moves[from].includes(to)
      expect((await answered(made, to))?.view.state).toBe(may ? to : undefined)
      expect((await viewOf(made))?.state).toBe(may ? to : from)
    },
  )

  it('is answered at the instant of its end, not of a step on the way', async () => {
    const made = await asked()
    await answered(made, 'accepted')
    expect((await viewOf(made))?.answeredAt).toBeNull()
    await answered(made, 'done')
    expect((await viewOf(made))?.answeredAt).toBe(after(at, minutes(1)))
  })

  it('is sent over one nonce, however many come for it at the same moment (law 6)', async () => {
    const { askedAs } = await asked()
    const sent = await Promise.all(
      [db, beside, beside].map(async (on) => await on.transaction(async (tx) => await markSent(tx, cabinet, askedAs))),
    )
    expect(sent.filter((row) => row !== undefined)).toHaveLength(1)
  })

  it.each(states.filter((state) => state !== 'asked'))('is not sent once it is %s', async (state) => {
    const { askedAs } = await inState(state)
    expect(await db.transaction(async (tx) => await markSent(tx, cabinet, askedAs))).toBeUndefined()
  })

  it('is sent for the question it was asked as, at its own cabinet', async () => {
    const { order, askedAs } = await asked()
    await db.transaction(async (tx) => {
      expect(await markSent(tx, cabinet, order)).toBeUndefined()
      expect(await markSent(tx, testId('cabinet', 2), askedAs)).toBeUndefined()
    })
  })

  it('has one end where two are told at the same moment', async () => {
    const made = await inState('sent')
    const both = await Promise.all([answered(made, 'done'), answered(made, 'refused', beside)])
    expect(both.filter((row) => row !== undefined)).toHaveLength(1)
  })

  it.each([
    [minutes(0), 0],
    [durationMs(1), 1],
  ])('is given up after its time and not before: %i ms later %i', async (later, count) => {
    await asked()
    const given = await db.transaction(async (tx) => await markUnanswered(tx, after(at, later)))
    expect(given).toHaveLength(count)
  })

  it('is given up once by workers that look at the same moment, five hundred at a time', async () => {
    for (let i = 0; i < 12; i += 1) await asked()
    const rounds = await Promise.all(
      [db, beside, db].map(
        async (on) => await on.transaction(async (tx) => await markUnanswered(tx, after(at, hours(1)))),
      ),
    )
    const given = rounds.flat().map(({ order }) => order)
    expect(given).toHaveLength(12)
    expect(new Set(given).size).toBe(12)
  })

  it('is shown to its operator alone (law 11)', async () => {
    const made = await asked()
    expect(await viewOf(made)).toMatchObject({ order: made.order, state: 'asked', staffName: 'Kim' })
    expect(await viewOf(made, other)).toBeUndefined()
  })

  it('of a recipient is followed by that person alone, at that cabinet, and only a pickup', async () => {
    const [person, stranger] = [testId('person', 1), testId('person', 2)]
    const act = {
      kind: 'pickup',
      person,
      deposit: testId('deposit', 1),
      compartment: testId('compartment', 1),
      epoch: 0,
    } as const
    const { order } = await asked({ act })
    const opened = await asked()
    expect(await readPickup(db.query, { cabinet, order, person })).toEqual({
      state: 'asked',
      refusal: null,
      door: 'unseen',
    })
    expect(await readPickup(db.query, { cabinet, order, person: stranger })).toBeUndefined()
    expect(await readPickup(db.query, { cabinet: testId('cabinet', 2), order, person })).toBeUndefined()
    expect(await readPickup(db.query, { cabinet, order: opened.order, person })).toBeUndefined()
  })

  /** Asks under the budget, as the use case does; true where it may. */
  const opens = async (change: Partial<NewOrder> = {}, on = db): Promise<boolean> =>
    await on.transaction(async (tx) => {
      const made = draft(change)
      const spent = refuseOpening(await countOpenings(tx, made, since(made.at)))
      if (spent === undefined) await insertOrder(tx, made)
      return spent === undefined
    })

  it('opens three doors for one person at once and no fourth, however they are asked for (law 13)', async () => {
    const all = await Promise.all(Array.from({ length: 8 }, async (_, i) => await opens({}, i % 2 === 0 ? db : beside)))
    expect(all.filter(Boolean)).toHaveLength(openingLimits.perStaffAndTenMinutes)
  })

  it('opens twenty for one house in an hour, of many people at once, and another house’s all the same (law 13)', async () => {
    const all = await Promise.all(
      Array.from({ length: 26 }, async (_, i) => await opens({ staff: testId('staff', i) }, i % 2 === 0 ? db : beside)),
    )
    expect(all.filter(Boolean)).toHaveLength(openingLimits.perOperatorAndHour)
    expect(await opens({ operator: other })).toBe(true)
  })

  it.each([
    [durationMs(minutes(10) - 1), false],
    [minutes(10), true],
  ])('opens a fourth for the same person when the first is ten minutes old: after %i ms %s', async (later, may) => {
    for (let i = 0; i < 3; i += 1) expect(await opens()).toBe(true)
    expect(await opens({ at: after(at, later) })).toBe(may)
  })

  it('counts openings alone: other orders take nothing of the budget', async () => {
    const act = { kind: 'retire', compartment: testId('compartment', 1), epoch: 0 } as const
    for (let i = 0; i < 30; i += 1) await asked({ act })
    expect(await opens()).toBe(true)
  })
})
