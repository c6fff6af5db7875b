import { useCallback, useEffect, useRef, useState } from 'react'
import type { Answer, Failure } from '../kit/cloud/client.ts'

export interface Asked<T> {
  /** The last good answer; stays while a newer one is asked for or fails. */
  readonly value?: T
  /** Why the newest question has no answer. */
  readonly failure?: Failure
  readonly asking: boolean
  readonly again: () => void
  /** Puts a known value in place, as after a change that the cloud has answered. */
  readonly put: (change: (value: T) => T) => void
}

/** Asks at once. With `everyMs` also at that pace while the page is looked at, and when it is looked at again. */
export function useAsked<T>(ask: () => Promise<Answer<T>>, everyMs?: number): Asked<T> {
  const [state, setState] = useState<Pick<Asked<T>, 'value' | 'failure' | 'asking'>>({ asking: true })
  const latest = useRef(0)
  const again = useCallback(() => {
    const turn = ++latest.current
    setState((before) => ({ ...before, asking: true }))
    void ask().then((answer) => {
      // A later question is under way: its answer counts, not this one's.
      if (turn !== latest.current) return
      setState((before) =>
        answer.ok ? { value: answer.value, asking: false } : { ...before, failure: answer.failure, asking: false },
      )
    })
  }, [ask])
  useEffect(() => {
    again()
    if (everyMs === undefined) return () => void latest.current++
    const look = (): void => {
      if (document.visibilityState === 'visible') again()
    }
    document.addEventListener('visibilitychange', look)
    addEventListener('online', look)
    const timer = setInterval(look, everyMs)
    return () => {
      latest.current++
      document.removeEventListener('visibilitychange', look)
      removeEventListener('online', look)
      clearInterval(timer)
    }
  }, [again, everyMs])
  const put = (change: (value: T) => T): void =>
    setState((before) => (before.value === undefined ? before : { ...before, value: change(before.value) }))
  return { ...state, again, put }
}
