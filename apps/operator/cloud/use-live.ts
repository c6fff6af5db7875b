import { useEffect, useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { followLive } from '../../kit/cloud/live.ts'
import type { LiveState } from '../../kit/cloud/live.ts'
import { takeLive } from './live-cache.ts'
import { liveNames, parseLive } from './parse-live.ts'
import type { Recent } from './recent.ts'

const pollMs = 15_000

/** Follows the stream into the queries. While it is broken everything on screen is asked for now and then. */
export function useLive(recent: Recent): LiveState {
  const queries = useQueryClient()
  const [state, setState] = useState<LiveState>('opening')
  useEffect(() => {
    const askAnew = (): void => void queries.invalidateQueries()
    return followLive({
      address: '/v1/live',
      types: liveNames,
      onEvent: (event) => {
        const news = parseLive(event)
        if (news !== undefined) takeLive(queries, recent, news)
      },
      onReset: askAnew,
      onState: (next) => {
        setState(next)
        // Whether the cloud goes on where this page stopped cannot be seen from here: nothing may stay missed.
        if (next === 'live') askAnew()
      },
    })
  }, [queries, recent])
  useEffect(() => {
    if (state === 'live') return undefined
    const timer = setInterval(() => void queries.invalidateQueries(), pollMs)
    return () => clearInterval(timer)
  }, [state, queries])
  return state
}
