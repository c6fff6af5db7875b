import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { Client, Failure } from '../../kit/cloud/client.ts'

interface Last<T> {
  /** The last good answer and when it came: it stays in a tunnel. */
  readonly good?: { readonly value: T; readonly at: number }
  readonly failure?: Failure
}

export interface Seen<T> extends Last<T> {
  readonly asking: boolean
  readonly again: () => void
}

const freshMs = 15_000

/**
 * A list of the cloud's, shared by all screens that ask for the same path, anew every quarter of a minute while seen,
 * and `sooner` while something is waited for.
 */
export function useSeen<T>(client: Client, path: string, sooner?: (value: T) => number | undefined): Seen<T> {
  const cache = useQueryClient()
  const queryKey = [path]
  const query = useQuery<Last<T>>({
    queryKey,
    // Never rejects: a failure stands beside the last good answer.
    queryFn: async (): Promise<Last<T>> => {
      const answer = await client.get<T>(path)
      if (answer.ok) return { good: { value: answer.value, at: new Date().getTime() } }
      return { ...cache.getQueryData<Last<T>>(queryKey), failure: answer.failure }
    },
    networkMode: 'always',
    refetchInterval: ({ state }) => {
      const good = state.data?.good
      return (good === undefined ? undefined : sooner?.(good.value)) ?? freshMs
    },
    refetchOnReconnect: 'always',
    // A failure is never fresh: whoever comes back to the list after the tunnel asks at once.
    staleTime: ({ state }) => (state.data?.failure === undefined ? 2000 : 0),
  })
  return { ...query.data, asking: query.isFetching, again: () => void query.refetch() }
}
