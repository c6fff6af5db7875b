import {
  type CabinetId,
  type OperatorId,
  type OrderId,
  type StaffId,
  makeId,
  readId,
} from '@holdfast/core/values/ids.ts'
import {
  type DurationMs,
  type Instant,
  after,
  durationMs,
  hours,
  minutes,
  seconds,
} from '@holdfast/core/values/instants.ts'
import type { Answer } from '@holdfast/wire/cabinet/answers.ts'
import type { Order } from '@holdfast/wire/cabinet/orders.ts'
import type { OrderView } from '@holdfast/wire/http/cabinets.ts'
import type { Tx } from '../../platform/postgres/db.ts'
import type { Directory, Ports } from '../../platform/ports.ts'
import type { Cabinets, Outcome } from '../cabinets.ts'
import type { CabinetsRefusal } from '../codes.ts'
import { type OrderNews, cabinetTopics } from '../facts.ts'
import type { From } from '../inbox/inbox.ts'
import { readPicture } from '../pictures/pictures.ts'
import { type OrderAct, actingOrder, noStaff } from './acts.ts'
import { refuseOpening } from './budgets.ts'
import {
  type OrderRow,
  countOpenings,
  insertOrder,
  markAnswered,
  markSent,
  markUnanswered,
  readOrder,
  readPickup,
  readTarget,
} from './store.postgres.ts'

export type OrdersPorts = Ports & {
  readonly directory: Pick<Directory, 'staffName'>
  readonly send: (cabinet: CabinetId, order: Order) => Promise<boolean>
}

export type Orders = Pick<Cabinets, 'order' | 'renew' | 'hold' | 'giveBack' | 'orderView' | 'pickUp' | 'pickupView'> & {
  readonly answered: (answers: readonly From<Answer>[]) => Promise<void>
  readonly findUnanswered: () => Promise<void>
}

/** A nonce lives 30 s and a door's outcome comes within 33 s of its pulse. */
const answerWithin = seconds(75)

type Asking = {
  readonly operator: OperatorId | null
  readonly cabinet: CabinetId
  readonly act: OrderAct
  readonly staff: StaffId
  readonly reason: string
}

export function createOrders(ports: OrdersPorts): Orders {
  const { db, clock, seals, directory } = ports
  const ask = async (asking: Asking): Promise<Outcome<OrderView>> => {
    const { cabinet, act, staff, reason } = asking
    const target = await readTarget(db.query, asking.operator, cabinet, act)
    if (target === undefined) return refused('cabinet-unknown')
    const { operator } = target
    if (!target.enrolled) return refused('cabinet-not-enrolled')
    const isDeposit = act.kind === 'renew' || act.kind === 'pickup'
    if (!target.known) return refused(isDeposit ? 'deposit-not-here' : 'compartment-unknown')
    if (!target.online) return refused('cabinet-offline')
    const lost = act.kind === 'inspect' ? act.picture : undefined
    if (lost !== undefined && (await readPicture(db.query, operator, cabinet, lost)) === undefined)
      return refused('picture-unknown')
    const staffName = staff === noStaff ? '—' : await directory.staffName(staff)
    const at = clock.now()
    const [order, askedAs] = [makeId('order', at, seals.random(10)), makeId('order', at, seals.random(10))]
    const made = await db.transaction(async (tx): Promise<Outcome<OrderRow>> => {
      const refusal = act.kind === 'open' ? await overBudget(tx, { operator, staff }, at) : undefined
      if (refusal !== undefined) return refused(refusal)
      const row = await insertOrder(tx, { order, askedAs, cabinet, operator, act, staff, staffName, reason, at })
      await tellOrder(ports, tx, row)
      return { ok: true, value: row }
    })
    if (!made.ok) return made
    const sent = await ports.send(cabinet, { v: 1, cabinet, order: askedAs, sentAt: at, kind: 'ask-nonce' })
    const view = sent ? undefined : await settle(ports, cabinet, order, { state: 'unanswered', refusal: null, at })
    return { ok: true, value: view ?? made.value.view }
  }
  return {
    order: ask,
    renew: async ({ cabinet, deposit, reason }) =>
      await ask({ operator: null, cabinet, act: { kind: 'renew', deposit }, staff: noStaff, reason }),
    ...namedOrders(ask),
    pickupView: async (asked) => await readPickup(db.query, asked),
    orderView: async (operator, order) => await readOrder(db.query, operator, order),
    answered: async (answers) => {
      for (const answer of answers) await takeAnswer(ports, answer)
    },
    findUnanswered: async () => {
      const before = earlier(clock.now(), answerWithin)
      await db.transaction(async (tx) => {
        for (const row of await markUnanswered(tx, before)) await tellOrder(ports, tx, row)
      })
    },
  }
}

