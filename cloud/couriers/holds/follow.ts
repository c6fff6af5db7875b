import { readId } from '@holdfast/core/values/ids.ts'
import { instant } from '@holdfast/core/values/instants.ts'
import { type CabinetFactNews, cabinetTopics, type OrderNews } from '../../cabinets/facts.ts'
import type { Consumer, OutboxEvent } from '../../platform/outbox/events.ts'
import type { Tx } from '../../platform/postgres/db.ts'
import { insertHold, refuseHold, tellHold } from './store.postgres.ts'

// Only the cabinets write to their topics.
// oxlint-disable-next-line typescript/no-unsafe-type-assertion
const factOf = ({ payload }: OutboxEvent): CabinetFactNews => payload as CabinetFactNews
// oxlint-disable-next-line typescript/no-unsafe-type-assertion
const orderOf = ({ payload }: OutboxEvent): OrderNews => payload as OrderNews

/** The cabinet's word on each hold: told twice or late it says the same. */
export const followHolds = (): Consumer => ({
  name: 'couriers-holds',
  topics: [cabinetTopics.facts],
  kinds: { [cabinetTopics.facts]: ['leaseAsked', 'leaseGranted', 'leaseLost', 'leaseEnded'] },
  handle: async (tx, event) => await absorb(tx, factOf(event)),
})

async function absorb(tx: Tx, news: CabinetFactNews): Promise<void> {
  const { cabinet, event, label, size, at } = news
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- the rest is no business of holds.
  switch (event.type) {
    case 'leaseAsked': {
      const { order: hold, person, carrier } = event
      await insertHold(tx.query, { cabinet, hold, person, carrier, size: event.size, at })
      return await tellHold(tx.query, { cabinet, hold, state: 'waiting' })
    }
    case 'leaseGranted': {
      // What is left of the lease, on the cloud's clock: the news may be late, never early.
      const until = instant(at + (event.until - news.running))
      return await tellHold(tx.query, { cabinet, hold: event.order, state: 'held', label, doorSize: size, until })
    }
    case 'leaseLost':
      return await tellHold(tx.query, { cabinet, hold: event.order, state: 'waiting' })
    case 'leaseEnded':
      return await tellHold(tx.query, { cabinet, hold: event.order, state: event.why, label })
    default:
  }
}

/** An order that the cabinet refused, or that nobody answered, is no hold. */
export const followOrders = (): Consumer => ({
  name: 'couriers-orders',
  topics: [cabinetTopics.orders],
  handle: async (tx, event) => {
    const { order } = orderOf(event)
    if (order.kind !== 'hold' || (order.state !== 'refused' && order.state !== 'unanswered')) return
    const [cabinet, hold] = [readId('cabinet', order.cabinet), readId('order', order.order)]
    if (cabinet === undefined || hold === undefined) return
    await refuseHold(tx.query, { cabinet, hold, refusal: order.refusal ?? 'unanswered' })
  },
})
