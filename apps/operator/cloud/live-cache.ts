import type { QueryClient, QueryKey } from '@tanstack/react-query'
import type { Alert } from '@holdfast/wire/http/alerts.ts'
import type { CabinetSummary, CabinetView, CompartmentView } from '@holdfast/wire/http/cabinets.ts'
import type { OperatorParcel, ParcelStory } from '@holdfast/wire/http/parcels.ts'
import type { FactNews, LiveNews } from './parse-live.ts'
import type { Recent } from './recent.ts'
import { keys } from './keys.ts'

interface Items<T> {
  readonly items: readonly T[]
}

/** Folds one event of the stream into what the screens show. */
export function takeLive(queries: QueryClient, recent: Recent, news: LiveNews): void {
  switch (news.type) {
    case 'cabinet':
      return takeCabinet(queries, news.data)
    case 'compartment':
      return patch<CabinetView>(queries, keys.cabinet(news.data.cabinet), (view) =>
        withCompartment(view, news.data.compartment),
      )
    case 'alert':
      return patch<Items<Alert>>(queries, keys.alerts, (list) => ({
        items: put(list.items, news.data, ({ id }) => id),
      }))
    case 'order':
      return recent.takeOrder(news.data)
    case 'parcel':
      return takeParcel(queries, news.data)
    case 'fact':
      recent.takeFact(news.data)
      return patch<CabinetView>(queries, keys.cabinet(news.data.cabinet), (view) => withFact(view, news.data))
  }
}

/** A list or page that is being asked for right now may be older than this event: it is asked for again. */
function patch<T extends object>(queries: QueryClient, key: QueryKey, change: (held: T) => T): void {
  const state = queries.getQueryState(key)
  if (state === undefined) return
  if (state.fetchStatus === 'fetching') void queries.invalidateQueries({ queryKey: key, exact: true })
  queries.setQueryData<T>(key, (held) => (held === undefined ? undefined : change(held)))
}

function takeCabinet(queries: QueryClient, summary: CabinetSummary): void {
  patch<Items<CabinetSummary>>(queries, keys.cabinets, (list) => ({
    items: put(list.items, summary, ({ cabinet }) => cabinet),
  }))
  patch<CabinetView>(queries, keys.cabinet(summary.cabinet), (view) => ({ ...view, summary }))
}

function takeParcel(queries: QueryClient, parcel: OperatorParcel): void {
  for (const { queryKey } of queries.getQueryCache().findAll({ queryKey: keys.allParcels })) {
    patch<{ readonly pages: readonly Items<OperatorParcel>[] }>(queries, queryKey, (found) => ({
      ...found,
      pages: found.pages.map((page) => ({
        ...page,
        items: page.items.map((one) => (one.id === parcel.id ? parcel : one)),
      })),
    }))
  }
  patch<ParcelStory>(queries, keys.parcel(parcel.id), (story) => ({ ...story, parcel }))
  // Its story has a new line, which the event does not carry.
  void queries.invalidateQueries({ queryKey: keys.parcel(parcel.id) })
}

const withCompartment = (view: CabinetView, compartment: CompartmentView): CabinetView => ({
  ...view,
  compartments: view.compartments.map((one) => (one.id === compartment.id ? compartment : one)),
})

const withFact = (view: CabinetView, { seq }: FactNews): CabinetView => ({
  ...view,
  head: Math.max(view.head, seq),
  watermark: Math.max(view.watermark, seq),
})

function put<T>(items: readonly T[], item: T, idOf: (item: T) => string): T[] {
  const at = items.findIndex((one) => idOf(one) === idOf(item))
  return at < 0 ? [item, ...items] : items.with(at, item)
}
