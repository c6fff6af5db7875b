import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { Alert } from '@holdfast/wire/http/alerts.ts'
import type { CabinetSummary, CabinetView } from '@holdfast/wire/http/cabinets.ts'
import type { Undelivered } from '@holdfast/wire/http/notices.ts'
import type { OperatorParcel, ParcelStory } from '@holdfast/wire/http/parcels.ts'
import type { Client } from '../../kit/cloud/client.ts'
import { useDesk } from '../desk/use-desk.ts'
import { valueOf } from './ask.ts'
import { keys } from './keys.ts'

const minute = 60_000

const asker = (client: Client) => ({
  get: <T>(path: string, query?: Record<string, string>): Promise<T> => valueOf(client.get<T>(path, query)),
})

export const useAlerts = () => {
  const { client } = useDesk()
  return useQuery({
    queryKey: keys.alerts,
    queryFn: () => asker(client).get<{ readonly items: readonly Alert[] }>('/v1/operator/alerts', { state: 'open' }),
  })
}

export const useCabinets = () => {
  const { client } = useDesk()
  return useQuery({
    queryKey: keys.cabinets,
    queryFn: () => asker(client).get<{ readonly items: readonly CabinetSummary[] }>('/v1/operator/cabinets'),
  })
}

export const useCabinet = (cabinet: string) => {
  const { client } = useDesk()
  return useQuery({
    queryKey: keys.cabinet(cabinet),
    queryFn: () => asker(client).get<CabinetView>(`/v1/operator/cabinets/${encodeURIComponent(cabinet)}`),
  })
}

interface ParcelPage {
  readonly items: readonly OperatorParcel[]
  readonly next: string | null
}

export const useParcels = (search: string) => {
  const { client } = useDesk()
  return useInfiniteQuery({
    queryKey: keys.parcels(search),
    queryFn: ({ pageParam }) =>
      asker(client).get<ParcelPage>('/v1/operator/parcels', {
        limit: '50',
        ...(search === '' ? {} : { search }),
        ...(pageParam === '' ? {} : { after: pageParam }),
      }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
  })
}

export const useStory = (parcel: string) => {
  const { client } = useDesk()
  return useQuery({
    queryKey: keys.parcel(parcel),
    queryFn: () => asker(client).get<ParcelStory>(`/v1/operator/parcels/${encodeURIComponent(parcel)}`),
  })
}

/** The stream does not tell of these: asked for again now and then. */
export const useUndelivered = () => {
  const { client } = useDesk()
  return useQuery({
    queryKey: keys.undelivered,
    queryFn: () => asker(client).get<Undelivered>('/v1/operator/undelivered'),
    refetchInterval: minute,
  })
}
