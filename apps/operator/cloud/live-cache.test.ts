import { QueryClient } from '@tanstack/react-query'
import { describe, expect, it, vi } from 'vitest'
import type { CabinetView, OrderRequest } from '@holdfast/wire/http/cabinets.ts'
import { isWorthRetrying, RequestFailed } from './ask.ts'
import { keys } from './keys.ts'
import { takeLive } from './live-cache.ts'
import { liveNames, parseLive } from './parse-live.ts'
import { createRecent, isSettled } from './recent.ts'
import { orderOf, sceneAt } from '../testing/scene.testing.ts'

function bench() {
  const scene = sceneAt(1_790_000_000_000)
  const queries = new QueryClient()
  const recent = createRecent()
  const [library, north] = scene.cabinets
  if (library === undefined || north === undefined) throw new Error('no scene')
  queries.setQueryData(keys.cabinets, { items: scene.cabinets.map(({ summary }) => summary) })
  queries.setQueryData(keys.cabinet(north.summary.cabinet), north)
  queries.setQueryData(keys.alerts, { items: scene.alerts })
  const view = (): CabinetView | undefined => queries.getQueryData(keys.cabinet(north.summary.cabinet))
  return { scene, queries, recent, library, north, view }
}

describe('the live stream folded into what is shown', () => {
  it('moves a door, and only that one', () => {
    const { queries, recent, north, view } = bench()
    const [first, second] = north.compartments
    if (first === undefined) throw new Error('no door')
    const compartment = { ...first, door: 'open' } as const
    takeLive(queries, recent, { type: 'compartment', data: { cabinet: north.summary.cabinet, compartment } })
    expect(view()?.compartments.slice(0, 2)).toEqual([compartment, second])
  })

  it('renews a cabinet in the list and on its page, and adds one that is new', () => {
    const { queries, recent, north, view } = bench()
    takeLive(queries, recent, { type: 'cabinet', data: { ...north.summary, online: false } })
    takeLive(queries, recent, { type: 'cabinet', data: { ...north.summary, cabinet: 'cab_new' } })
    expect(view()?.summary.online).toBe(false)
    expect(queries.getQueryData<{ items: unknown[] }>(keys.cabinets)?.items).toHaveLength(4)
  })

  it('counts a fact as received once, however often it comes', () => {
    const { queries, recent, north, view } = bench()
    const data = { cabinet: north.summary.cabinet, seq: 1300, type: 'doorShut', label: 'A01', at: 1 }
    takeLive(queries, recent, { type: 'fact', data })
    takeLive(queries, recent, { type: 'fact', data })
    expect([view()?.head, view()?.watermark, recent.read().facts.length]).toEqual([1300, 1300, 1])
  })

  it('makes nothing up of what was never asked for', () => {
    const { queries, recent, library } = bench()
    const { cabinet } = library.summary
    takeLive(queries, recent, { type: 'fact', data: { cabinet, seq: 9, type: 'doorShut', label: null, at: 1 } })
    expect(queries.getQueryData(keys.cabinet(cabinet))).toBeUndefined()
  })

  it('asks again for a page that was on its way when the event came', () => {
    const { queries, recent, north } = bench()
    const asked = vi.fn(() => new Promise<never>(() => undefined))
    void queries.prefetchQuery({ queryKey: keys.cabinets, queryFn: asked })
    const invalidate = vi.spyOn(queries, 'invalidateQueries')
    takeLive(queries, recent, { type: 'cabinet', data: north.summary })
    expect(invalidate).toHaveBeenCalledWith({ queryKey: keys.cabinets, exact: true })
  })

  it('knows each kind of event by name and leaves the others alone', () => {
    expect(liveNames).toEqual(['cabinet', 'compartment', 'alert', 'order', 'parcel', 'fact'])
    expect(parseLive({ id: '1', type: 'weather', data: {} })).toBeUndefined()
    expect(parseLive({ id: '1', type: 'toString', data: {} })).toBeUndefined()
  })
})

describe('orders', () => {
  it('never go back when the reply comes after the stream', () => {
    const { scene, recent, north } = bench()
    const request: OrderRequest = { kind: 'open', compartment: 'cmp_1', epoch: 1, reason: 'jam' }
    const order = orderOf(scene, north.summary.cabinet, request)
    recent.takeOrder({ ...order, state: 'accepted' })
    recent.takeOrder(order)
    expect(recent.read().orders.map(({ state }) => state)).toEqual(['accepted'])
    recent.takeOrder({ ...order, state: 'opened' })
    expect(recent.read().orders.map(({ state }) => isSettled(state))).toEqual([true])
  })
})

describe('asking again', () => {
  const failed = (kind: 'refused' | 'offline') => new RequestFailed({ kind, code: kind, status: 0, messages: {} })
  it('helps where the way there failed, not where the cloud said no', () => {
    expect(isWorthRetrying(0, failed('offline'))).toBe(true)
    expect(isWorthRetrying(2, failed('offline'))).toBe(false)
    expect(isWorthRetrying(0, failed('refused'))).toBe(false)
    expect(isWorthRetrying(0, new TypeError('bug'))).toBe(false)
  })
})
