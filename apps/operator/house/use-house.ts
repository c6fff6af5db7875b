import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import type { CarrierDesk } from '@holdfast/wire/http/desk/carriers.ts'
import type { CourierRow } from '@holdfast/wire/http/desk/couriers.ts'
import type { Colleague } from '@holdfast/wire/http/desk/staff.ts'
import type { SendOptions } from '../../kit/cloud/client.ts'
import { valueOf } from '../cloud/ask.ts'
import { keys } from '../cloud/keys.ts'
import { useDeed } from '../cloud/use-deed.ts'
import { useDesk } from '../desk/use-desk.ts'

interface Page<T> {
  readonly items: readonly T[]
  readonly next: string | null
}

const pageSize = '50'

function usePages<T>(name: readonly string[], path: string, options: { search?: string; enabled?: boolean } = {}) {
  const { client } = useDesk()
  const { search = '', enabled = true } = options
  return useInfiniteQuery({
    queryKey: [...name, search],
    enabled,
    queryFn: ({ pageParam }) =>
      valueOf(
        client.get<Page<T>>(path, {
          limit: pageSize,
          ...(search === '' ? {} : { search }),
          ...(pageParam === '' ? {} : { after: pageParam }),
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
  })
}

/** Managers alone are told. */
export const useColleagues = (enabled: boolean) => usePages<Colleague>(keys.staff, '/v1/operator/staff', { enabled })

export const useCouriers = (search: string) => usePages<CourierRow>(keys.couriers, '/v1/operator/couriers', { search })

export const useCarriers = () => {
  const { client } = useDesk()
  return useQuery({
    queryKey: keys.carriers,
    queryFn: () => valueOf(client.get<{ readonly items: readonly CarrierDesk[] }>('/v1/operator/carriers')),
  })
}

interface Act {
  readonly path: string
  readonly body?: unknown
  readonly method?: SendOptions['method']
}

/** One deed of a person; what was shown before it is asked for again. */
export function useAct<T>(changes: readonly string[], onDone: (value: T) => void = () => undefined) {
  const { client } = useDesk()
  const queries = useQueryClient()
  return useDeed<T, Act>({
    mutationFn: ({ path, body, method }) => valueOf(client.send<T>(path, body, method === undefined ? {} : { method })),
    onSuccess: (value) => {
      void queries.invalidateQueries({ queryKey: changes })
      onDone(value)
    },
  })
}