type Named = Pick<Asking, 'cabinet' | 'act' | 'reason'>

/** Couriers on the way and recipients before a dead screen. */
function namedOrders(
  ask: (asking: Asking) => Promise<Outcome<OrderView>>,
): Pick<Orders, 'hold' | 'giveBack' | 'pickUp'> {
  const named = async (asking: Named): Promise<Outcome<OrderId>> =>
    idOf(await ask({ operator: null, staff: noStaff, ...asking }))
  return {
    hold: async ({ cabinet, person, carrier, size }) =>
      await named({ cabinet, act: { kind: 'hold', person, carrier, size }, reason: 'A courier asks for a door' }),
    giveBack: async ({ cabinet, hold }) =>
      await named({ cabinet, act: { kind: 'give-back', hold }, reason: 'The courier gives the door back' }),
    pickUp: async ({ cabinet, ...wish }) =>
      await named({ cabinet, act: { kind: 'pickup', ...wish }, reason: 'The screen is dead: the recipient opens' }),
  }
}

/** Asked by people of no staff: the order's id is the answer. */
function idOf(asked: Outcome<OrderView>): Outcome<OrderId> {
  const order = asked.ok ? readId('order', asked.value.order) : undefined
  if (order !== undefined) return { ok: true, value: order }
  return asked.ok ? refused('cabinet-unknown') : asked
}

const refused = (refusal: CabinetsRefusal): { readonly ok: false; readonly refusal: CabinetsRefusal } => ({
  ok: false,
  refusal,
})

const earlier = (at: Instant, by: DurationMs): Instant => after(at, durationMs(0 - by))

async function overBudget(
  tx: Tx,
  who: { readonly operator: OperatorId; readonly staff: StaffId },
  at: Instant,
): Promise<CabinetsRefusal | undefined> {
  const since = { lately: earlier(at, minutes(10)), hour: earlier(at, hours(1)), week: earlier(at, hours(168)) }
  return refuseOpening(await countOpenings(tx, who, since))
}

async function tellOrder({ outbox }: Ports, tx: Tx, { operator, cabinet, view }: OrderRow): Promise<void> {
  const payload: OrderNews = { operator, order: view }
  await outbox.publish(tx, { topic: cabinetTopics.orders, key: cabinet, payload })
}

async function settle(ports: Ports, cabinet: CabinetId, order: OrderId, to: Parameters<typeof markAnswered>[3]) {
  return await ports.db.transaction(async (tx) => {
    const row = await markAnswered(tx, cabinet, order, to)
    if (row !== undefined) await tellOrder(ports, tx, row)
    return row?.view
  })
}

async function takeAnswer(ports: OrdersPorts, { record, message }: From<Answer>): Promise<void> {
  const at = ports.clock.now()
  const { cabinet } = record
  // The schema has judged the id's form.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const order = message.order as OrderId
  const { nonce } = message
  if (nonce === undefined) {
    // `done` of a told order (grant, scan, reply) finds no row, and need not.
    const refusal = message.outcome === 'refused' ? (message.reason ?? 'refused') : null
    await settle(ports, cabinet, order, { state: message.outcome, refusal, at })
    return
  }
  const row = await ports.db.transaction(async (tx) => {
    const sent = await markSent(tx, cabinet, order)
    if (sent !== undefined) await tellOrder(ports, tx, sent)
    return sent
  })
  if (row === undefined) return
  const acting = { order: row.order, sentAt: at, nonce, staff: row.staff, reason: row.view.reason }
  await ports.send(cabinet, actingOrder(record, row.act, acting))
}
