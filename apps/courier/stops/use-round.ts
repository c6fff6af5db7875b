import { useRef, useState } from 'react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { Round } from '@holdfast/wire/http/courier/day.ts'
import type { Client, Failure } from '../../kit/cloud/client.ts'
import { type Seen, useSeen } from '../lists/seen.ts'
import { pollOf } from './round.ts'

export const roundPath = '/v1/courier/round'
const takenKey = ['round-taken']

export interface RoundInHand {
  readonly seen: Seen<Round>
  readonly busy: boolean
  readonly failure: Failure | undefined
  /** Numbers of the last change that nobody announced. */
  readonly unknown: readonly string[]
  /** Parcels that were scanned into the van, the newest last; as long as this person is signed in. */
  readonly taken: readonly string[]
  /** One after the other, in the order of the hands. True where it was done. */
  readonly act: <T>(to: string, body: object, round: (reply: T) => Round, scanned?: boolean) => Promise<boolean>
}

/** The list, and what changes it: each change answers with the list as it then stands. */
export function useRound(client: Client): RoundInHand {
  const cache = useQueryClient()
  const seen = useSeen<Round>(client, roundPath, pollOf)
  const { data: taken = [] } = useQuery<readonly string[]>({ queryKey: takenKey, enabled: false, gcTime: Infinity })
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure>()
  const [unknown, setUnknown] = useState<readonly string[]>([])
  const tail = useRef<Promise<unknown>>(Promise.resolve())
  const act: RoundInHand['act'] = (to, body, round, scanned = false) => {
    const done = tail.current.then(async () => {
      setBusy(true)
      const answer = await client.send<Parameters<typeof round>[0]>(to, body)
      setBusy(false)
      setFailure(answer.ok ? undefined : answer.failure)
      if (!answer.ok) return false
      const value = round(answer.value)
      setUnknown(value.unknown)
      // The list ends with what was put on it last.
      const last = value.items.at(-1)?.parcel
      if (scanned && value.unknown.length === 0 && last !== undefined)
        cache.setQueryData<readonly string[]>(takenKey, (before = []) => [...before.filter((p) => p !== last), last])
      cache.setQueryData([roundPath], { good: { value, at: new Date().getTime() } })
      return true
    })
    tail.current = done
    return done
  }
  return { seen, busy, failure, unknown, taken, act }
}
