import { useSyncExternalStore } from 'react'
import type { OrderView } from '@holdfast/wire/http/cabinets.ts'
import type { FactNews } from './parse-live.ts'

/** What was heard or asked since this page was opened; newest first. */
export interface RecentState {
  readonly facts: readonly FactNews[]
  readonly orders: readonly OrderView[]
}

export interface Recent {
  readonly takeFact: (fact: FactNews) => void
  readonly takeOrder: (order: OrderView) => void
  readonly read: () => RecentState
  readonly subscribe: (listener: () => void) => () => void
}

const factsKept = 300
const ordersKept = 100

export type OrderState = OrderView['state']

const rank: Readonly<Record<OrderState, number>> = {
  asked: 0,
  sent: 1,
  accepted: 2,
  opened: 3,
  'not-opened': 3,
  unknown: 3,
  done: 3,
  refused: 3,
  unanswered: 3,
}

export const isSettled = (state: OrderState): boolean => rank[state] === 3

export function createRecent(): Recent {
  let state: RecentState = { facts: [], orders: [] }
  const listeners = new Set<() => void>()
  const become = (next: RecentState): void => {
    state = next
    for (const listener of listeners) listener()
  }
  return {
    takeFact: (fact) => {
      const known = state.facts.some(({ cabinet, seq }) => cabinet === fact.cabinet && seq === fact.seq)
      if (!known) become({ ...state, facts: [fact, ...state.facts].slice(0, factsKept) })
    },
    takeOrder: (order) => {
      const before = state.orders.find((one) => one.order === order.order)
      // Stream and reply race: an order never goes back.
      if (before !== undefined && rank[before.state] > rank[order.state]) return
      const others = state.orders.filter((one) => one.order !== order.order)
      become({ ...state, orders: [order, ...others].sort((a, b) => b.askedAt - a.askedAt).slice(0, ordersKept) })
    },
    read: () => state,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

export const useRecent = (recent: Recent): RecentState => useSyncExternalStore(recent.subscribe, recent.read)
