import { QueryClient } from '@tanstack/react-query'
import type { Answer, Failure } from '../../kit/cloud/client.ts'

/** A request that did not give what was asked, as queries carry it. */
export class RequestFailed extends Error {
  readonly code: string
  readonly failure: Failure
  constructor(failure: Failure) {
    super(failure.code)
    this.name = 'RequestFailed'
    this.code = failure.code
    this.failure = failure
  }
}

/** The value, or the failure thrown for a query to hold. */
export async function valueOf<T>(answer: Promise<Answer<T>>): Promise<T> {
  const given = await answer
  if (given.ok) return given.value
  throw new RequestFailed(given.failure)
}

/** Asking again helps only where the way there failed. */
export const isWorthRetrying = (failures: number, error: unknown): boolean =>
  failures < 2 && error instanceof RequestFailed && error.failure.kind !== 'refused'

/** The live stream keeps what is on screen true; what was left a while ago is asked for again. */
export const createQueries = (): QueryClient =>
  new QueryClient({ defaultOptions: { queries: { retry: isWorthRetrying, staleTime: 5_000, networkMode: 'always' } } })
